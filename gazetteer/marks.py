"""Signs before a row's fields that are no plain names.

They are white space to `str.split`, so that no cleaned name can hold one.
"""

from __future__ import annotations

CODE_MARK = "\x1c"
"""A short code."""
SHORT_MARK = "\x1d"
"""A name without its type word."""
DIVISION_MARK = "\x1e"
"""The code of the division that the row is."""
DEMONYM_MARK = "\x1f"
"""A word for the people."""
MARKS = CODE_MARK + SHORT_MARK + DIVISION_MARK + DEMONYM_MARK
"""All of them."""
