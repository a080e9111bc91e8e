"""Surveys of the provider's own, which activity asks which, and what each evaluation was asked."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_28_surveys'
down_revision = '2026_11_28_corrections'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('survey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sa.UniqueConstraint('name', name=op.f('uq_survey_name'))
    )
    op.create_table('survey_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', quizbank.db.Json, nullable=False),
    sa.Column('made_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_survey_version_number_from_one')),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_survey_version_made_by_id_account')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_version_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_version')),
    sa.UniqueConstraint('survey_id', 'number', name=op.f('uq_survey_version_survey_id_number'))
    )
    op.create_table('survey_choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('survey_id', sa.Integer(), nullable=True),
    sa.Column('chosen_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('chosen_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_survey_choice_activity_id_activity')),
    sa.ForeignKeyConstraint(['chosen_by_id'], ['account.id'], name=op.f('fk_survey_choice_chosen_by_id_account')),
    sa.ForeignKeyConstraint(['survey_id'], ['survey.id'], name=op.f('fk_survey_choice_survey_id_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey_choice'))
    )
    with op.batch_alter_table('survey_choice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_survey_choice_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_survey_choice_survey_id'), ['survey_id'], unique=False)
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('version_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_evaluation_version_id'), ['version_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f('fk_evaluation_version_id_survey_version'), 'survey_version', ['version_id'], ['id']
        )


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT id FROM evaluation WHERE version_id IS NOT NULL LIMIT 1')).first():
        raise RuntimeError('Some evaluations answer surveys of your own, which the older tables cannot hold.')
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_evaluation_version_id_survey_version'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_evaluation_version_id'))
        batch_op.drop_column('version_id')
    op.drop_table('survey_choice')
    op.drop_table('survey_version')
    op.drop_table('survey')
