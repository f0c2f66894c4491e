"""`hub release …`: making, listing, exporting, auditing and withdrawing releases."""

import secrets
from pathlib import Path
from typing import Any

import click

from hub import clock
from hub.accounts import scopes
from hub.db import reading_session, unit_of_work
from hub.i18n import N_, translate
from hub.progress import progress
from hub.refusal import Refusal
from hub.statistics.auditor import FolderError, examine, read_folder
from hub.statistics.releases import managing
from hub.statistics.releases.exporting import write_folder
from hub.statistics.releases.ledger import verified_files
from hub.statistics.releases.making import Order, make_release, require_period, software_version

_MOST_FINDINGS = 20
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def release() -> None:
    """Make releases of closed periods, and export, audit and withdraw them."""


@release.command("make")
@click.argument("period")
@click.option("--municipality", help="The municipality, where there is more than one.")
@click.pass_obj
def release_make(obj: dict[str, Any], period: str, municipality: str | None) -> None:
    """Make and publish the release of PERIOD: 2026-03, 2026-Q1 or 2026.

    Its months are closed by this. Prints the number of the release. What the auditor rejects
    is not published, and what it found is kept: `hub release list` shows it.
    """
    require_period(period)
    with reading_session() as session:
        book = scopes.read_book(session)
    place = book.municipality_by_code(municipality) if municipality else book.only_municipality()
    order = Order(
        municipality=place.code,
        period=period,
        threshold=obj["settings"]["THRESHOLD"],
        seed=secrets.token_bytes(32),
        version=software_version(),
    )
    with progress(period) as told:
        number = make_release(order, unit_of_work, reading_session, clock.now(), told)
    click.echo(str(number))


@release.command("list")
@click.pass_obj
def release_list(obj: dict[str, Any]) -> None:
    """List all releases, and the attempts that the gate refused."""
    with reading_session() as session:
        releases = managing.listed_releases(session)
        refused = managing.refused_releases(session)
    language = obj["language"]
    if not releases:
        _say(obj, N_("There is no release yet. Make one: `hub release make PERIOD`."))
    for one in releases:
        status = translate(language, N_("withdrawn") if one.withdrawn else N_("published"))
        cells = translate(
            language, N_("%(shown)s shown, %(hidden)s hidden"), shown=one.shown, hidden=one.hidden
        )
        made = one.made_at.date().isoformat()
        line = (str(one.id), one.municipality, one.period, status, made, cells)
        click.echo("\t".join([*line, one.reason] if one.withdrawn else line))
    for attempt in refused:
        _say(
            obj,
            N_("Refused: %(period)s of %(municipality)s on %(day)s. Found:"),
            period=attempt.period,
            municipality=attempt.municipality,
            day=attempt.refused_at.date().isoformat(),
        )
        for finding in attempt.findings[:_MOST_FINDINGS]:
            click.echo(f"  {finding}")
        if len(attempt.findings) > _MOST_FINDINGS:
            _say(obj, N_("  and %(count)s more"), count=len(attempt.findings) - _MOST_FINDINGS)


@release.command("export")
@click.argument("wanted", metavar="ID")
@click.option("--out", required=True, type=_FOLDER, help="A folder that is new or empty.")
@click.pass_obj
def release_export(obj: dict[str, Any], wanted: str, out: Path) -> None:
    """Write the files of the release ID into a folder, as they were published.

    Where there is one municipality, its period serves as ID.
    """
    with reading_session() as session:
        found = managing.find_release(session, wanted)
        files = verified_files(session, found)
    write_folder(out, files)
    _say(obj, N_("Exported: %(folder)s, %(count)s files."), folder=out, count=len(files))


@release.command("withdraw")
@click.argument("wanted", metavar="ID")
@click.option("--reason", required=True, help="Why; readers will see it.")
@click.pass_obj
def release_withdraw(obj: dict[str, Any], wanted: str, reason: str) -> None:
    """Withdraw the faulty release ID; its figures are never changed, and its period is free."""
    with unit_of_work() as session:
        found = managing.find_release(session, wanted)
        managing.withdraw(session, found, reason, clock.now())
        number, period = found.id, found.period
    _say(obj, N_("Release %(id)s (%(period)s) was withdrawn."), id=number, period=period)


def _say(obj: dict[str, Any], text: str, **values: object) -> None:
    click.echo(translate(obj["language"], text, **values))


@release.command("audit")
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="DIR...")
@click.pass_obj
def release_audit(obj: dict[str, Any], folders: tuple[Path, ...]) -> None:
    """Attack exported releases together, as a reader who has them all would.

    Needs nothing but the folders: no database and no keys. Exit status 1 when it finds anything.
    """
    try:
        done = examine([read_folder(folder) for folder in folders])
    except FolderError as error:
        raise Refusal(N_("%(reason)s"), reason=str(error)) from error
    for note in done.notes:
        click.echo(f"note {note}")
    found = done.findings
    for finding in found:
        click.echo(str(finding))
    if found:
        raise Refusal(N_("The auditor found %(count)s. Publish nothing of this."), count=len(found))
    click.echo(
        translate(
            obj["language"], N_("Folders audited: %(count)s. Nothing found."), count=len(folders)
        )
    )


# The auditor stands apart: it runs where there is no desk.
release_audit.callback.__without_application__ = True  # type: ignore[union-attr]
