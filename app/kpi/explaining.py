"""What the handbook says of each metric beside its rule: read from the file beside this one."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.kpi.metric import Metric
from app.plan.register import Words

FILE: Final = Path(__file__).parent / "data" / "handbook.toml"


def explained(metrics: dict[str, Metric]) -> dict[str, Metric]:
    """Return the metrics with what is left out, an example, and the source of each.

    One of which the file says nothing keeps its own words; a test names it.
    """
    texts = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        key: with_words(metric, texts[key]) if key in texts else metric for key, metric in metrics.items()
    }


def with_words(metric: Metric, said: dict[str, dict[str, str]]) -> Metric:
    """Return a metric with the handbook's words."""
    counts_not, example, source = (Words(**said[name]) for name in ("counts_not", "example", "source"))
    return replace(metric, counts_not=counts_not, example=example, source=source)
