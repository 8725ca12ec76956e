"""Reports of armed conflict to incidents, tables and files."""
