"""Every error Pilotcheck expects, each saying what happened and what to do next.

PilotcheckError
├── GuideError         the interview guide or the labelled examples have a mistake, with file and line
├── InputRefused       a message that cannot be taken as it is
├── SettingsError      an environment variable that cannot be used
├── ThreadNotFound     no conversation under that id
├── StorageError       the disk, the database or a saved conversation does not play along
└── (LibraryError)     the guidance index cannot be built, read or added to; it is the knowledge package's own

EXPECTED holds both, for doors to catch.
"""

from knowledge.errors import LibraryError


class PilotcheckError(Exception):
    """Say what happened and what to do next; doors show the text as it is, without a traceback."""


class GuideError(PilotcheckError):
    """Name the file, the line and the mistake in the guide or the examples."""


class InputRefused(PilotcheckError):
    """Say why a message was not taken and how to send it."""


class SettingsError(PilotcheckError):
    """Name the variable, what it holds and what it should hold; a secret is never repeated."""


class ThreadNotFound(PilotcheckError):
    """Say that there is no conversation under that id."""


class StorageError(PilotcheckError):
    """Say what could not be read or written, and where."""


EXPECTED = (PilotcheckError, LibraryError)
