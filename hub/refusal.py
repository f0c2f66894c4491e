"""The error with which the domain says no, in words that a reader can act upon."""

from hub.i18n import translate


class Refusal(Exception):  # noqa: N818 - the desk's own word; it is shown to people
    """Something cannot be done, and why, and what to do instead.

    `message` is an English gettext message with `%(name)s` values; `text(language)` gives it
    in the reader's language. `field` names the form field or column it belongs to, `line`
    the line of a file.
    """

    def __init__(
        self, message: str, *, field: str | None = None, line: int | None = None, **values: object
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.line = line
        self.values = values

    def text(self, language: str) -> str:
        """Give the message in a screen language."""
        return translate(language, self.message, **self.values)

    def __str__(self) -> str:
        return self.text("en")


class NotFound(Refusal):
    """What was asked for is not there, or is not the asker's; both look alike."""


class Conflict(Refusal):
    """The same id came again with other content."""
