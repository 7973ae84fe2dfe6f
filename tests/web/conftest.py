"""A small house with every control; see house.py."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.house import build_house


class Visitor(FlaskClient):
    """Reads every answer to its end, as a browser does; an open file would stay open."""

    def open(self, *args: Any, **options: Any) -> Any:
        return super().open(*args, **{"buffered": True, **options})


@pytest.fixture(scope="module")
def house() -> Flask:
    """Return the application around app/web."""
    return build_house()


@pytest.fixture
def visitor(house: Flask) -> FlaskClient:
    """Return somebody in front of it."""
    return Visitor(house, house.response_class)
