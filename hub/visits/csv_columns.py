"""The columns of a visits file, in the order in which an export writes them."""

from typing import Final

# One value for the whole visit: the same on each of its rows.
VISIT_COLUMNS: Final = (
    "visit_id", "opened_at", "channel", "language", "area", "tenure", "heating", "home_type",
    "first_visit", "late_entry",
)  # fmt: skip
# One value for each question.
QUESTION_COLUMNS: Final = (
    "question", "topic", "urgency", "trigger", "outcome", "reason", "answer", "answer_language",
    "sheet",
)  # fmt: skip
COLUMNS: Final = VISIT_COLUMNS + QUESTION_COLUMNS
REQUIRED: Final = ("visit_id", "opened_at", "question", "topic")

# What an empty field of a row with a topic stands for; urgency takes the topic's own.
DEFAULTS: Final = {
    "channel": "counter",
    "language": "und",
    "area": "unknown",
    "tenure": "unknown",
    "heating": "unknown",
    "home_type": "unknown",
    "first_visit": "unknown",
    "late_entry": "no",
    "trigger": "unknown",
    "sheet": "no",
}
