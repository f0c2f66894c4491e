"""From visits in the database to frozen files: whatever comes in between, nothing is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from hub.db import db
from hub.places.models import Area, ClosedMonth, Hub
from hub.statistics.auditor import examine, parse_release
from hub.statistics.plan import months_of
from hub.statistics.releases.freezing import measure_month
from hub.topics.models import Topic
from hub.visits.models import Question, Visit
from hub.visits.posting import next_month
from tests.statistics.releasing import HOME, Exported, exported, make, village
from tests.statistics.visits import Asked, Came, came, put
from tests.support.application import let_go, make_app
from tests.support.clock import SettableClock
from tests.support.databases import Stock, both_databases

MONTHS = ("2026-01", "2026-02", "2026-03")
ORDER = ("2026-02", "2026-01", "2026-Q1", "2026-03", "2026")
LATER = datetime(2027, 2, 1, tzinfo=UTC)
DISTRICT = {
    "EX-B-GRUNDER": "EX-W-KBUURT",
    "EX-B-GEIN": "EX-W-GEIN",
    "EX-W-GEIN": "EX-W-GEIN",
    "EX-B-NEW": "EX-W-NEW",
}
LANGUAGE = {"pap-CW": "pap", "zh": "other", "tlh": "other", "und": "unknown"}


class Desk:
    """A desk with its database, and what a person with a pencil would have written down."""

    def __init__(self, app: Flask, session: Session) -> None:
        self.app = app
        self.session = session
        self.visits: dict[UUID, Came] = {}
        self.frozen: dict[str, list[Came]] = {}
        self.files: dict[str, Exported] = {}

    def receive(self, visits: list[Came]) -> None:
        """Let visits come in; one for a closed month counts in the first open month after it."""
        closed = set(self.session.scalars(select(ClosedMonth.month)))
        self.session.rollback()
        posted = []
        for visit in visits:
            month = visit.month
            while month in closed:
                month = next_month(month)
            posted.append(replace(visit, month=month))
        self.visits |= zip(put(self.session, posted), posted, strict=True)

    def correct(self, which: int, area: str) -> None:
        """Change the area of one visit."""
        key = self._key(which)
        if key is not None:
            self.visits[key] = replace(self.visits[key], area=area)
            self.session.execute(update(Visit).where(Visit.id == key).values(area=area))
            self.session.commit()

    def erase(self, which: int) -> None:
        """Remove one visit."""
        key = self._key(which)
        if key is not None:
            del self.visits[key]
            self.session.execute(delete(Question).where(Question.visit_id == key))
            self.session.execute(delete(Visit).where(Visit.id == key))
            self.session.commit()

    def _key(self, which: int) -> UUID | None:
        keys = list(self.visits)
        return keys[which % len(keys)] if keys else None

    def release(self, period: str) -> None:
        """Make a release; months that were open until now are written down as they are."""
        for month in months_of(period):
            self.frozen.setdefault(
                month, [visit for visit in self.visits.values() if visit.month == month]
            )
        self.files[period] = exported(self.session, make(self.app, period, now=LATER))

    def true_count(self, key: tuple[str, ...]) -> tuple[int, int]:
        """Questions and different visits of a row of cells.csv."""
        visits = [v for month in months_of(key[-1]) for v in self.frozen[month]]
        asked = [[q for q in v.questions if _belongs(v, q, key)] for v in visits]
        return sum(map(len, asked)), sum(1 for questions in asked if questions)


def _belongs(visit: Came, question: Asked, key: tuple[str, ...]) -> bool:
    _, topic, area, hub, language, tenure, heating, outcome, channel, trigger, _ = key
    here = DISTRICT.get(visit.area, visit.area if visit.area == "outside" else "unknown")
    finest = f"{visit.area}-unknown" if visit.area.startswith("EX-W") else visit.area
    return all(
        (
            topic in ("ALL", question.topic, question.topic[:3]),
            area in ("ALL", here, finest),
            hub in ("ALL", visit.hub),
            language in ("ALL", LANGUAGE.get(visit.language, visit.language)),
            tenure in ("ALL", visit.tenure),
            heating in ("ALL", visit.heating),
            outcome in ("ALL", question.end, question.end.split(":")[0]),
            channel in ("ALL", visit.channel),
            trigger in ("ALL", question.trigger),
        )
    )


@contextmanager
def _desk(stock: Stock, folder: Path) -> Iterator[Desk]:
    name = stock.fresh("schema")
    app = make_app(stock.shelf.url(name), folder, SettableClock())
    with app.app_context():
        engine = db.engine
    try:
        with Session(engine) as session:
            village(session)
            yield Desk(app, session)
    finally:
        let_go(app)
        stock.shelf.drop(name)


def _require_right(desk: Desk) -> None:
    """Every figure shown is true, and nobody who reads all of them finds a small one."""
    truth, small, folders = {}, set(), []
    for period, file in desk.files.items():
        for key, value in file.values().items():
            questions, visits = desk.true_count(key)
            truth[key] = visits if key[0] == "visits" else questions
            if min(questions, visits) < (20 if key[0] == "visits" else 5):
                small.add(key)
                assert value == "x", key
            assert value in ("x", str(truth[key])), key
        folders.append(parse_release(period, file.cells, file.meta, municipality=HOME))
    assert examine(folders).findings == ()
    assert examine(folders, truth, small).findings == ()


crowds = st.lists(st.tuples(came(MONTHS), st.sampled_from((1, 2, 4, 6, 30))), max_size=12)


@pytest.mark.slow
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    crowds=st.lists(crowds, min_size=len(ORDER), max_size=len(ORDER)),
    changed=st.lists(st.integers(0, 400), min_size=len(ORDER), max_size=len(ORDER)),
)
def test_late_visits_and_corrections_between_releases_give_nothing_away(
    stock: Stock,
    tmp_path: Path,
    crowds: list[list[tuple[Came, int]]],
    changed: list[int],
) -> None:
    with _desk(stock, tmp_path) as desk:
        for period, crowd, which in zip(ORDER, crowds, changed, strict=True):
            desk.receive([visit for visit, number in crowd for _ in range(number)])
            desk.correct(which, "EX-B-GEIN")
            desk.erase(which + 1)
            desk.release(period)
        _require_right(desk)


@both_databases
def test_the_same_holds_on_either_database(stock: Stock, tmp_path: Path) -> None:
    with _desk(stock, tmp_path) as desk:
        two = (Asked("REK-01"), Asked("REK-02", "letter", "not_answered", "language"))
        desk.receive([Came("2026-01", two, area="EX-B-GEIN", language="ar")] * 40)
        desk.receive([Came("2026-02", (Asked("WNT-01"),), hub="gein", area="EX-W-GEIN")] * 30)
        desk.release("2026-01")
        desk.receive([Came("2026-01", (Asked("WNT-06"),), language="pap-CW")] * 3)
        desk.erase(0)
        desk.release("2026-Q1")
        _require_right(desk)
        assert any(value != "x" for value in desk.files["2026-Q1"].values().values())


def test_a_topic_hub_and_area_that_come_in_the_middle_of_a_year(
    stock: Stock, tmp_path: Path
) -> None:
    """January knows nothing of them; the quarter does, and a neighbourhood moves at New Year."""
    with _desk(stock, tmp_path) as desk:
        old = (Asked("WNT-01"), Asked("REK-01"))
        desk.receive([Came("2026-01", old, area="EX-B-GEIN")] * 30)
        desk.release("2026-01")
        _change_lists(desk.session)
        new = (Asked("WNT-07"), Asked("REK-01"))
        desk.receive([Came("2026-02", new, hub="nieuw", area="EX-B-NEW")] * 30)
        desk.receive([Came("2026-03", new, area="EX-B-GEIN")] * 3)
        desk.release("2026-02")
        desk.release("2026-Q1")
        _require_right(desk)
        listed = [{code for key in file.values() for code in key} for file in desk.files.values()]
        assert ["nieuw" in codes for codes in listed] == [False, True, True]
        assert ["WNT-07" in file.meta for file in desk.files.values()] == [False, True, True]
        assert {"EX-W-NEW", "EX-W-KBUURT"} <= listed[2]
        desk.receive([Came("2027-01", old, area="EX-B-GEIN")] * 30)
        moved = measure_month(desk.session, HOME, "2027-01").codes
        assert moved.districts == {
            "EX-W-GEIN": [],
            "EX-W-KBUURT": ["EX-B-GEIN", "EX-B-GRUNDER"],
            "EX-W-NEW": ["EX-B-NEW"],
        }


def _change_lists(session: Session) -> None:
    """Add a topic, a hub and a district with a neighbourhood; let another neighbourhood move."""
    session.add(Topic(code="WNT-07", parent_code="WNT", position=20))
    session.add(
        Hub(slug="nieuw", name="Nieuw", municipality_code=HOME, created_at=datetime.now(UTC))
    )
    session.add(Area(code="EX-W-NEW", name="Nieuw", kind="district"))
    session.flush()
    session.add(Area(code="EX-B-NEW", name="Nieuw", kind="neighbourhood", district_code="EX-W-NEW"))
    session.get_one(Topic, "WNT-01").retired_on = date(2026, 2, 1)
    session.get_one(Area, "EX-B-GEIN").district_code = "EX-W-KBUURT"
    session.commit()
