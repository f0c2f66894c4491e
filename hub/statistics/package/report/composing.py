"""The report of a release, composed: what it says and in which order."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from hub.i18n import N_
from hub.statistics.figures.periods import good_releases, previous, year_before
from hub.statistics.figures.wording import period_name
from hub.statistics.figures.words import compared_with, summary
from hub.statistics.package import readme, words
from hub.statistics.package.report.blocks import Block, Heading, Panel, Paragraph, Report
from hub.statistics.package.report.breakdowns import (
    by_area,
    by_hub,
    by_language,
    main_topics_section,
    most_asked_topics,
    not_answered,
    other_breakdowns,
)
from hub.statistics.package.report.matter import Matter
from hub.statistics.package.report.overview import key_figures, movers, over_time
from hub.statistics.package.report.printing import print_report
from hub.statistics.published import Published

Section = Callable[[Matter], Iterator[Block]]
_SECTIONS: Final[tuple[Section, ...]] = (
    key_figures,
    movers,
    over_time,
    main_topics_section,
    most_asked_topics,
    by_area,
    by_language,
    not_answered,
    other_breakdowns,
    by_hub,
)
_TITLE: Final = N_("Questions at the energy help desks, %(period)s")
_PAGE: Final = N_("Page %(number)s of %(count)s")


def make_report(release: Published, earlier: Sequence[Published], language: str) -> bytes:
    """Make the report in a language of the screen; the same values give the same bytes.

    Args:
        release: the release.
        earlier: the releases made before it. Withdrawn ones are not compared with.
        language: `nl` or `en`.
    """
    return print_report(compose(release, earlier, language))


def compose(release: Published, earlier: Sequence[Published], language: str) -> Report:
    """Compose the report; arguments as for `make_report`."""
    good = {**good_releases(earlier), release.period: release}
    before, year_ago = (good.get(step(release.period)) for step in (previous, year_before))
    matter = Matter(release, good, compared_with(release, before, year_ago), language)
    title = words.release_title(release.municipality_name, release.period, language)
    return Report(
        title=title,
        language=language,
        author=release.municipality_name,
        made_on=words.day_of(release.made_at),
        running=title,
        # The blanks stay: only printing knows how many pages there are.
        page_label=words.say(language, _PAGE, number="%(number)s", count="%(count)s"),
        blocks=tuple(_blocks(matter)),
    )


def _blocks(matter: Matter) -> Iterator[Block]:
    release, language = matter.release, matter.language
    period = period_name(release.period, language)
    yield Paragraph(words.publisher(release.municipality_name, language), "kicker")
    yield Heading(matter.say(_TITLE, period=period), 1)
    if release.demonstration:
        yield Paragraph(matter.say(words.DEMONSTRATION), "warning")
    sentences = summary(release, matter.against, language)
    yield Panel(tuple(sentence.text for sentence in sentences))
    yield Paragraph(readme.dot_note(language), "small")
    for section in _SECTIONS:
        yield from section(matter)
    yield Heading(matter.say(readme.PROTECTION))
    for text in readme.protection_notes(release, language):
        yield Paragraph(text)
    yield Heading(matter.say(readme.READING))
    for text in readme.reading_notes(language)[1:]:  # the first stands at the top already
        yield Paragraph(text)
    yield Paragraph(readme.made_note(release, language), "small")
