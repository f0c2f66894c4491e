"""`hub demo`."""

from typing import Any

import click

from hub import clock
from hub.db import reading_session, unit_of_work
from hub.demonstration.making import SEED, VISITS, make_demonstration
from hub.demonstration.releasing import release_demonstration
from hub.demonstration.table import login_table
from hub.i18n import N_, translate
from hub.progress import progress


@click.command()
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another crowd.")
@click.option(
    "--visits",
    type=click.IntRange(0, 1_000_000),
    default=VISITS,
    show_default=True,
    help="How many visits over the last 14 months.",
)
@click.option(
    "--releases/--no-releases",
    default=True,
    help="Publish statistics of closed periods as well.",
    show_default=True,
)
@click.pass_obj
def demo(obj: dict[str, Any], seed: int, visits: int, releases: bool) -> None:
    """Add a demonstration municipality with two hubs, accounts and visits."""
    language = obj["language"]
    with progress("demo", visits) as told, unit_of_work() as session:
        made = make_demonstration(session, clock.now(), seed=seed, visits=visits, told=told)
    for slug, count in made.visits.items():
        click.echo(translate(language, N_("Visits at %(hub)s: %(count)s."), hub=slug, count=count))
    if releases:
        _release(obj, seed)
    click.echo(login_table(made.logins, language))


def _release(obj: dict[str, Any], seed: int) -> None:
    language = obj["language"]
    with progress(translate(language, N_("releases"))) as told:
        count = release_demonstration(
            unit_of_work,
            reading_session,
            clock.now(),
            threshold=obj["settings"]["THRESHOLD"],
            seed=seed,
            told=told,
        )
    click.echo(translate(language, N_("Releases of closed periods: %(count)s."), count=count))
