"""Counting one month of a municipality by SQL alone, linear in its visits.

The database gives sums only. Questions are counted by topic and one other column. Different
visits are counted as questions less *repeats*: a question that is not the first of its visit
in the same main topic, or the same outcome, and so on. So no row of a visit is sorted or sent.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Label,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from hub.places.models import Hub
from hub.statistics.plan import NOT_ANSWERED, UNKNOWN, Codes
from hub.statistics.protection import ALL
from hub.statistics.releases.codes import Folding
from hub.statistics.releases.side_by_side import Rows, rows_of_both
from hub.topics.models import Topic
from hub.visits.models import Question, Visit

_OF_VISIT: Final = ("hub", "area", "language", "tenure", "heating", "channel")
_OF_QUESTION: Final = ("trigger", "outcome", "end")
# An `end` is an outcome, with its reason where a question was not answered.
_COUNTED: Final = (*_OF_VISIT, "trigger", "end")
_Pair = tuple[ColumnElement[Any], ColumnElement[Any]]


class Slot(NamedTuple):
    """What a frozen count counts: a code of a dimension (empty: all) and a topic or ALL."""

    dimension: str
    code: str
    topic: str


class Tally(NamedTuple):
    """Questions, and the different visits behind them."""

    questions: int
    visits: int


def count_month(
    session: Session, municipality_code: str, month: str, codes: Codes
) -> dict[Slot, Tally]:
    """Count the questions posted in a month by every dimension of all plans.

    Slots in which nothing was counted are left out. Hubs are counted by main topic only.
    """
    folding = Folding(codes)
    questions: Counter[Slot] = Counter()
    repeats: Counter[Slot] = Counter()
    for part, *found, topic, number, same_main in _rows(session, municipality_code, month, codes):
        dimension, raw = next(
            (d, code)
            for d, code in zip((*_OF_VISIT, *_OF_QUESTION), found, strict=True)
            if code is not None
        )
        code = folding.code(dimension, raw)
        if part == "questions":
            _add_question(questions, dimension, code, topic, folding.topics[topic], number)
        else:
            _add_repeat(repeats, dimension, code, topic, number, same_main)
    return {
        slot: Tally(number, number - repeats[slot])
        for slot, number in questions.items()
        if number and not (slot.dimension == "hub" and folding.is_part(slot.topic))
    }


def _add_question(
    questions: Counter[Slot], dimension: str, code: str, topic: str, main: str, number: int
) -> None:
    for level in dict.fromkeys((topic, main, ALL)):
        if dimension == "end":
            questions[Slot("outcome", code, level)] += number
            if code.startswith(f"{NOT_ANSWERED}:"):
                questions[Slot("outcome", NOT_ANSWERED, level)] += number
            continue
        questions[Slot(dimension, code, level)] += number
        if dimension == "hub":
            questions[Slot("", ALL, level)] += number


def _add_repeat(
    repeats: Counter[Slot], dimension: str, code: str, main: str, number: int, same_main: int
) -> None:
    if dimension == "end":
        if not code.startswith(f"{NOT_ANSWERED}:"):
            return  # the same as its outcome
        dimension = "outcome"
    repeats[Slot(dimension, code, ALL)] += number
    repeats[Slot(dimension, code, main)] += same_main
    if dimension == "hub":
        repeats[Slot("", ALL, ALL)] += number
        repeats[Slot("", ALL, main)] += same_main


def _on_postgresql(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _rows(session: Session, municipality_code: str, month: str, codes: Codes) -> Rows:
    """The rows of both parts, of the same moment on either database."""
    postgresql = _on_postgresql(session)
    asked = _asked(municipality_code, month, codes).subquery("asked")
    again = _again(session, municipality_code, month, codes).subquery("again")
    number: _Pair = (func.count(), cast(null(), Integer))
    repeated: dict[str, _Pair] = dict.fromkeys(
        _OF_VISIT, (func.count(), func.sum(again.c.same_main))
    )
    for name in _OF_QUESTION:
        repeated[name] = (
            func.sum(again.c[f"same_{name}"]),
            func.sum(again.c[f"same_main_{name}"]),
        )
    questions = _grouped("questions", asked, dict.fromkeys(_COUNTED, number), postgresql)
    repeats = _grouped("repeats", again, repeated, postgresql)
    if postgresql:
        engine = session.connection().engine
        return rows_of_both(engine, union_all(*questions), union_all(*repeats))
    return session.execute(union_all(*questions, *repeats)).all()


def _grouped(
    part: str, table: Subquery, figures: Mapping[str, _Pair], postgresql: bool
) -> list[Select[*tuple[Any, ...]]]:
    """Sums by topic and one other column: in one pass where the database can."""
    if not postgresql:
        return [
            _select(part, table, (name,), pair).group_by(table.c[name], table.c.topic)
            for name, pair in figures.items()
        ]
    # A column outside the group is null, and none of them is null otherwise.
    number, same_main = (
        case(*((table.c[name].is_not(None), pair[at]) for name, pair in figures.items()))
        for at in (0, 1)
    )
    sets = func.grouping_sets(*(tuple_(table.c[name], table.c.topic) for name in figures))
    return [_select(part, table, tuple(figures), (number, same_main)).group_by(sets)]


def _select(
    part: str, table: Subquery, names: tuple[str, ...], figures: _Pair
) -> Select[*tuple[Any, ...]]:
    columns = [
        (table.c[name] if name in names else cast(null(), String)).label(name)
        for name in (*_OF_VISIT, *_OF_QUESTION)
    ]
    number, same_main = figures
    return select(literal(part), *columns, table.c.topic, number, same_main)


def _asked(municipality_code: str, month: str, codes: Codes) -> Select[*tuple[Any, ...]]:
    """Every question posted in the month, with the columns it is counted by."""
    ends = _ends(Question, codes)
    return (
        select(
            *_visit_columns(),
            *(end.label(name) for name, end in ends.items()),
            Question.topic_code.label("topic"),
        )
        .join(Visit, Visit.id == Question.visit_id)
        .join(Hub, Hub.id == Visit.hub_id)
        .where(Hub.municipality_code == municipality_code, Visit.posted_in == month)
    )


def _again(
    session: Session, municipality_code: str, month: str, codes: Codes
) -> Select[*tuple[Any, ...]]:
    """Every question that is not the first of its visit, with what an earlier one shares with it.

    `topic` is its main topic. A flag is 1 where an earlier question of the visit is the same in
    all that the flag names.
    """
    later, earlier = aliased(Question), aliased(Question)
    topic, earlier_topic = aliased(Topic), aliased(Topic)
    moved = _moved(session, codes)
    main, earlier_main = (_main_of(one, moved) for one in (topic, earlier_topic))
    own, others = _ends(later, codes), _ends(earlier, codes)
    same = {"main": main == earlier_main}
    for name in _OF_QUESTION:
        same[name] = own[name] == others[name]
        same[f"main_{name}"] = and_(same["main"], same[name])
    columns = [
        *_visit_columns(),
        *(end.label(name) for name, end in own.items()),
        main.label("topic"),
    ]
    return (
        select(
            *columns,
            *(
                func.max(case((test, 1), else_=0)).label(f"same_{name}")
                for name, test in same.items()
            ),
        )
        .select_from(later)
        .join(earlier, and_(earlier.visit_id == later.visit_id, earlier.number < later.number))
        .join(topic, topic.code == later.topic_code)
        .join(earlier_topic, earlier_topic.code == earlier.topic_code)
        .join(Visit, Visit.id == later.visit_id)
        .join(Hub, Hub.id == Visit.hub_id)
        .where(
            Hub.municipality_code == municipality_code,
            Visit.posted_in == month,
            later.number > 1,
        )
        # By keys: all columns follow from them.
        .group_by(later.visit_id, later.number, Visit.id, Hub.id, topic.code)
    )


def _visit_columns() -> list[Label[str]]:
    return [Hub.slug.label("hub"), *(getattr(Visit, name).label(name) for name in _OF_VISIT[1:])]


def _ends(question: Any, codes: Codes) -> dict[str, ColumnElement[str]]:
    """How a question began and ended, in listed codes; what is not listed is unknown.

    Folded here and not afterwards, because a visit may hold several of them.
    """
    outcome = _listed(question.outcome, codes.outcomes)
    reason = _listed(question.reason, codes.reasons)
    return {
        "trigger": _listed(question.trigger, codes.triggers),
        "outcome": outcome,
        "end": case((outcome == NOT_ANSWERED, literal(f"{NOT_ANSWERED}:") + reason), else_=outcome),
    }


def _listed(code: ColumnElement[Any], listed: Sequence[str]) -> ColumnElement[str]:
    return case((code.in_(list(listed)), code), else_=UNKNOWN)


def _main_of(topic: Any, moved: Mapping[str, str]) -> ColumnElement[str]:
    main = func.coalesce(topic.parent_code, topic.code)
    return case(moved, value=topic.code, else_=main) if moved else main


def _moved(session: Session, codes: Codes) -> dict[str, str]:
    """Topics that stand under another main topic now than in the lists of the year."""
    listed = Folding(codes).topics
    now = session.execute(select(Topic.code, func.coalesce(Topic.parent_code, Topic.code)))
    return {code: listed[code] for code, main in now if listed.get(code, main) != main}
