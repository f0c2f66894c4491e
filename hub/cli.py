"""The console script `hub`."""

import sys

import click

from hub import commands
from hub.factory import create_app


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="energy-hub-desk", prog_name="hub")
def hub() -> None:
    """The Energy Hub Desk: walk-in help desk for neighbourhood energy hubs."""


def main() -> None:
    """Run one command; wrong settings end it with their name and what they should be."""
    for command in commands.COMMANDS:
        hub.add_command(command)
    commands.in_application(create_app)
    try:
        hub()
    except (ValueError, RuntimeError) as error:
        if type(error).__name__ not in {"SettingError", "MissingKeyError"}:
            raise
        click.echo(str(error), err=True)
        sys.exit(1)
