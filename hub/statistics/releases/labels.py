"""The names of all codes as they are today, for a release to keep."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from hub.i18n import N_, SCREEN_LANGUAGES, language_name, translate
from hub.places.lookup import OTHER_AREAS, area_names
from hub.places.models import Hub
from hub.statistics.plan import NOT_ANSWERED, UNKNOWN, Codes
from hub.statistics.releases.codes import OTHER
from hub.topics.listing import all_topics
from hub.visits import vocabulary

Names = dict[str, dict[str, str]]
_NOT_RECORDED = N_("Not recorded")


def labels_of(session: Session, codes: Codes) -> dict[str, Names]:
    """Give dimension -> code -> screen language -> name, for every code of the lists."""
    return {
        "topic": _topics(session, codes),
        "hub": _hubs(session, codes.hubs),
        "area": _areas(session, codes),
        "language": _languages(codes.languages),
        "tenure": _worded(vocabulary.TENURES, codes.tenures),
        "heating": _worded(vocabulary.HEATINGS, codes.heatings),
        "outcome": {
            **_worded(vocabulary.OUTCOMES, codes.outcomes),
            UNKNOWN: _in_words(_NOT_RECORDED),
            **{
                f"{NOT_ANSWERED}:{reason}": names
                for reason, names in _worded(vocabulary.REASONS, codes.reasons).items()
            },
        },
        "channel": _worded(vocabulary.CHANNELS, codes.channels),
        "trigger": _worded(vocabulary.TRIGGERS, codes.triggers),
    }


def _in_words(message: str, **values: object) -> dict[str, str]:
    return {screen: translate(screen, message, **values) for screen in SCREEN_LANGUAGES}


def _worded(words: Mapping[str, str], codes: Iterable[str]) -> Names:
    """Names from a vocabulary; a code that is no longer in it goes by itself."""
    listed = (*codes, UNKNOWN)
    return {
        code: _in_words(words[code])
        if code in words
        else _in_words(_NOT_RECORDED)
        if code == UNKNOWN
        else dict.fromkeys(SCREEN_LANGUAGES, code)
        for code in listed
    }


def _topics(session: Session, codes: Codes) -> Names:
    topics = all_topics(session)
    listed = [code for main, parts in codes.topics.items() for code in (main, *parts)]
    return {
        code: {screen: topics[code].label(screen) for screen in SCREEN_LANGUAGES}
        for code in listed
        if code in topics
    }


def _hubs(session: Session, slugs: Iterable[str]) -> Names:
    rows = session.execute(select(Hub.slug, Hub.name).where(Hub.slug.in_(list(slugs))))
    return {slug: dict.fromkeys(SCREEN_LANGUAGES, name) for slug, name in rows}


def _areas(session: Session, codes: Codes) -> Names:
    parts = {code for listed in codes.districts.values() for code in listed}
    names = area_names(session, {*codes.districts, *parts, *codes.projects})
    plain = {code: dict.fromkeys(SCREEN_LANGUAGES, name) for code, name in names.items()}
    without = {
        f"{district}-{UNKNOWN}": _in_words(
            N_("%(district)s, neighbourhood not known"), district=names.get(district, district)
        )
        for district in codes.districts
    }
    return {**plain, **without, **{c: _in_words(word) for c, word in OTHER_AREAS.items()}}


def _languages(codes: Iterable[str]) -> Names:
    names = {
        code: {screen: language_name(code, screen) for screen in SCREEN_LANGUAGES}
        for code in codes
        if code != OTHER
    }
    return {
        **names,
        OTHER: _in_words(N_("Other languages")),
        UNKNOWN: _in_words(vocabulary.YES_NO_UNKNOWN[UNKNOWN]),
    }
