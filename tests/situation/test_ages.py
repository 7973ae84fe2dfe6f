"""An age band meets the age limits of a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.situation.ages import AgeFit, band_of, fit
from app.situation.vocabulary import AgeBand

limits = st.none() | st.integers(min_value=15, max_value=80)


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (15, AgeBand.A15_19),
        (19, AgeBand.A15_19),
        (20, AgeBand.A20_29),
        (34, AgeBand.A30_34),
        (35, AgeBand.A35_39),
        (54, AgeBand.A50_54),
        (64, AgeBand.A60_64),
        (65, AgeBand.A65_OVER),
        (101, AgeBand.A65_OVER),
        (14, None),
    ],
)
def test_an_age_falls_into_its_band(age, band):
    assert band_of(age) is band


@pytest.mark.parametrize(
    ("band", "minimum", "maximum", "expected"),
    [
        (AgeBand.A20_29, None, 29, AgeFit.INSIDE),
        (AgeBand.A30_34, None, 29, AgeFit.OUTSIDE),
        (AgeBand.A30_34, 30, 54, AgeFit.INSIDE),
        (AgeBand.A55_59, 55, None, AgeFit.INSIDE),
        (AgeBand.A65_OVER, 60, None, AgeFit.INSIDE),
        (AgeBand.A65_OVER, None, 70, AgeFit.PARTLY),
        (AgeBand.A50_54, 15, 49, AgeFit.OUTSIDE),
        (AgeBand.A15_19, 18, None, AgeFit.PARTLY),
        (AgeBand.UNKNOWN, None, 29, AgeFit.UNKNOWN),
        (AgeBand.UNKNOWN, None, None, AgeFit.INSIDE),
        (AgeBand.A15_19, None, None, AgeFit.INSIDE),
    ],
)
def test_a_band_fits_a_window_or_not(band, minimum, maximum, expected):
    assert fit(band, minimum, maximum) is expected


@given(st.integers(min_value=15, max_value=64), limits, limits)
def test_a_person_whom_the_window_takes_is_never_called_outside(age, minimum, maximum):
    takes = (minimum is None or age >= minimum) and (maximum is None or age <= maximum)
    found = fit(band_of(age), minimum, maximum)
    if takes:
        assert found in {AgeFit.INSIDE, AgeFit.PARTLY}
    else:
        assert found in {AgeFit.OUTSIDE, AgeFit.PARTLY}
