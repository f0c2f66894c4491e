"""What `hub check` says: of each thing looked at, that it is well or what would mend it."""

from dataclasses import dataclass, field

from hub.i18n import N_, translate


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `subject` and `text` are messages with `%(name)s` values."""

    subject: str
    good: bool
    text: str
    values: dict[str, object] = field(default_factory=dict)

    def line(self, language: str) -> str:
        """Give the line in a screen language."""
        mark = translate(language, N_("ok") if self.good else N_("WRONG"))
        subject = translate(language, self.subject)
        return f"{mark:<6} {subject}: {translate(language, self.text, **self.values)}"


def good(subject: str, text: str, **values: object) -> Finding:
    """Say that something is well."""
    return Finding(subject, True, text, values)


def wrong(subject: str, text: str, **values: object) -> Finding:
    """Say what is wrong and what mends it."""
    return Finding(subject, False, text, values)
