"""What can go wrong for a user: every message says what, where, and what to do next."""

import errno
import sqlite3

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class PipelineError(Exception):
    """Nothing could be done, or not all of it; `str()` is what the user reads."""


class WorkspaceError(PipelineError):
    """The workspace cannot be used as it is: another format, no such folder, in use."""


class TableError(PipelineError):
    """Tables that must not be released: a broken key, an impossible date. Names table, row, column and article."""


class UsageError(PipelineError):
    """The command line asks for what cannot be."""


class InputError(PipelineError):
    """A file given by the user cannot be read or is not what the command needs."""


def no_room(error: BaseException) -> bool:
    """Whether `error` says that the disk (or the user's quota) is full, however the library at work put it."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM or "No space left on device" in str(error)
    return isinstance(error, sqlite3.OperationalError) and "disk is full" in str(error)


def no_room_message(error: BaseException) -> str:
    """What a user reads when the disk is full."""
    return (
        f"the disk is full ({error}). Nothing that was finished is lost: free some space and give the same command "
        "again, it goes on where it stopped."
    )
