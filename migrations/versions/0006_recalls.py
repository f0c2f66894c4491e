"""Recalls: that a version of a text or a value was wrong on sheets."""

from alembic import op
import sqlalchemy as sa

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'recall',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('text_id', sa.Integer(), nullable=True),
        sa.Column('fact_value_id', sa.Integer(), nullable=True),
        sa.Column('lifts_id', sa.Integer(), nullable=True),
        sa.Column('first_day', sa.Date(), nullable=True),
        sa.Column('last_day', sa.Date(), nullable=True),
        sa.Column('reason', sa.String(length=300), nullable=False),
        sa.Column('by_role', sa.String(length=20), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.CheckConstraint(
            '(text_id IS NOT NULL AND fact_value_id IS NULL AND lifts_id IS NULL)'
            ' OR (text_id IS NULL AND fact_value_id IS NOT NULL AND lifts_id IS NULL)'
            ' OR (text_id IS NULL AND fact_value_id IS NULL AND lifts_id IS NOT NULL)',
            name=op.f('ck_recall_about'),
        ),
        sa.CheckConstraint('first_day <= last_day', name=op.f('ck_recall_days')),
        sa.ForeignKeyConstraint(
            ['fact_value_id'], ['fact_value.id'], name=op.f('fk_recall_fact_value_id_fact_value')
        ),
        sa.ForeignKeyConstraint(['lifts_id'], ['recall.id'], name=op.f('fk_recall_lifts_id_recall')),
        sa.ForeignKeyConstraint(
            ['text_id'], ['answer_text.id'], name=op.f('fk_recall_text_id_answer_text')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_recall')),
        sa.UniqueConstraint('lifts_id', name=op.f('uq_recall_lifts_id')),
    )
    with op.batch_alter_table('recall', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recall_text_id'), ['text_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recall_fact_value_id'), ['fact_value_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('recall', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recall_fact_value_id'))
        batch_op.drop_index(batch_op.f('ix_recall_text_id'))
    op.drop_table('recall')
