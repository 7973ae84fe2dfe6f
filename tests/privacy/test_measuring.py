"""The measuring part is large, stands for itself, and the figures asked of the check are reached on it."""

from bench import identity
from tests.privacy import measuring
from tests.privacy.learnt import SETS, read
from tests.privacy.pii_identities import IDENTITIES
from tests.privacy.pii_notes import ORDINARY_NOTES


def test_the_measuring_part_is_as_large_as_it_must_be_and_repeats_nothing():
    texts = [text for _kind, text in measuring.identities()]
    assert len(set(texts)) == len(texts) >= 2000
    assert len(set(measuring.notes())) == len(measuring.notes()) >= 1000
    assert max(map(len, [*texts, *measuring.notes()])) <= 200


def test_nothing_that_is_developed_on_is_measured_on():
    measured = {*measuring.notes(), *(text for _kind, text in measuring.identities())}
    developed = {*ORDINARY_NOTES, *(text for texts in IDENTITIES.values() for text in texts)}
    for name in SETS:
        developed |= {text for _kind, text in read(name)}
    assert measured & developed == set()


def test_the_benchmark_names_what_was_asked_for_and_reaches_it():
    found = {one.name: one for one in identity.run(1)}
    assert found["identity.blocked"].value >= 99
    assert found["identity.numbers_blocked_outright"].value >= 99
    assert found["identity.false_alarms"].value <= 2
    outright, warned = found["identity.blocked_outright"], found["identity.blocked_by_warning"]
    stopped = found["identity.blocked"].value / 100 * len(measuring.identities())
    assert outright.value + warned.value == round(stopped)
    assert {"identity.check_ms", "identity.growth"} <= set(found)
