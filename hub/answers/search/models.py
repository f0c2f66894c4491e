"""What can be found: one row for every place where words stand."""

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hub.db import Base


class SearchEntry(Base):
    """Words by which a topic or an answer is found, in one language and one place.

    `words` are folded, each once, with one space between them. Each database's own full-text
    engine keeps an index beside this table under the name `search_entry_fts`; on SQLite
    triggers feed it. A row is never changed: it is written and removed.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        CheckConstraint("(topic_code IS NULL) <> (answer_slug IS NULL)", name="one_owner"),
        CheckConstraint(
            "place IN ('code','label','main','word','number','title','text')", name="place"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_code: Mapped[str | None] = mapped_column(ForeignKey("topic.code"))
    answer_slug: Mapped[str | None] = mapped_column(ForeignKey("answer.slug"))
    language: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(6))
    words: Mapped[str] = mapped_column(Text)
