"""Where a backup may lie: never beside keys, never in the instance folder."""

from pathlib import Path

from app.foundation.errors import N_, DomainError

KEY_FILES = frozenset({"secret-key", "card-pepper", "draft-key"})
KEYS_FOLDER = "keys"
FOLDERS_LOOKED_AT = 2000


def refuse_beside_keys(folder: Path, *, instance: Path) -> None:
    """Raise DomainError where a backup would lie with what opens it."""
    if folder == instance or instance in folder.parents:
        raise DomainError(
            N_("%(folder)s は、鍵とデータベースのあるフォルダーの中です。控えは別の場所に作ってください。"),
            folder=folder,
        )
    found = find_keys(folder)
    if found is not None or folder in instance.parents:
        raise DomainError(
            N_("%(folder)s には鍵があります（%(found)s）。控えは別の場所に作ってください。"),
            folder=folder,
            found=found or instance / KEYS_FOLDER,
        )


def find_keys(folder: Path) -> Path | None:
    """Return a key that lies in a folder or below it, as far as this user may look."""
    waiting, seen = [folder], 0
    while waiting and seen < FOLDERS_LOOKED_AT:
        seen += 1
        try:
            inside = sorted(waiting.pop().iterdir())
        except OSError:
            continue
        for one in inside:
            if one.name in KEY_FILES:
                return one
            if one.is_dir() and not one.is_symlink():
                waiting.append(one)
    return None
