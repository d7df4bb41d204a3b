"""A port for a server that a test starts."""

import socket


def free_port() -> int:
    """Return a port of this machine on which nothing listens yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
