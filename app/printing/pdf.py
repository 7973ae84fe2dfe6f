"""Making a PDF of a template and its values: typst with the embedded font and nothing else."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app.printing.glyphs import FONTS, without_missing

if TYPE_CHECKING:
    import typst

STILL: Final = 1_175_353_200
"""1 April 2007, the plan's first day: the same words make the same bytes, whenever they are printed."""
TEMPLATES: Final = Path(__file__).parent / "templates"


def make(template: str, data: dict[str, Any]) -> bytes:
    """Return the PDF of a template (the name of a file in templates/ without its ending).

    ``data`` holds what JSON can hold; templates print its texts as they are and never read them as markup.
    A character that the font lacks is printed as 〓: `glyphs.missing_in` names them beforehand.
    """
    import typst  # 7 MB that a process needs only once it prints

    compiled = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(without_missing(data), ensure_ascii=False)},
        format="pdf",
        # To be kept for years and to be read aloud: typst refuses to make what breaks these standards.
        pdf_standards=["a-2b", "ua-1"],
        timestamp=STILL,
    )
    if not isinstance(compiled, bytes):
        raise TypeError("one PDF was asked for")
    return compiled


@cache
def fonts() -> "typst.Fonts":
    """Return the fonts beside this file; what the system has is never used."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
