"""``datapackage.json``: the files and their fields, and the data set as DCAT-AP-NL describes one.

Source: the Data Package and Table Schema specifications (version 1), and the Dutch application
profile of DCAT. Its terms stand under `dcat`, with their context, so that a catalogue can take
that part over as JSON-LD. Municipalities are named by their address in the register of Dutch
governmental organisations (TOOI).
"""

import calendar
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date
from typing import Any, Final

from hub.i18n import N_
from hub.statistics.package import table_files, words
from hub.statistics.package.crosstab import CrossTable
from hub.statistics.plan import months_of, period_kind
from hub.statistics.protection.cells import DIMENSIONS
from hub.statistics.published import Published

_DESCRIPTION: Final = N_(
    "Questions that residents asked at the energy help desks of %(municipality)s, by topic and by "
    "one other thing. Small numbers are hidden so that they cannot be found by subtraction "
    "either; all other figures are exact and never change."
)
_LICENCE: Final = {
    "name": "CC0-1.0",
    "title": "Creative Commons CC0 1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/deed.nl",
}
_EU: Final = "http://publications.europa.eu/resource/authority"
_THEMES: Final = (f"{_EU}/data-theme/ENER", f"{_EU}/data-theme/SOCI")
_FREQUENCIES: Final = {
    "month": f"{_EU}/frequency/MONTHLY",
    "quarter": f"{_EU}/frequency/QUARTERLY",
    "year": f"{_EU}/frequency/ANNUAL",
}
_CONTEXT: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_FORMATS: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_KEYWORDS: Final = ("energie", "energiehub", "energiearmoede", "warmtenet", "isolatie")

Tables = Mapping[str, CrossTable]


def write_description(release: Published, files: Mapping[str, bytes], tables: Tables) -> str:
    """Text of the file.

    Args:
        files: name in the folder -> content; every one becomes a resource.
        tables: the tables of the release by name.
    """
    first, last = days_of(release.period)
    title = words.release_title(release.municipality_name, release.period, "nl")
    facts = {
        "profile": "data-package",
        "name": identifier(release),
        "title": title,
        "description": _in(release, "nl", _DESCRIPTION),
        "homepage": _municipality(release),
        "version": str(release.id),
        "created": release.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "keywords": list(_KEYWORDS),
        "licenses": [_LICENCE],
        "contributors": [
            {"title": words.publisher(release.municipality_name, "nl"), "role": "publisher"}
        ],
        "demonstration": release.demonstration,
        "spatial": release.municipality,
        "temporal": {"start": first.isoformat(), "end": last.isoformat()},
        "dcat": _dcat(release),
        "resources": [_resource(name, files[name], tables) for name in files],
    }
    return json.dumps(facts, indent=1, ensure_ascii=False) + "\n"


def days_of(period: str) -> tuple[date, date]:
    """Give the first and the last day of a period."""
    months = months_of(period)
    year, month = int(months[-1][:4]), int(months[-1][5:])
    last = calendar.monthrange(year, month)[1]
    return date(year, int(months[0][5:]), 1), date(year, month, last)


def identifier(release: Published) -> str:
    """Give the identifier of the data set: the same however often a period is released."""
    return f"energiehubs-{release.municipality}-{release.period}".lower()


def _municipality(release: Published) -> str:
    return f"https://identifier.overheid.nl/tooi/id/gemeente/{release.municipality.lower()}"


def _in(release: Published, language: str, message: str) -> str:
    return words.say(language, message, municipality=release.municipality_name)


def _both(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": text, "@language": language} for language, text in texts.items()]


def _dcat(release: Published) -> dict[str, Any]:
    """Give what the Dutch profile asks of a data set."""
    first, last = days_of(release.period)
    titles, descriptions, names = {}, {}, {}
    for lang in words.LANGUAGES:
        titles[lang] = words.release_title(release.municipality_name, release.period, lang)
        descriptions[lang] = _in(release, lang, _DESCRIPTION)
        names[lang] = words.publisher(release.municipality_name, lang)
    municipality = {"@id": _municipality(release), "@type": "foaf:Agent", "foaf:name": _both(names)}
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Dataset",
        "dct:identifier": identifier(release),
        "dct:title": _both(titles),
        "dct:description": _both(descriptions),
        "dct:publisher": municipality,
        "dct:creator": {"@id": _municipality(release)},
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": names["nl"]},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:license": {"@id": _LICENCE["path"]},
        "dcat:theme": [{"@id": theme} for theme in _THEMES],
        "dcat:keyword": [{"@value": word, "@language": "nl"} for word in _KEYWORDS],
        "dct:language": [{"@id": f"{_EU}/language/{code}"} for code in ("NLD", "ENG")],
        "dct:spatial": {"@id": _municipality(release)},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": first.isoformat(), "@type": "xsd:date"},
            "dcat:endDate": {"@value": last.isoformat(), "@type": "xsd:date"},
        },
        "dct:accrualPeriodicity": {"@id": _FREQUENCIES[period_kind(release.period)]},
        "dct:issued": {
            "@value": release.made_at.astimezone(UTC).date().isoformat(),
            "@type": "xsd:date",
        },
    }


def _resource(name: str, content: bytes, tables: Tables) -> dict[str, Any]:
    stem, kind = name.rsplit(".", 1)
    facts: dict[str, Any] = {
        "name": f"{stem}-{kind}".lower() if kind != "csv" else stem.lower(),
        "path": name,
        "type": "table" if kind == "csv" else "file",
        "format": kind,
        "mediatype": _FORMATS[kind],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if kind not in {"csv", "json", "txt"}:
        del facts["encoding"]
    if kind == "csv":
        facts["profile"] = "tabular-data-resource"
        facts["schema"] = _schema(stem, tables)
    return facts


def _schema(stem: str, tables: Tables) -> dict[str, Any]:
    """Give the fields of a CSV. An `x` is a figure that is not shown."""
    if stem == "cells":
        codes = [_text(name, words.DIMENSIONS[name]) for name in ("measure", *DIMENSIONS)]
        return {
            "fields": [*codes, _count("value", words.DIMENSIONS["value"])],
            "missingValues": [table_files.HIDDEN],
            "primaryKey": ["measure", *DIMENSIONS],
        }
    if stem == "tables/visits":
        texts = [_text(name) for name in table_files.VISIT_FIELDS[:3]]
        hours = [{"name": name, "type": "number"} for name in table_files.VISIT_FIELDS[4:]]
        return {
            "fields": [*texts, _count("visits"), *hours],
            "missingValues": [table_files.HIDDEN, ""],
            "primaryKey": "hub",
        }
    table = tables[stem.removeprefix("tables/")]
    titles = table_files.column_titles(table.columns)
    level = {"constraints": {"enum": ["total", "main", "topic"]}}
    return {
        "fields": [
            _text("topic", words.DIMENSIONS["topic"]),
            _text("level") | level,
            _text("label_nl"),
            _text("label_en"),
            *(
                _count(title) | {"code": head.code}
                for title, head in zip(titles, table.columns, strict=True)
            ),
        ],
        "missingValues": [table_files.HIDDEN],
        "primaryKey": "topic",
    }


def _text(name: str, title: str = "") -> dict[str, Any]:
    return {"name": name, "type": "string"} | _titled(title)


def _count(name: str, title: str = "") -> dict[str, Any]:
    return {"name": name, "type": "integer"} | _titled(title)


def _titled(title: str) -> dict[str, str]:
    return {"title": words.say("nl", title)} if title else {}
