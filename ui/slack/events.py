"""What Slack sends, read into what it means for us: pure functions over Slack's own JSON, and nothing for what is not ours."""

import html
import json
import re
from typing import Any, Literal

from pydantic import Field

from agent.items import Frozen

Kind = Literal["start", "say", "edit", "delete", "click", "submit", "command", "home", "pane", "left"]
STARTING = ("start", "pane")
KEPT_SUBTYPES = (None, "file_share", "thread_broadcast")
LINK = re.compile(r"<(https?:[^|>]+|mailto:[^|>]+)(?:\|([^>]*))?>")
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
OTHER = re.compile(r"<[!#][^|>]*(?:\|([^>]*))?>")


class Upload(Frozen):
    """A file that somebody dropped; `size` is in bytes."""

    name: str
    size: int
    url: str


class Event(Frozen):
    """One thing that somebody did. The same `key` again is the same thing; `ts` is its place in the order of its `lane`. Both carry the workspace."""

    key: str
    kind: Kind
    team: str
    user: str
    channel: str = ""
    thread_ts: str = ""
    ts: str = ""
    text: str = ""
    direct: bool = False
    files: tuple[Upload, ...] = ()
    action: str = ""
    value: str = ""
    message_ts: str = ""
    response_url: str = ""
    fields: dict[str, str] = Field(default_factory=dict)
    blocks: tuple[dict[str, Any], ...] = ()

    @property
    def thread(self) -> str:
        """The diagnosis that this belongs to, if its Slack thread is one."""
        return thread_id(self.team, self.channel, self.thread_ts)

    @property
    def lane(self) -> str:
        """What is worked off one after the other: a Slack thread, a direct conversation outside of any, or what one person does elsewhere."""
        if self.direct and self.thread_ts == self.ts:
            return f"{self.team}-{self.channel}"
        return self.thread if self.thread_ts else f"{self.team}-{self.user}"


def thread_id(team: str, channel: str, ts: str) -> str:
    """Name the diagnosis of a Slack thread; every door can open it by this name."""
    return f"slack-{team}-{channel}-{ts}"


def team_of(body: dict[str, Any]) -> str:
    """Return the workspace that a request belongs to; a shared channel's guests belong to their own."""
    event = body.get("event") or {}
    inner = event.get("message") or event.get("previous_message") or event
    user = body.get("user") if isinstance(body.get("user"), dict) else {}
    return str(
        inner.get("user_team") or inner.get("source_team") or (user or {}).get("team_id") or body.get("team_id") or (body.get("team") or {}).get("id") or ""
    )


def read(body: dict[str, Any], bot: str) -> Event | None:
    """Return what a request means, or None where it is nothing for us: our own messages, other bots, changes of topic."""
    found = _read(body, bot)
    return found and found.model_copy(update={"key": f"{found.team}/{found.key}"})


def _read(body: dict[str, Any], bot: str) -> Event | None:
    if "event" in body:
        return _event(body, body["event"], bot)
    if body.get("type") == "block_actions":
        return _click(body)
    if body.get("type") == "view_submission":
        return _submission(body)
    if body.get("command"):
        return Event(
            key=f"command:{body['trigger_id']}", kind="command", team=body["team_id"], user=body["user_id"], channel=body["channel_id"],
            text=plain(body.get("text", ""), bot), response_url=body.get("response_url", ""),
        )  # fmt: skip
    return None


def _event(body: dict[str, Any], event: dict[str, Any], bot: str) -> Event | None:
    team, kind, subtype = body["team_id"], event["type"], event.get("subtype")
    if kind == "app_home_opened":
        return Event(key=body["event_id"], kind="home", team=team, user=event["user"]) if event.get("tab") == "home" else None
    if kind == "assistant_thread_started":
        pane = event["assistant_thread"]
        return Event(
            key=body["event_id"], kind="pane", team=team, user=pane["user_id"], channel=pane["channel_id"], thread_ts=pane["thread_ts"],
            ts=pane["thread_ts"], direct=True,
        )  # fmt: skip
    if kind in ("channel_left", "group_left"):
        return Event(key=body["event_id"], kind="left", team=team, user="", channel=event["channel"])
    if kind not in ("message", "app_mention"):
        return None
    direct = event.get("channel_type") == "im"
    if subtype == "message_changed":
        return _changed(team, event, bot, direct)
    if subtype == "message_deleted":
        old = event.get("previous_message") or {}
        return None if _a_bots(old, bot) else _message("delete", team, event["channel"], old, bot, direct, key=f"delete:{event['channel']}:{old.get('ts')}")
    if subtype not in KEPT_SUBTYPES or _a_bots(event, bot):
        return None
    return _message("start" if kind == "app_mention" else "say", team, event["channel"], event, bot, direct)


def _changed(team: str, event: dict[str, Any], bot: str, direct: bool) -> Event | None:
    """An edit; Slack also sends this where only a link got its preview, and where a message with replies was deleted."""
    new, old = event["message"], event.get("previous_message") or {}
    if new.get("subtype") == "tombstone":
        return None if _a_bots(old, bot) else _message("delete", team, event["channel"], old, bot, direct, key=f"delete:{event['channel']}:{new['ts']}")
    if _a_bots(new, bot) or new.get("text") == old.get("text"):
        return None
    return _message("edit", team, event["channel"], new, bot, direct, key=f"edit:{event['channel']}:{new['ts']}:{(new.get('edited') or {}).get('ts', '')}")


def _a_bots(message: dict[str, Any], bot: str) -> bool:
    return bool(message.get("bot_id") or message.get("app_id")) or message.get("user") in (bot, None, "USLACKBOT")


def _message(kind: Kind, team: str, channel: str, message: dict[str, Any], bot: str, direct: bool, key: str = "") -> Event:
    """A message, by its place: a mention in a thread of ours comes twice, as a mention and as a message, and is one."""
    files = tuple(
        Upload(name=one.get("name") or "file", size=int(one.get("size") or 0), url=one.get("url_private_download") or one.get("url_private") or "")
        for one in message.get("files", ())
    )
    return Event(
        key=key or f"message:{channel}:{message['ts']}", kind=kind, team=team, user=message["user"], channel=channel,
        thread_ts=message.get("thread_ts") or message["ts"], ts=message["ts"], text=plain(message.get("text", ""), bot), direct=direct, files=files,
    )  # fmt: skip


def _click(body: dict[str, Any]) -> Event | None:
    action, place = body["actions"][0], body.get("container") or {}
    message, view = body.get("message") or {}, body.get("view") or {}
    channel, ts = place.get("channel_id", ""), place.get("message_ts", "")
    return Event(
        key=f"click:{channel or view['id']}:{ts}:{body['user']['id']}:{action['action_id']}:{_chosen(action)}", kind="click",
        team=body["team"]["id"], user=body["user"]["id"], channel=channel, thread_ts=message.get("thread_ts") or ts, message_ts=ts, ts=action.get("action_ts", ""),
        action=action["action_id"], value=_chosen(action), response_url=body.get("response_url", ""), direct=channel.startswith("D"),
        blocks=message.get("blocks") or (),
    )  # fmt: skip


def _chosen(action: dict[str, Any]) -> str:
    """Return the value of a button, or what was picked from a list; several as a JSON list."""
    if "selected_options" in action:
        return json.dumps([option["value"] for option in action["selected_options"]])
    return str(action.get("value") or action.get("selected_user") or (action.get("selected_option") or {}).get("value") or "")


def _submission(body: dict[str, Any]) -> Event:
    view = body["view"]
    fields: dict[str, str] = {}
    for block in view["state"]["values"].values():
        for name, field in block.items():
            chosen = (field.get("selected_option") or {}).get("value")
            fields[name] = chosen or " ".join(field.get("selected_users") or ()) or plain(field.get("value") or "", "")
    return Event(
        key=f"submit:{view['id']}", kind="submit", team=body["team"]["id"], user=body["user"]["id"], action=view["callback_id"],
        value=view.get("private_metadata", ""), fields=fields,
    )  # fmt: skip


def plain(text: str, bot: str) -> str:
    """Return what somebody wrote as they see it: links by their words, without our own name; people stay as <@U…>."""
    if bot:
        text = re.sub(rf"<@{bot}(?:\|[^>]*)?>", "", text)
    text = LINK.sub(lambda found: found[2] or found[1].removeprefix("mailto:"), text)
    text = OTHER.sub(lambda found: found[1] or "", text)
    return html.unescape(text).strip()
