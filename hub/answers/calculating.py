"""Which calculator fills which blanks of which answer.

Blanks stay what was typed: a calculation fills only what is empty. What it used is known, so
that a sheet can carry the marks of the facts behind its figures and be found again when one
of them was wrong.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.answers import calculating_days as days
from hub.answers import calculating_heat as heat
from hub.answers import calculating_instalment as instalment
from hub.answers.asking import Asked, Found, Lacking, Note, Wanting, on_day, plain
from hub.answers.filling import Filled
from hub.answers.library import AnswerView
from hub.answers.placeholders import body_blanks
from hub.answers.publishing import UNCHECKED
from hub.facts.models import FactValue
from hub.facts.register import FactOnDay, Register
from hub.i18n import N_
from hub.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Rule:
    """One calculation: the blanks it fills (none where it only says something), and its work."""

    fills: tuple[str, ...]
    work: Callable[[Asked], Found]


# In order: a rule may use what those before it filled.
RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "annual-statement": (
        Rule(("difference",), instalment.difference_on_statement),
        Rule((), instalment.statement_is_plausible),
        Rule((), instalment.statement_in_time),
    ),
    "instalment": (
        Rule(("gap",), instalment.gap_of_instalment),
        Rule(("advice_low", "advice_high"), instalment.fitting_instalment),
    ),
    "cannot-pay": (Rule(("react_before",), days.react_to_letter),),
    "heat-tariff": (
        Rule(("max_total",), heat.most_of_this_year),
        Rule(("delta_vs_last_year",), heat.change_from_last_year),
        Rule((), heat.letter_against_maximum),
    ),
    "heat-outage": (Rule(("compensation",), heat.compensation_of_outage),),
    "wrong-allocation": (
        Rule(("diff_gj",), heat.difference_in_gigajoules),
        Rule(("diff_eur",), heat.difference_in_euros),
    ),
    "damp-and-mould": (Rule(("report_plus_6w",), days.wait_for_repair),),
    "block-heating-costs": (
        Rule(("ask_plus_3w",), days.wait_for_landlord),
        Rule(("hc_deadline",), days.last_day_for_tribunal),
    ),
    "doorstep-sale": (Rule(("withdraw_until",), days.last_day_to_withdraw),),
}
# How the choices of a blank of type `choice` are worded, by blank.
CHOICES: Final = {
    "gas_price_vat": instalment.PRICE_CHOICES,
    "kwh_price_vat": instalment.PRICE_CHOICES,
}


@dataclass(frozen=True, slots=True)
class Calculated:
    """What was calculated for an answer.

    `blanks` never holds one that was typed. `notes` are sentences for the volunteer, `wanting`
    the blanks to type before the rest can be calculated, `facts` the register's values behind
    `blanks`, `tariffs` those behind the notes too, `faults` what was typed and cannot be read,
    by blank.
    """

    blanks: Mapping[str, str]
    notes: tuple[Note, ...]
    wanting: tuple[str, ...]
    facts: tuple[FactOnDay, ...]
    tariffs: tuple[FactOnDay, ...]
    faults: Mapping[str, Refusal]


def calculate(slug: str, typed: Mapping[str, str], register: Register, day: date) -> Calculated:
    """Calculate the blanks of an answer that follow from what was typed.

    `typed` holds blanks by name as the volunteer typed them; `day` is the day whose facts
    count. Gives nothing for an answer without a calculator. Raises nothing: what cannot be
    read is in `faults`, and a fact that is missing or has expired is named in a note.
    """
    given = {name: value for name, value in typed.items() if value.strip()}
    results = _Results()
    for rule in RULES.get(slug, ()):
        results.take(rule, Asked({**results.blanks, **given}, register, day))
    return Calculated(
        results.blanks,
        tuple(results.notes),
        tuple(results.wanting),
        tuple(results.facts.values()),
        tuple(results.tariffs.values()),
        results.faults,
    )


class _Results:
    """What the rules of one answer have given so far."""

    def __init__(self) -> None:
        self.blanks: dict[str, str] = {}
        self.notes: list[Note] = []
        self.wanting: dict[str, None] = {}
        self.facts: dict[int | None, FactOnDay] = {}
        self.tariffs: dict[int | None, FactOnDay] = {}
        self.faults: dict[str, Refusal] = {}

    def take(self, rule: Rule, asked: Asked) -> None:
        """Work a rule; a blank that was typed keeps what was typed."""
        empty = [name for name in rule.fills if not asked.has(name)]
        try:
            found = rule.work(asked)
        except Wanting as stopped:
            self.wanting |= dict.fromkeys(stopped.blanks if empty else ())
        except Lacking as stopped:
            self.say(_lacking(stopped))
            self.wanting |= dict.fromkeys([stopped.instead] if stopped.instead else ())
        except Refusal as refusal:
            self.faults[(refusal.field or "").removeprefix("blank-")] = refusal
        else:
            self.blanks |= {name: found.values[name] for name in empty}
            self.say(*found.notes)
            facts = {fact.value_id: fact for fact in asked.facts.values()}
            self.tariffs |= facts
            self.facts |= facts if empty else {}

    def say(self, *notes: Note) -> None:
        """Add sentences, each once."""
        self.notes.extend(note for note in notes if note not in self.notes)


def is_calculated(slug: str, blank: str) -> bool:
    """Tell whether a calculator can fill a blank of an answer."""
    return any(blank in rule.fills for rule in RULES.get(slug, ()))


def fields(answer: AnswerView) -> tuple[str, ...]:
    """Give the blanks to show at the desk: those of the text, and what a calculator asks for.

    What a calculator can fill comes last; without a calculator it is the text's own order.
    """
    printed = body_blanks(answer.dutch.body)
    if answer.slug not in RULES:
        return tuple(printed)
    every = [*answer.blanks, *(name for name in printed if name not in answer.blanks)]
    return tuple(sorted(every, key=lambda name: is_calculated(answer.slug, name)))


def carry(filled: Filled, calculated: Calculated) -> Filled:
    """Give a filled text with the facts behind its calculated blanks, and their mark."""
    facts = {fact.value_id: fact for fact in (*filled.facts, *calculated.facts)}
    unchecked = any(not fact.checked for fact in calculated.facts)
    marks = (*filled.marks, UNCHECKED) if unchecked else filled.marks
    return replace(filled, facts=tuple(facts.values()), marks=tuple(dict.fromkeys(marks)))


def tariff_notes(session: Session, facts: Iterable[FactOnDay]) -> tuple[Note, ...]:
    """Give a sentence for each fact that was calculated with: value, last day and source."""
    listed = [fact for fact in facts if fact.value_id is not None]
    query = select(FactValue.id, FactValue.source).where(
        FactValue.id.in_([fact.value_id for fact in listed])
    )
    sources = {row.id: row.source for row in session.execute(query)}
    return tuple(_tariff(fact, sources.get(fact.value_id or 0, "")) for fact in listed)


def _tariff(fact: FactOnDay, source: str) -> Note:
    values = {
        "fact": plain(f"{fact.code}.{fact.part}"),
        "value": (fact.value, fact.unit),
        "source": plain(source or "–"),
    }
    if fact.valid_until is None:
        return Note(N_("%(fact)s: %(value)s. Source: %(source)s"), values)
    message = N_("%(fact)s: %(value)s, valid until %(until)s. Source: %(source)s")
    return Note(message, values | {"until": on_day(fact.valid_until)})


def _lacking(stopped: Lacking) -> Note:
    message = (
        N_(
            "The fact %(fact)s has no value for %(day)s, so nothing is calculated with it. "
            "Type it from the letter, or ask an editor to enter it in the facts register."
        )
        if stopped.instead
        else N_(
            "The fact %(fact)s has no value for %(day)s, so nothing is calculated with it. "
            "An editor can enter it in the facts register."
        )
    )
    fact = f"{stopped.code}.{stopped.part}"
    return Note(message, {"fact": plain(fact), "day": on_day(stopped.day)})
