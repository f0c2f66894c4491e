"""The desk's page and its search with many visits in the database, against an empty route.

A real server of one worker and a real database; the time is that of one request on a connection
that is kept, so it holds what the server needs and the little that the client does. The empty
route is `/healthz` of the same server: what every request costs before anything is looked up.
"""

import time
from collections.abc import Callable, Iterator
from typing import Final

from bench.desks import Database, Visitor, database, serving, urlencoded
from bench.many import multiply
from bench.table import Effort, Row, Times, limit
from tests.support.forms import fields_of

VISITS: Final = (1_000, 100_000)
VISITS_IN_FULL: Final = (*VISITS, 1_000_000)
QUERIES: Final = (
    "afs",
    "فاتورة",
    "elektrik",
    "ሓገዝ",
    "warm",
    "schim",
    "Arab",
    "K-b",
    "rekening",
    "termijn",
)
_WARM: Final = 10
_MOST_MS: Final = 250.0


def measure(effort: Effort) -> Iterator[Row]:
    """Give the rows for each number of visits."""
    smallest: dict[str, float] = {}
    for visits in VISITS_IN_FULL if effort.full else VISITS:
        empty, found = _with(visits, effort.rounds)
        for what, times in found.items():
            name = f"{what}, {visits:,} visits"
            yield Row("desk", f"{name}, p50", times.p50, "ms", "an empty route", empty.p50)
            yield limit("desk", f"{name}, p99", times.p99, "ms", _MOST_MS)
            if what in smallest:
                few = f"the same with {VISITS[0]:,} visits"
                yield Row("desk", f"{name}, p50", times.p50, "ms", few, smallest[what], 2.0)
            smallest.setdefault(what, times.p50)


def _with(visits: int, rounds: int) -> tuple[Times, dict[str, Times]]:
    """Give the times of an empty route, and of the desk's page and search, with so many visits."""
    with database(VISITS[0]) as desk:
        multiply(desk.url.removeprefix("sqlite:///"), visits)
        return _served(desk, rounds)


def _served(desk: Database, rounds: int) -> tuple[Times, dict[str, Times]]:
    with serving(desk, workers=1) as server:
        visitor = Visitor(server.port)
        visitor.sign_in(desk)
        empty = _times(lambda _at: _asked(visitor, "/healthz"), rounds)
        return empty, {
            "desk page": _times(lambda _at: _asked(visitor, "/desk?fresh=1"), rounds),
            "search": _times(_searching(visitor), rounds),
        }


def _times(work: Callable[[int], None], rounds: int) -> Times:
    """Give the duration of a request, warm."""
    for at in range(_WARM):
        work(at)
    taken = []
    for at in range(rounds):
        began = time.perf_counter()
        work(at)
        taken.append(time.perf_counter() - began)
    return Times.of(taken)


def _asked(visitor: Visitor, address: str) -> None:
    status, _page = visitor.get(address)
    if status != 200:
        raise RuntimeError(f"{address} answered {status}")


def _searching(visitor: Visitor) -> Callable[[int], None]:
    _, page = visitor.get("/desk?fresh=1")
    token = fields_of(page.decode(), "/visits")["csrf_token"]

    def search(at: int) -> None:
        form = {"csrf_token": token, "search": QUERIES[at % len(QUERIES)]}
        status, _hits = visitor.post("/desk/search", urlencoded(form))
        if status != 200:
            raise RuntimeError(f"POST /desk/search answered {status}")

    return search
