"""A bar that shows on a terminal how far long work has come; silent anywhere else."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give a function to tell how many more of `total` are done."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    with click.progressbar(
        length=total, label=label, file=sys.stderr, update_min_steps=max(1, total // 100)
    ) as bar:
        yield bar.update
