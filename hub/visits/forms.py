"""The desk's form, and what stands in it as an entry for the domain.

The form only reads; what is allowed is decided by `entry.faults`, for form and file alike.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from uuid6 import uuid7
from werkzeug.datastructures import MultiDict
from wtforms import (  # type: ignore[attr-defined]  # its stubs do not know SelectChoice yet
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    StringField,
)

from hub.forms import DeskForm, words
from hub.i18n import N_, language_name, own_name
from hub.locale import gettext as _
from hub.locale import lazy_gettext as _l
from hub.locale import screen_language
from hub.places.lookup import OTHER_AREAS, AreaChoice
from hub.refusal import Refusal
from hub.topics.listing import TopicView
from hub.visits import vocabulary
from hub.visits.entry import EntryRefusal, QuestionEntry, VisitEntry
from hub.visits.list_fields import ListField

_BLANK: Final = re.compile(r"questions-(\d)-blank-([a-z][a-z0-9_]*)")
_TOPIC: Final = re.compile(r"questions-(\d+)-topic")
SLOTS: Final = vocabulary.MOST_QUESTIONS
_SLOT_NAMES: Final = frozenset(str(slot) for slot in range(SLOTS))


def _choices(listed: Mapping[str, str]) -> Any:
    return [SelectChoice(value, words(_l(label))) for value, label in listed.items()]


def _first(label: str) -> Any:
    return SelectChoice("", words(_l(label)))


def _radio(label: str, listed: Mapping[str, str], default: str | None) -> RadioField:
    return RadioField(
        words(_l(label)), choices=_choices(listed), default=default, validate_choice=False
    )


def _select(label: str, listed: Mapping[str, str], default: str) -> ListField:
    return ListField(
        words(_l(label)), choices=_choices(listed), default=default, validate_choice=False
    )


class QuestionForm(Form):
    """One question of the form; empty when it has no topic."""

    Meta = type("Meta", (DeskForm.Meta,), {"csrf": False})

    topic = ListField(words(_l("Topic")), validate_choice=False)
    outcome = _radio(N_("How did it end?"), vocabulary.OUTCOMES, None)
    reason = ListField(
        words(_l("Why not?")),
        choices=[_first(N_("Choose a reason")), *_choices(vocabulary.REASONS)],
        validate_choice=False,
    )
    call_back_on = StringField(words(_l("Comes back on")))
    urgency = ListField(
        words(_l("Urgency")),
        choices=[_first(N_("As usual for the topic")), *_choices(vocabulary.URGENCIES)],
        validate_choice=False,
    )
    trigger = _select(N_("Came because of"), vocabulary.TRIGGERS, "unknown")
    answer = ListField(words(_l("Answer used")), validate_choice=False)
    answer_language = HiddenField(words(_l("Language of the answer")))
    sheet = ListField(
        words(_l("On the sheet")),
        choices=[_first(N_("When printing")), *_choices({"yes": N_("Yes"), "no": N_("No")})],
        validate_choice=False,
    )


class VisitForm(DeskForm):
    """The intake form of the desk, for a new visit and for a correction."""

    visit_id = HiddenField()
    hub = HiddenField()
    continues = HiddenField()
    language = ListField(words(_l("Language of the conversation")), validate_choice=False)
    area = ListField(words(_l("Area")), validate_choice=False)
    postcode = StringField(words(_l("or a postcode")))
    tenure = _radio(N_("Lives in"), vocabulary.TENURES, "unknown")
    heating = _radio(N_("Heating"), vocabulary.HEATINGS, "unknown")
    home_type = _select(N_("Home"), vocabulary.HOME_TYPES, "unknown")
    channel = _select(N_("How the question came in"), vocabulary.CHANNELS, "counter")
    first_visit = _radio(N_("First visit"), vocabulary.YES_NO_UNKNOWN, "unknown")
    late_entry = BooleanField(words(_l("This visit was earlier")), false_values=("no", "", "false"))
    opened_at = StringField(words(_l("Day and time of the visit")))
    questions = FieldList(
        FormField(QuestionForm), label=words(_l("Questions")), min_entries=SLOTS, max_entries=SLOTS
    )

    def __init__(self, formdata: MultiDict[str, str], **values: Any) -> None:
        """Take what was sent. A slot that was left out is an empty one: were the list to close
        its gaps, the blanks, which are named by slot, would stay behind."""
        if formdata:
            for slot in range(SLOTS):
                formdata.setdefault(f"questions-{slot}-topic", "")
        super().__init__(_with_room(formdata), **values)

    def offer(
        self,
        *,
        topics: Sequence[tuple[TopicView, list[TopicView]]],
        areas: Sequence[AreaChoice],
        answers: Sequence[tuple[str, str]],
        languages: Sequence[str],
    ) -> None:
        """Fill the lists that depend on the hub and the day."""
        reader = screen_language()
        self.language.choices = _language_choices(languages, reader)
        self.area.choices = _area_choices(areas)
        listed: Any = [SelectChoice("", _("Choose a topic"))]
        for main, subs in topics:
            group = main.label(reader)
            listed += [SelectChoice(t.code, t.label(reader), optgroup=group) for t in subs]
        answer_choices: Any = [SelectChoice("", _("None"))]
        answer_choices += [SelectChoice(slug, title) for slug, title in answers]
        for question in self.questions:
            question.form.topic.choices = listed
            question.form.answer.choices = answer_choices

    def refuse_entry(self, refusal: Refusal) -> None:
        """Show a broken rule at its field; a question's at the slot it was typed in."""
        question = getattr(refusal, "question", None)
        if question is None:
            self.refuse(refusal)
            return
        filled = [q for q in self.questions if q.form.topic.data]
        text = refusal.text(screen_language())
        if question > len(filled):
            self.form_errors.append(text)
            return
        field = filled[question - 1].form._fields.get(refusal.field)
        if field is None:
            self.form_errors.append(text)
            return
        field.errors = [*field.errors, text]
        # The list tells of it too, as after a validation, or the summary would pass it over.
        self.questions.errors = [entry.errors for entry in self.questions.entries]


def _language_choices(favoured: Sequence[str], reader: str) -> Any:
    def named(tag: str) -> str:
        name, own = language_name(tag, reader), own_name(tag)
        return name if own.casefold() == name.casefold() else f"{name} · {own}"

    often, others = _("Often here"), _("Other languages")
    rest = [tag for tag in vocabulary.CONVERSATION_LANGUAGES if tag not in favoured]
    rest.sort(key=lambda tag: named(tag).casefold())
    return [
        SelectChoice(vocabulary.UNDETERMINED, _("Not asked")),
        *(SelectChoice(tag, named(tag), optgroup=often) for tag in favoured),
        *(SelectChoice(tag, named(tag), optgroup=others) for tag in rest),
    ]


def _area_choices(areas: Sequence[AreaChoice]) -> Any:
    return [
        *(SelectChoice(code, _(label)) for code, label in reversed(OTHER_AREAS.items())),
        *(SelectChoice(a.code, a.name, optgroup=a.group or _("Areas")) for a in areas),
    ]


def read_moment(typed: str, timezone: str) -> datetime:
    """Understand a moment typed in the hub's time, or with an offset of its own.

    Raises EntryRefusal on field `opened_at`.
    """
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError as error:
        raise EntryRefusal(
            N_("Give day and time as in 2026-11-03 14:30."), field="opened_at"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))


def read_day(typed: str, question: int) -> date:
    """Understand the day on which somebody comes back. Raises EntryRefusal."""
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise EntryRefusal(
            N_("Give the day as in 2026-11-03."), field="call_back_on", question=question
        ) from error


def read_id(typed: str) -> UUID:
    """Understand the id of a visit; a form without one gets a new UUIDv7.

    Raises EntryRefusal on field `visit_id`.
    """
    if not typed:
        return UUID(str(uuid7()))
    try:
        return UUID(typed)
    except ValueError as error:
        raise EntryRefusal(
            N_("The number of this visit is damaged. Start a new visit."), field="visit_id"
        ) from error


def asks_too_much(form: MultiDict[str, str]) -> bool:
    """Tell whether a question came in for which there is no room: nothing may go unseen."""
    asked = (_TOPIC.fullmatch(name) for name, value in form.items() if value.strip())
    return any(slot is not None and slot[1] not in _SLOT_NAMES for slot in asked)


def blanks_given(form: MultiDict[str, str]) -> dict[int, dict[str, str]]:
    """Give the typed blanks by question slot (from 0) and name; empty ones left out."""
    given: dict[int, dict[str, str]] = {}
    for name, value in form.items():
        found = _BLANK.fullmatch(name)
        if found and found[1] in _SLOT_NAMES and value.strip():
            given.setdefault(int(found[1]), {})[found[2]] = value.strip()
    return given


def _with_room(formdata: MultiDict[str, str]) -> MultiDict[str, str]:
    """Leave out slots that a form does not have: the list of WTForms reads any digits as one."""
    return MultiDict(
        [
            (name, value)
            for name, value in formdata.items(multi=True)
            if not name.startswith("questions-") or name.split("-")[1] in _SLOT_NAMES
        ]
    )


def entry_from(
    form: VisitForm, raw: MultiDict[str, str], timezone: str, urgencies: Mapping[str, str]
) -> tuple[VisitEntry, list[EntryRefusal]]:
    """Give the form as an entry, and what could not be read in it.

    `urgencies` gives the default urgency of each topic.
    """
    refused: list[EntryRefusal] = []
    opened_at = None
    if form.opened_at.data:
        try:
            opened_at = read_moment(form.opened_at.data, timezone)
        except EntryRefusal as refusal:
            refused.append(refusal)
    if asks_too_much(raw):
        refused.append(
            EntryRefusal(
                N_("A visit has at most %(most)s questions. Register the others as a new visit."),
                field="topic",
                question=SLOTS + 1,
                most=SLOTS,
            )
        )
    questions: list[QuestionEntry] = []
    for slot in form.questions:
        if slot.form.topic.data:
            questions.append(_question(slot.form, len(questions) + 1, urgencies, refused))
    visit_id = read_id(form.visit_id.data or "")
    return (
        VisitEntry(
            visit_id=visit_id,
            opened_at=opened_at,
            channel=form.channel.data or "counter",
            language=form.language.data or vocabulary.UNDETERMINED,
            area=form.area.data or "unknown",
            tenure=form.tenure.data or "unknown",
            heating=form.heating.data or "unknown",
            home_type=form.home_type.data or "unknown",
            first_visit=form.first_visit.data or "unknown",
            late_entry=bool(form.late_entry.data) or opened_at is not None,
            continues=read_id(form.continues.data) if form.continues.data else None,
            questions=tuple(questions),
        ),
        refused,
    )


def _question(
    form: Any, number: int, urgencies: Mapping[str, str], refused: list[EntryRefusal]
) -> QuestionEntry:
    call_back_on = None
    if form.call_back_on.data and form.outcome.data == "call_back":
        try:
            call_back_on = read_day(form.call_back_on.data, number)
        except EntryRefusal as refusal:
            refused.append(refusal)
    reason = form.reason.data or None
    return QuestionEntry(
        topic=form.topic.data,
        urgency=form.urgency.data or urgencies.get(form.topic.data, "normal"),
        trigger=form.trigger.data or "unknown",
        outcome=form.outcome.data or None,
        reason=reason if form.outcome.data == "not_answered" or not form.outcome.data else None,
        call_back_on=call_back_on,
        answer=form.answer.data or None,
        answer_language=(form.answer_language.data or None) if form.answer.data else None,
        sheet=form.sheet.data == "yes",
    )


def form_values(entry: VisitEntry, hub_slug: str, timezone: str) -> dict[str, Any]:
    """Give a stored visit as the values of a form, for a correction or a continuation."""
    moment = entry.opened_at.astimezone(ZoneInfo(timezone)) if entry.opened_at else None
    return {
        "visit_id": str(entry.visit_id),
        "hub": hub_slug,
        "continues": str(entry.continues) if entry.continues else "",
        "language": entry.language,
        "area": entry.area,
        "tenure": entry.tenure,
        "heating": entry.heating,
        "home_type": entry.home_type,
        "channel": entry.channel,
        "first_visit": entry.first_visit,
        "late_entry": entry.late_entry,
        "opened_at": moment.strftime("%Y-%m-%dT%H:%M") if moment and entry.late_entry else "",
        "questions": [
            {
                "topic": q.topic,
                "outcome": q.outcome or "",
                "reason": q.reason or "",
                "call_back_on": q.call_back_on.isoformat() if q.call_back_on else "",
                "urgency": q.urgency,
                "trigger": q.trigger,
                "answer": q.answer or "",
                "answer_language": q.answer_language or "",
                "sheet": "yes" if q.sheet else "no",
            }
            for q in entry.questions
        ],
    }
