"""What we ask of Slack: post, change, find people, fetch and attach files; what Slack refuses is sorted by what can be done about it."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from agent.errors import PilotcheckError
from ui.slack.blocks import FALLBACK_TEXT, Block, cut, messages, mrkdwn

log = logging.getLogger(__name__)

TOKEN_GONE = ("token_revoked", "invalid_auth", "account_inactive", "not_authed", "token_expired")
PLACE_GONE = (
    "channel_not_found", "not_in_channel", "is_archived", "thread_not_found", "message_not_found", "cannot_reply_to_message", "restricted_action",
    "user_not_found", "cannot_dm_bot", "user_disabled", "invalid_thread_ts",
    "canvas_creation_failed", "canvas_editing_failed", "canvas_not_found", "canvas_disabled_user_team", "file_not_found",
    "free_teams_cannot_create_non_tabbed_canvases", "free_teams_cannot_edit_standalone_canvases",
)  # fmt: skip
PASSING = ("internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "team_added_to_org")
METADATA = "pilotcheck"
MOST_MEMBERS = 1_000
DOWNLOAD_SECONDS = 60


class TokenGone(PilotcheckError):
    """The bot's token is no longer good; what was said waits until somebody puts in another."""


class SlackBusy(PilotcheckError):
    """Slack does not answer just now; passes by itself."""


class PlaceGone(PilotcheckError):
    """The channel, the thread or the person cannot be written to any more; the text is Slack's word for it."""


class Slack:
    """One workspace, seen through our bot's token."""

    def __init__(self, client: AsyncWebClient, team: str, bot: str):
        self.client, self.team, self.bot = client, team, bot
        self._names: dict[str, dict[str, Any]] = {}

    async def post(self, channel: str, text: str, blocks: Sequence[Block], *, thread_ts: str = "", key: str = "", again: bool = False) -> str:
        """Post a message, in as many parts as the limits ask for, and return the ts of the first. With `again`, parts that stand there already are left out."""
        first, standing = "", await self._standing(channel, thread_ts, key) if again and key and thread_ts else {}
        for number, part in enumerate(messages(blocks)):
            mark = f"{key}#{number}"
            if mark in standing:
                ts = standing[mark]
            else:
                with_mark: dict[str, Any] = {"metadata": {"event_type": METADATA, "event_payload": {"key": mark}}} if key else {}
                async with _sorted():
                    sent = await self.client.chat_postMessage(
                        channel=channel, thread_ts=thread_ts or None, text=_plainly(text), blocks=part or None, unfurl_links=False, **with_mark
                    )
                ts = str(sent["ts"])
            first = first or ts
        return first

    async def _standing(self, channel: str, thread_ts: str, key: str) -> dict[str, str]:
        """Return which parts of a message an earlier try has posted already."""
        async with _sorted():
            found = await self.client.conversations_replies(channel=channel, ts=thread_ts, limit=200, include_all_metadata=True)
        marks = {((one.get("metadata") or {}).get("event_payload") or {}).get("key", ""): one["ts"] for one in found["messages"]}
        return {mark: ts for mark, ts in marks.items() if mark.rpartition("#")[0] == key}

    async def change(self, channel: str, ts: str, text: str, blocks: Sequence[Block]) -> None:
        async with _sorted():
            await self.client.chat_update(channel=channel, ts=ts, text=_plainly(text), blocks=messages(blocks)[0])

    async def message(self, channel: str, thread_ts: str, ts: str) -> dict[str, Any] | None:
        """Return one message of a thread."""
        async with _sorted():
            found = await self.client.conversations_replies(channel=channel, ts=thread_ts, oldest=ts, latest=ts, inclusive=True, limit=5)
        return next((one for one in found["messages"] if one["ts"] == ts), None)

    async def replies(self, channel: str, thread_ts: str) -> list[dict[str, Any]]:
        async with _sorted():
            return list((await self.client.conversations_replies(channel=channel, ts=thread_ts, limit=200))["messages"])

    async def whisper(self, channel: str, user: str, text: str, thread_ts: str = "") -> None:
        """Say something that only one person sees."""
        async with _sorted():
            await self.client.chat_postEphemeral(channel=channel, user=user, text=_plainly(text), thread_ts=thread_ts or None)

    async def direct(self, user: str) -> str:
        """Return the direct conversation with a person."""
        async with _sorted():
            return str((await self.client.conversations_open(users=user))["channel"]["id"])

    async def publish(self, user: str, view: Block) -> None:
        """Show somebody their Home tab."""
        async with _sorted():
            await self.client.views_publish(user_id=user, view=view)

    # A canvas ------------------------------------------------------------------------------------------------------------

    async def canvas(self, title: str, text: str) -> str:
        """Make a canvas that only we can see, and return its id. Raises PlaceGone where the workspace has none."""
        async with _sorted():
            return str((await self.client.canvases_create(title=title, document_content=_document(text)))["canvas_id"])

    async def rewrite(self, canvas: str, text: str) -> None:
        """Put a text in place of all that a canvas says. Raises PlaceGone where somebody deleted it."""
        async with _sorted():
            await self.client.canvases_edit(canvas_id=canvas, changes=[{"operation": "replace", "document_content": _document(text)}])

    async def show(self, canvas: str, channel: str, user: str) -> str:
        """Let a channel read a canvas, or in a direct conversation the person, and return its address."""
        readers = {"user_ids": [user]} if channel.startswith("D") else {"channel_ids": [channel]}
        async with _sorted():
            await self.client.canvases_access_set(canvas_id=canvas, access_level="read", **readers)
            return str((await self.client.files_info(file=canvas))["file"]["permalink"])

    async def link(self, channel: str, ts: str) -> str:
        async with _sorted():
            return str((await self.client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])

    # People -------------------------------------------------------------------------------------------------------------

    async def person(self, user: str) -> dict[str, Any]:
        """Return what Slack knows of a person; asked once a process."""
        if user not in self._names:
            async with _sorted():
                self._names[user] = dict((await self.client.users_info(user=user))["user"])
        return self._names[user]

    async def name(self, user: str) -> str:
        profile = (await self.person(user)).get("profile") or {}
        return str(profile.get("display_name") or profile.get("real_name") or user)

    async def members(self, channel: str) -> list[str]:
        """Return who is in a channel; a direct conversation has no others."""
        found: list[str] = []
        cursor = ""
        if channel.startswith("D"):
            return found
        while len(found) < MOST_MEMBERS:
            async with _sorted():
                page = await self.client.conversations_members(channel=channel, limit=200, cursor=cursor)
            found += page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return found

    async def called(self, name: str, channel: str) -> list[str]:
        """Return the members of a channel who go by a name: the whole name before a part of it."""
        wanted = name.lower().lstrip("@")
        whole, part = [], []
        for user in await self.members(channel):
            person = await self.person(user)
            profile = person.get("profile") or {}
            names = {str(one).lower() for one in (profile.get("display_name"), profile.get("real_name"), person.get("name")) if one}
            if person.get("is_bot") or person.get("deleted"):
                continue
            if wanted in names:
                whole.append(user)
            elif any(wanted in one.split() for one in names):
                part.append(user)
        return whole or part

    # Files --------------------------------------------------------------------------------------------------------------

    async def attach(self, channel: str, thread_ts: str, files: Sequence[tuple[str, bytes]]) -> None:
        async with _sorted():
            uploads = [{"filename": name, "title": name, "file": content} for name, content in files]
            await self.client.files_upload_v2(channel=channel, thread_ts=thread_ts, file_uploads=uploads)

    async def fetch(self, url: str, limit: int) -> bytes:
        """Return a file that somebody shared. Raises PlaceGone with a reason; our token goes to no other host than Slack's."""
        import aiohttp

        host = urlsplit(url).hostname or ""
        if not (host.endswith(".slack.com") or host == urlsplit(self.client.base_url).hostname):
            raise PlaceGone("it is kept outside of Slack")
        headers = {"Authorization": f"Bearer {self.client.token}"}
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(DOWNLOAD_SECONDS)) as session, session.get(url, headers=headers) as answer:
                if answer.status != 200:
                    raise PlaceGone(f"Slack answers {answer.status}")
                content = await answer.content.read(limit + 1)
                while len(content) <= limit and (more := await answer.content.read(limit + 1 - len(content))):
                    content += more
        except (aiohttp.ClientError, TimeoutError) as error:
            raise PlaceGone(type(error).__name__) from None
        if len(content) > limit:
            raise PlaceGone("it is larger than Slack said")
        if content[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")) and not url.lower().endswith((".html", ".htm")):
            raise PlaceGone("Slack sent its login page; the app may lack the scope files:read")
        return content


def _document(text: str) -> dict[str, str]:
    return {"type": "markdown", "markdown": text}


def _plainly(text: str) -> str:
    """Return a text for a notification; what somebody wrote pings nobody there either."""
    return "".join(cut(mrkdwn(text), FALLBACK_TEXT)[:1])


@asynccontextmanager
async def _sorted() -> AsyncIterator[None]:
    """Turn Slack's refusals into what they mean for us; anything else is a mistake of ours, or passes by itself."""
    import aiohttp

    try:
        yield
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SlackBusy(f"Slack cannot be reached just now ({type(error).__name__}); trying again.") from None
    except SlackApiError as error:
        reason = str(error.response.get("error", ""))
        if reason in TOKEN_GONE:
            raise TokenGone(
                f"Slack no longer accepts the bot's token ({reason}). Install the app again, put its token into PILOTCHECK_SLACK_BOT_TOKEN and start anew; "
                "what was said meanwhile is kept and answered then."
            ) from None
        if reason in PLACE_GONE:
            raise PlaceGone(reason) from None
        if reason in PASSING or error.response.status_code >= 500:
            raise SlackBusy(f"Slack does not take it just now ({reason}); trying again.") from None
        if reason == "missing_scope":
            raise PlaceGone(f"the app lacks the scope {error.response.get('needed', '')}") from None
        raise
