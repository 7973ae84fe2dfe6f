"""script/messages keeps the English in step with the Japanese, and guesses nothing."""

import os
import shutil
import subprocess

import pytest

PAGE = "<p>{{ _('相談を記録') }}</p>\n"
CODE = 'REFUSAL = N_("%(count)s件あります。")\n'
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
COMPLETE = (
    'msgid "%(count)s件あります。"\nmsgstr "There are %(count)s."\n\n'
    'msgid "相談を記録"\nmsgstr "Record a consultation"\n\n'
)


class Place:
    """A small project with the real script."""

    def __init__(self, root):
        self.root = root
        self.catalogue = root / "app/translations/en/LC_MESSAGES/messages.po"
        self.compiled = self.catalogue.with_suffix(".mo")
        self.page = root / "app/templates/page.html"

    def holds(self, entries):
        self.catalogue.write_text(HEADER + entries, encoding="utf-8")

    def run(self, *arguments):
        return subprocess.run(
            ["script/messages", *arguments],
            cwd=self.root,
            env=os.environ | {"TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            timeout=60,
        )

    def words(self):
        return self.catalogue.read_text(encoding="utf-8")


@pytest.fixture
def place(project, tmp_path):
    made = Place(tmp_path)
    for folder in (tmp_path / "script", made.page.parent, made.catalogue.parent):
        folder.mkdir(parents=True)
    shutil.copy(project / "script/messages", tmp_path / "script/messages")
    shutil.copy(project / "babel.cfg", tmp_path / "babel.cfg")
    (tmp_path / ".venv").symlink_to(project / ".venv")
    made.page.write_text(PAGE, encoding="utf-8")
    (tmp_path / "app/rules.py").write_text(CODE, encoding="utf-8")
    made.holds(COMPLETE)
    return made


@pytest.fixture
def in_step(place):
    assert place.run().returncode == 0
    return place


def test_a_catalogue_in_step_passes_and_is_compiled(in_step):
    assert in_step.compiled.stat().st_size > 0
    done = in_step.run("--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_file_changes_only_with_its_sentences(in_step):
    before = in_step.words()
    in_step.run()
    assert in_step.words() == before
    assert "Date" not in before


def test_a_new_sentence_is_added_without_english_and_named(in_step):
    in_step.page.write_text(PAGE + "{{ _('新しい文') }}", encoding="utf-8")
    done = in_step.run()
    assert done.returncode == 1
    assert done.stderr == "no English: 新しい文\n"
    assert 'msgid "新しい文"\nmsgstr ""\n' in in_step.words()


def test_nothing_is_guessed_from_a_similar_sentence(in_step):
    in_step.page.write_text("{{ _('相談の記録') }}", encoding="utf-8")
    in_step.run()
    assert 'msgid "相談の記録"\nmsgstr ""\n' in in_step.words()
    assert "fuzzy" not in in_step.words()


def test_a_sentence_that_nobody_says_any_more_is_dropped(in_step):
    in_step.page.write_text("", encoding="utf-8")
    assert in_step.run().returncode == 0
    assert "相談を記録" not in in_step.words()


def test_check_writes_nothing(in_step):
    in_step.page.write_text("", encoding="utf-8")
    in_step.compiled.unlink()
    before = in_step.words()
    done = in_step.run("--check")
    assert done.returncode == 1
    assert "Run script/messages" in done.stderr
    assert in_step.words() == before
    assert not in_step.compiled.exists()


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("There are %(count)s.", "", "no English: %(count)s件あります。"),
        ("There are %(count)s.", "There are some.", "other gaps than in Japanese: %(count)s件あります。"),
        (
            "There are %(count)s.",
            "There are %(number)s.",
            "other gaps than in Japanese: %(count)s件あります。",
        ),
        ("Record a consultation", "Record 相談", "Japanese left in the English: 相談を記録"),
        ("Record a consultation", "Record：", "Japanese left in the English: 相談を記録"),
    ],
)
def test_wrong_english_is_refused_by_name(in_step, right, wrong, said):
    in_step.catalogue.write_text(in_step.words().replace(right, wrong), encoding="utf-8")
    done = in_step.run("--check")
    assert done.returncode == 1
    assert done.stderr == said + "\n"


def test_a_guess_left_by_another_tool_is_refused(in_step):
    entry = 'msgid "相談を記録"'
    in_step.catalogue.write_text(in_step.words().replace(entry, "#, fuzzy\n" + entry), encoding="utf-8")
    done = in_step.run("--check")
    assert done.returncode == 1
    assert "fuzzy: 相談を記録" in done.stderr


def test_an_unknown_argument_is_named_and_nothing_is_done(place):
    before = place.words()
    done = place.run("--nonsense")
    assert done.returncode == 2
    assert "--nonsense" in done.stderr
    assert place.words() == before
