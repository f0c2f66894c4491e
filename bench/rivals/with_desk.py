"""The desk's own engine, without the rest of the desk.

`import hub` brings the whole application along. A bare package in its place shows what the
engine takes by itself; how much a whole worker takes is measured in `bench.weights`.
"""

import pickle
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_package = types.ModuleType("hub")
_package.__path__ = [str(Path(__file__).resolve().parents[2] / "hub")]
sys.modules.setdefault("hub", _package)

from hub.sheets.compose import compose  # noqa: E402 - the package first
from hub.sheets.content import Format  # noqa: E402
from hub.sheets.faces import prepare  # noqa: E402
from hub.sheets.render import render  # noqa: E402


def read(file: Path) -> Iterator[Any]:
    """Give the filled answers and the frame of every sheet, from before composing.

    One after the other, as a desk gets them: sheets still to come are none of its memory.
    """
    with file.with_suffix(".pickle").open("rb") as given:
        while given.peek(1):
            yield pickle.load(given)  # noqa: S301 - our own


def start(fonts: Path, language: str) -> Callable[[Any], bytes]:  # noqa: ARG001
    """Give a function that composes a sheet, sets it and paints it."""
    prepare()

    def set_sheet(given: Any) -> bytes:
        answers, frame = given
        return render(compose(answers, frame, Format("a4")))

    return set_sheet
