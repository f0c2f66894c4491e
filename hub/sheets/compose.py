"""From filled answer texts to a composed sheet. Pure: no clock, no files but the catalogues."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest

from hub.i18n import N_
from hub.sheets import labels
from hub.sheets.blocks import Block, Column, Part, PartKind, Role, Sheet, Side
from hub.sheets.checks import cleaned
from hub.sheets.content import WRITING_LINE, FilledText, Format, SheetAnswer, SheetFrame
from hub.sheets.ending import brand_side, ending_part, running_side
from hub.sheets.formats import check_format
from hub.sheets.labels import label
from hub.sheets.languages import tongue
from hub.sheets.pictograms import unknown_pictogram
from hub.sheets.refusals import SheetRefused

_NO_ANSWER = N_("A sheet needs at least one answer. Choose an answer first.")

_NO_TITLE = N_("The answer %(answer)s has no title in %(language)s. Give it one.")

_Texts = tuple[FilledText | None, ...]


def compose(answers: Sequence[SheetAnswer], frame: SheetFrame, format: Format) -> Sheet:  # noqa: A002
    """Arrange the answers, safety card first, as a frozen sheet in the given format.

    On A4 two languages stand in columns; in large print, on A5 and on a receipt the second
    follows the first. Raises `SheetRefused` naming the block and the remedy.
    """
    check_format(format)
    if not answers:
        raise SheetRefused(_NO_ANSWER, field="answers")
    ordered = sorted(answers, key=lambda answer: not answer.safety)
    languages = _languages(ordered, frame)
    ordered = [_told_in_each(answer, languages) for answer in ordered]
    if len(languages) == 2 and (format.paper != "a4" or format.large):
        parts = [
            *_run(ordered, frame, languages[:1], new_page=False),
            *_run(ordered, frame, languages[1:], new_page=format.paper != "receipt"),
        ]
    else:
        parts = _run(ordered, frame, languages, new_page=False)
    title = _title(ordered, languages)
    return Sheet(
        title=title,
        language=languages[0],
        format=format,
        parts=tuple(parts),
        running=running_side(frame),
        page_labels=tuple(_page_label(language) for language in languages),
        author=frame.hub.name if frame.hub else labels.ADVICE_SHEET,
        printed_on=frame.printed_on,
    )


def _page_label(language: str) -> Side:
    return label(language, labels.PAGE, number="%(number)s", count="%(count)s").side()


def _languages(answers: Sequence[SheetAnswer], frame: SheetFrame) -> tuple[str, ...]:
    """Give the columns' languages in reading order: the resident's first."""
    dutch = answers[0].dutch.language
    tongue(frame.language)
    if all(answer.resident is None for answer in answers):
        return (dutch,)
    missing = any(answer.resident is None for answer in answers)
    if frame.beside or missing:
        return (frame.language, dutch)
    return (frame.language,)


def _title(answers: Sequence[SheetAnswer], languages: tuple[str, ...]) -> str:
    """Give the title of the file: the first answer's, in every language of the sheet."""
    texts = [_text_in(answers[0], language) for language in languages]
    return " / ".join(dict.fromkeys(text.title for text in texts if text))


def _text_in(answer: SheetAnswer, language: str) -> FilledText | None:
    if answer.resident is not None and answer.resident.language == language:
        return answer.resident
    return answer.dutch if answer.dutch.language == language else None


def _told_in_each(answer: SheetAnswer, languages: Sequence[str]) -> SheetAnswer:
    """Let what was wrong in one language of the sheet be told in each of them."""
    if not any(text.recalled for code in languages if (text := _text_in(answer, code))):
        return answer
    resident = replace(answer.resident, recalled=True) if answer.resident else None
    return replace(answer, resident=resident, dutch=replace(answer.dutch, recalled=True))


def _run(
    answers: Sequence[SheetAnswer],
    frame: SheetFrame,
    languages: tuple[str, ...],
    new_page: bool,
) -> list[Part]:
    """Give the parts of a sheet, or of one language's half of it."""
    columns = tuple(Column(language, tongue(language).direction) for language in languages)
    opening = []
    if frame.demonstration:
        opening.append(_labels("demonstration", languages, labels.DEMONSTRATION))
    opening.append(Block("brand", tuple(brand_side(language, frame) for language in languages)))
    parts = [Part("opening", columns, tuple(opening), new_page=new_page)]
    parts += [_answer_part(answer, frame, columns) for answer in answers]
    return [*parts, ending_part(frame, columns)]


@lru_cache(maxsize=512)
def _labels(role: Role, languages: tuple[str, ...], message: str, pictogram: str = "") -> Block:
    return Block(role, tuple(label(code, message).side() for code in languages), pictogram)


def _answer_part(answer: SheetAnswer, frame: SheetFrame, columns: tuple[Column, ...]) -> Part:
    languages = tuple(column.language for column in columns)
    texts = tuple(_text_in(answer, language) for language in languages)
    _refuse_unprintable(answer, texts)
    checked = tuple(_Checked(answer, text) if text else None for text in texts)
    kind: PartKind = "safety" if answer.safety else "answer"
    kicker = labels.SAFETY if answer.safety else labels.PICTOGRAMS[answer.pictogram]
    picture = "warning" if answer.safety else answer.pictogram
    blocks = [_labels("kicker", languages, kicker, picture)]
    blocks += _row("title", [c.field("title") if c else None for c in checked])
    blocks += _marks(answer, texts, frame, languages)
    blocks += _first(checked)
    blocks += _row("gist", [c.field("gist") if c else None for c in checked])
    blocks += _list("step", checked, "steps", _labels("heading", languages, labels.WHAT_TO_DO))
    blocks += _list("tick", checked, "bring", _labels("heading", languages, labels.BRING))
    blocks += _amounts(checked, _labels("heading", languages, labels.AMOUNTS))
    for name, message in (("come_back", labels.COME_BACK), ("referral", labels.REFERRAL)):
        blocks += _row(
            "note", [c.field(name, label(c.language, message).text) if c else None for c in checked]
        )
    titles = [text.title for text in texts if text]
    return Part(kind, columns, tuple(blocks), bookmark=titles[0] if titles else answer.slug)


def _refuse_unprintable(answer: SheetAnswer, texts: _Texts) -> None:
    """An answer needs a title in each of its languages, and a pictogram that is drawn."""
    for text in texts:
        if text and not text.title.strip():
            raise SheetRefused(_NO_TITLE, field="title", answer=answer.slug, language=text.language)
    if answer.pictogram not in labels.PICTOGRAMS:
        raise unknown_pictogram(answer.pictogram, labels.PICTOGRAMS)


class _Checked:
    """One filled text, giving its fields as sides once their characters have been checked."""

    def __init__(self, answer: SheetAnswer, text: FilledText) -> None:
        self.text = text
        self.language = text.language
        self.direction = tongue(text.language).direction
        self._where = f"{answer.slug} ({text.language})"

    def side(self, text: str, place: str, lead: str = "") -> Side | None:
        """Make a side of a text, or nothing of an empty one."""
        clean = cleaned(text, self.language, f"{self._where}, {place}")
        return Side(self.language, self.direction, clean, lead) if clean else None

    def field(self, name: str, lead: str = "") -> Side | None:
        """Make a side of the field of that name."""
        return self.side(getattr(self.text, name), name, lead)

    def sides(self, name: str) -> list[Side | None]:
        """Make sides of a field that holds several texts, leaving out empty ones."""
        made = [
            self.side(text, f"{name} {number}")
            for number, text in enumerate(getattr(self.text, name), start=1)
        ]
        return [side for side in made if side]

    def amounts(self) -> list[Side]:
        """Make sides of the amounts, each with its label as lead."""
        made = []
        for number, (name, value) in enumerate(self.text.amounts, start=1):
            place = f"amounts {number}"
            label_side = self.side(name, place)
            lead = label_side.text if label_side else ""
            side = self.side(value.strip() or WRITING_LINE, place, lead)
            if side:
                made.append(side)
        return made


_CheckedTexts = tuple[_Checked | None, ...]


def _row(role: Role, sides: Sequence[Side | None], pictogram: str = "") -> list[Block]:
    """Give one block, or none where every side is empty."""
    return [Block(role, tuple(sides), pictogram)] if any(sides) else []


def _list(role: Role, texts: _CheckedTexts, name: str, heading: Block) -> list[Block]:
    """Give a heading and one block for each entry, numbered where they are steps."""
    rows = list(zip_longest(*(text.sides(name) if text else [] for text in texts)))
    blocks = []
    for number, sides in enumerate(rows, start=1):
        lead = str(number) if role == "step" else ""
        blocks.append(Block(role, tuple(_with_lead(side, lead) for side in sides)))
    return [heading, *blocks] if blocks else []


def _with_lead(side: Side | None, lead: str) -> Side | None:
    return Side(side.language, side.direction, side.text, lead) if side else None


def _first(texts: _CheckedTexts) -> list[Block]:
    """Give the lines of the box: who, what, before when, where."""
    blocks: list[Block] = []
    for name, message, pictogram in (
        ("who", labels.WHO, "person"),
        ("what", labels.WHAT, "hand"),
        ("before", labels.BEFORE, "calendar"),
        ("where", labels.WHERE, "place"),
    ):
        sides = []
        for text in texts:
            box = text.text.first if text else None
            side = None
            if text and box:
                lead = label(text.language, message).text
                side = text.side(getattr(box, name), f"first.{name}", lead)
            sides.append(side)
        blocks += _row("first", sides, pictogram)
    return blocks


def _amounts(texts: _CheckedTexts, heading: Block) -> list[Block]:
    """Give a heading and the rows of the small table of amounts.

    A row without an amount gets a writing line.
    """
    columns = [text.amounts() if text else [] for text in texts]
    blocks = [Block("amount", tuple(sides)) for sides in zip_longest(*columns)]
    return [heading, *blocks] if blocks else []


def _marks(
    answer: SheetAnswer, texts: _Texts, frame: SheetFrame, languages: tuple[str, ...]
) -> list[Block]:
    """Give that something was wrong, the status of each text, and what is unsure about it."""
    blocks = []
    if any(text is not None and text.recalled for text in texts):
        blocks.append(_labels("mark", languages, labels.RECALLED, "warning"))
    sides = [_mark(answer, text, language) for text, language in zip(texts, languages, strict=True)]
    blocks += _row("mark", sides, "pencil")
    if answer.resident is None and frame.language not in languages:
        note = label(frame.language, labels.NOT_AVAILABLE).side()
        blocks.insert(0, Block("mark", (note, *(None for _ in languages[1:])), "pencil"))
    return blocks


def _mark(answer: SheetAnswer, text: FilledText | None, language: str) -> Side | None:
    if text is None:
        return label(language, labels.NOT_AVAILABLE).side()
    sentences = [
        cleaned(mark, language, f"{answer.slug} ({language}), marks") for mark in text.marks
    ]
    if text.status in labels.STATUS:
        status = label(language, labels.STATUS[text.status])
        if status.language != language:
            return status.side()
        sentences.insert(0, status.text)
    joined = " ".join(sentences)
    return Side(language, tongue(language).direction, joined) if joined else None
