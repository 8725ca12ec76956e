"""What a user sees of an error: one line that says what, where and the mend; and the exit code.

Exit codes: 0 done; 1 done, but something could not be read or found; 2 not done, the user's to mend;
3 not done, a fault of conflictmap itself; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import errno
import os

from geo.cli.log import plain
from geo.errors import ConflictmapError

NOT_DONE, OUR_FAULT = 2, 3

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_TREES = frozenset({"GazetteerError", "MapError"})
_DATABASE = "see that the disk has room and is in order, then run the same command again"
_BUG = "this is a fault of conflictmap: run again with --debug and send what it prints to the project"


def debugging() -> bool:
    """Tell whether tracebacks are asked for."""
    return bool(os.environ.get("CONFLICTMAP_DEBUG"))


def line(fault: Exception) -> tuple[str, int]:
    """Give the one line and the exit code of an error."""
    if _ours(fault):
        return _one_line(str(fault)), NOT_DONE
    if isinstance(fault, OSError):
        return _one_line(_of_system(fault)), NOT_DONE
    if {"OperationalError", "DatabaseError"} & {kind.__name__ for kind in type(fault).__mro__}:
        return _one_line(f"a file of the project cannot be used ({fault}); {_DATABASE}"), NOT_DONE
    if isinstance(fault, MemoryError):
        return "the memory is full; close other programs or read fewer reports at a time", NOT_DONE
    return _one_line(f"{type(fault).__name__}: {fault or 'no words'}; {_BUG}"), OUR_FAULT


def _ours(fault: Exception) -> bool:
    """Tell whether an error's words were written for users: the error trees of the three packages."""
    names = {kind.__name__ for kind in type(fault).__mro__}
    return isinstance(fault, ConflictmapError) or bool(names & _TREES)


def _of_system(fault: OSError) -> str:
    where = fault.filename2 or fault.filename or "the output"
    if fault.errno in _NO_ROOM:
        return f"{where}: there is no room on the disk; free some, then run the same command again"
    why = (fault.strerror or str(fault) or type(fault).__name__).lower()
    return f"{where} cannot be read or written ({why}); see that it is there and who may use it"


def _one_line(words: str) -> str:
    return plain(" ".join(words.split()))
