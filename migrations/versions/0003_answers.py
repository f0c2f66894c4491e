"""Answers: a text never changes; what happens to it is written beside it."""

from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('answer_text_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('by_role', sa.String(length=20), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.CheckConstraint("kind IN ('checked','retired')", name=op.f('ck_answer_text_event_kind')),
    sa.ForeignKeyConstraint(['text_id'], ['answer_text.id'], name=op.f('fk_answer_text_event_text_id_answer_text')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_text_event')),
    sa.UniqueConstraint('text_id', 'kind', name=op.f('uq_answer_text_event_text_id_kind'))
    )
    op.execute(
        """
        INSERT INTO answer_text_event (text_id, kind, by_role, "on")
        SELECT id, 'checked', 'checker', COALESCE(checked_on, DATE(written_at))
        FROM answer_text WHERE checked_on IS NOT NULL OR checked_by IS NOT NULL OR status = 'checked'
        """
    )
    op.execute(
        """
        INSERT INTO answer_text_event (text_id, kind, by_role, "on")
        SELECT id, 'retired', 'editor', DATE(written_at) FROM answer_text WHERE status = 'retired'
        """
    )
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_answer_text_status'), type_='check')
        batch_op.drop_constraint(op.f('ck_answer_text_origin'), type_='check')
        batch_op.alter_column('status', new_column_name='written_as', existing_type=sa.String(length=14), existing_nullable=False)
        batch_op.add_column(sa.Column('written_by', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('translator', sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column('significance', sa.String(length=8), nullable=True))
        batch_op.add_column(sa.Column('note', sa.String(length=300), nullable=False, server_default=''))
        batch_op.drop_column('checked_by')
        batch_op.drop_column('checked_on')
    # Whether a checked, outdated or retired text was found by a machine is not known any more.
    op.execute("UPDATE answer_text SET written_as = 'draft' WHERE written_as <> 'machine_draft'")
    op.execute("UPDATE answer_text SET significance = 'meaning' WHERE language = 'nl'")
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.alter_column('note', server_default=None, existing_type=sa.String(length=300), existing_nullable=False)
        batch_op.create_check_constraint(op.f('ck_answer_text_written_as'), "written_as IN ('draft','machine_draft')")
        batch_op.create_check_constraint(op.f('ck_answer_text_significance'), "significance IN ('typo','wording','meaning')")
        batch_op.create_check_constraint(op.f('ck_answer_text_significance_of_nl'), "(significance IS NULL) OR (language = 'nl')")
        batch_op.create_check_constraint(op.f('ck_answer_text_origin'), "origin IN ('shipped','desk','file')")


def downgrade() -> None:
    # Set apart, so that no row points at answer_text while it is rebuilt.
    op.execute('CREATE TABLE answer_text_past AS SELECT text_id, kind, by_role, "on" FROM answer_text_event')
    op.drop_table('answer_text_event')
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_answer_text_written_as'), type_='check')
        batch_op.drop_constraint(op.f('ck_answer_text_significance'), type_='check')
        batch_op.drop_constraint(op.f('ck_answer_text_significance_of_nl'), type_='check')
        batch_op.drop_constraint(op.f('ck_answer_text_origin'), type_='check')
        batch_op.alter_column('written_as', new_column_name='status', existing_type=sa.String(length=14), existing_nullable=False)
        batch_op.drop_column('note')
        batch_op.drop_column('significance')
        batch_op.drop_column('translator')
        batch_op.drop_column('written_by')
        batch_op.add_column(sa.Column('checked_by', sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column('checked_on', sa.Date(), nullable=True))
    op.execute(
        """
        UPDATE answer_text SET status = 'checked',
          checked_by = (SELECT by_role FROM answer_text_past AS event
                        WHERE event.text_id = answer_text.id AND event.kind = 'checked'),
          checked_on = (SELECT "on" FROM answer_text_past AS event
                        WHERE event.text_id = answer_text.id AND event.kind = 'checked')
        WHERE id IN (SELECT text_id FROM answer_text_past WHERE kind = 'checked')
        """
    )
    op.execute(
        """
        UPDATE answer_text SET status = 'retired'
        WHERE id IN (SELECT text_id FROM answer_text_past WHERE kind = 'retired')
        """
    )
    op.execute("UPDATE answer_text SET origin = 'desk' WHERE origin = 'file'")
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.create_check_constraint(op.f('ck_answer_text_status'), "status IN ('draft','machine_draft','checked','outdated','retired')")
        batch_op.create_check_constraint(op.f('ck_answer_text_origin'), "origin IN ('shipped','desk')")
    op.drop_table('answer_text_past')
