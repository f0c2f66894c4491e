"""Simulated visits of a municipality, and the counts of any planned cells of them.

Topics, neighbourhoods and languages are skewed as at real desks: a few codes are frequent and
most are rare; each hub serves its own neighbourhood first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hub.statistics.plan import BEYOND_DISTRICTS, UNKNOWN, Codes, children_of
from hub.statistics.protection import ALL, VISITS, Cell, Children, Count

WEEKS = 52
YEAR = "2026"
MAIN_TOPICS = 9
TOPICS_EACH = 7
CODES = Codes(
    topics={
        f"T{m}": [f"T{m}-{n:02}" for n in range(1, TOPICS_EACH + 1)]
        for m in range(1, MAIN_TOPICS + 1)
    },
    hubs=[],
    districts={f"W{w}": [f"B{w}{b}" for b in range(1, 6)] for w in range(1, 5)},
    projects={"P1": ["B11", "B12"], "P2": ["B21", "B22", "B23", "B24"]},
    languages=["nl", "en", "ar", "tr", "pl", "uk", "ti", "es", "fr", "so", "pap", "other"],
    tenures=["social_rent", "private_rent", "owner", "owner_association", "room", "other"],
    heatings=["own_boiler", "block", "heat_network", "electric", "gas_stove", "other"],
    outcomes=["answered", "partly", "referred", "handed_over", "call_back", "not_answered"],
    reasons=[
        "no_information",
        "depends_on_decision",
        "too_specialised",
        "language",
        "visitor_left",
    ],
    channels=["counter", "appointment", "phone", "message", "home_visit", "event"],
    triggers=[
        "letter",
        "bill",
        "neighbour",
        "campaign",
        "cold_home",
        "move",
        "sales_pitch",
        "other",
    ],
)
Codes1D = NDArray[np.int64]


def codes_for(hubs: int) -> Codes:
    """The code lists of a municipality with so many hubs."""
    names = [f"h{n:03}" for n in range(hubs)]
    return Codes(**{**vars(CODES), "hubs": names})


@dataclass(frozen=True)
class Questions:
    """Parallel arrays, one entry per question: its visit and its finest code per dimension."""

    visit: Codes1D
    finest: Mapping[str, tuple[list[str], Codes1D]]


def simulate(hubs: int, per_week: int = 25, seed: int = 7) -> tuple[Codes, Questions]:
    """A year of visits at so many hubs, ``per_week`` each on average."""
    rng = np.random.default_rng(seed)
    codes = codes_for(hubs)
    visits = int(rng.poisson(hubs * per_week * WEEKS))
    size = rng.gamma(2, 1, hubs)
    hub = rng.choice(hubs, visits, p=size / size.sum())
    asked = np.minimum(3, 1 + rng.poisson(0.3, visits))
    visit = np.repeat(np.arange(visits), asked)
    children = children_of(codes, YEAR)
    common = {
        "hub": (list(codes.hubs), hub),
        "area": _areas(codes, hub, rng),
        "period": (_months(), _season(visits, rng)),
    }
    for dimension in ("language", "tenure", "heating", "channel"):
        names = list(children[dimension][ALL])
        common[dimension] = (names, _skewed(len(names), visits, rng))
    finest = {d: (names, numbers[visit]) for d, (names, numbers) in common.items()}
    for dimension in ("outcome", "trigger", "topic"):
        names = _leaves(children, dimension)
        finest[dimension] = (names, _skewed(len(names), len(visit), rng))
    # A topic stands at most once in a visit.
    _, first = np.unique(np.stack([visit, finest["topic"][1]]), axis=1, return_index=True)
    return codes, Questions(
        visit[first], {d: (names, numbers[first]) for d, (names, numbers) in finest.items()}
    )


def count_cells(
    cells: Iterable[Cell], children: Children, questions: Questions
) -> dict[Cell, Count]:
    """True counts of cells that hold, besides topic and period, one other thing at most."""
    found: dict[Cell, Count] = {}
    by_period: dict[str, list[Cell]] = {}
    for cell in cells:
        by_period.setdefault(cell.period, []).append(cell)
    for period, mine in by_period.items():
        inside = _within(children, questions, "period", period)
        member: dict[tuple[str, str], NDArray[np.bool_]] = {}
        visit = questions.visit[inside]
        for cell in mine:
            chosen = np.ones(len(visit), dtype=np.bool_)
            for dimension in Cell._fields[1:-1]:
                code = cell.code(dimension)
                if code == ALL:
                    continue
                key = (dimension, code)
                if key not in member:
                    member[key] = _within(children, questions, dimension, code)[inside]
                chosen &= member[key]
            different = int(np.count_nonzero(np.diff(visit[chosen]))) + bool(chosen.any())
            number = different if cell.measure == VISITS else int(chosen.sum())
            found[cell] = Count(number, different)
    return found


def _within(
    children: Children, questions: Questions, dimension: str, code: str
) -> NDArray[np.bool_]:
    names, numbers = questions.finest[dimension]
    wanted = set(_leaves(children, dimension, code))
    picked: NDArray[np.bool_] = np.array([name in wanted for name in names])[numbers]
    return picked


def _leaves(children: Children, dimension: str, code: str = ALL) -> list[str]:
    below = children[dimension].get(code)
    return [code] if not below else [x for c in below for x in _leaves(children, dimension, c)]


def _skewed(codes: int, size: int, rng: np.random.Generator) -> Codes1D:
    share = 1 / np.arange(1, codes + 1)
    return rng.choice(codes, size, p=rng.permutation(share / share.sum()))


def _areas(codes: Codes, hub: Codes1D, rng: np.random.Generator) -> tuple[list[str], Codes1D]:
    near = [b for parts in codes.districts.values() for b in parts]
    names = [*near, *(f"{d}-{UNKNOWN}" for d in codes.districts), *BEYOND_DISTRICTS]
    home = rng.integers(0, len(near), len(codes.hubs))[hub]
    beside = home // 5 * 5 + rng.integers(0, 5, len(hub))
    luck = rng.random(len(hub))
    anywhere = rng.integers(0, len(names), len(hub))
    return names, np.where(luck < 0.6, home, np.where(luck < 0.85, beside, anywhere))


def _months() -> list[str]:
    return [f"{YEAR}-{month:02}" for month in range(1, 13)]


def _season(size: int, rng: np.random.Generator) -> Codes1D:
    share = 1 + 0.5 * np.cos(np.arange(12) / 12 * 2 * np.pi)
    return rng.choice(12, size, p=share / share.sum())
