"""What stands above and below the answers: the desk, the return code, dates, privacy."""

from datetime import date

from hub.sheets import labels
from hub.sheets.blocks import Aside, Block, Column, Part, Side
from hub.sheets.checks import cleaned
from hub.sheets.content import SheetFrame
from hub.sheets.labels import label
from hub.sheets.languages import tongue

_DOT = " · "


def brand_side(language: str, frame: SheetFrame) -> Side:
    """Give the line at the top: what this paper is, and which desk gave it."""
    word = label(language, labels.ADVICE_SHEET).side()
    if frame.hub is None:
        return word
    name = cleaned(frame.hub.name, "nl", "hub, name")
    return Side(word.language, word.direction, f"{word.text}{_DOT}\u2068{name}\u2069")


def running_side(frame: SheetFrame) -> Side:
    """Give the line at the foot of every page: the desk and its telephone."""
    if frame.hub is None:
        return Side("nl", "ltr", "")
    parts = [frame.hub.name, frame.hub.phone]
    text = _DOT.join(cleaned(part, "nl", "hub") for part in parts if part)
    return Side("nl", "ltr", text)


def ending_part(frame: SheetFrame, columns: tuple[Column, ...]) -> Part:
    """Give the last part: return code, promises, dates, privacy, and where the desk is."""
    languages = [column.language for column in columns]
    blocks: list[Block] = []
    if frame.return_code:
        blocks.append(_notes(languages, labels.RETURN_CODE_USE, labels.RETURN_CODE))
    if frame.call_back_on:
        blocks.append(Block("promise", _dated(languages, labels.CALL_BACK, frame.call_back_on)))
    if frame.valid_until:
        blocks.append(Block("small", _dated(languages, labels.VALID_UNTIL, frame.valid_until)))
    blocks.append(Block("small", tuple(label(code, labels.PRIVACY).side() for code in languages)))
    blocks.append(Block("small", tuple(_printed(code, frame) for code in languages)))
    blocks += _hub(frame, len(columns))
    return Part("ending", columns, tuple(blocks), aside=_aside(frame, languages[0]))


def _notes(languages: list[str], message: str, lead: str) -> Block:
    return Block(
        "promise", tuple(label(code, message).side(label(code, lead).text) for code in languages)
    )


def _dated(languages: list[str], message: str, day: date) -> tuple[Side, ...]:
    return tuple(label(code, message, date=day).side() for code in languages)


def _printed(language: str, frame: SheetFrame) -> Side:
    version = cleaned(frame.version, language, "version")
    return label(language, labels.PRINTED, date=frame.printed_on, version=version).side()


def _hub(frame: SheetFrame, columns: int) -> list[Block]:
    """Give the desk's own line, in Dutch, under the last column's language."""
    if frame.hub is None:
        return []
    hub = frame.hub
    pieces = [hub.name, hub.address, hub.phone, *hub.hours]
    text = _DOT.join(cleaned(piece, "nl", "hub") for piece in pieces if piece)
    side = Side("nl", tongue("nl").direction, text)
    return [Block("hub", (*(None for _ in range(columns - 1)), side))]


def _aside(frame: SheetFrame, language: str) -> Aside | None:
    if not frame.return_code and not frame.web_address:
        return None
    address = frame.web_address or ""
    alternative = label(language, labels.QR_ALTERNATIVE, address=address)
    code = cleaned(frame.return_code or "", "nl", "return_code")
    caption = label(language, labels.ONLINE)
    return Aside(code, address, alternative.text, caption.text, alternative.language)
