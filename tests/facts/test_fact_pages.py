"""The pages of the register: who sees them, what needs attention, what an editor does there."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.facts.models import FactValue
from hub.facts.usage import Use
from tests.facts.entries import NEXT_YEAR, TARIFF, current, enter, written
from tests.support.cast import CHECKER, EDITOR, VOLUNTEER, Cast, Person
from tests.support.clock import SettableClock
from tests.support.forms import fields_of, post, sign_in


@pytest.fixture
def editor(app: Flask, cast: Cast) -> FlaskClient:
    return inside(app, EDITOR)


def inside(app: Flask, who: Person) -> FlaskClient:
    client = app.test_client()
    sign_in(client, who)
    client.post("/language", data={"language": "en", **_token(client)})
    return client


def _token(client: FlaskClient) -> dict[str, str]:
    return {"csrf_token": fields_of(client.get("/answers").text)["csrf_token"]}


def listed(client: FlaskClient, address: str) -> set[str]:
    """Give the parts on the list, such as `F-HEAT.gj`."""
    found = re.findall(
        r'<th scope="row"><a [^>]*>([^<]+)</a><wbr>(\.\w+)</th>', client.get(address).text
    )
    return {code + part for code, part in found}


def row(client: FlaskClient, part: str) -> str:
    """Give the row of a part on the list."""
    code, name = part.split(".")
    html = client.get("/facts").text
    return html.split(f"{code}</a><wbr>.{name}</th>")[1].split("</tr>")[0]


def test_every_part_of_the_shipped_facts_is_listed(editor: FlaskClient, session: Session) -> None:
    stored = {f"{v.code}.{v.part}" for v in session.scalars(select(FactValue))}
    assert listed(editor, "/facts") == stored
    assert len(stored) > 200


def test_the_list_is_searched_by_code_part_value_and_source(editor: FlaskClient) -> None:
    assert listed(editor, "/facts?q=f-heat.gj") == {"F-HEAT.gj"}
    assert "F-TEL.geldfit" in listed(editor, "/facts?q=0800-8115")
    assert "F-SAL-1.ends" in listed(editor, "/facts?q=rijksoverheid+sald")
    assert listed(editor, "/facts?q=no+such+thing") == set()


@pytest.mark.parametrize(
    ("show", "there", "not_there"),
    [
        ("expiring", "F-PEF.status", "F-HEAT.gj"),
        ("expired", "F-AMS-WIT.amount", "F-HEAT.gj"),
        ("uncertain", "F-HEAT.fixed", "F-HEAT.gj"),
        ("unchecked", "F-HEAT.gj", "nothing"),
        ("review", "F-HEAT.gj", "F-COOK.gas"),
    ],
)
def test_the_list_narrows_to_what_needs_attention(
    editor: FlaskClient, show: str, there: str, not_there: str
) -> None:
    found = listed(editor, f"/facts?show={show}")
    assert there in found
    assert not_there not in found


def test_a_tariff_that_ends_within_thirty_days_is_shown_until_next_years_is_entered(
    app: Flask, editor: FlaskClient, clock: SettableClock
) -> None:
    enter(app, {})
    assert "F-NEW.gj" not in listed(editor, "/facts?show=expiring")
    clock.set("2026-12-01T10:00:00+01:00")
    editor = inside(app, EDITOR)
    assert "F-NEW.gj" in listed(editor, "/facts?show=expiring")
    enter(app, NEXT_YEAR)
    assert "F-NEW.gj" not in listed(editor, "/facts?show=expiring")
    assert "then €\u00a042,10 / GJ" in row(editor, "F-NEW.gj")


def test_the_day_after_the_last_the_list_says_expired(
    app: Flask, editor: FlaskClient, clock: SettableClock
) -> None:
    enter(app, {})
    clock.set("2026-12-31T23:59:00+01:00")
    assert "expired" not in row(inside(app, EDITOR), "F-NEW.gj")
    clock.set("2027-01-01T00:00:00+01:00")
    expired = row(inside(app, EDITOR), "F-NEW.gj")
    assert "expired" in expired
    assert "does not print any more" in expired


def test_a_checker_reads_and_is_offered_no_change(app: Flask, cast: Cast) -> None:
    (value,) = enter(app, {})
    checker = inside(app, CHECKER)
    page = checker.get("/facts/F-NEW")
    assert page.status_code == 200
    assert "/facts/F-NEW/values/" not in page.text
    assert "/facts/new" not in checker.get("/facts").text
    for address in ("/facts/new", "/facts/F-NEW/new", f"/facts/F-NEW/values/{value}"):
        assert checker.get(address).status_code == 403
        assert checker.post(address, data=_token(checker)).status_code == 403


def test_a_volunteer_has_no_business_here(app: Flask, cast: Cast) -> None:
    assert inside(app, VOLUNTEER).get("/facts").status_code == 403


def test_a_yearly_code_leads_to_its_fact(editor: FlaskClient) -> None:
    answer = editor.get("/facts/F-HEAT-26")
    assert (answer.status_code, answer.location) == (303, "/facts/F-HEAT")


@pytest.mark.parametrize(
    "address", ["/facts/F-NONE", "/facts/F-NONE/new", "/facts/F-HEAT/values/99999", "/facts/x"]
)
def test_what_is_not_there_is_not_found(editor: FlaskClient, address: str) -> None:
    assert editor.get(address).status_code == 404


def test_a_value_is_found_under_its_own_fact_only(app: Flask, editor: FlaskClient) -> None:
    (value,) = enter(app, {})
    assert editor.get(f"/facts/F-HEAT/values/{value}").status_code == 404


def test_a_fact_shows_its_values_its_source_as_a_link_and_what_was_replaced(
    app: Flask, editor: FlaskClient
) -> None:
    (value,) = enter(app, {})
    address = f"/facts/F-NEW/values/{value}"
    fields = fields_of(
        editor.get(address).text.split('id="correct"')[1].join(["<form>", "</form>"])
    )
    editor.post(address, data=fields | {"value": "40,79", "action": "correct"})
    page = editor.get("/facts/F-NEW").text
    assert "€\u00a040,79 / GJ" in page
    assert "1 replaced value" in page
    assert "€\u00a040,97 / GJ" in page.split("replaced value")[1]
    assert '<a href="https://www.acm.nl" rel="noreferrer">https://www.acm.nl</a>' in page


def test_a_source_cannot_smuggle_another_kind_of_address(app: Flask, editor: FlaskClient) -> None:
    enter(app, {"source": 'see javascript:alert(1) or "https://a.nl" x'})
    page = editor.get("/facts/F-NEW").text
    assert 'href="javascript' not in page
    assert '"https://a.nl"' not in page


def test_a_fact_lists_the_answers_and_languages_that_print_it(
    app: Flask, editor: FlaskClient
) -> None:
    use = Use("heat-tariff", "T08", {"nl": "Warmtetarief", "en": "Heat tariff"}, ("ar", "nl"))
    # An answer may name the fact by a yearly code.
    app.extensions["uses_of_facts"] = [lambda _session: {("F-HEAT-26", "gj"): [use]}]
    page = editor.get("/facts/F-HEAT").text
    assert "Heat tariff" in page
    assert '/answers/heat-tariff/ar"' in page
    assert "T08" in row(editor, "F-HEAT.gj")
    assert "T08" not in row(editor, "F-HEAT.fixed")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-12-31", "€\u00a040,97 / GJ"),
        ("2027-01-01", "€\u00a042,10 / GJ"),
        ("2028-01-01", "does not print"),
        ("2025-12-31", "does not print"),
    ],
)
def test_the_preview_says_what_prints_on_a_day(
    app: Flask, editor: FlaskClient, on: str, said: str
) -> None:
    enter(app, {}, NEXT_YEAR)
    preview = editor.get(f"/facts/F-NEW?on={on}").text.split('id="preview"')[1]
    assert said in preview


def test_the_preview_warns_of_an_expired_value_and_of_an_unchecked_one(
    app: Flask, editor: FlaskClient
) -> None:
    enter(app, {"at_expiry": "warn"})
    preview = editor.get("/facts/F-NEW?on=2027-01-01").text.split('id="preview"')[1]
    assert "with a warning: expired" in preview
    assert "marked as not checked" in preview
    assert "€\u00a040,97 / GJ" in preview


def test_the_preview_of_a_day_that_is_none_says_so(app: Flask, editor: FlaskClient) -> None:
    enter(app, {})
    assert "is not a day" in editor.get("/facts/F-NEW?on=2027-02-30").text


def test_an_editor_makes_a_fact(editor: FlaskClient, session: Session) -> None:
    answer = post(editor, "/facts/new", TARIFF | {"checked": "y"})
    assert (answer.status_code, answer.location) == (303, "/facts/F-NEW")
    assert written(session) == ["40.97"]
    assert current(session)[0].checked_by == "editor"


def test_faults_come_back_at_their_fields_with_the_form_kept(
    editor: FlaskClient, session: Session
) -> None:
    answer = post(
        editor, "/facts/new", TARIFF | {"value": "1.882", "valid_until": "2025-01-01", "unit": ""}
    )
    assert answer.status_code == 422
    for field in ("unit", "valid_until"):
        assert f'id="{field}-error"' in answer.text
    answer = post(editor, "/facts/new", TARIFF | {"value": "1.882", "source": "Mine"})
    assert 'id="value-error"' in answer.text
    assert 'value="1.882"' in answer.text
    assert 'value="Mine"' in answer.text
    assert written(session) == []


def test_the_form_of_next_years_value_begins_where_this_years_ends(
    app: Flask, editor: FlaskClient
) -> None:
    enter(app, {})
    fields = fields_of(editor.get("/facts/F-NEW/new?part=gj").text, "/facts/F-NEW/new")
    assert fields["valid_from"] == "2027-01-01"
    assert (fields["unit"], fields["vat"], fields["value"]) == ("euro_per_gj", "incl", "")


def test_a_state_is_chosen_and_counts_for_seven_days(
    editor: FlaskClient, session: Session, clock: SettableClock
) -> None:
    clock.set("2026-12-01T10:00:00+01:00")
    page = editor.get("/facts/F-PEF/new?part=status")
    if page.status_code == 303:  # the sign-in has ended meanwhile
        sign_in(editor, EDITOR)
        page = editor.get("/facts/F-PEF/new?part=status")
    fields = fields_of(page.text, "/facts/F-PEF/new")
    assert fields["valid_from"] == "2026-12-01"
    fields |= {"value": "open", "source": "https://www.rijksoverheid.nl"}
    assert editor.post("/facts/F-PEF/new", data=fields).status_code == 303
    newest = current(session, "F-PEF", "status")[-1]
    assert (newest.value, str(newest.valid_until)) == ("open", "2026-12-08")


def test_an_editor_ends_checks_and_takes_away_from_the_page(
    app: Flask, editor: FlaskClient, session: Session
) -> None:
    enter(app, {"valid_until": ""})

    def send(action: str, **fields: str) -> int:
        page = f"/facts/F-NEW/values/{current(session)[0].id}"
        data = _token(editor) | {"action": action, **fields}
        return editor.post(page, data=data).status_code

    assert send("end", **{"end-valid_until": "2026-06-30"}) == 303
    assert str(current(session)[0].valid_until) == "2026-06-30"
    assert send("check", **{"check-review_by": "2027-03-01"}) == 303
    assert str(current(session)[0].checked_on) == "2026-11-23"
    assert send("end", **{"end-valid_until": "2025-06-30"}) == 422
    assert send("check", **{"check-review_by": "2025-06-30"}) == 422
    assert send("explode") == 400
    assert send("withdraw") == 303
    assert written(session) == []


def test_a_replaced_value_has_no_page_to_change_it_on(app: Flask, editor: FlaskClient) -> None:
    (value,) = enter(app, {})
    address = f"/facts/F-NEW/values/{value}"
    data = _token(editor) | {"action": "check", "check-review_by": ""}
    assert editor.post(address, data=data).status_code == 303
    answer = editor.get(address)
    assert (answer.status_code, answer.location) == (303, "/facts/F-NEW")
