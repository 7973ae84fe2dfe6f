"""紹介票 and 送付文 as PDF."""

from typing import Any

from flask import Blueprint, request

from app.access.guards import current_actor, requires
from app.access.permissions import Permission
from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.transaction import transaction
from app.printing.referral_papers import covering_letter, referral_slip
from app.referrals.filling import referral_page
from app.referrals.forms import LetterForm
from app.referrals.paper_operations import find_paper, print_paper
from app.referrals.vocabulary import PaperKind
from app.web.answers import pdf_answer
from app.web.forms import render_form

blueprint = Blueprint("papers", __name__)


@blueprint.post("/referrals/<string:reference>/slip")
@requires(Permission.REFERRAL_WRITE)
def slip(reference: str) -> Any:
    """Print the slip of a referral."""
    with transaction():
        paper = print_paper(actor=current_actor(), reference=reference, kind=PaperKind.SLIP)
    return pdf_answer(referral_slip(paper), f"shoukai-{paper.reference}")


@blueprint.route("/referrals/<string:reference>/letter", methods=["GET", "POST"])
@requires(Permission.REFERRAL_WRITE)
def letter(reference: str) -> Any:
    """Make the covering letter; number and day are asked for once."""
    actor = current_actor()
    shown = referral_page(actor=actor, reference=reference)
    printed = find_paper(referral_id=shown.referral.id, kind=PaperKind.LETTER)
    form = LetterForm(data={"dated_on": clock.today()})
    asked_again = printed is not None and request.method == "POST"
    if asked_again or form.validate_on_submit():
        try:
            with transaction():
                paper = print_paper(
                    actor=actor,
                    reference=reference,
                    kind=PaperKind.LETTER,
                    document_number=form.document_number.data or "",
                    dated_on=form.dated_on.data,
                )
        except DomainError as error:
            form.show(error)
        else:
            return pdf_answer(covering_letter(paper), f"soufubun-{paper.reference}")
    return render_form("referrals/letter.html", form, shown=shown, printed=printed)
