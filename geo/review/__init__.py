"""Corrections by hand: what is least certain goes out as a table, what an analyst writes into it comes in.

    ConflictmapError
    └── CorrectionError   (ValueError)   a table or a row of it that cannot be understood

A correction is kept with what finds its event again by content, so that it survives coding anew and
further reports. One that finds nothing any more, or contradicts another, is told, not dropped.
"""

from geo.review.corrections import Correction, CorrectionError, Key
from geo.review.decisions import Decisions, read_decisions
from geo.review.doubts import HEADER, doubts, write_doubts
from geo.review.renew import Renewed, renewed
from geo.review.rows import Project
from geo.review.settle import Settled, Unfit, settle
from geo.review.store import merged, recalled, stored

__all__ = [
    "HEADER",
    "Correction",
    "CorrectionError",
    "Decisions",
    "Key",
    "Project",
    "Renewed",
    "Settled",
    "Unfit",
    "doubts",
    "merged",
    "read_decisions",
    "recalled",
    "renewed",
    "settle",
    "stored",
    "write_doubts",
]
