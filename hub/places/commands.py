"""`hub hub …`, `hub areas import` and `hub postcodes import`."""

from pathlib import Path
from typing import Any

import click

from hub import clock
from hub.db import db, unit_of_work
from hub.i18n import N_, translate
from hub.places import areas as area_list
from hub.places import areas_file, hours, lookup, postcodes_file
from hub.places.hubs import HubDetails, make_hub, municipality_for, stretches_of
from hub.reading import opened


@click.group("hub")
def hub_group() -> None:
    """Make and list hubs."""


@hub_group.command("add")
@click.argument("slug")
@click.option("--name", required=True, help="The hub's name, as on its door.")
@click.option("--municipality", required=True, help="The CBS code, such as GM0363.")
@click.option("--municipality-name", default="", help="Its name, where it is made by this.")
@click.option("--timezone", default="Europe/Amsterdam", show_default=True)
@click.option("--phone", default="", help="Telephone, for the advice sheets.")
@click.option("--address", default="", help="Street, number and town, for the advice sheets.")
@click.option("--hours", "typed", default="", help='Such as "ma 10:00-13:00; do 13:00-17:00".')
@click.pass_obj
def hub_add(
    obj: dict[str, Any],
    slug: str,
    name: str,
    municipality: str,
    municipality_name: str,
    timezone: str,
    phone: str,
    address: str,
    typed: str,
) -> None:
    """Make the hub SLUG, and its municipality where that is not there yet."""
    details = HubDetails(" ".join(name.split()), phone.strip(), address.strip(), hours.parse(typed))
    with unit_of_work() as session:
        place = municipality_for(session, municipality, timezone, municipality_name.strip())
        make_hub(session, slug, place.code, details, clock.now(), timezone)
        where = place.name
    message = N_("The hub %(slug)s was made in %(municipality)s.")
    click.echo(translate(obj["language"], message, slug=slug, municipality=where))


@hub_group.command("list")
@click.pass_obj
def hub_list(obj: dict[str, Any]) -> None:
    """List all hubs with their municipality and opening hours."""
    listed = lookup.all_hubs(db.session())
    if not listed:
        click.echo(translate(obj["language"], N_("There is no hub yet. Make one: `hub hub add`.")))
    for hub in listed:
        typed = hours.as_typed(stretches_of(hub), obj["language"])
        click.echo("\t".join((hub.slug, hub.name, hub.municipality_code, hub.phone, typed)))


@click.group()
def areas() -> None:
    """Import neighbourhoods, districts and project areas."""


@areas.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def areas_import(obj: dict[str, Any], file: Path) -> None:
    """Store the areas of FILE, all of them or none.

    Columns code,name,kind,parent,valid_from,valid_until. Areas that the file does not name
    stay; the same file twice changes nothing.
    """
    with opened(file) as stream:
        entries = areas_file.read(db.session(), stream, file.name)
    with unit_of_work() as session:
        stored = area_list.store(session, entries)
    message = N_("Areas added: %(added)s, changed: %(changed)s, unchanged: %(unchanged)s.")
    click.echo(
        translate(
            obj["language"],
            message,
            added=stored.added,
            changed=stored.changed,
            unchanged=stored.unchanged,
        )
    )


@click.group()
def postcodes() -> None:
    """Import which area each postcode lies in."""


@postcodes.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def postcodes_import(obj: dict[str, Any], file: Path) -> None:
    """Store the postcodes of FILE, all of them or none.

    Columns postcode,area,valid_from. Postcodes that the file does not name stay.
    """
    with opened(file) as stream:
        found = postcodes_file.read(db.session(), stream, file.name)
    with unit_of_work() as session:
        stored = postcodes_file.store(session, found)
    message = N_("Postcodes stored: %(total)s, of which new: %(added)s.")
    click.echo(translate(obj["language"], message, total=stored.total, added=stored.added))
