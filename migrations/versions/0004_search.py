"""Search: what can be found in one table, and each database's own index over its words.

On SQLite the index is an FTS5 table that holds no words of its own, fed by triggers; where
SQLite was built without FTS5 there is none, and search looks at every row. The rows themselves
are written when content is loaded (`hub init`) or changed. Whoever rebuilds `search_entry` in a
later migration makes the triggers anew.
"""

from alembic import op
import sqlalchemy as sa

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

_GONE = "INSERT INTO search_entry_fts (search_entry_fts, rowid, words) VALUES ('delete', old.id, old.words);"
_NEW = "INSERT INTO search_entry_fts (rowid, words) VALUES (new.id, new.words);"


def upgrade() -> None:
    op.create_table('search_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic_code', sa.String(length=6), nullable=True),
    sa.Column('answer_slug', sa.String(length=40), nullable=True),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('place', sa.String(length=6), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.CheckConstraint('(topic_code IS NULL) <> (answer_slug IS NULL)', name=op.f('ck_search_entry_one_owner')),
    sa.CheckConstraint("place IN ('code','label','main','word','number','title','text')", name=op.f('ck_search_entry_place')),
    sa.ForeignKeyConstraint(['answer_slug'], ['answer.slug'], name=op.f('fk_search_entry_answer_slug_answer')),
    sa.ForeignKeyConstraint(['topic_code'], ['topic.code'], name=op.f('fk_search_entry_topic_code_topic')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry'))
    )
    connection = op.get_bind()
    if connection.dialect.name == 'postgresql':
        # The words are folded and apart already, so no parser of PostgreSQL touches them. The cost
        # makes the planner use the index: it thinks little of prefixes, and nothing of this work.
        op.execute(
            """
            CREATE FUNCTION search_entry_tokens(words text) RETURNS tsvector
            LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
            AS 'BEGIN RETURN array_to_tsvector(string_to_array(words, '' '')); END'
            """
        )
        op.execute(
            "CREATE INDEX search_entry_fts ON search_entry USING gin (search_entry_tokens(words)) "
            "WITH (fastupdate = off)"
        )
    elif connection.scalar(sa.text("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'")):
        op.execute(
            """
            CREATE VIRTUAL TABLE search_entry_fts USING fts5 (
                words, content = 'search_entry', content_rowid = 'id',
                prefix = '2 3', columnsize = 0,
                tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
            )
            """
        )
        op.execute(f"CREATE TRIGGER search_entry_fts_new AFTER INSERT ON search_entry BEGIN {_NEW} END")
        op.execute(f"CREATE TRIGGER search_entry_fts_gone AFTER DELETE ON search_entry BEGIN {_GONE} END")
        op.execute(
            f"CREATE TRIGGER search_entry_fts_changed AFTER UPDATE ON search_entry BEGIN {_GONE} {_NEW} END"
        )


def downgrade() -> None:
    # The index of PostgreSQL and the triggers of SQLite go with the table they belong to.
    sqlite = op.get_bind().dialect.name == 'sqlite'
    if sqlite:
        op.execute("DROP TABLE IF EXISTS search_entry_fts")
    op.drop_table('search_entry')
    if not sqlite:
        op.execute("DROP FUNCTION search_entry_tokens(text)")
