"""Sheets: a code is found by its digest, and what a text was worth when it was printed is kept."""

import hashlib

from alembic import op
import sqlalchemy as sa

revision = '0006'
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
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code_digest', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('call_back_on', sa.Date(), nullable=True))
    with op.batch_alter_table('sheet_text', schema=None) as batch_op:
        batch_op.add_column(sa.Column('answer_status', sa.String(length=15), nullable=True))
        batch_op.add_column(sa.Column('dutch_status', sa.String(length=15), nullable=True))
    connection = op.get_bind()
    for number, code in connection.execute(sa.select(_SHEET.c.id, _SHEET.c.code)).all():
        digest = hashlib.sha256(code.encode()).hexdigest()
        connection.execute(
            sa.update(_SHEET).where(_SHEET.c.id == number).values(code_digest=digest)
        )
    op.execute(_STATUS)
    op.execute(_CALL_BACK)
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.alter_column('code_digest', existing_type=sa.String(length=64), nullable=False)
        batch_op.drop_constraint(batch_op.f('uq_sheet_code'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_sheet_code_digest'), ['code_digest'])
    with op.batch_alter_table('sheet_text', schema=None) as batch_op:
        batch_op.alter_column('dutch_status', existing_type=sa.String(length=15), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('sheet_text', schema=None) as batch_op:
        batch_op.drop_column('dutch_status')
        batch_op.drop_column('answer_status')
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_sheet_code_digest'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_sheet_code'), ['code'])
        batch_op.drop_column('call_back_on')
        batch_op.drop_column('code_digest')
