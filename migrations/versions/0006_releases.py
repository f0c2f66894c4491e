"""Releases: their files, their ledger, and what the gate refused; rows that are written once."""

from alembic import op
import sqlalchemy as sa

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

# Nothing in these tables is ever changed or removed.
_FOR_EVER = ('release_file', 'release_secret', 'frozen_month', 'frozen_count')
# Of a release only the withdrawal may still be written, once.
_KEPT = (
    'id', 'municipality_code', 'period', 'plan', 'threshold', 'facts', 'counted', 'digest',
    'made_at',
)
_IN_FORCE = sa.text("status = 'published'")


def upgrade() -> None:
    # Releases could not be made before: the table is empty.
    op.drop_column('release', 'manifest')
    op.add_column('release', sa.Column('facts', sa.JSON(), nullable=False, server_default='{}'))
    op.add_column('release', sa.Column('counted', sa.JSON(), nullable=False, server_default='{}'))
    op.add_column(
        'release', sa.Column('digest', sa.String(length=64), nullable=False, server_default='')
    )
    op.create_index(
        'ix_release_in_force', 'release', ['municipality_code', 'period'],
        unique=True, sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE,
    )
    op.create_table('release_file',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_file_release_id_release')),
    sa.PrimaryKeyConstraint('release_id', 'name', name=op.f('pk_release_file'))
    )
    op.create_table('release_secret',
    sa.Column('release_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.LargeBinary(), nullable=False),
    sa.Column('tied', sa.JSON(), nullable=False),
    sa.Column('proof', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['release_id'], ['release.id'], name=op.f('fk_release_secret_release_id_release')),
    sa.PrimaryKeyConstraint('release_id', name=op.f('pk_release_secret'))
    )
    op.create_table('frozen_month',
    sa.Column('municipality_code', sa.String(length=6), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('codes', sa.JSON(), nullable=False),
    sa.Column('open_hours', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('frozen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_frozen_month_municipality_code_municipality')),
    sa.PrimaryKeyConstraint('municipality_code', 'month', name=op.f('pk_frozen_month'))
    )
    op.create_table('frozen_count',
    sa.Column('municipality_code', sa.String(length=6), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('dimension', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('topic', sa.String(length=6), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=False),
    sa.Column('visits', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(
        ['municipality_code', 'month'], ['frozen_month.municipality_code', 'frozen_month.month'],
        name=op.f('fk_frozen_count_municipality_code_month_frozen_month'),
    ),
    sa.PrimaryKeyConstraint('municipality_code', 'month', 'dimension', 'code', 'topic', name=op.f('pk_frozen_count'))
    )
    op.create_table('refused_release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_code', sa.String(length=6), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_refused_release_municipality_code_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refused_release'))
    )
    op.create_index(
        op.f('ix_refused_release_municipality_code'), 'refused_release', ['municipality_code']
    )
    if op.get_bind().dialect.name == 'sqlite':
        _guard_sqlite()
    else:
        _guard_postgresql()


def _guard_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END"
    for table in _FOR_EVER:
        op.execute(f'CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} {refuse}')
        op.execute(f'CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} {refuse}')
    op.execute(f'CREATE TRIGGER release_stays BEFORE DELETE ON release {refuse}')
    op.execute(
        f"CREATE TRIGGER release_kept BEFORE UPDATE OF {', '.join(_KEPT)} ON release {refuse}"
    )
    op.execute(
        'CREATE TRIGGER release_withdrawn BEFORE UPDATE ON release '
        f"WHEN old.status = 'withdrawn' {refuse}"
    )


def _guard_postgresql() -> None:
    op.execute("""
        CREATE FUNCTION release_is_kept() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a release is never changed'; END $$
    """)
    refuse = 'FOR EACH ROW EXECUTE FUNCTION release_is_kept()'
    for table in _FOR_EVER:
        op.execute(f'CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} {refuse}')
    op.execute(f'CREATE TRIGGER release_stays BEFORE DELETE ON release {refuse}')
    op.execute(
        f"CREATE TRIGGER release_kept BEFORE UPDATE OF {', '.join(_KEPT)} ON release {refuse}"
    )
    op.execute(
        'CREATE TRIGGER release_withdrawn BEFORE UPDATE ON release FOR EACH ROW '
        "WHEN (old.status = 'withdrawn') EXECUTE FUNCTION release_is_kept()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for name in ('release_stays', 'release_kept', 'release_withdrawn'):
            op.execute(f'DROP TRIGGER {name}')
    else:
        op.execute('DROP FUNCTION release_is_kept() CASCADE')
    op.drop_table('refused_release')
    op.drop_table('frozen_count')
    op.drop_table('frozen_month')
    op.drop_table('release_secret')
    op.drop_table('release_file')
    op.drop_index('ix_release_in_force', table_name='release')
    op.drop_column('release', 'digest')
    op.drop_column('release', 'counted')
    op.drop_column('release', 'facts')
    op.add_column('release', sa.Column('manifest', sa.JSON(), nullable=False, server_default='{}'))
