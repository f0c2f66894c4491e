"""Frames, rules and small shapes, all of them artifacts."""

from typing import Final

from hub.sheets.layout.pages import PlacedPart, PlacedRow, SetSheet
from hub.sheets.layout.style import ACCENT, BLACK, HAIRLINE, INK, TINT, WHITE, Colour
from hub.sheets.pdf.canvas import TaggedCanvas

DISC: Final = ACCENT
_KAPPA: Final = 0.5523
_RADIUS: Final = 5.0
_HANG: Final = 9.0  # how far a frame reaches outside the columns


def draw(canvas: TaggedCanvas, result: SetSheet, placed: PlacedPart, height: float) -> None:
    """Draw what stands behind and between the rows of a part on one page."""
    code: list[str] = []
    hang = min(_HANG, result.paper.side * 0.6)
    left = result.paper.side - hang
    width = result.paper.measure + 2 * hang
    pen = _Pen(result, height)
    code += _rules(result, placed, pen)
    for panel, rows in _panel_runs(placed.rows):
        top = rows[0].top - rows[0].row.above
        bottom = rows[-1].top + rows[-1].height + rows[-1].row.below
        near, wide = _reach(rows, left, width, hang)
        code.append(pen.panel(panel, near, top, wide, bottom))
    if placed.part.part.kind == "safety" and placed.rows:
        code.append(_safety(result, placed, pen, left, width))
    if code:
        canvas.begin_artifact()
        canvas.write(" ".join(part for part in code if part))
        canvas.end()


class _Pen:
    """Writes operators; tops are measured down from the top of the page."""

    def __init__(self, result: SetSheet, height: float) -> None:
        self.result = result
        self.height = height

    def _rgb(self, colour: Colour) -> str:
        return " ".join(f"{value:g}" for value in self.result.scale.colour(colour))

    def line(
        self, x1: float, top1: float, x2: float, top2: float, width: float, colour: Colour
    ) -> str:
        """Draw a straight rule."""
        return (
            f"{width:g} w {self._rgb(colour)} RG {x1:.2f} {self.height - top1:.2f} m "
            f"{x2:.2f} {self.height - top2:.2f} l S"
        )

    def frame(
        self, x: float, top: float, width: float, bottom: float, stroke: float, colour: Colour
    ) -> str:
        """Draw a frame with round corners."""
        path = rounded(x, self.height - bottom, width, bottom - top, _RADIUS)
        return f"{stroke:g} w {self._rgb(colour)} RG {path} S"

    def panel(self, panel: str, x: float, top: float, width: float, bottom: float) -> str:
        """Draw the ground and the frame of a panel."""
        path = rounded(x, self.height - bottom, width, bottom - top, _RADIUS)
        tinted = panel == "tint" and not self.result.scale.ink_only
        ground = f"{' '.join(f'{value:g}' for value in (TINT if tinted else WHITE))} rg {path} f"
        if panel == "dashed":
            frame = f"[2.2 2.2] 0 d {self.frame(x, top, width, bottom, 0.7, INK)} [] 0 d"
        elif panel == "solid":
            frame = self.frame(x, top, width, bottom, 1.6, INK)
        else:
            frame = self.frame(x, top, width, bottom, 1.3, ACCENT)
        return f"{ground} {frame}"


def _panel_runs(rows: list[PlacedRow]) -> list[tuple[str, list[PlacedRow]]]:
    """Group neighbouring rows of one panel."""
    runs: list[tuple[str, list[PlacedRow]]] = []
    previous = ""
    for row in rows:
        panel = row.row.panel
        if panel and panel == previous:
            runs[-1][1].append(row)
        elif panel:
            runs.append((panel, [row]))
        previous = panel
    return runs


def _reach(rows: list[PlacedRow], left: float, width: float, hang: float) -> tuple[float, float]:
    """Give the left edge and the width of a panel: one column where only that one speaks."""
    filled = [
        (edge, cell.width)
        for row in rows
        for edge, cell in zip(row.row.edges, row.row.cells, strict=True)
        if cell
    ]
    if len({edge for edge, _ in filled}) == 1 and len(rows[0].row.cells) > 1:
        return filled[0][0] - hang, filled[0][1] + 2 * hang
    return left, width


def _rules(result: SetSheet, placed: PlacedPart, pen: _Pen) -> list[str]:
    """Draw hairlines between steps and amounts, the rule between columns, and above an ending."""
    paper = result.paper
    left, right = paper.side, paper.side + paper.measure
    code = []
    for row in placed.rows:
        if row.row.hairline and row.first and row is not placed.rows[0]:
            top = row.top - row.row.above - row.row.before / 2
            code.append(pen.line(left, top, right, top, 0.5, HAIRLINE))
    divider = placed.part.divider
    kind = placed.part.part.kind
    if divider and placed.rows and kind in ("answer", "safety"):
        top, bottom = placed.rows[0].top, placed.rows[-1].top + placed.rows[-1].height
        code.append(pen.line(divider, top, divider, bottom, 0.5, HAIRLINE))
    if kind == "ending" and placed.rows:
        first = placed.rows[0].top - placed.rows[0].row.above
        top = min(first, placed.aside_top if placed.aside_top is not None else first)
        top -= 3.5 if result.scale.dense else result.scale.body * 0.55
        code.append(pen.line(left, top, right, top, 1.0, ACCENT))
    return code


def _safety(result: SetSheet, placed: PlacedPart, pen: _Pen, left: float, width: float) -> str:
    """Draw the heavy frame of the safety card."""
    reach = min(5.0, left * 0.4)
    pad = result.scale.body * 0.55
    top = placed.rows[0].top - pad
    bottom = placed.rows[-1].top + placed.rows[-1].height + pad
    return pen.frame(left - reach, top, width + 2 * reach, bottom, 2.6, BLACK)


def rounded(x: float, y: float, width: float, height: float, radius: float) -> str:
    """Give the path of a rectangle with round corners, from its lower left corner."""
    r = min(radius, width / 2, height / 2)
    k = r * (1 - _KAPPA)
    right, upper = x + width, y + height
    return (
        f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
        f"{right - k:.2f} {y:.2f} {right:.2f} {y + k:.2f} {right:.2f} {y + r:.2f} c "
        f"{right:.2f} {upper - r:.2f} l "
        f"{right:.2f} {upper - k:.2f} {right - k:.2f} {upper:.2f} {right - r:.2f} {upper:.2f} c "
        f"{x + r:.2f} {upper:.2f} l "
        f"{x + k:.2f} {upper:.2f} {x:.2f} {upper - k:.2f} {x:.2f} {upper - r:.2f} c "
        f"{x:.2f} {y + r:.2f} l "
        f"{x:.2f} {y + k:.2f} {x + k:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h"
    )


def disc(x: float, y: float, size: float, colour: Colour) -> str:
    """Give a filled disc in a square."""
    code = " ".join(f"{value:g}" for value in colour)
    return f"{code} rg {rounded(x, y, size, size, size / 2)} f"


def tick_box(x: float, y: float, size: float) -> str:
    """Give an empty box to tick."""
    return f"0.9 w 0 G {x:.2f} {y:.2f} {size:.2f} {size:.2f} re S"
