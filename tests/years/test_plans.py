"""Counting reads the index of the year, not the whole table."""

from datetime import date

import pytest
from sqlalchemy import func, select, text

from app.foundation.db import db
from app.kpi.counts import rows_of
from app.kpi.metrics import METRICS
from app.kpi.period import EVERYTHING, Period

INDEXES = {
    "assistance_consultations": "ix_consultation_figures",
    "centre_consultations": "ix_consultation_figures",
    "assistance_placements": "ix_placement_figures",
    "centre_placements": "ix_placement_figures",
    "centre_registrants": "ix_registration_days",
    "guidance_given": "ix_guidance_figures",
    "referrals_sent": "ix_referral_move_figures",
    "referrals_met": "ix_referral_move_figures",
}


@pytest.mark.parametrize(("key", "index"), INDEXES.items())
def test_a_figure_is_counted_through_its_index(db_session, key, index):
    period = Period.of(2012, today=date(2026, 1, 1))
    rows = rows_of(METRICS[key], period, EVERYTHING).subquery()
    statement = select(func.sum(rows.c.weight)).compile(
        db.engine, compile_kwargs={"literal_binds": True, "render_postcompile": True}
    )
    plan = [row.detail for row in db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
    assert any(index in line for line in plan), plan
