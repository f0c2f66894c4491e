"""Runs a command of the desk in an application."""

import click
from click.testing import CliRunner, Result
from flask import Flask

from hub import commands
from hub.factory import create_app


def run(app: Flask, command: click.Command, *arguments: str) -> Result:
    """Run a command as `hub` does, and give its result."""
    commands.in_application(create_app)
    with app.app_context():
        return CliRunner().invoke(command, arguments, catch_exceptions=False)
