"""Who is at the page: a browser on this computer, or whoever the login says. Each sees only their own conversations."""

import base64
import hashlib
import hmac
import os
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from agent.errors import PilotcheckError

COOKIE = "pilotcheck"
A_YEAR = 365 * 24 * 3600
THIS_COMPUTER = "this-computer"  # who holds this computer's key; nobody who logs in may be called so
NAME = re.compile(r"[^\s:]{1,80}")
SHORTEST_PASSWORD = 10
COST, BLOCK, PARALLEL = 2**14, 8, 1  # scrypt: some 50 ms and 16 MB a try


def new_cookie() -> str:
    """Return the value that makes a browser somebody: nobody can guess it."""
    return secrets.token_hex(16)


def cookie_in(header: str) -> str:
    """Return our cookie from a Cookie header, or nothing."""
    try:
        kept = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return kept.value if kept and re.fullmatch(r"[0-9a-f]{32}", kept.value) else ""


def set_cookie(value: str) -> str:
    """Return the Set-Cookie header for a value."""
    return f"{COOKIE}={value}; Path=/; Max-Age={A_YEAR}; HttpOnly; SameSite=Lax"


def browser(cookie: str, key: str) -> str | None:
    """Name the person behind a browser without a login: who holds this computer's key, or just this browser."""
    if not cookie:
        return None
    return THIS_COMPUTER if hmac.compare_digest(cookie, key) else f"browser-{hashlib.sha256(cookie.encode()).hexdigest()[:24]}"


def owner_of(person: str) -> str:
    """Return whose conversations a person sees: what was said in this computer's terminal belongs to nobody by name."""
    return "" if person == THIS_COMPUTER else person


def person_of(owner: str) -> str:
    return owner or THIS_COMPUTER


def kept_secret(path: Path) -> str:
    """Return a secret that is made once and can be read by this user alone."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    value = secrets.token_hex(16)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(value)
    except FileExistsError:  # another server of the same home was faster
        return path.read_text(encoding="ascii")
    return value


# A file of passwords: one `name:salt:hash` a line ------------------------------------------------------------------------


def may_log_in(name: str) -> bool:
    """Say whether somebody can be called so; one name is the key's."""
    return name not in ("", THIS_COMPUTER)


def password_line(name: str, password: str) -> str:
    """Return the line that lets somebody in; the password itself is kept nowhere."""
    if not NAME.fullmatch(name):
        raise PilotcheckError("A name has up to 80 characters without blanks and colons.")
    if not may_log_in(name):
        raise PilotcheckError(f"Nobody can be called {name}: it stands for who holds this computer's key.")
    if len(password) < SHORTEST_PASSWORD:
        raise PilotcheckError(f"A password needs at least {SHORTEST_PASSWORD} characters. Choose a longer one; a short sentence is good.")
    salt = secrets.token_bytes(16)
    return f"{name}:{base64.b64encode(salt).decode()}:{base64.b64encode(_hash(password, salt)).decode()}"


def lets_in(path: Path, name: str, password: str) -> bool:
    """Say whether the file of passwords has this name with this password; a name that is not there takes as long."""
    salt, expected = _entries(path).get(name, (b"\0" * 16, b""))
    return hmac.compare_digest(_hash(password, salt), expected) and may_log_in(name)


def add_person(path: Path, name: str, password: str) -> None:
    """Write somebody into the file of passwords, in place of an earlier line."""
    line = password_line(name, password)
    try:
        kept = [old for old in path.read_text(encoding="utf-8").splitlines() if old and not old.startswith(f"{name}:")] if path.exists() else []
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("".join(f"{one}\n" for one in (*kept, line)))
    except OSError as error:
        raise PilotcheckError(f"The file of passwords {path} cannot be written ({error.strerror}). Name another with PILOTCHECK_PASSWORDS.") from error


def _entries(path: Path) -> dict[str, tuple[bytes, bytes]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {name: (base64.b64decode(salt), base64.b64decode(hashed)) for name, salt, hashed in (line.split(":") for line in lines if line.strip())}
    except (OSError, ValueError) as error:
        raise PilotcheckError(f"The file of passwords {path} cannot be read ({type(error).__name__}). `pilotcheck people add NAME` makes it.") from error


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=COST, r=BLOCK, p=PARALLEL, dklen=32)
