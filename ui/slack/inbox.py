"""The inbox: what Slack sends is written down before it is acknowledged, and worked off thread by thread, in order, also after a crash."""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from ui.slack.events import Event
from ui.slack.store import Store, begun

log = logging.getLogger(__name__)

Outcome = Literal["done", "waits"]
SWEEP_SECONDS = 10.0
AT_ONCE = 4  # Slack threads that are worked on at the same time; Python's own pool of threads stays larger than this
MOST_TRIES = 4  # of an event that fails by a mistake of ours; one that waits for Slack or the database is tried for as long as it takes
LET_ARRIVE_SECONDS, LET_ARRIVE_ROUNDS = 0.02, 100
FIRST_WAIT, LONGEST_WAIT = 2.0, 300.0  # seconds between tries


class Inbox:
    """One a process.

    `handle(event, again)` does what an event asks for, or returns "waits" where that cannot be done now; `again` says that it was tried
    before and may be half done. `give_up(event)` says that it could not be done.
    """

    def __init__(
        self,
        store: Store,
        handle: Callable[[Event, bool], Awaitable[Outcome]],
        give_up: Callable[[Event], Awaitable[None]],
        clock: Callable[[], float] = time.time,
    ):
        self.store, self._handle, self._give_up, self._clock = store, handle, give_up, clock
        self._holder = f"{socket.gethostname()}/{os.getpid()}"
        # Threads of its own: an acknowledgement must not wait until a slow reader has freed one.
        self._writers = ThreadPoolExecutor(2, thread_name_prefix="inbox")
        self._woken = asyncio.Event()
        self._arriving = 0
        self._working: dict[str, asyncio.Task[None]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)

    async def take_in(self, event: Event) -> None:
        """Keep an event that is for us; only after this may it be acknowledged. What came before is known again and changes nothing."""
        self._arriving += 1
        try:
            new = await asyncio.get_running_loop().run_in_executor(self._writers, self._take_in, event)
        finally:
            self._arriving -= 1
        if new:
            self._woken.set()

    def _take_in(self, event: Event) -> bool:
        """Of a channel we keep only what is said in a diagnosis; the thread of a mention is one from now on, before it is worked off."""
        if event.kind == "start":
            self.store.begin(begun(event))
        elif event.kind in ("say", "edit", "delete") and not event.direct and self.store.diagnosis(event.thread) is None:
            return False
        return self.store.write_down(event, self._clock())

    async def run(self) -> None:
        """Work off what waits, for as long as the process lives; the first round finds what an earlier process left."""
        await asyncio.to_thread(self._clear_after_the_dead)
        while True:
            self._woken.clear()
            try:
                for lane in await asyncio.to_thread(self.store.lanes_waiting, self._clock()):
                    if lane not in self._working:
                        self._working[lane] = asyncio.create_task(self._work(lane))
                        self._working[lane].add_done_callback(lambda _, lane=lane: self._left(lane))  # type: ignore[misc]
            except Exception:
                log.exception("The inbox could not be read; trying again in %d seconds", SWEEP_SECONDS)
            try:
                await asyncio.wait_for(self._woken.wait(), SWEEP_SECONDS)
            except TimeoutError:
                continue

    def close(self) -> None:
        """Wait for what is being written down."""
        self._writers.shutdown()

    def _left(self, lane: str) -> None:
        """Look again at once: an event may have come between the last look at a lane and its end."""
        del self._working[lane]
        self._woken.set()

    async def _work(self, lane: str) -> None:
        async with self._places:
            if not await asyncio.to_thread(self.store.hold, lane, self._holder, self._clock()):
                await asyncio.sleep(1)  # another process has it, and works this off as well
                return
            try:
                while waiting := await asyncio.to_thread(self.store.next_in, lane, self._clock()):
                    await self._one(*waiting)
                    await asyncio.to_thread(self.store.hold, lane, self._holder, self._clock())
            except Exception:
                log.exception("The inbox could not be worked off; trying again in %d seconds", SWEEP_SECONDS)
                await asyncio.sleep(SWEEP_SECONDS)
            finally:
                await asyncio.to_thread(self.store.let_go, lane, self._holder)

    async def _let_arrive(self) -> None:
        """Begin nothing while requests wait for their acknowledgement, for which Slack gives three seconds; a steady stream is no reason to stop for good."""
        for _ in range(LET_ARRIVE_ROUNDS):
            await asyncio.sleep(LET_ARRIVE_SECONDS)
            if not self._arriving:
                return

    async def _one(self, event: Event, tries: int) -> None:
        await self._let_arrive()
        wait = min(FIRST_WAIT * 2**tries, LONGEST_WAIT)
        await asyncio.to_thread(self.store.tried, event.key, self._clock() + wait)
        try:
            if await self._handle(event, tries > 0) == "waits":
                return
        except Exception:
            log.exception("An event could not be worked off (%s, try %d)", event.kind, tries + 1)
            if tries + 1 < MOST_TRIES:
                return
            await self._give_up(event)
        await asyncio.to_thread(self.store.done, event.key, self._clock())

    def _clear_after_the_dead(self) -> None:
        """Let go of what a process of this computer held that is not there any more."""
        for holder in self.store.holders():
            host, _, process = holder.rpartition("/")
            if holder == self._holder or (host == socket.gethostname() and not _alive(int(process))):
                self.store.let_go_of_all(holder)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
