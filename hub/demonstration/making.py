"""Making the demonstration: municipality, hubs, accounts and visits in one go."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from hub.answers.library import all_answers
from hub.demonstration.opening import months_before, slots
from hub.demonstration.stage import Login, set_accounts, set_hubs
from hub.demonstration.vignettes import read_season, read_vignettes
from hub.demonstration.visitors import Crowd, Visitor
from hub.visits import return_code
from hub.visits.receiving_many import Arrival, free_codes, receive_many

MONTHS: Final = 14
VISITS: Final = 700
SEED: Final = 1


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What was made: the accounts with their passwords, and how many visits per hub."""

    logins: tuple[Login, ...]
    visits: dict[str, int]


def make_demonstration(
    session: Session,
    now: datetime,
    *,
    seed: int = SEED,
    visits: int = VISITS,
    told: Callable[[int], None] = lambda _count: None,
) -> Demonstration:
    """Make the demonstration; `told` hears of visits as they are stored.

    The same seed at the same moment, on the same content, makes the same visits, ids and
    return codes; passwords are always fresh. Each visit is posted in the month in which it was
    made, since it counts as having arrived on its day. Raises Refusal when it is there already.
    """
    years = range(months_before(now.date(), MONTHS).year, now.year + 2)
    stages = set_hubs(session, now, years)
    logins = set_accounts(session, stages, now)
    random = Random(seed)  # noqa: S311 - made-up visits, the same for the same seed
    answers = all_answers(session)
    crowd = Crowd(
        read_vignettes(),
        read_season(),
        {slug: frozenset(answer.texts) for slug, answer in answers.items()},
        random,
    )
    visitors = crowd.draw(list(slots(stages, now, MONTHS)), visits, now)
    codes = free_codes(session, len(visitors), lambda: return_code.new_code(random.choice))
    texts = {
        (slug, language): text.id
        for slug, answer in answers.items()
        for language, text in answer.texts.items()
    }
    arrivals = [_arrival(visitor, code) for visitor, code in zip(visitors, codes, strict=True)]
    made: dict[str, int] = {}
    for stage in stages:
        own = [
            arrival
            for visitor, arrival in zip(visitors, arrivals, strict=True)
            if visitor.slot.stage is stage
        ]
        receive_many(session, stage.hub, own, closed=(), texts=texts, stored=told)
        made[stage.hub.slug] = len(own)
    return Demonstration(tuple(logins), made)


def _arrival(visitor: Visitor, code: str) -> Arrival:
    numbers = tuple(range(1, len(visitor.entry.questions) + 1))
    return Arrival(visitor.entry, numbers, visitor.received_at, code)
