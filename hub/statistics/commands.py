"""`hub release …`: the auditor is here; making and exporting releases come later."""

from pathlib import Path
from typing import Any

import click

from hub.i18n import N_, translate
from hub.refusal import Refusal
from hub.statistics.auditor import FolderError, audit

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def release() -> None:
    """Audit releases that were exported."""


@release.command("audit")
@click.argument("folders", nargs=-1, required=True, type=_FOLDER, metavar="DIR...")
@click.pass_obj
def release_audit(obj: dict[str, Any], folders: tuple[Path, ...]) -> None:
    """Attack exported releases together, as a reader who has them all would.

    Needs nothing but the folders: no database and no keys. Exit status 1 when it finds anything.
    """
    try:
        found = audit(folders)
    except FolderError as error:
        raise Refusal(N_("%(reason)s"), reason=str(error)) from error
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


def _later(name: str) -> click.Command:
    @click.command(
        name, context_settings={"ignore_unknown_options": True, "allow_extra_args": True}
    )
    def command() -> None:
        raise Refusal(N_("%(command)s is not in this version."), command=f"hub release {name}")

    command.help = "Not in this version."
    return command


for _name in ("make", "list", "export", "withdraw"):
    release.add_command(_later(_name))
