"""Settings, read from the environment once and validated at the start.

Run as a script, it creates the instance folder and the keys that are missing; with ``restore-pepper`` it
reads the lines of the pepper's recovery sheet first.
"""

import ipaddress
import os
import re
import secrets
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
SECRET_KEY_FILE = "secret-key"  # noqa: S105 - a file's name
CARD_PEPPER_FILE = "card-pepper"
DRAFT_KEY_FILE = "draft-key"
DATABASE_FILE = "shirube.sqlite3"
SHORTEST_SECRET = 32
LONGEST_URL = 150
SHEET_LINE = re.compile(r"\s*\d{1,2}:")
PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?")


class ConfigurationError(RuntimeError):
    """The settings do not allow a safe start; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What one running Shirube was told."""

    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    card_pepper: bytes = field(repr=False)
    # One key a line: the first seals drafts, the others still open what they sealed.
    draft_key: bytes = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    secure_cookies: bool = False
    # How many proxies stand in front, each telling whom it was asked by; 0: no header is read.
    proxies: int = 0
    # Where the public pages stand for everybody, for the QR codes on paper; empty: no QR code is printed.
    public_url: str = ""
    # Where partners outside reach this very server, for one-time answer links; empty: there are none.
    answer_links: str = ""
    # Counts of people below it leave the house as x: 3, 5 or 10.
    threshold: int = 10
    # Peppers that were exchanged: a card hashed under one of them is hashed anew when it is shown next.
    former_peppers: tuple[bytes, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Refuse settings with which a start would be unsafe."""
        if len(self.secret_key) < SHORTEST_SECRET:
            raise ConfigurationError(
                f"The secret key is shorter than {SHORTEST_SECRET} characters. Remove SHIRUBE_SECRET_KEY and "
                "run script/setup, which makes a good one, or set a longer one."
            )
        if min(map(len, (self.card_pepper, *self.former_peppers))) < SHORTEST_SECRET:
            raise ConfigurationError(
                f"The card pepper is shorter than {SHORTEST_SECRET} bytes. "
                f"Restore instance/keys/{CARD_PEPPER_FILE} from its recovery sheet."
            )
        draft_keys = [line.strip() for line in self.draft_key.splitlines() if line.strip()]
        if min(map(len, draft_keys), default=0) < SHORTEST_SECRET:
            raise ConfigurationError(
                f"A draft key is shorter than {SHORTEST_SECRET} characters. Remove "
                f"instance/keys/{DRAFT_KEY_FILE} and run script/setup, which makes a good one; "
                "drafts not finished are lost with it, and nothing else."
            )
        if self.demo and not is_loopback(self.host):
            raise ConfigurationError(
                "Demonstration accounts are shown on the sign-in page, so --demo only serves 127.0.0.1. "
                "Remove SHIRUBE_HOST, or start without --demo."
            )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read SHIRUBE_* and DATABASE_URL.

        Raises:
            ConfigurationError: a secret is missing or too short, or a value cannot be read.
        """
        instance = instance_folder(environ)
        pepper, *former = read_key(instance, CARD_PEPPER_FILE).split() or [b""]
        return cls(
            instance=instance,
            database_url=environ.get("DATABASE_URL") or f"sqlite:///{instance / DATABASE_FILE}",
            secret_key=environ.get("SHIRUBE_SECRET_KEY") or read_key(instance, SECRET_KEY_FILE).decode(),
            card_pepper=pepper,
            former_peppers=tuple(former),
            draft_key=read_key(instance, DRAFT_KEY_FILE),
            host=environ.get("SHIRUBE_HOST") or "127.0.0.1",
            port=read_port(environ.get("SHIRUBE_PORT") or "8000"),
            demo=environ.get("SHIRUBE_DEMO") == "1",
            secure_cookies=environ.get("SHIRUBE_HTTPS") == "1",
            proxies=read_proxies(environ.get("SHIRUBE_PROXIES") or "0"),
            public_url=read_public_url(environ.get("SHIRUBE_PUBLIC_URL") or ""),
            threshold=read_threshold(environ.get("SHIRUBE_THRESHOLD") or "10"),
            answer_links=read_public_url(environ.get("SHIRUBE_ANSWER_LINKS") or "", "SHIRUBE_ANSWER_LINKS"),
        )


def instance_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the database and the keys."""
    return Path(environ.get("SHIRUBE_INSTANCE") or PROJECT / "instance").resolve()


def is_loopback(host: str) -> bool:
    """Tell whether a host is reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def read_port(text: str) -> int:
    """Read a TCP port.

    Raises:
        ConfigurationError: it is not a number from 1 to 65535.
    """
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise ConfigurationError(f"SHIRUBE_PORT is {text!r}. Set a number from 1 to 65535.")


def read_proxies(text: str) -> int:
    """Read how many proxies stand in front.

    Raises:
        ConfigurationError: it is not a number from 0 to 9.
    """
    if text.isascii() and text.isdigit() and len(text) == 1:
        return int(text)
    raise ConfigurationError(
        f"SHIRUBE_PROXIES is {text!r}. Set how many proxies stand in front of Shirube, from 0 to 9."
    )


def read_threshold(text: str) -> int:
    """Read below which count a figure of people is withheld.

    Raises:
        ConfigurationError: it is not 3, 5 or 10.
    """
    if text in ("3", "5", "10"):
        return int(text)
    raise ConfigurationError(f"SHIRUBE_THRESHOLD is {text!r}. Set 3, 5 or 10.")


def read_public_url(text: str, name: str = "SHIRUBE_PUBLIC_URL") -> str:
    """Read an address under which pages stand, without a slash at the end; empty when nowhere.

    Raises:
        ConfigurationError: it is no plain web address that fits on paper.
    """
    if not text:
        return ""
    if not PUBLIC_URL.fullmatch(text) or len(text) > LONGEST_URL:
        raise ConfigurationError(
            f"{name} is {text!r}. Set an address such as https://www.example.jp/shirube, without ? and #."
        )
    return text.rstrip("/")


def read_key(instance: Path, name: str) -> bytes:
    """Read one key of the instance folder.

    Raises:
        ConfigurationError: there is none, or this user may not read it.
    """
    path = instance / "keys" / name
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        raise ConfigurationError(f"There is no {path}. Run script/setup, which makes the keys.") from None
    except OSError as error:
        raise ConfigurationError(
            f"{path} cannot be read ({error.strerror}). Start as the user who owns it."
        ) from error


def create_missing_keys(instance: Path) -> list[Path]:
    """Create the folder (0700) and the keys (0600) that are missing; return those that were made.

    Raises:
        ConfigurationError: there is a database but its card pepper is gone (a new one would kill every card).
    """
    keys = instance / "keys"
    pepper = keys / CARD_PEPPER_FILE
    if (instance / DATABASE_FILE).exists() and not pepper.exists():
        raise ConfigurationError(
            f"The database is there but {pepper} is gone. A new pepper would make every card useless: "
            "put the old one back from its recovery sheet."
        )
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.mkdir(mode=0o700, exist_ok=True)
    made = []
    for name in (SECRET_KEY_FILE, CARD_PEPPER_FILE, DRAFT_KEY_FILE):
        path = keys / name
        if not path.exists():
            write_key(path, secrets.token_urlsafe(48) + "\n")
            made.append(path)
    return made


def write_key(path: Path, text: str) -> None:
    """Write a file of keys that only its owner may read; raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def add_draft_key(instance: Path) -> Path:
    """Put a new draft key before the present one, which still opens what it sealed; older ones go."""
    path = instance / "keys" / DRAFT_KEY_FILE
    present = read_key(instance, DRAFT_KEY_FILE).decode().split()[:1]
    fresh = path.with_name(f"{DRAFT_KEY_FILE}.new")
    fresh.unlink(missing_ok=True)
    write_key(fresh, "\n".join([secrets.token_urlsafe(48), *present]) + "\n")
    fresh.replace(path)
    return path


def add_pepper(instance: Path) -> Path:
    """Put a new card pepper before the present one; every former one stays, for cards not shown since."""
    path = instance / "keys" / CARD_PEPPER_FILE
    former = read_key(instance, CARD_PEPPER_FILE).decode().split()
    fresh = path.with_name(f"{CARD_PEPPER_FILE}.new")
    fresh.unlink(missing_ok=True)
    write_key(fresh, "\n".join([secrets.token_urlsafe(48), *former]) + "\n")
    fresh.replace(path)
    return path


def restore_pepper(instance: Path, lines: Iterable[str]) -> Path:
    """Write the card pepper back from the lines of its recovery sheet.

    Raises:
        ConfigurationError: a pepper is there, or a line is wrong.
    """
    from app.foundation.errors import DomainError
    from app.privacy.key_sheet import key_from

    path = instance / "keys" / CARD_PEPPER_FILE
    if path.exists():
        raise ConfigurationError(f"{path} is there. Nothing was changed.")
    sheets: list[list[str]] = []
    for line in lines:
        # Each pepper has lines of its own, from 1 on; headings are left out.
        if line.strip().startswith("1:"):
            sheets.append([])
        if sheets and SHEET_LINE.match(line):
            sheets[-1].append(line)
    try:
        key = "\n".join(key_from(sheet).decode("ascii") for sheet in sheets or [[]])
    except (DomainError, UnicodeDecodeError) as error:
        raise ConfigurationError(str(error)) from None
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_key(path, key + "\n")
    return path


def main(arguments: Sequence[str]) -> int:
    """Create what is missing and say so on standard error; or restore the pepper from standard input."""
    try:
        if list(arguments) == ["restore-pepper"]:
            print(f"made {restore_pepper(instance_folder(), sys.stdin)}", file=sys.stderr)
        for path in create_missing_keys(instance_folder()):
            print(f"made {path}", file=sys.stderr)
        Settings.from_environment()
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
