"""The one error the library raises on purpose, saying what happened and what to do next."""


class LibraryError(Exception):
    """Say what is wrong with the guidance, the index or a document, and what to do about it."""
