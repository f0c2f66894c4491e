"""A reader with an integer solver, written for the tests alone, and proof that it is awake.

It knows the lists of children and every published figure, and asks of each hidden cell for the
least and the greatest whole number that fits. It shares no code with protection or auditor.
"""

from collections.abc import Iterable, Mapping

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import lil_array

from hub.statistics.protection import Cell, Children


def possible(
    values: Mapping[Cell, int | None], children: Children, cell: Cell, least: int, most: float
) -> bool:
    """Whether some complete whole-number table shows the cell between least and most."""
    order = list(values)
    index = {c: i for i, c in enumerate(order)}
    rows: list[dict[int, float]] = []
    slack: list[float] = []
    for parent in order:
        for dimension, lists in children.items():
            for key, codes in lists.items():
                if key.split("#")[0] != getattr(parent, dimension):
                    continue
                parts = [parent._replace(**{dimension: code}) for code in codes]
                present = [index[p] for p in parts if p in index]
                if present:
                    rows.append({index[parent]: 1.0, **dict.fromkeys(present, -1.0)})
                    slack.append(0.0 if len(present) == len(parts) else np.inf)
        if parent.measure == "visits" and parent._replace(measure="questions") in index:
            questions = index[parent._replace(measure="questions")]
            rows.append({questions: 1.0, index[parent]: -1.0})
            rows.append({index[parent]: 5.0, questions: -1.0})
            slack += [np.inf, np.inf]
    matrix = lil_array((len(rows) + 1, len(order)))
    for number, row in enumerate(rows):
        for column, factor in row.items():
            matrix[number, column] += factor
    matrix[len(rows), index[cell]] = 1
    lower = np.array([0.0 if v is None else v for v in values.values()])
    upper = np.array([np.inf if v is None else v for v in values.values()])
    answer = milp(
        np.zeros(len(order)),
        integrality=np.ones(len(order)),
        bounds=(lower, upper),
        constraints=LinearConstraint(matrix.tocsr(), [0.0] * len(rows) + [least], [*slack, most]),
    )
    return bool(answer.success)


def lost_cells(
    values: Mapping[Cell, int | None],
    children: Children,
    small: Iterable[Cell],
    threshold: int = 5,
) -> list[Cell]:
    """The small cells that cannot be 0, or cannot be at the threshold or above."""
    return [
        cell
        for cell in small
        if not possible(values, children, cell, 0, 0)
        or not possible(values, children, cell, threshold, np.inf)
    ]


def test_the_attacker_undoes_a_table_that_hides_small_cells_only() -> None:
    children = {"topic": {"ALL": ["A", "B"]}}
    values = {Cell(): 12, Cell(topic="A"): 9, Cell(topic="B"): None}
    assert lost_cells(values, children, [Cell(topic="B")]) == [Cell(topic="B")]


def test_the_attacker_finds_nothing_where_a_second_cell_is_hidden() -> None:
    children = {"topic": {"ALL": ["A", "B"]}}
    values = {Cell(): 12, Cell(topic="A"): None, Cell(topic="B"): None}
    assert lost_cells(values, children, [Cell(topic="B")]) == []
