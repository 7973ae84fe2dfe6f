"""QR codes for paper."""

import io

import segno


def qr_of(url: str) -> str:
    """Return a QR code as SVG text."""
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False)
    return picture.getvalue().decode("ascii")
