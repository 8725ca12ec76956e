"""The command line: thin verbs over the stages, the tables and the map."""

from geo.cli.app import run

__all__ = ["run"]
