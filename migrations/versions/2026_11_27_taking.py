"""how an activity is taken: modes, time, feedback, extra time, the page that saved last."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_taking'
down_revision = '2026_11_27_kept_replies'
branch_labels = None
depends_on = None

MOST = 'source'


def upgrade() -> None:
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mode', sa.String(length=10), server_default='exam', nullable=False))
        batch_op.add_column(sa.Column('layout', sa.String(length=10), server_default='either', nullable=False))
        batch_op.add_column(sa.Column('time_limit', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('shuffle_items', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('shuffle_options', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('ask_confidence', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('feedback_checked', sa.String(length=10), server_default=MOST, nullable=False))
        batch_op.add_column(sa.Column('feedback_submitted', sa.String(length=10), server_default=MOST, nullable=False))
        batch_op.add_column(sa.Column('feedback_final', sa.String(length=10), server_default=MOST, nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_activity_mode_known'), "mode IN ('exam', 'study')")
        batch_op.create_check_constraint(
            batch_op.f('ck_activity_layout_known'), "layout IN ('either', 'single', 'page')"
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_activity_time_limit_in_range'), 'time_limit IS NULL OR time_limit BETWEEN 1 AND 1440'
        )
    op.add_column('attempt', sa.Column('saves', sa.Integer(), server_default='0', nullable=False))
    op.add_column('attempt', sa.Column('writer', sa.String(length=16), server_default='', nullable=False))
    op.add_column('attempt', sa.Column('deadline', quizbank.db.UtcDateTime(timezone=True), nullable=True))
    op.create_table('extra_time',
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('learner_id', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('granted_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('granted_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 0 AND 1440', name=op.f('ck_extra_time_minutes_in_range')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_extra_time_activity_id_activity')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['account.id'], name=op.f('fk_extra_time_granted_by_id_account')),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_extra_time_learner_id_account')),
    sa.PrimaryKeyConstraint('activity_id', 'learner_id', name=op.f('pk_extra_time'))
    )
    with op.batch_alter_table('extra_time', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extra_time_learner_id'), ['learner_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('extra_time', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_extra_time_learner_id'))

    op.drop_table('extra_time')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        for name in ('deadline', 'writer', 'saves'):
            batch_op.drop_column(name)
    with op.batch_alter_table('activity', schema=None) as batch_op:
        for name in ('mode_known', 'layout_known', 'time_limit_in_range'):
            batch_op.drop_constraint(batch_op.f(f'ck_activity_{name}'), type_='check')
        for name in (
            'feedback_final', 'feedback_submitted', 'feedback_checked', 'ask_confidence', 'shuffle_options',
            'shuffle_items', 'time_limit', 'layout', 'mode',
        ):
            batch_op.drop_column(name)
