"""`pilotcheck slack`: Bolt's app around the desk, over Socket Mode or HTTP."""

import asyncio
import logging
import re
import signal
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

from agent.errors import PilotcheckError
from ui.slack.events import read, team_of
from ui.slack.store import Store

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp
    from slack_sdk.web.async_client import AsyncWebClient

    from agent.interview import Interview
    from agent.settings import Settings
    from ui.slack.desk import Desk
    from ui.slack.inbox import Inbox
    from ui.slack.reminders import Reminders

log = logging.getLogger(__name__)

PATH = "/slack/events"
FORMS = re.compile(r"facts|voices|voice|decline:\w+")  # buttons that open a form; nothing to write down until it is sent
MOST_RETRIES = 8  # of a call to Slack that was too early
REMINDER_SECONDS = 60.0


def serve(settings: "Settings", *, http: bool, host: str, port: int) -> int:
    """Run until it is stopped. Raises PilotcheckError where something is missing."""
    check(settings, http=http)
    from agent.assembly import interview

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    talk = interview(settings)

    async def main() -> None:
        running = asyncio.ensure_future(run(talk, settings, http=http, host=host, port=port))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        await running

    with closing(talk.storage), suppress(asyncio.CancelledError):
        asyncio.run(main())  # waits at its end for what still runs in threads: only then may the storage be closed
    print("Stopped. Everything that was said is kept.", flush=True)
    return 0


def check(settings: "Settings", *, http: bool) -> None:
    """Say plainly what is missing before anything is started."""
    try:
        import aiohttp  # noqa: F401
        import slack_bolt  # noqa: F401
    except ImportError:
        raise PilotcheckError("Slack needs its extra: pip install 'pilotcheck[slack]'.") from None
    wanted = {"PILOTCHECK_SLACK_BOT_TOKEN": (settings.slack.bot_token, "xoxb-", "OAuth & Permissions, Bot User OAuth Token")}
    if http:
        wanted["PILOTCHECK_SLACK_SIGNING_SECRET"] = (settings.slack.signing_secret, "", "Basic Information, Signing Secret")
    else:
        wanted["PILOTCHECK_SLACK_APP_TOKEN"] = (settings.slack.app_token, "xapp-", "Basic Information, App-Level Tokens, with connections:write")
    for name, (secret, begins, where) in wanted.items():
        value = secret.get_secret_value()
        if not value:
            raise PilotcheckError(f"{name} is not set. You find it on your app's page at api.slack.com/apps under {where}; docs/slack.md shows the way.")
        if not value.startswith(begins):
            raise PilotcheckError(f"{name} does not begin with {begins}, so it is another kind of token. The right one stands under {where}.")


async def run(interview: "Interview", settings: "Settings", *, http: bool, host: str, port: int) -> None:
    """Be in Slack until cancelled."""
    from ui.slack.desk import Desk
    from ui.slack.inbox import Inbox
    from ui.slack.posting import Slack
    from ui.slack.reminders import Reminders

    client = _client(settings)
    who = await _identity(client)
    store = Store(interview.storage, who["team_id"])
    slack = Slack(client, team=who["team_id"], bot=who["user_id"])
    desk = Desk(interview, slack, store)
    inbox = Inbox(store, desk.handle, desk.give_up)
    app = build(desk, inbox, client, settings.slack.signing_secret.get_secret_value())
    working = [asyncio.create_task(one) for one in (inbox.run(), _remind(Reminders(interview, slack, store), store), asyncio.to_thread(interview.warm))]
    try:
        close = await (_http(app, host, port) if http else _socket(app, settings.slack.app_token.get_secret_value()))
        over = f"HTTP, http://{host}:{port}{PATH}" if http else "Socket Mode"
        print(f"Pilotcheck is in Slack: workspace {who['team']}, as @{who['user']}, over {over}. Ctrl-C stops it.", flush=True)
        try:
            await asyncio.gather(*working[:2])
        finally:
            await close()
    finally:
        for task in working:
            task.cancel()
        await asyncio.to_thread(inbox.close)


def build(desk: "Desk", inbox: "Inbox", client: "AsyncWebClient", signing_secret: str) -> "AsyncApp":
    """Return Bolt's app. Every request is written down before Bolt acknowledges it; the listeners themselves only acknowledge."""
    from slack_bolt import BoltResponse
    from slack_bolt.async_app import AsyncApp

    app = AsyncApp(client=client, signing_secret=signing_secret or None, request_verification_enabled=bool(signing_secret))

    @app.middleware
    async def write_down(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> Any:  # Bolt passes arguments by these names
        if team_of(body) not in ("", desk.slack.team):
            log.warning("Refused a request from another workspace")
            return BoltResponse(status=200)
        event = read(body, desk.slack.bot)
        if event and not (event.kind == "click" and FORMS.fullmatch(event.action)):
            await inbox.take_in(event)
        return await next()

    @app.action(FORMS)
    async def open_form(ack: Callable[[], Awaitable[None]], body: dict[str, Any]) -> None:
        await ack()
        event = read(body, desk.slack.bot)
        form = await desk.form(event) if event else None
        if form:
            await client.views_open(trigger_id=body["trigger_id"], view=form)

    async def acknowledge(ack: Callable[[], Awaitable[None]]) -> None:
        await ack()

    anything = re.compile(r".+")
    for kind in (app.event, app.action, app.view, app.command):
        kind(anything)(acknowledge)
    return app


def _client(settings: "Settings") -> "AsyncWebClient":
    from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler, AsyncRateLimitErrorRetryHandler
    from slack_sdk.web.async_client import AsyncWebClient

    retrying = [AsyncConnectionErrorRetryHandler(max_retry_count=2), AsyncRateLimitErrorRetryHandler(max_retry_count=MOST_RETRIES)]
    address = settings.slack.api_url or AsyncWebClient.BASE_URL
    return AsyncWebClient(token=settings.slack.bot_token.get_secret_value(), base_url=f"{address.rstrip('/')}/", retry_handlers=list(retrying))


async def _identity(client: "AsyncWebClient") -> dict[str, str]:
    """Return who we are and where; a token that Slack does not take is said in one line."""
    from aiohttp import ClientError
    from slack_sdk.errors import SlackApiError

    try:
        return dict((await client.auth_test()).data)  # type: ignore[arg-type]
    except SlackApiError as error:
        raise PilotcheckError(
            f"Slack does not accept PILOTCHECK_SLACK_BOT_TOKEN ({error.response.get('error')}). Install the app in your workspace and copy its token again."
        ) from None
    except (ClientError, OSError, TimeoutError) as error:
        raise PilotcheckError(
            f"{client.base_url} cannot be reached ({type(error).__name__}). Check the network, and PILOTCHECK_SLACK_API_URL if it is set."
        ) from None


async def _socket(app: "AsyncApp", app_token: str) -> Callable[[], Awaitable[None]]:
    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
    from slack_sdk.errors import SlackApiError

    handler = AsyncSocketModeHandler(app, app_token)
    try:
        # Asked for here because `connect_async` tries a token that Slack refuses again for ever.
        handler.client.wss_uri = await handler.client.issue_new_wss_url()
        await handler.connect_async()  # type: ignore[no-untyped-call]
    except SlackApiError as error:
        await handler.close_async()  # type: ignore[no-untyped-call]
        raise PilotcheckError(
            f"Slack does not open a Socket Mode connection ({error.response.get('error')}). Check PILOTCHECK_SLACK_APP_TOKEN and that Socket Mode is on."
        ) from None
    return handler.close_async


async def _http(app: "AsyncApp", host: str, port: int) -> Callable[[], Awaitable[None]]:
    from aiohttp import web

    runner = web.AppRunner(app.web_app(path=PATH), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, port).start()
    return runner.cleanup


async def _remind(reminders: "Reminders", store: Store) -> None:
    """Look once a minute for what is due, and for what is to be forgotten. One process does it at a time, and a failure is tried again."""
    import os
    import socket
    import time

    holder = f"{socket.gethostname()}/{os.getpid()}"
    while True:
        try:
            if await asyncio.to_thread(store.hold, f"{store.team}-{reminders.LANE}", holder, time.time()):
                await asyncio.to_thread(store.forget_deleted)
                await reminders.send_due(reminders.interview.today())
        except Exception:
            log.exception("Reminders could not be sent; trying again in a minute")
        await asyncio.sleep(REMINDER_SECONDS)
