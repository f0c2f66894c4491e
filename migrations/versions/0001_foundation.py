"""The foundation: places, accounts, topics, facts, answers, visits, sheets, releases."""

from alembic import op
import sqlalchemy as sa

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('name_key', sa.String(length=60), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('must_change', sa.Boolean(), nullable=False),
    sa.Column('screen_language', sa.String(length=8), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('name_key', name=op.f('uq_account_name_key'))
    )
    op.create_table('answer',
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=6), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('audience', sa.String(length=10), nullable=False),
    sa.Column('same_day', sa.Boolean(), nullable=False),
    sa.Column('pictogram', sa.String(length=20), nullable=False),
    sa.Column('season', sa.JSON(), nullable=False),
    sa.Column('blanks', sa.JSON(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_answer')),
    sa.UniqueConstraint('number', name=op.f('uq_answer_number'))
    )
    op.create_table('area',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('municipality_code', sa.String(length=6), nullable=True),
    sa.Column('district_code', sa.String(length=20), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.CheckConstraint("kind IN ('neighbourhood','district','project')", name=op.f('ck_area_kind')),
    sa.ForeignKeyConstraint(['district_code'], ['area.code'], name=op.f('fk_area_district_code_area')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_area'))
    )
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_municipality_code'), ['municipality_code'], unique=False)

    op.create_table('fact',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_fact'))
    )
    op.create_table('municipality',
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('timezone', sa.String(length=40), nullable=False),
    sa.Column('demonstration', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_municipality'))
    )
    op.create_table('sign_in_failure',
    sa.Column('name_digest', sa.String(length=64), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name_digest', name=op.f('pk_sign_in_failure'))
    )
    op.create_table('topic',
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('parent_code', sa.String(length=6), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('default_urgency', sa.String(length=10), nullable=False),
    sa.Column('default_referral', sa.String(length=30), nullable=True),
    sa.Column('retired_on', sa.Date(), nullable=True),
    sa.Column('replaced_by', sa.String(length=6), nullable=True),
    sa.CheckConstraint("default_urgency IN ('normal','soon','same_day')", name=op.f('ck_topic_urgency')),
    sa.ForeignKeyConstraint(['parent_code'], ['topic.code'], name=op.f('fk_topic_parent_code_topic')),
    sa.ForeignKeyConstraint(['replaced_by'], ['topic.code'], name=op.f('fk_topic_replaced_by_topic')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_topic'))
    )
    op.create_table('answer_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('answer_slug', sa.String(length=40), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('source_version', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(length=14), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('origin', sa.String(length=8), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('checked_by', sa.String(length=60), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.CheckConstraint("origin IN ('shipped','desk')", name=op.f('ck_answer_text_origin')),
    sa.CheckConstraint("status IN ('draft','machine_draft','checked','outdated','retired')", name=op.f('ck_answer_text_status')),
    sa.ForeignKeyConstraint(['answer_slug'], ['answer.slug'], name=op.f('fk_answer_text_answer_slug_answer')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_text')),
    sa.UniqueConstraint('answer_slug', 'language', 'version', name=op.f('uq_answer_text_answer_slug_language_version'))
    )
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.create_index('ix_answer_text_latest', ['answer_slug', 'language', 'version'], unique=False)

    op.create_table('answer_topic',
    sa.Column('answer_slug', sa.String(length=40), nullable=False),
    sa.Column('topic_code', sa.String(length=6), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answer_slug'], ['answer.slug'], name=op.f('fk_answer_topic_answer_slug_answer')),
    sa.ForeignKeyConstraint(['topic_code'], ['topic.code'], name=op.f('fk_answer_topic_topic_code_topic')),
    sa.PrimaryKeyConstraint('answer_slug', 'topic_code', name=op.f('pk_answer_topic'))
    )
    op.create_table('closed_month',
    sa.Column('municipality_code', sa.String(length=6), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_closed_month_municipality_code_municipality')),
    sa.PrimaryKeyConstraint('municipality_code', 'month', name=op.f('pk_closed_month'))
    )
    op.create_table('fact_alias',
    sa.Column('alias', sa.String(length=20), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['code'], ['fact.code'], name=op.f('fk_fact_alias_code_fact')),
    sa.PrimaryKeyConstraint('alias', name=op.f('pk_fact_alias'))
    )
    op.create_table('fact_value',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('part', sa.String(length=30), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('unit', sa.String(length=20), nullable=False),
    sa.Column('vat', sa.String(length=4), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('mark', sa.String(length=20), nullable=False),
    sa.Column('checked_by', sa.String(length=60), nullable=True),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('review_by', sa.Date(), nullable=True),
    sa.Column('at_expiry', sa.String(length=4), nullable=False),
    sa.Column('origin', sa.String(length=8), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("at_expiry IN ('stop','warn')", name=op.f('ck_fact_value_at_expiry')),
    sa.CheckConstraint("vat IN ('incl','excl','none')", name=op.f('ck_fact_value_vat')),
    sa.ForeignKeyConstraint(['code'], ['fact.code'], name=op.f('fk_fact_value_code_fact')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fact_value')),
    sa.UniqueConstraint('code', 'part', 'valid_from', 'version', name=op.f('uq_fact_value_code_part_valid_from_version'))
    )
    op.create_table('hub',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('municipality_code', sa.String(length=6), nullable=False),
    sa.Column('timezone', sa.String(length=40), nullable=False),
    sa.Column('phone', sa.String(length=30), nullable=False),
    sa.Column('address', sa.String(length=160), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_hub_municipality_code_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hub')),
    sa.UniqueConstraint('slug', name=op.f('uq_hub_slug'))
    )
    with op.batch_alter_table('hub', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hub_municipality_code'), ['municipality_code'], unique=False)

    op.create_table('postcode_area',
    sa.Column('postcode', sa.String(length=6), nullable=False),
    sa.Column('area_code', sa.String(length=20), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['area_code'], ['area.code'], name=op.f('fk_postcode_area_area_code_area')),
    sa.PrimaryKeyConstraint('postcode', name=op.f('pk_postcode_area'))
    )
    op.create_table('project_member',
    sa.Column('project_code', sa.String(length=20), nullable=False),
    sa.Column('neighbourhood_code', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['neighbourhood_code'], ['area.code'], name=op.f('fk_project_member_neighbourhood_code_area')),
    sa.ForeignKeyConstraint(['project_code'], ['area.code'], name=op.f('fk_project_member_project_code_area'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('project_code', 'neighbourhood_code', name=op.f('pk_project_member'))
    )
    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('municipality_code', sa.String(length=6), nullable=False),
    sa.Column('period', sa.String(length=7), nullable=False),
    sa.Column('plan', sa.String(length=20), nullable=False),
    sa.Column('threshold', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('manifest', sa.JSON(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=True),
    sa.CheckConstraint("status IN ('published','withdrawn')", name=op.f('ck_release_status')),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_release_municipality_code_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release'))
    )
    op.create_table('topic_label',
    sa.Column('topic_code', sa.String(length=6), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('label', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['topic_code'], ['topic.code'], name=op.f('fk_topic_label_topic_code_topic')),
    sa.PrimaryKeyConstraint('topic_code', 'language', name=op.f('pk_topic_label'))
    )
    op.create_table('topic_word',
    sa.Column('topic_code', sa.String(length=6), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('word', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['topic_code'], ['topic.code'], name=op.f('fk_topic_word_topic_code_topic')),
    sa.PrimaryKeyConstraint('topic_code', 'language', 'word', name=op.f('pk_topic_word'))
    )
    op.create_table('account_role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('hub_id', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=20), nullable=True),
    sa.Column('municipality_code', sa.String(length=6), nullable=True),
    sa.CheckConstraint("role IN ('volunteer','coordinator','editor','checker','analyst','administrator')", name=op.f('ck_account_role_role')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_role_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['hub_id'], ['hub.id'], name=op.f('fk_account_role_hub_id_hub')),
    sa.ForeignKeyConstraint(['municipality_code'], ['municipality.code'], name=op.f('fk_account_role_municipality_code_municipality')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_role')),
    sa.UniqueConstraint('account_id', 'role', 'hub_id', 'language', 'municipality_code', name=op.f('uq_account_role_account_id_role_hub_id_language_municipality_code'))
    )
    op.create_table('closed_day',
    sa.Column('hub_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['hub_id'], ['hub.id'], name=op.f('fk_closed_day_hub_id_hub'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('hub_id', 'day', name=op.f('pk_closed_day'))
    )
    op.create_table('opening_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hub_id', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('opens', sa.Time(), nullable=False),
    sa.Column('closes', sa.Time(), nullable=False),
    sa.CheckConstraint('opens < closes', name=op.f('ck_opening_hours_order')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_opening_hours_weekday')),
    sa.ForeignKeyConstraint(['hub_id'], ['hub.id'], name=op.f('fk_opening_hours_hub_id_hub'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening_hours')),
    sa.UniqueConstraint('hub_id', 'weekday', 'opens', name=op.f('uq_opening_hours_hub_id_weekday_opens'))
    )
    op.create_table('reception',
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('hub_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['hub_id'], ['hub.id'], name=op.f('fk_reception_hub_id_hub')),
    sa.PrimaryKeyConstraint('visit_id', name=op.f('pk_reception'))
    )
    op.create_table('sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('hub_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('locked', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_sign_in_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['hub_id'], ['hub.id'], name=op.f('fk_sign_in_hub_id_hub')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_sign_in_token_digest'))
    )
    op.create_table('visit',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('hub_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('posted_in', sa.String(length=7), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('area', sa.String(length=20), nullable=False),
    sa.Column('tenure', sa.String(length=20), nullable=False),
    sa.Column('heating', sa.String(length=14), nullable=False),
    sa.Column('home_type', sa.String(length=12), nullable=False),
    sa.Column('first_visit', sa.String(length=7), nullable=False),
    sa.Column('late_entry', sa.Boolean(), nullable=False),
    sa.Column('return_code', sa.String(length=9), nullable=False),
    sa.Column('continues_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['continues_id'], ['visit.id'], name=op.f('fk_visit_continues_id_visit'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['hub_id'], ['hub.id'], name=op.f('fk_visit_hub_id_hub')),
    sa.ForeignKeyConstraint(['id'], ['reception.visit_id'], name=op.f('fk_visit_id_reception')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('return_code', name=op.f('uq_visit_return_code'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_continues_id'), ['continues_id'], unique=False)
        batch_op.create_index('ix_visit_hub_opened', ['hub_id', 'opened_at'], unique=False)
        batch_op.create_index('ix_visit_hub_posted', ['hub_id', 'posted_in'], unique=False)

    op.create_table('question',
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('topic_code', sa.String(length=6), nullable=False),
    sa.Column('urgency', sa.String(length=8), nullable=False),
    sa.Column('trigger', sa.String(length=11), nullable=False),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('reason', sa.String(length=19), nullable=True),
    sa.Column('call_back_on', sa.Date(), nullable=True),
    sa.Column('answer_slug', sa.String(length=40), nullable=True),
    sa.Column('answer_language', sa.String(length=20), nullable=True),
    sa.Column('answer_text_id', sa.Integer(), nullable=True),
    sa.Column('sheet', sa.Boolean(), nullable=False),
    sa.CheckConstraint("(reason IS NULL) OR (outcome = 'not_answered')", name=op.f('ck_question_reason')),
    sa.CheckConstraint('number BETWEEN 1 AND 5', name=op.f('ck_question_number')),
    sa.ForeignKeyConstraint(['answer_slug'], ['answer.slug'], name=op.f('fk_question_answer_slug_answer')),
    sa.ForeignKeyConstraint(['answer_text_id'], ['answer_text.id'], name=op.f('fk_question_answer_text_id_answer_text')),
    sa.ForeignKeyConstraint(['topic_code'], ['topic.code'], name=op.f('fk_question_topic_code_topic')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_question_visit_id_visit'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('visit_id', 'number', name=op.f('pk_question')),
    sa.UniqueConstraint('visit_id', 'topic_code', name=op.f('uq_question_visit_id_topic_code'))
    )
    op.create_table('sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('language', sa.String(length=20), nullable=False),
    sa.Column('beside', sa.String(length=20), nullable=True),
    sa.Column('paper', sa.String(length=8), nullable=False),
    sa.Column('large', sa.Boolean(), nullable=False),
    sa.Column('layout', sa.String(length=10), nullable=False),
    sa.Column('printed_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_sheet_visit_id_visit'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet')),
    sa.UniqueConstraint('code', name=op.f('uq_sheet_code'))
    )
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_visit_id'), ['visit_id'], unique=False)

    op.create_table('visit_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('visit_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.Column('old', sa.String(length=40), nullable=False),
    sa.Column('new', sa.String(length=40), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_visit_change_visit_id_visit'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit_change'))
    )
    with op.batch_alter_table('visit_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_visit_change_visit_id'), ['visit_id'], unique=False)

    op.create_table('sheet_fact',
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('fact_value_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['fact_value_id'], ['fact_value.id'], name=op.f('fk_sheet_fact_fact_value_id_fact_value')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_sheet_fact_sheet_id_sheet'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sheet_id', 'fact_value_id', name=op.f('pk_sheet_fact'))
    )
    with op.batch_alter_table('sheet_fact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_fact_fact_value_id'), ['fact_value_id'], unique=False)

    op.create_table('sheet_text',
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('answer_text_id', sa.Integer(), nullable=True),
    sa.Column('dutch_text_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['answer_text_id'], ['answer_text.id'], name=op.f('fk_sheet_text_answer_text_id_answer_text')),
    sa.ForeignKeyConstraint(['dutch_text_id'], ['answer_text.id'], name=op.f('fk_sheet_text_dutch_text_id_answer_text')),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_sheet_text_sheet_id_sheet'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('sheet_id', 'position', name=op.f('pk_sheet_text'))
    )
    with op.batch_alter_table('sheet_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_text_answer_text_id'), ['answer_text_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sheet_text_dutch_text_id'), ['dutch_text_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('sheet_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_text_dutch_text_id'))
        batch_op.drop_index(batch_op.f('ix_sheet_text_answer_text_id'))

    op.drop_table('sheet_text')
    with op.batch_alter_table('sheet_fact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_fact_fact_value_id'))

    op.drop_table('sheet_fact')
    with op.batch_alter_table('visit_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_visit_change_visit_id'))

    op.drop_table('visit_change')
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_visit_id'))

    op.drop_table('sheet')
    op.drop_table('question')
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index('ix_visit_hub_posted')
        batch_op.drop_index(batch_op.f('ix_visit_continues_id'))
        batch_op.drop_index('ix_visit_hub_opened')

    op.drop_table('visit')
    op.drop_table('sign_in')
    op.drop_table('reception')
    op.drop_table('opening_hours')
    op.drop_table('closed_day')
    op.drop_table('account_role')
    op.drop_table('topic_word')
    op.drop_table('topic_label')
    op.drop_table('release')
    op.drop_table('project_member')
    op.drop_table('postcode_area')
    with op.batch_alter_table('hub', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hub_municipality_code'))

    op.drop_table('hub')
    op.drop_table('fact_value')
    op.drop_table('fact_alias')
    op.drop_table('closed_month')
    op.drop_table('answer_topic')
    with op.batch_alter_table('answer_text', schema=None) as batch_op:
        batch_op.drop_index('ix_answer_text_latest')

    op.drop_table('answer_text')
    op.drop_table('topic')
    op.drop_table('sign_in_failure')
    op.drop_table('municipality')
    op.drop_table('fact')
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_municipality_code'))

    op.drop_table('area')
    op.drop_table('answer')
    op.drop_table('account')
