"""The web page's server: its port, a clean environment for Chainlit, and who may come in."""

import logging
import os
import socket
from collections.abc import MutableMapping
from pathlib import Path

from agent.errors import PilotcheckError
from agent.settings import Settings
from ui.web.folder import page_in, prepare
from ui.web.people import kept_secret

NAMES = ("localhost", "127.0.0.1", "::1")

# What would switch something on inside Chainlit, by prefix; its settings are read by pydantic from variables as plain as PROJECT and UI.
COLLIDING = ("CHAINLIT_", "SLACK_", "DISCORD_", "TEAMS_", "OAUTH_", "LITERAL_", "APP_AWS_", "APP_GCS_", "APP_AZURE_", "DEV_AWS_", "TRACELOOP_")
COLLIDING_NAMES = {"DATABASE_URL", "BUCKET_NAME", "ROOT", "RUN", "FEATURES", "UI", "PROJECT", "CODE"}


def serve(settings: Settings, port: int, browser: bool, host: str = "localhost") -> int:
    """Serve the page until it is stopped. Raises PilotcheckError when the port, the folder or the login cannot be used."""
    _check_login(settings, host)
    listening = _listen(host, port)
    import uvicorn

    from agent.assembly import interview

    opened = interview(settings)
    port = listening.getsockname()[1]
    folder = prepare(settings.home / "web")
    key, secret = kept_secret(settings.home / "web" / "key"), settings.auth_secret.get_secret_value() or kept_secret(settings.home / "web" / "secret")
    clean(os.environ, folder, secret, oauth=settings.login == "oauth")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("chainlit").setLevel(logging.ERROR)

    from ui.web.guard import Guard
    from ui.web.page import Page

    page = Page(opened, settings, key, _welcome(settings, host, port))
    address = f"http://localhost:{port}/{f'mine/{key}' if settings.login == 'none' else ''}"
    guarded = Guard(page.application(), page_in(folder) / "assets", opened, page, key=key if settings.login == "none" else "", here_only=host in NAMES)
    server = uvicorn.Server(uvicorn.Config(guarded, log_level="error", server_header=False, timeout_graceful_shutdown=3))
    if browser:
        page.once_ready(address)
    server.run(sockets=[listening])
    return 0 if server.started else 1


def _welcome(settings: Settings, host: str, port: int) -> str:
    who = "Only this computer can open it." if host in NAMES else f"It listens on {host}; people log in ({settings.login})."
    return f"Pilotcheck is ready: http://localhost:{port}\n{who} What is said is kept in {settings.home}. Stop with Ctrl-C."


def _check_login(settings: Settings, host: str) -> None:
    """Refuse to show anybody's conversations to a network without knowing who asks."""
    if settings.login == "none" and host not in NAMES:
        raise PilotcheckError(
            f"{host} can be reached from other computers, and without a login anybody there could read and answer. "
            "Set PILOTCHECK_LOGIN to password, oauth or header (docs/web.md), or leave out --host."
        )
    if settings.login == "password" and settings.passwords is None:
        raise PilotcheckError("PILOTCHECK_LOGIN=password needs a file of passwords: PILOTCHECK_PASSWORDS=people.txt pilotcheck people add NAME")
    if settings.login == "header" and not settings.login_header:
        raise PilotcheckError("PILOTCHECK_LOGIN=header needs the name of the header that your proxy sets: PILOTCHECK_LOGIN_HEADER=X-Forwarded-User")


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything heavy is loaded, so that a port in use is said at once."""
    address = "127.0.0.1" if host in NAMES else host
    listening = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((address, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        if isinstance(error, (OverflowError, PermissionError)):
            raise PilotcheckError(f"Port {port} cannot be used here. Choose one between 1024 and 65535: `pilotcheck web --port 8000`.") from error
        if isinstance(error, socket.gaierror) or error.errno == 99:
            raise PilotcheckError(f"{host} is no address of this computer. Leave out --host for this computer only, or use 0.0.0.0 for all.") from error
        raise PilotcheckError(
            f"Port {port} is in use. If that is Pilotcheck, it is at http://localhost:{port} already; otherwise take another: `pilotcheck web --port {port + 1}`."
        ) from error
    return listening


def clean(environment: MutableMapping[str, str], folder: Path, secret: str, *, oauth: bool = False) -> None:
    """Take out of this process's environment what Chainlit would act on, and point it to our folder and to no .env file."""
    for name in list(environment):
        if (name.upper().startswith(COLLIDING) or name.upper() in COLLIDING_NAMES) and not (oauth and name.upper().startswith("OAUTH_")):
            del environment[name]
    environment.update(
        CHAINLIT_APP_ROOT=str(folder), CHAINLIT_ENV_FILE=str(folder / "no.env"), CHAINLIT_AUTH_SECRET=secret,
        TRACELOOP_TELEMETRY="false", ANONYMIZED_TELEMETRY="false", DO_NOT_TRACK="1",
    )  # fmt: skip
