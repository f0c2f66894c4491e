"""The gate: nothing is published without its proof and without the auditor's leave."""

from collections.abc import Mapping
from typing import Final

from hub.i18n import N_
from hub.refusal import Refusal
from hub.statistics.auditor import Exported, examine, parse_release
from hub.statistics.protection import Cell
from hub.statistics.protection.files import write_cells, write_meta
from hub.statistics.published import Checked
from hub.statistics.releases.assembling import Draft

_MOST_FINDINGS: Final = 1000


class GateRefusal(Refusal):
    """The gate stays shut; `findings` are for the administrator alone, one line each."""

    def __init__(self, period: str, findings: tuple[str, ...]) -> None:
        super().__init__(
            N_("%(period)s was not published: what was found could tell of single visitors, or "
               "is not proved. `hub release list` shows it (%(count)s)."),
            period=period,
            count=len(findings),
        )  # fmt: skip
        self.period = period
        self.findings = findings[:_MOST_FINDINGS]


def require_audit(
    draft: Draft, municipality_code: str, values: Mapping[Cell, int | None]
) -> Checked:
    """Let the auditor attack all files of the year together, with the truth in its hands.

    `values` are those of the new release. Raises GateRefusal when it finds anything.
    """
    exported = [
        _exported(f"release {release.id}", release.cells_text, release.meta_text, municipality_code)
        for release in draft.year
    ]
    new = _exported("new", write_cells(values), write_meta(draft.meta), municipality_code)
    truth = {tuple(cell): number for cell, number in draft.truth.items()}
    done = examine([*exported, new], truth, {tuple(cell) for cell in draft.small})
    if done.findings:
        raise GateRefusal(draft.period, tuple(str(finding) for finding in done.findings))
    return Checked(done.cells, done.hidden, done.tables)


def require_same(
    draft: Draft, values: Mapping[Cell, int | None], files: Mapping[str, bytes]
) -> None:
    """Refuse files that say anything else than what was audited. Raises GateRefusal."""
    audited = {"cells.csv": write_cells(values), "meta.json": write_meta(draft.meta)}
    for name, text in audited.items():
        if files[name] != text.encode():
            raise GateRefusal(draft.period, (f"files: {name} is not what was audited",))


def _exported(name: str, cells: str, meta: str, municipality_code: str) -> Exported:
    return parse_release(name, cells, meta, municipality=municipality_code)
