"""What a page weighs, how long the server takes to start, how much memory its workers take.

A page's weight is everything a browser fetches for it the first time: the page, its style sheets,
scripts and pictures. The limit holds for what travels uncompressed; beside it stands what gzip
would make of it, as a proxy in front of the desk does.
"""

import gzip
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin, urlsplit

from uuid6 import uuid7

from bench.desks import COORDINATOR, Database, Server, Visitor, database, serving, urlencoded
from bench.memory import children, proportional
from bench.table import Effort, Row, Times, limit
from tests.support.forms import fields_of

_VISITS: Final = 700
_MOST_KB: Final = 150.0
_MOST_COLD_S: Final = 5.0
_MOST_WORKER_MB: Final = 200.0
_FETCHED: Final = re.compile(
    r"""<(?:link[^>]*?rel="(?:stylesheet|icon|preload)"[^>]*?|(?:script|img|use)[^>]*?)"""
    r"""(?:href|src)="([^"]+)\""""
)


def measure(effort: Effort) -> Iterator[Row]:
    """Give the rows."""
    starts = max(3, effort.rounds // 10)
    with database(_VISITS) as desk:
        with serving(desk) as server:
            visitor = Visitor(server.port)
            visitor.sign_in(desk, COORDINATOR)
            yield from _pages(visitor)
            yield from _memory(server)
        yield _cold(desk, starts)


def _pages(visitor: Visitor) -> Iterator[Row]:
    addresses = {
        "desk": "/desk?fresh=1",
        "visit": _a_visit(visitor),
        "answers": "/answers",
        "an answer": "/answers/instalment",
        "statistics": "/statistics",
    }
    for name, address in addresses.items():
        files = fetched(visitor, address)
        whole = sum(map(len, files.values())) / 1000
        packed = sum(len(gzip.compress(body, 6)) for body in files.values()) / 1000
        page = len(files[address]) / 1000
        remark = (
            f"gzip {packed:.1f} kB; the page alone {page:.1f} kB, {len(files) - 1} files beside"
        )
        yield limit("weights", f"page: {name}", whole, "kB", _MOST_KB, remark)


def fetched(visitor: Visitor, address: str) -> dict[str, bytes]:
    """Give the bytes of a page and of everything it makes a browser fetch."""
    status, page = visitor.get(address)
    if status != 200:
        raise RuntimeError(f"{address} answered {status}")
    files = {address: page}
    for found in _FETCHED.findall(page.decode()):
        target = urlsplit(urljoin(address, found.replace("&amp;", "&")))
        file = target.path + (f"?{target.query}" if target.query else "")
        if target.scheme == "data" or target.netloc or file in files:
            continue
        status, body = visitor.get(file)
        if status != 200:
            raise RuntimeError(f"{file}, which {address} needs, answered {status}")
        files[file] = body
    return files


def _a_visit(visitor: Visitor) -> str:
    """Register a visit with two questions; give the address of its page."""
    _, page = visitor.get("/desk?fresh=1")
    form = fields_of(page.decode(), "/visits") | {
        "visit_id": str(uuid7()),
        "action": "finish",
        "language": "ar",
        "questions-0-topic": "REK-03",
        "questions-0-outcome": "answered",
        "questions-0-answer": "instalment",
        "questions-1-topic": "WNT-03",
        "questions-1-outcome": "partly",
    }
    status, _page = visitor.post("/visits", urlencoded(form))
    if status != 303:
        raise RuntimeError(f"POST /visits answered {status}")
    return f"/visits/{form['visit_id']}"


def _memory(server: Server) -> Iterator[Row]:
    workers = [proportional(process) for process in children(server.process)]
    whole = sum(workers) + proportional(server.process)
    remark = f"{len(workers)} workers and their master together {whole:.0f} MB"
    yield limit(
        "weights", "a worker, shared pages shared out", max(workers), "MB", _MOST_WORKER_MB, remark
    )


def _cold(desk: Database, starts: int) -> Row:
    """Give the time from `hub serve` to the first answer."""
    taken = []
    for _ in range(starts):
        with serving(desk) as server:
            taken.append(server.cold)
    median = Times.of(taken).p50 / 1000
    return limit(
        "weights", "cold start of hub serve", median, "s wall", _MOST_COLD_S, f"{starts} starts"
    )
