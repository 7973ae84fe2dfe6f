"""The plan's table as JSON: its own shape, figures as numbers, words in both languages."""

import json
from decimal import Decimal
from typing import Any

from app.foundation import fiscal_year as years
from app.kpi import notation
from app.kpi.table import FigureCell, PlanTable, Remark, TableRow
from app.kpi.vocabulary import Handling
from app.plan.register import IndicatorView, TargetView, Words

FORMAT = "shirube-plan-table-1"


def write_json(table: PlanTable) -> str:
    """Return the table as a JSON document."""
    return json.dumps(document(table), ensure_ascii=False, indent=2) + "\n"


def document(table: PlanTable) -> dict[str, Any]:
    """Return the table as plain values."""
    plan = table.plan
    return {
        "format": FORMAT,
        "internal": table.handling is Handling.INTERNAL,
        "plan": {
            "key": plan.key,
            "title": words(plan.title),
            "city": plan.city,
            "local_government_code": plan.local_government_code,
        },
        "fiscal_year": table.fiscal_year,
        "fiscal_year_label": {lang: years.short_label(table.fiscal_year, lang) for lang in ("ja", "en")},
        "source": table.source.value,
        "edition": table.edition.number if table.edition else None,
        "is_published": table.is_published,
        "is_running": table.is_running,
        "policies": [
            {
                "number": policy.number,
                "title": words(policy.title),
                "themes": [
                    {
                        "number": theme.number,
                        "title": words(theme.title),
                        "measures": [measure(row, table.fiscal_year) for row in theme.rows],
                    }
                    for theme in policy.themes
                ],
            }
            for policy in table.policies
        ],
        "notes": [{"number": note.number, "text": words(note.text)} for note in table.notes],
        "remarks": [remark(one) for one in table.remarks],
    }


def remark(of: Remark) -> dict[str, Any]:
    """Return a restatement or a correction; of a public one only its kind and where it stands."""
    found = {
        "number": of.number,
        "kind": of.kind.value,
        "places": [
            {"measure": one.measure, "indicator": one.indicator or None, "part": one.part or None}
            for one in of.places
        ],
        "text": {lang: notation.remark_text(of, lang) for lang in ("ja", "en")},
    }
    if of.is_public:
        return found
    return found | {
        "edition": of.edition,
        "said": [
            {"label": words(one.label), "before": words(one.before), "now": words(one.now)} for one in of.said
        ],
        "reason": of.reason,
        "proposed_by": of.proposed_by or None,
        "approved_by": of.approved_by or None,
    }


def measure(row: TableRow, fiscal_year: int) -> dict[str, Any]:
    """Return a measure with its figures and targets."""
    of = row.measure
    return {
        "code": of.code,
        "number": of.number,
        "title": words(of.title_in_table),
        "description": words(of.description),
        "audience": words(of.audience),
        "departments": [{"key": office.key, "name": words(office.name)} for office in of.offices],
        "repeats": of.repeats,
        "notes": [*of.title_notes, *of.audience_notes],
        "result_text": words(of.actual_text),
        "result_text_remarks": list(row.text_remarks),
        "target_texts": {
            str(fiscal_year + 1): words(of.next_target_text),
            str(fiscal_year + 2): words(of.second_target_text),
        },
        "indicators": [indicator(one, row.find(one.key), fiscal_year) for one in of.indicators],
    }


def indicator(of: IndicatorView, cell: FigureCell | None, fiscal_year: int) -> dict[str, Any]:
    """Return an indicator; its result is null where the year has none."""
    return {
        "key": of.key,
        "label": words(of.label),
        "unit": words(of.unit),
        "counting": of.counting.value,
        "decimals": of.decimals,
        "notes": list(of.notes),
        "result": None if cell is None else result(cell, of.decimals),
        "targets": {
            str(fiscal_year + 1): target(of.next_target, of.decimals),
            str(fiscal_year + 2): target(of.second_target, of.decimals),
        },
    }


def result(cell: FigureCell, decimals: int) -> dict[str, Any]:
    """Return a figure with its source and parts."""
    return {
        "value": number(cell.value, decimals),
        "printed": cell.printed or None,
        "suppressed": cell.is_withheld,
        "source": cell.mark.value,
        "remarks": list(cell.remarks),
        "parts": [
            {
                "key": part.part,
                "label": words(part.label),
                "value": number(part.value, decimals),
                "printed": part.printed or None,
                "suppressed": part.is_withheld,
                "remarks": list(part.remarks),
            }
            for part in cell.parts
        ],
    }


def target(held: TargetView | None, decimals: int) -> dict[str, Any] | None:
    """Return a target, null where there is none."""
    if held is None:
        return None
    note = words(held.note) if held.note else None
    return {"value": number(held.value, decimals), "sense": held.sense.value, "note": note}


def number(value: Decimal | None, decimals: int) -> int | float | None:
    """Return a JSON number: whole where the indicator has no decimals."""
    if value is None:
        return None
    return round(float(value), decimals) if decimals else int(value)


def words(of: Words) -> dict[str, str]:
    """Return a text in both languages."""
    return {"ja": of.ja, "en": of.en}
