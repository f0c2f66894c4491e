"""Facts: each value names the one it took the place of."""

from alembic import op
import sqlalchemy as sa

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('fact_value', schema=None) as batch_op:
        batch_op.add_column(sa.Column('replaces_id', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(op.f('uq_fact_value_replaces_id'), ['replaces_id'])
        batch_op.create_foreign_key(
            op.f('fk_fact_value_replaces_id_fact_value'), 'fact_value', ['replaces_id'], ['id']
        )
    # So far a value replaced the one of the same part and first day that came just before it.
    op.execute(
        """
        UPDATE fact_value SET replaces_id = (
            SELECT before.id FROM fact_value AS before
            WHERE before.code = fact_value.code AND before.part = fact_value.part
              AND (before.valid_from = fact_value.valid_from
                   OR (before.valid_from IS NULL AND fact_value.valid_from IS NULL))
              AND before.version = fact_value.version - 1
        )
        WHERE version > 1
        """
    )


def downgrade() -> None:
    with op.batch_alter_table('fact_value', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_fact_value_replaces_id_fact_value'), type_='foreignkey')
        batch_op.drop_constraint(op.f('uq_fact_value_replaces_id'), type_='unique')
        batch_op.drop_column('replaces_id')
