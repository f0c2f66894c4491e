"""Looking cells and lists of codes up in a release."""

from collections.abc import Sequence

from hub.statistics.figures.known import Value
from hub.statistics.protection import ALL, QUESTIONS, VISITS, Cell
from hub.statistics.published import Published


def cell_of(release: Published, topic: str = ALL, dimension: str = "", code: str = ALL) -> Cell:
    """Give the cell of questions for a topic and one code of one other dimension."""
    if not dimension:
        return Cell(QUESTIONS, topic, period=release.period)
    return Cell(QUESTIONS, topic, period=release.period, **{dimension: code})


def value(release: Published, topic: str = ALL, dimension: str = "", code: str = ALL) -> Value:
    """Give the count of questions; None where it is hidden or not in the plan."""
    return release.values.get(cell_of(release, topic, dimension, code))


def visits(release: Published, hub: str = ALL) -> Value:
    """Give the count of visits of a hub or of all."""
    return release.values.get(Cell(VISITS, hub=hub, period=release.period))


def is_planned(release: Published, topic: str, dimension: str = "", code: str = ALL) -> bool:
    """Tell whether the release has this cell, shown or hidden."""
    return cell_of(release, topic, dimension, code) in release.values


def level(release: Published, table: str) -> str:
    """Give the level of topics of a table, `main` or `topic`; empty where it is not offered."""
    levels = {planned["name"]: planned["level"] for planned in release.plan["tables"]}
    return str(levels.get(table, ""))


def main_topics(release: Published) -> Sequence[str]:
    """Give the main topics in the order of the plan."""
    return release.children["topic"][ALL]


def topics_below(release: Published, main: str) -> Sequence[str]:
    """Give the topics of a main topic in the order of the plan."""
    return release.children["topic"].get(main, ())


def all_topics(release: Published, table: str = "topic") -> list[str]:
    """Give the finest topics that a table holds, in the order of the plan."""
    if level(release, table) != "topic":
        return list(main_topics(release))
    return [t for main in main_topics(release) for t in (topics_below(release, main) or (main,))]


def main_of(release: Published, topic: str) -> str:
    """Give the main topic that a topic belongs to; itself where it is one."""
    return next((m for m in main_topics(release) if topic in topics_below(release, m)), topic)


def codes(release: Published, dimension: str, part: str = "") -> list[str]:
    """Give the codes of a dimension in the order of the plan; of areas, those of one part.

    Args:
        release: the release.
        dimension: such as `language`.
        part: for areas `district` (the default), `neighbourhood` or `project`.
    """
    lists = release.children.get(dimension, {})
    top = list(lists.get(ALL, ()))
    if part == "neighbourhood":
        return [child for district in top for child in lists.get(district, ())]
    if part == "project":
        return [code for code in lists if code not in (ALL, *top) and "#" not in code]
    return top
