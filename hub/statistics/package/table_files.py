"""``tables/<name>.csv`` for people and the same table as JSON for pages; hidden figures are `x`.

A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula. Names of hubs and
areas are typed by people, so such a name gets an apostrophe in front. Figures need none: they
are whole numbers without a sign.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from hub.i18n import N_
from hub.statistics.package import words
from hub.statistics.package.crosstab import CrossTable, Head
from hub.statistics.package.visits import HubVisits
from hub.statistics.published import Published

HIDDEN: Final = "x"
ROW_FIELDS: Final = ("topic", "level", "label_nl", "label_en")
VISIT_FIELDS: Final = ("hub", "label_nl", "label_en", "visits", "open_hours", "visits_per_hour")
VISITS_TITLE: Final = N_("Visits per hub and open hour")
_FORMULA: Final = ("=", "+", "-", "@")


def write_table(table: CrossTable) -> str:
    """Text of the CSV: one line per topic, the total first; one column per code across."""
    heads = [*ROW_FIELDS, *column_titles(table.columns)]
    lines = (
        (row.code, row.level, row.names["nl"], row.names["en"], *map(figure, values))
        for row, values in zip(table.rows, table.values, strict=True)
    )
    return _csv(heads, lines)


def write_visits(rows: Sequence[HubVisits]) -> str:
    """Text of the CSV of visits per hub. Hours that are not known are left empty."""
    lines = (
        (row.code, row.names["nl"], row.names["en"], figure(row.visits), _hours(row), _rate(row))
        for row in rows
    )
    return _csv(VISIT_FIELDS, lines)


def column_titles(columns: Sequence[Head]) -> list[str]:
    """Give each column one title: its names in both languages, its code where two are alike."""
    titles = [_both(column) for column in columns]
    count = Counter([*titles, *ROW_FIELDS])
    return [
        title if count[title] == 1 else f"{title} ({column.code})"
        for title, column in zip(titles, columns, strict=True)
    ]


def table_facts(release: Published, table: CrossTable) -> dict[str, Any]:
    """Give a table as plain values for JSON."""
    return {
        "table": table.name,
        "title": {lang: words.table_title(table.name, lang) for lang in words.LANGUAGES},
        "municipality": release.municipality,
        "municipality_name": release.municipality_name,
        "period": release.period,
        "demonstration": release.demonstration,
        "measure": "questions",
        "threshold": release.threshold,
        "hidden": HIDDEN,
        "dimension": table.dimension,
        "columns": [{"code": head.code, **head.names} for head in table.columns],
        "rows": [
            {
                "code": row.code,
                "level": row.level,
                **row.names,
                "values": [HIDDEN if value is None else value for value in values],
            }
            for row, values in zip(table.rows, table.values, strict=True)
        ],
    }


def write_json(facts: dict[str, Any]) -> str:
    """Text of a JSON file: one line per row of the table, so that it can be read and compared."""
    rows = ",\n".join(f"  {_line(row)}" for row in facts["rows"])
    head = ",\n".join(
        f" {_line(name)}: {_line(value)}" for name, value in facts.items() if name != "rows"
    )
    return f'{{\n{head},\n "rows": [\n{rows}\n ]\n}}\n'


def figure(value: int | None) -> str:
    """Give a figure as it stands in a file."""
    return HIDDEN if value is None else str(value)


def safe(text: str) -> str:
    """Give a text on one line that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(_FORMULA) else line


def _both(head: Head) -> str:
    dutch, english = head.names["nl"], head.names["en"]
    return safe(dutch if dutch == english else f"{dutch} / {english}")


def _hours(row: HubVisits) -> str:
    return "" if row.hours is None else f"{row.hours.normalize():f}"


def _rate(row: HubVisits) -> str:
    if row.visits is None:
        return HIDDEN
    return "" if row.per_hour is None else f"{row.per_hour:f}"


def _csv(heads: Iterable[str], lines: Iterable[Sequence[str | Decimal]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([safe(str(value)) for value in line] for line in lines)
    return text.getvalue()


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
