"""Sheets: a code is found by its digest, and what a text was worth when it was printed is kept."""

import hashlib

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

_SHEET = sa.table('sheet', sa.column('id'), sa.column('code'), sa.column('code_digest'))
# So far no text had been checked before it was printed, so its status is how it was written.
_STATUS = """
    UPDATE sheet_text SET
        dutch_status = (SELECT written_as FROM answer_text WHERE id = sheet_text.dutch_text_id),
        answer_status = (SELECT written_as FROM answer_text WHERE id = sheet_text.answer_text_id)
"""
# The day to come back stood on the sheet, taken from the visit's questions.
_CALL_BACK = """
    UPDATE sheet SET call_back_on = (
        SELECT min(question.call_back_on) FROM question WHERE question.visit_id = sheet.visit_id
    )
"""


def upgrade() -> None:
    # Columns are added in place: a table that is rebuilt on SQLite takes its sheets' texts along.
    op.add_column('sheet', _filled_below('code_digest', 64))
    op.add_column('sheet', sa.Column('call_back_on', sa.Date(), nullable=True))
    op.add_column('sheet_text', sa.Column('answer_status', sa.String(length=15), nullable=True))
    op.add_column('sheet_text', _filled_below('dutch_status', 15))
    connection = op.get_bind()
    for number, code in connection.execute(sa.select(_SHEET.c.id, _SHEET.c.code)).all():
        digest = hashlib.sha256(code.encode()).hexdigest()
        connection.execute(
            sa.update(_SHEET).where(_SHEET.c.id == number).values(code_digest=digest)
        )
    op.execute(_STATUS)
    op.execute(_CALL_BACK)
    op.create_index(op.f('ix_sheet_code_digest'), 'sheet', ['code_digest'], unique=True)


def _filled_below(name: str, length: int) -> sa.Column:
    """Give a column that must hold something, and is empty until it is filled."""
    return sa.Column(name, sa.String(length=length), nullable=False, server_default='')


def downgrade() -> None:
    op.drop_index(op.f('ix_sheet_code_digest'), table_name='sheet')
    op.drop_column('sheet_text', 'dutch_status')
    op.drop_column('sheet_text', 'answer_status')
    op.drop_column('sheet', 'call_back_on')
    op.drop_column('sheet', 'code_digest')
