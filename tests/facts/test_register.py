"""The register gives the value of a day, says when it has expired, and writes it as on a bill."""

from datetime import UTC, date, datetime

import pytest

from hub.facts.models import FactValue
from hub.facts.register import Register, write_value

NBSP = "\u00a0"


def value(**given: object) -> FactValue:
    fields = {
        "code": "F-HEAT", "part": "gj", "value": "40.97", "unit": "euro_per_gj", "vat": "incl",
        "valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31), "mark": "source",
        "at_expiry": "stop", "recorded_at": datetime(2026, 1, 1, tzinfo=UTC), "source": "",
    } | given  # fmt: skip
    return FactValue(**fields)


@pytest.fixture
def register() -> Register:
    return Register(
        [
            value(),
            value(value="43.79", valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31)),
            value(code="F-TEL", part="geldfit", value="0800-8115", unit="phone", valid_from=None,
                  valid_until=None, at_expiry="warn"),
        ],
        {"F-HEAT-25": ("F-HEAT", date(2025, 7, 1))},
    )  # fmt: skip


def test_the_value_of_the_day_counts(register: Register) -> None:
    assert register.on_day("F-HEAT", "gj", date(2025, 6, 1)).value == "43.79"
    assert register.on_day("F-HEAT", "gj", date(2026, 6, 1)).value == "40.97"


def test_the_last_day_still_counts_and_the_next_does_not(register: Register) -> None:
    assert register.on_day("F-HEAT", "gj", date(2026, 12, 31)).state == "valid"
    after = register.on_day("F-HEAT", "gj", date(2027, 1, 1))
    assert after.state == "expired"
    assert not after.printable


def test_a_yearly_code_counts_in_its_own_year(register: Register) -> None:
    assert register.on_day("F-HEAT-25", "gj", date(2030, 1, 1)).value == "43.79"


def test_a_fact_that_nobody_has_entered_is_missing_and_not_printed(register: Register) -> None:
    missing = register.on_day("F-HEAT", "gj", date(2020, 1, 1))
    assert missing.state == "missing"
    assert not missing.printable


def test_a_fact_without_dates_counts_always(register: Register) -> None:
    assert register.on_day("F-TEL", "geldfit", date(1990, 1, 1)).printable


@pytest.mark.parametrize(
    ("raw", "unit", "language", "written"),
    [
        ("40.97", "euro_per_gj", "ar", f"€{NBSP}40,97 / GJ"),
        ("1882.04", "euro", "en", f"€{NBSP}1.882,04"),
        ("35", "euro", "nl", f"€{NBSP}35"),
        ("0.7268", "euro_per_m3", "nl", f"€{NBSP}0,7268 / m³"),
        ("21", "percent", "nl", f"21{NBSP}%"),
        ("14", "days", "nl", f"14{NBSP}dagen"),
        ("14", "days", "en", f"14{NBSP}days"),
        ("6", "weeks", "nl", f"6{NBSP}weken"),
        ("8", "hours", "nl", f"8{NBSP}uur"),
        ("2027-01-01", "date", "nl", "1 januari 2027"),
        ("25", "gj", "nl", f"25{NBSP}GJ"),
        ("unknown", "choice", "en", "not known"),
    ],
)
def test_a_value_is_written_for_its_reader(
    raw: str, unit: str, language: str, written: str
) -> None:
    assert write_value(raw, unit, language) == written
