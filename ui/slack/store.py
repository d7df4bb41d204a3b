"""What the Slack door itself has to remember, in small tables beside the conversations: events, whose thread is whose, questions to others, reminders."""

import json
from typing import Any, TypeVar

from agent.items import Frozen
from agent.storage import Storage
from ui.slack.events import Event

Row = TypeVar("Row", bound=Frozen)

KEPT_SECONDS = 24 * 3600  # how long an event that is done is still recognised; Slack repeats one for about an hour
LEASE_SECONDS = 120
TABLES = (
    "slack_inbox (key TEXT PRIMARY KEY, lane TEXT NOT NULL, ts TEXT NOT NULL, event TEXT NOT NULL, received DOUBLE PRECISION NOT NULL, "
    "done DOUBLE PRECISION NOT NULL, tries INTEGER NOT NULL, due DOUBLE PRECISION NOT NULL)",
    "slack_lanes (lane TEXT PRIMARY KEY, holder TEXT NOT NULL, until DOUBLE PRECISION NOT NULL)",
    "slack_diagnoses (thread TEXT PRIMARY KEY, team TEXT NOT NULL, channel TEXT NOT NULL, ts TEXT NOT NULL, starter TEXT NOT NULL, link TEXT NOT NULL, reported TEXT NOT NULL)",
    "slack_canvases (thread TEXT PRIMARY KEY, canvas TEXT NOT NULL, link TEXT NOT NULL)",
    "slack_asks (id TEXT PRIMARY KEY, thread TEXT NOT NULL, person TEXT NOT NULL, asker TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, "
    "channel TEXT NOT NULL, ts TEXT NOT NULL, answer TEXT NOT NULL)",
    "slack_reminders (id TEXT PRIMARY KEY, due TEXT NOT NULL, person TEXT NOT NULL, thread TEXT NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, sent INTEGER NOT NULL)",
    "slack_quiet (person TEXT PRIMARY KEY)",
)  # fmt: skip


class Diagnosis(Frozen):
    """A Slack thread that is a diagnosis; `reported` is the verdict that was last shown with its files."""

    thread: str
    team: str
    channel: str
    ts: str
    starter: str
    link: str = ""
    reported: str = ""


def begun(event: Event) -> Diagnosis:
    """Return the diagnosis that begins in the thread of an event."""
    return Diagnosis(thread=event.thread, team=event.team, channel=event.channel, ts=event.thread_ts, starter=event.user)


class Canvas(Frozen):
    """The canvas of a diagnosis; without a link nobody can read it yet."""

    thread: str
    canvas: str
    link: str = ""


class Ask(Frozen):
    """A question that somebody else was sent: about items of the guide, or three about the pilot from outside ("voice").

    `answer` is JSON once it came: for voices what they said by question; for the others only that they answered, their words are in the conversation.
    """

    id: str
    thread: str
    person: str
    asker: str
    kind: str = "question"
    about: str = ""
    channel: str = ""
    ts: str = ""
    answer: str = ""


class Reminder(Frozen):
    """Something to say on a day; ISO 8601."""

    id: str
    due: str
    person: str
    thread: str
    kind: str
    about: str = ""
    sent: int = 0


class Store:
    """What belongs to one workspace; several may share a database. Every method is one statement or two, and may be called from any thread."""

    def __init__(self, storage: Storage, team: str):
        self._do, self.team = storage.execute, team
        self._keys, self._threads = f"{team}/%", f"slack-{team}-%"
        for table in TABLES:
            storage.prepare(f"CREATE TABLE IF NOT EXISTS {table}")

    # Events -------------------------------------------------------------------------------------------------------------

    def write_down(self, event: Event, now: float) -> bool:
        """Keep an event until it is done; False where it was there already, done or not."""
        row = (event.key, event.lane, event.ts, event.model_dump_json(), now, 0.0, 0, now)
        return bool(self._do(f"INSERT INTO slack_inbox VALUES ({_marks(row)}) ON CONFLICT (key) DO NOTHING RETURNING key", row))

    def lanes_waiting(self, now: float) -> list[str]:
        return [lane for (lane,) in self._do("SELECT DISTINCT lane FROM slack_inbox WHERE done = 0 AND due <= ? AND key LIKE ?", (now, self._keys))]

    def next_in(self, lane: str, now: float) -> tuple[Event, int] | None:
        """Return the oldest event of a lane and how often it was tried; none while the oldest one has to wait."""
        rows = self._do("SELECT event, tries, due FROM slack_inbox WHERE lane = ? AND done = 0 ORDER BY ts, received LIMIT 1", (lane,))
        return (Event.model_validate_json(rows[0][0]), int(rows[0][1])) if rows and rows[0][2] <= now else None

    def tried(self, key: str, due: float) -> None:
        self._do("UPDATE slack_inbox SET tries = tries + 1, due = ? WHERE key = ?", (due, key))

    def done(self, key: str, now: float) -> None:
        """Mark an event as done and forget what it said; its key stays, to recognise it."""
        self._do("UPDATE slack_inbox SET done = ?, event = '' WHERE key = ?", (now, key))
        self._do("DELETE FROM slack_inbox WHERE done > 0 AND done < ?", (now - KEPT_SECONDS,))

    def hold(self, lane: str, holder: str, now: float) -> bool:
        """Take a lane for this process, or keep it; False while another process has it."""
        return bool(self._do(
            "INSERT INTO slack_lanes (lane, holder, until) VALUES (?, ?, ?) ON CONFLICT (lane) DO UPDATE SET holder = excluded.holder, until = excluded.until "
            "WHERE slack_lanes.holder = excluded.holder OR slack_lanes.until < ? RETURNING lane", (lane, holder, now + LEASE_SECONDS, now),
        ))  # fmt: skip

    def let_go(self, lane: str, holder: str) -> None:
        self._do("DELETE FROM slack_lanes WHERE lane = ? AND holder = ?", (lane, holder))

    def holders(self) -> list[str]:
        return [holder for (holder,) in self._do("SELECT DISTINCT holder FROM slack_lanes")]

    def let_go_of_all(self, holder: str) -> None:
        self._do("DELETE FROM slack_lanes WHERE holder = ?", (holder,))

    # Whose thread is whose ------------------------------------------------------------------------------------------------

    def begin(self, one: Diagnosis) -> None:
        self._insert("slack_diagnoses", one)

    def diagnosis(self, thread: str) -> Diagnosis | None:
        found = self._select(Diagnosis, "slack_diagnoses", "thread = ?", thread)
        return found[0] if found else None

    def diagnoses_of(self, person: str) -> list[Diagnosis]:
        """Return what a person started, the latest first."""
        return self._select(Diagnosis, "slack_diagnoses", "team = ? AND starter = ? ORDER BY ts DESC", self.team, person)

    def diagnoses_in(self, channel: str) -> list[Diagnosis]:
        return self._select(Diagnosis, "slack_diagnoses", "team = ? AND channel = ? ORDER BY ts DESC", self.team, channel)

    def note(self, thread: str, **changes: str) -> None:
        """Change the link or the reported verdict of a diagnosis."""
        for field in changes:
            assert field in Diagnosis.model_fields
            self._do(f"UPDATE slack_diagnoses SET {field} = ? WHERE thread = ?", (changes[field], thread))

    def canvas(self, thread: str) -> Canvas | None:
        found = self._select(Canvas, "slack_canvases", "thread = ?", thread)
        return found[0] if found else None

    def keep_canvas(self, one: Canvas) -> None:
        """Keep which canvas a diagnosis has, in place of an earlier one."""
        self._do(
            "INSERT INTO slack_canvases (thread, canvas, link) VALUES (?, ?, ?) ON CONFLICT (thread) DO UPDATE SET canvas = excluded.canvas, link = excluded.link",
            (one.thread, one.canvas, one.link),
        )

    # Questions to others --------------------------------------------------------------------------------------------------

    def ask(self, one: Ask) -> bool:
        """Keep a question; False where it was asked already."""
        return self._insert("slack_asks", one)

    def asked(self, id: str) -> Ask | None:
        found = self._select(Ask, "slack_asks", "id = ?", id)
        return found[0] if found else None

    def asked_at(self, channel: str, ts: str) -> Ask | None:
        found = self._select(Ask, "slack_asks", "channel = ? AND ts = ? AND thread LIKE ?", channel, ts, self._threads)
        return found[0] if found else None

    def open_asks(self, channel: str) -> list[Ask]:
        """Return the questions that wait for an answer in a direct conversation, the latest first."""
        return self._select(Ask, "slack_asks", "channel = ? AND answer = '' AND ts <> '' AND thread LIKE ? ORDER BY ts DESC", channel, self._threads)

    def voices(self, thread: str) -> list[Ask]:
        return self._select(Ask, "slack_asks", "thread = ? AND kind = 'voice' ORDER BY id", thread)

    def sent(self, id: str, channel: str, ts: str) -> None:
        self._do("UPDATE slack_asks SET channel = ?, ts = ? WHERE id = ?", (channel, ts, id))

    def answered(self, id: str, answer: Any) -> bool:
        """Keep the answer; False where there is one already."""
        return bool(self._do("UPDATE slack_asks SET answer = ? WHERE id = ? AND answer = '' RETURNING id", (json.dumps(answer), id)))

    def forget_deleted(self) -> None:
        """Forget what was said from outside about diagnoses that were deleted since."""
        self._do("DELETE FROM slack_asks WHERE answer <> '' AND thread NOT IN (SELECT id FROM threads)")

    # Reminders ------------------------------------------------------------------------------------------------------------

    def remind(self, one: Reminder) -> None:
        self._insert("slack_reminders", one)

    def due(self, day: str) -> list[Reminder]:
        return self._select(Reminder, "slack_reminders", "sent = 0 AND due <= ? AND thread LIKE ? ORDER BY due, id", day, self._threads)

    def reminded(self, id: str) -> None:
        self._do("UPDATE slack_reminders SET sent = 1 WHERE id = ?", (id,))

    def reminders_gone(self, thread: str, kind: str) -> None:
        """Forget what has not been said yet: its date has moved."""
        self._do("DELETE FROM slack_reminders WHERE thread = ? AND kind = ? AND sent = 0", (thread, kind))

    def quiet(self, person: str) -> None:
        """Send a person no reminders any more."""
        self._do("INSERT INTO slack_quiet VALUES (?) ON CONFLICT (person) DO NOTHING", (f"{self.team}/{person}",))

    def is_quiet(self, person: str) -> bool:
        return bool(self._do("SELECT 1 FROM slack_quiet WHERE person = ?", (f"{self.team}/{person}",)))

    # ----------------------------------------------------------------------------------------------------------------------

    def _insert(self, table: str, one: Frozen) -> bool:
        values = tuple(one.model_dump().values())
        fields = ", ".join(type(one).model_fields)
        return bool(self._do(f"INSERT INTO {table} ({fields}) VALUES ({_marks(values)}) ON CONFLICT DO NOTHING RETURNING 1", values))

    def _select(self, model: type[Row], table: str, where: str, *values: str) -> list[Row]:
        fields = list(model.model_fields)
        rows = self._do(f"SELECT {', '.join(fields)} FROM {table} WHERE {where}", values)
        return [model.model_validate(dict(zip(fields, row, strict=True))) for row in rows]


def _marks(values: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(values))
