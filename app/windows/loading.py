"""Bringing a directory file into the database; the city's first content comes with the program."""

from importlib.resources import files
from pathlib import Path

from app.access.actor import Actor
from app.foundation.errors import N_, DomainError
from app.windows import operations
from app.windows.directory import Directory, read_directory
from app.windows.operations import Loaded
from app.windows.rule_loading import load_guidance

UNREADABLE = N_("%(file)sを読めません（%(reason)s）。")


def read_file(file: Path | None = None) -> Directory:
    """Read a directory file, by default the program's own; DomainError says what is wrong."""
    source = file or files("app.windows") / "data" / "windows.toml"
    try:
        text = source.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DomainError(UNREADABLE, file=str(source), reason=reason) from None
    return read_directory(text)


def load_directory(*, actor: Actor, file: Path | None = None) -> Loaded:
    """Bring a directory file in, inside the caller's transaction; a broken one changes nothing.

    With the program's own directory come its rules of guidance and their scenarios.
    """
    directory = read_file(file)
    loaded = operations.load_directory(actor=actor, offices=directory.offices, windows=directory.windows)
    if file is None:
        guidance = load_guidance(actor=actor)
        loaded.rules, loaded.scenarios = guidance.rules, guidance.scenarios
    return loaded
