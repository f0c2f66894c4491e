"""What a text is worth today: its status, derived from what was written and never stored.

A text row never changes. It was written as a draft, by a person or by a machine; a reader may
have checked it, an editor may have retired it, and the Dutch it was made from may have moved
on. The status follows from these four, here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from hub.i18n import N_

DRAFT: Final = "draft"
MACHINE_DRAFT: Final = "machine_draft"
CHECKED: Final = "checked"
OUTDATED: Final = "outdated"
RETIRED: Final = "retired"
STATUSES: Final = (MACHINE_DRAFT, DRAFT, CHECKED, OUTDATED, RETIRED)

# How much an edit of the Dutch changes, the lightest first.
SIGNIFICANCES: Final = {
    "typo": N_("A typing error: nobody reads it differently"),
    "wording": N_("The wording: it says the same in other words"),
    "meaning": N_("The meaning: it says something else"),
}
MEANING: Final = "meaning"


@dataclass(frozen=True, slots=True)
class Check:
    """That a reader checked a text: the role, and the day."""

    by_role: str
    on: date


@dataclass(frozen=True, slots=True)
class DutchVersion:
    """One version of an answer's Dutch, and how much it changed."""

    version: int
    significance: str


def change_since(source_version: int | None, dutch: Iterable[DutchVersion]) -> str | None:
    """Give the heaviest change of the Dutch after a version; None where nothing changed.

    `source_version` is None for a Dutch text, which is nobody's translation.
    """
    if source_version is None:
        return None
    order = list(SIGNIFICANCES)
    later = [order.index(one.significance) for one in dutch if one.version > source_version]
    return order[max(later)] if later else None


def status_of(written_as: str, *, checked: bool, retired: bool, dutch_changed: str | None) -> str:
    """Give the status of a text.

    `dutch_changed` is what `change_since` gives. Retired weighs most; then a change of the
    Dutch meaning, which makes a checked text as doubtful as a draft; then a reader's check.
    A typing error or another wording of the Dutch leaves a checked text checked.
    """
    if retired:
        return RETIRED
    if dutch_changed == MEANING:
        return OUTDATED
    return CHECKED if checked else written_as
