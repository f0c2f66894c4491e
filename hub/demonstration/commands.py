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
@click.pass_obj
def demo(obj: dict[str, Any], seed: int, visits: int) -> None:
    """Add a demonstration municipality with two hubs, accounts and visits."""
    language = obj["language"]
    with progress("demo", visits) as told, unit_of_work() as session:
        made = make_demonstration(session, clock.now(), seed=seed, visits=visits, told=told)
    with progress(translate(language, N_("releases"))) as told:
        releases = release_demonstration(
            unit_of_work,
            reading_session,
            clock.now(),
            threshold=obj["settings"]["THRESHOLD"],
            seed=seed,
            told=told,
        )
    for slug, count in made.visits.items():
        click.echo(translate(language, N_("Visits at %(hub)s: %(count)s."), hub=slug, count=count))
    click.echo(translate(language, N_("Releases of closed periods: %(count)s."), count=releases))
    click.echo(login_table(made.logins, language))
