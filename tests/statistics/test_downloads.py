"""Downloads are the stored bytes, for those whose municipality it is, and nobody else."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.statistics.models import Release, ReleaseFile
from hub.statistics.package.making import make_files
from hub.statistics.published import Withdrawal
from tests.statistics import awkward
from tests.statistics.shelf import shelve
from tests.support.cast import (
    ANALYST,
    COORDINATOR,
    EDITOR,
    STRANGE_ANALYST,
    VOLUNTEER,
    Cast,
)
from tests.support.forms import sign_in

RELEASE = awkward.a_month()
FILES = make_files(RELEASE, ())
ADDRESSES = {
    "/statistics/2026-03/topic.csv": ("tables/topic.csv", "text/csv; charset=utf-8"),
    "/statistics/2026-03/topic-hub.json": ("tables/topic-hub.json", "application/json"),
    "/statistics/2026-03/visits.csv": ("tables/visits.csv", "text/csv; charset=utf-8"),
    "/statistics/2026-03.pdf": ("report.pdf", "application/pdf"),
    "/statistics/2026-03.xlsx": (
        "workbook.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
ALL_ADDRESSES = (*ADDRESSES, "/statistics/2026-03.zip")


@pytest.fixture
def shelved(cast: Cast, session: Session) -> None:
    """One release in the database with all its files."""
    shelve(session, [RELEASE])
    number = session.scalars(select(Release.id)).one()
    there = set(session.scalars(select(ReleaseFile.name)))
    for name, content in FILES.items():
        if name not in there:
            digest = hashlib.sha256(content).hexdigest()
            session.add(
                ReleaseFile(
                    release_id=number,
                    name=name,
                    sha256=digest,
                    size=len(content),
                    content=content,
                )
            )
    session.commit()


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_analyst_gets_the_bytes_of_the_release(
    client: FlaskClient, shelved: None, address: str
) -> None:
    sign_in(client, ANALYST)
    answer = client.get(address)
    name, kind = ADDRESSES[address]
    assert answer.status_code == 200
    assert answer.data == FILES[name]
    assert answer.content_type == kind


def test_a_coordinator_gets_them_too(client: FlaskClient, shelved: None) -> None:
    sign_in(client, COORDINATOR)
    assert client.get("/statistics/2026-03.pdf").status_code == 200


def test_the_report_is_in_the_language_of_the_reader(client: FlaskClient, shelved: None) -> None:
    sign_in(client, ANALYST)
    answer = client.get("/statistics/2026-03.pdf", headers={"Accept-Language": "en"})
    assert answer.data == FILES["report-en.pdf"]


def test_the_zip_is_the_whole_folder_and_the_same_bytes_again(
    client: FlaskClient, shelved: None
) -> None:
    sign_in(client, ANALYST)
    first, second = (client.get("/statistics/2026-03.zip") for _ in range(2))
    with zipfile.ZipFile(io.BytesIO(first.data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
    assert first.data == second.data


def test_a_file_is_named_after_municipality_period_and_table(
    client: FlaskClient, shelved: None
) -> None:
    sign_in(client, ANALYST)
    names = {
        "/statistics/2026-03/topic-hub.csv": "GM0363-2026-03-topic-hub.csv",
        "/statistics/2026-03.xlsx": "GM0363-2026-03.xlsx",
    }
    for address, name in names.items():
        said = client.get(address).headers["Content-Disposition"]
        assert said == f'attachment; filename="{name}"'


@pytest.mark.parametrize("address", ALL_ADDRESSES)
def test_what_the_reader_has_is_not_sent_again(
    client: FlaskClient, shelved: None, address: str
) -> None:
    sign_in(client, ANALYST)
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/statistics/2026-03/topic-language.csv",  # no table of a month
        "/statistics/2026-03/cells.csv",
        "/statistics/2026-03/..%2fmanifest.json",
        "/statistics/2026-04.pdf",
        "/statistics/2026-04/topic.csv",
        "/statistics/2026-13.xlsx",
        "/statistics/soon.zip",
        "/statistics/2026-03.pdf?municipality=GM0344",
        "/statistics/2026-03.pdf?municipality=GM9998",
    ],
)
def test_what_is_not_there_or_not_theirs_is_404(
    client: FlaskClient, shelved: None, address: str
) -> None:
    sign_in(client, ANALYST)
    assert client.get(address).status_code == 404


def test_an_analyst_of_another_municipality_gets_404(client: FlaskClient, shelved: None) -> None:
    sign_in(client, STRANGE_ANALYST)
    for address in ALL_ADDRESSES:
        assert client.get(address).status_code == 404
        assert client.get(f"{address}?municipality=GM0363").status_code == 404


@pytest.mark.parametrize("person", [VOLUNTEER, EDITOR], ids=lambda person: person.role)
def test_other_roles_get_403(client: FlaskClient, shelved: None, person: object) -> None:
    sign_in(client, person)
    for address in ALL_ADDRESSES:
        assert client.get(address).status_code == 403


def test_of_a_withdrawn_release_nothing_is_served(
    client: FlaskClient, cast: Cast, session: Session
) -> None:
    gone = Withdrawal(datetime(2026, 11, 21, tzinfo=UTC), "counted twice")
    shelve(session, [replace(RELEASE, withdrawn=gone)])
    sign_in(client, ANALYST)
    for address in ALL_ADDRESSES:
        assert client.get(address).status_code == 404


def test_the_page_of_a_release_stays_a_page(client: FlaskClient, shelved: None) -> None:
    sign_in(client, ANALYST)
    answer = client.get("/statistics/2026-03")
    assert answer.mimetype == "text/html"


def test_the_manifest_in_the_zip_fits_what_was_downloaded_apart(
    client: FlaskClient, shelved: None
) -> None:
    sign_in(client, ANALYST)
    with zipfile.ZipFile(io.BytesIO(client.get("/statistics/2026-03.zip").data)) as archive:
        digests = json.loads(archive.read("manifest.json"))["files"]
    for address, (name, _) in ADDRESSES.items():
        assert hashlib.sha256(client.get(address).data).hexdigest() == digests[name]
