"""The measuring part of the corpus: only `script/bench identity` and its test read it.

It was written while the check stood as it was measured, before the check had been run on any line of it, and
nothing in app/privacy is changed to make one of its lines come out right. Develop on pii_identities.py,
pii_notes.py, developing/ and learnt/ beside it. When measuring brings a fault to light, the fault is written
down in docs/identity-check.md, the data go to learnt/, and new ones are written here: what was learnt from
measures nothing any more.
"""

from tests.privacy.measuring.identities_made import made_identities
from tests.privacy.measuring.identities_written import written_identities
from tests.privacy.measuring.notes_made import made_notes
from tests.privacy.measuring.notes_written import written_notes


def identities() -> list[tuple[str, str]]:
    """Return (kind, text) of all identities."""
    return [*written_identities(), *made_identities()]


def notes() -> list[str]:
    """Return all ordinary notes."""
    return [*written_notes(), *made_notes()]
