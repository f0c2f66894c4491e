"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


class SettableClock:
    """Stands in for the desk's clock: `app.extensions["clock"]` calls it for the moment."""

    def __init__(self, moment: datetime = START) -> None:
        """Start at a moment; by default a Monday morning in November."""
        self.moment = moment

    def __call__(self) -> datetime:
        """Give the moment in UTC."""
        return self.moment.astimezone(UTC)

    def set(self, moment: datetime | str) -> None:
        """Put the clock at a moment, which names its offset."""
        given = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        if given.tzinfo is None:
            raise ValueError("a moment without offset")
        self.moment = given

    def advance(self, **span: float) -> None:
        """Let time pass: `clock.advance(minutes=16)`."""
        self.moment += timedelta(**span)
