"""The process that reads one file: bytes on standard input, pages as JSON on standard output, with limits on memory and time."""

import json
import sys

from knowledge.files.opening import FAILED, MEMORY_BYTES, SECONDS
from knowledge.files.readers import READERS, Unreadable, tidy


def main(kind: str) -> int:
    """Read the file of a kind; a plain reason goes to standard output with the exit code FAILED."""
    _limit()
    content = sys.stdin.buffer.read()
    try:
        pages = [(place, tidy(text)) for place, text in READERS[kind](content)]
    except Unreadable as reason:
        print(reason)
        return FAILED
    json.dump(pages, sys.stdout)
    return 0


def _limit() -> None:
    """Cap memory and processor time where the system can; elsewhere the parent's time limit holds alone."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
