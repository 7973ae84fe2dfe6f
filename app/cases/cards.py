"""How a card is drawn; pure."""

import io

import segno


def qr_svg(code: str) -> str:
    """Return the card's QR as inline SVG without style; a scanner types the code as keystrokes."""
    out = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        nl=False,
        svgclass="qr",
        lineclass="qr-dark",
        border=2,
    )
    return out.getvalue().decode()
