"""The gate: what may be printed plainly, what prints with a mark, and what does not print.

Decided here and nowhere else, so that the desk, the sheet, the library and the commands can
not differ:

* a text that a reader of its language has checked prints by itself;
* a draft, a machine draft or an outdated text prints with its mark, and a translation only
  together with the Dutch; the Dutch, being the source, stands alone with its mark;
* a retired text does not print, nor a text with a fact that has no value for the day and must
  not be printed without one (`stop`); the refusal names the fact and who can mend it;
* an expired fact that may be printed with a warning, and a fact that nobody has checked, print
  with a mark. Nothing falls back to another text, another day or another value by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

from hub.answers.placeholders import body_facts
from hub.answers.standing import CHECKED, RETIRED
from hub.facts.register import FactOnDay, Register
from hub.i18n import N_
from hub.refusal import Refusal

# Marks on account of the facts; those on account of the text are its status.
EXPIRED: Final = "expired"
UNCHECKED: Final = "unchecked"
SOURCE_LANGUAGE: Final = "nl"


class Text(Protocol):
    """What the gate looks at of a text."""

    @property
    def language(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def body(self) -> dict[str, Any]: ...
    @property
    def title(self) -> str: ...


class StopFact(Refusal):
    """An answer uses a fact whose last day has passed, and which must not be printed then."""


class RetiredText(Refusal):
    """A text that an editor has taken out of use."""


@dataclass(frozen=True, slots=True)
class Publication:
    """What the gate says of a text on a day.

    `prints` is false where it must not be printed; `needs_dutch` where the Dutch has to stand
    beside it; `mark` is the status to show with it, None for a checked text; `fact_marks` are
    EXPIRED and UNCHECKED; `stopped` are the facts in the way.
    """

    prints: bool
    needs_dutch: bool
    mark: str | None
    fact_marks: tuple[str, ...]
    stopped: tuple[FactOnDay, ...]

    @property
    def plain(self) -> bool:
        """Whether it prints by itself and without any mark."""
        return self.prints and not self.needs_dutch and not self.mark and not self.fact_marks


def publication(text: Text, register: Register, day: date) -> Publication:
    """Judge a text for a day."""
    facts = facts_of(text, register, day)
    stopped = tuple(fact for fact in facts if not prints(fact))
    return Publication(
        prints=not stopped and in_use(text),
        needs_dutch=needs_dutch(text),
        mark=None if text.status == CHECKED else text.status,
        fact_marks=marks_of(facts),
        stopped=stopped,
    )


def facts_of(text: Text, register: Register, day: date) -> list[FactOnDay]:
    """Give what the register says on a day of each fact a text prints."""
    return [register.on_day(f.code, f.part, day) for f in body_facts(text.body)]


def prints(fact: FactOnDay) -> bool:
    """Tell whether the value of a fact may stand on paper."""
    return fact.printable


def marks_of(facts: Iterable[FactOnDay]) -> tuple[str, ...]:
    """Give the marks that facts bring to what they are printed in."""
    listed = list(facts)
    marks = {
        EXPIRED: any(fact.state == "expired" for fact in listed),
        UNCHECKED: any(not fact.checked for fact in listed),
    }
    return tuple(mark for mark, needed in marks.items() if needed)


def in_use(text: Text) -> bool:
    """Tell whether a text may be given at all; what was retired is not handed out again either."""
    return text.status != RETIRED


def needs_dutch(text: Text) -> bool:
    """Tell whether the Dutch has to stand beside a text."""
    return text.language != SOURCE_LANGUAGE and text.status != CHECKED


def stopped_by(text: Text, register: Register, day: date) -> list[FactOnDay]:
    """Give the facts that keep a text from being printed on a day."""
    return [fact for fact in facts_of(text, register, day) if not prints(fact)]


def require_printable(text: Text, register: Register, day: date) -> None:
    """Refuse a text that may not be printed on a day, and say who can mend it.

    Raises StopFact with the fact, or RetiredText.
    """
    if not in_use(text):
        raise RetiredText(
            N_(
                "%(title)s was taken out of use in this language. An editor can write a new "
                "version of it under Answers."
            ),
            field="answer",
            title=text.title,
        )
    for fact in stopped_by(text, register, day):
        raise StopFact(
            N_(
                "%(title)s cannot be printed: the fact %(fact)s has no value for this day. "
                "An editor can enter it in the facts register."
            ),
            field="answer",
            title=text.title,
            fact=f"{fact.code}.{fact.part}",
        )
