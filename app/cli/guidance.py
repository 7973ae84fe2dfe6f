"""flask guidance: checking the rules on their scenarios, and explaining the answer to one situation."""

import sys
from collections.abc import Sequence
from datetime import datetime

import click
from flask.cli import AppGroup
from flask_babel import get_locale
from flask_babel import gettext as _

from app.foundation import clock
from app.foundation.errors import DomainError
from app.foundation.labels import LabelledEnum, Words
from app.situation.situation import Language, Situation, WorkHistory, WorkWish
from app.situation.vocabulary import AgeBand, AssistanceStatus, TargetGroup, Topic
from app.windows.answer import Answer
from app.windows.queries import list_windows
from app.windows.routing_queries import answer_for
from app.windows.rule_queries import list_rules
from app.windows.scenario_queries import Run, list_scenarios, run_scenarios

group = AppGroup("guidance", help="The explained choice of a window.")


def codes(kind: type[LabelledEnum]) -> click.Choice:
    """Return the codes that an option takes."""
    return click.Choice([member.value for member in kind.current()])


@group.command("check")
def check() -> None:
    """Run every scenario on today's windows and rules; exit status 1 when one fails."""
    runs = run_scenarios(list_scenarios())
    failed = [run for run in runs if run.faults]
    if not runs or not list_rules(clock.today()):
        click.echo(_("窓口案内のルールがありません。先に flask windows load を実行してください。"), err=True)
    for run in failed:
        say_failure(run)
    click.echo(f"{len(runs)} scenarios, {len(failed)} failed")
    sys.exit(1 if failed or not runs else 0)


def say_failure(run: Run) -> None:
    """Name a scenario that fails, with what was expected and what was found."""
    click.echo(f"{run.scenario.key} {run.scenario.title}")
    for fault in run.faults:
        click.echo(f"  {fault.expected}: {fault.window}")
    click.echo(f"  got: {' '.join(run.found)}")


@group.command("explain")
@click.option("--target-group", "target_groups", type=codes(TargetGroup), multiple=True)
@click.option("--single-parent/--not-single-parent", default=False)
@click.option("--age-band", type=codes(AgeBand), default="unknown", show_default=True)
@click.option("--assistance", type=codes(AssistanceStatus), default="unknown", show_default=True)
@click.option("--certificate/--no-certificate", default=None)
@click.option("--children/--no-children", default=None)
@click.option("--work", type=codes(WorkHistory), help="Work so far.")
@click.option("--wish", type=codes(WorkWish), help="Work wished for.")
@click.option("--need", "needs", type=codes(Topic), multiple=True)
@click.option("--language", type=codes(Language))
@click.option("--at", metavar="WHEN", help="Day and time in Japan, 2026-11-20T10:30; by default now.")
def explain(
    target_groups: Sequence[str],
    needs: Sequence[str],
    at: str | None,
    **answers: object,
) -> None:
    """Answer one situation: windows in order with their reasons, what stood in the way of others."""
    try:
        situation = Situation.from_codes(
            {"target_groups": target_groups, "needs": needs, "at": moment(at), **answers}
        )
        answer = answer_for(situation, clock.now())
    except DomainError as error:
        raise click.ClickException(error.text(_)) from None
    day = clock.day_of(situation.at or clock.now())
    say(answer, {view.window_id: view.name_in(language()) for view in list_windows(day)})


def moment(at: str | None) -> str | None:
    """Return a moment as a code; a time without a zone is that of Japan."""
    if at is None:
        return None
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        raise click.BadParameter(at, param_hint="--at") from None
    return (found if found.tzinfo else found.replace(tzinfo=clock.TOKYO)).isoformat()


def language() -> str:
    """Return the language in which the command speaks."""
    return str(get_locale() or "ja")


def say(answer: Answer, names: dict[int, str]) -> None:
    """Print an answer."""
    for one in answer.suggestions:
        click.echo(f"{one.rank}. {names[one.window_id]} ({one.window_key}, {one.points})")
        lines(_("理由"), one.why)
        lines(_("注意"), one.mind)
    for asked in answer.ask_age:
        click.echo(f"? {names[asked.window_id]} ({asked.window_key})")
        lines(_("年齢"), [asked.words])
    for missed in answer.near_misses:
        click.echo(f"- {names[missed.window_id]} ({missed.window_key})")
        lines(_("合わない理由"), [missed.why_not])


def lines(heading: str, words: Sequence[Words]) -> None:
    """Print sentences under a heading."""
    for one in words:
        click.echo(f"   {heading}: {one.label(language())}")
