"""``flask demo load`` as a person runs it."""

from sqlalchemy import func, select

from app.cases.models import Case
from app.foundation.db import db
from tests.factories import make_case


def run(app):
    return app.test_cli_runner().invoke(args=["demo", "load"])


def test_loading_twice_says_so_and_succeeds(sample):
    done = run(sample)
    assert done.exit_code == 0
    assert "すでに入っています" in done.stdout
    assert done.stderr == ""


def test_real_records_are_refused_with_a_sentence(app, db_session):
    make_case()
    db_session.commit()
    done = run(app)
    assert done.exit_code == 1
    assert "本物の記録" in done.stderr
    assert done.stdout == ""
    assert db.session.scalar(select(func.count()).select_from(Case)) == 1
