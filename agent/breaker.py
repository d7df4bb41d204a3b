"""The circuit breaker before the language model: a server that is down costs a few turns a wait, not every turn."""

import threading
from collections.abc import Callable


class Breaker:
    """Opens after `most` faults in a row; `rest` seconds later one call may try again, and closes it or opens it anew.

    `clock` returns seconds that only grow. Safe to use from several threads.
    """

    def __init__(self, clock: Callable[[], float], most: int = 3, rest: float = 60.0):
        self.most, self.rest = most, rest
        self._clock = clock
        self._guard = threading.Lock()
        self._faults = 0
        self._again_at = 0.0

    def allows(self) -> bool:
        """Say whether a call may be made now; while one tries an open circuit, no other does."""
        with self._guard:
            if self._faults < self.most:
                return True
            if self._clock() < self._again_at:
                return False
            self._again_at = self._clock() + self.rest
            return True

    def succeeded(self) -> None:
        with self._guard:
            self._faults = 0

    def failed(self) -> None:
        with self._guard:
            self._faults += 1
            self._again_at = self._clock() + self.rest
