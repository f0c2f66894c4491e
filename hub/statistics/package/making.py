"""All files of a release from its protected value: the same values give the same bytes."""

from collections.abc import Sequence
from typing import Final

from hub.statistics.package import manifest
from hub.statistics.package.crosstab import cross_tables
from hub.statistics.package.description import write_description
from hub.statistics.package.readme import write_readme
from hub.statistics.package.report.composing import make_report
from hub.statistics.package.table_files import table_facts, write_json, write_table, write_visits
from hub.statistics.package.visits import hub_visits
from hub.statistics.package.workbook import write_workbook
from hub.statistics.protection.files import Meta, write_cells, write_meta
from hub.statistics.published import Published

REPORTS: Final = {"report.pdf": "nl", "report-en.pdf": "en"}


def make_files(
    release: Published,
    earlier: Sequence[Published],
) -> dict[str, bytes]:
    """Make every file of a release, by its name in the folder; the manifest comes last.

    Args:
        release: the release; whether it was withdrawn later leaves no trace in its files.
        earlier: the releases of the municipality made before it, which the report compares
            with. They may be withdrawn; such figures are not compared with.
    """
    meta = Meta(release.threshold, release.plan, release.children)
    tables = {table.name: table for table in cross_tables(release)}
    visits = hub_visits(release)
    texts = {
        "README.txt": write_readme(release),
        "cells.csv": write_cells(release.values),
        "meta.json": write_meta(meta),
        "tables/visits.csv": write_visits(visits),
    }
    for name, table in tables.items():
        texts[f"tables/{name}.csv"] = write_table(table)
        texts[f"tables/{name}.json"] = write_json(table_facts(release, table))
    files = {name: text.encode() for name, text in texts.items()}
    files["workbook.xlsx"] = write_workbook(release, list(tables.values()), visits)
    for name, language in REPORTS.items():
        files[name] = make_report(release, earlier, language)
    files["datapackage.json"] = write_description(release, files, tables).encode()
    files[manifest.NAME] = manifest.write_manifest(release, files).encode()
    return files
