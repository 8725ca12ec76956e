"""Where the rows of a gazetteer come from: one module a source, each yields `Entry` records."""
