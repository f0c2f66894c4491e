"""A bar that shows on a terminal how far long work has come; silent anywhere else."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click


class Told(Protocol):
    """What long work calls as it goes on."""

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say that `done` more was done, and of how much where that is only known now."""


def silent(done: int, total: int | None = None) -> None:
    """Show nothing."""


@contextmanager
def progress(label: str, total: int = 1) -> Iterator[Told]:
    """Give what to call as the work goes on."""
    if not sys.stderr.isatty():
        yield silent
        return
    with click.progressbar(length=total, label=label, file=sys.stderr) as bar:

        def told(done: int, total: int | None = None) -> None:
            if total is not None:
                bar.length = total
            bar.update_min_steps = max(1, (bar.length or 0) // 100)
            bar.update(done)

        yield told
