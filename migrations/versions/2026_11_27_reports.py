"""Reports about learners, and what each told of whom."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_reports'
down_revision = '2026_11_27_sharing'
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'prepared'")


def upgrade() -> None:
    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('destination', sa.String(length=20), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.Column('deletions', sa.Integer(), nullable=False),
    sa.Column('submissions', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('prepared_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('prepared_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'prepared') = (ended_at IS NULL)", name=op.f('ck_report_ended_at_with_state')),
    sa.CheckConstraint("state IN ('prepared', 'sent', 'discarded')", name=op.f('ck_report_state_known')),
    sa.CheckConstraint('deletions >= 0 AND submissions >= 0', name=op.f('ck_report_counts_not_negative')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_report_activity_id_activity')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['account.id'], name=op.f('fk_report_ended_by_id_account')),
    sa.ForeignKeyConstraint(['prepared_by_id'], ['account.id'], name=op.f('fk_report_prepared_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    op.create_index('uq_report_open', 'report', ['destination'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table('report_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=10), nullable=False),
    sa.Column('given_name', sa.String(length=200), nullable=False),
    sa.Column('family_name', sa.String(length=200), nullable=False),
    sa.Column('birthday', sa.String(length=5), nullable=False),
    sa.Column('npi', sa.String(length=10), nullable=False),
    sa.Column('license_state', sa.String(length=2), nullable=False),
    sa.Column('license_number', sa.String(length=60), nullable=False),
    sa.Column('profession', sa.String(length=40), nullable=False),
    sa.Column('completed_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('amount', sa.Numeric(precision=6, scale=2), nullable=False),
    sa.CheckConstraint("act IN ('submit', 'delete')", name=op.f('ck_report_line_act_known')),
    sa.ForeignKeyConstraint(['claim_id'], ['credit_claim.id'], name=op.f('fk_report_line_claim_id_credit_claim')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_line_report_id_report')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_line')),
    sa.UniqueConstraint('report_id', 'claim_id', 'act', name=op.f('uq_report_line_report_id_claim_id_act'))
    )
    op.create_index(op.f('ix_report_line_claim_id'), 'report_line', ['claim_id'], unique=False)


def downgrade() -> None:
    op.drop_table('report_line')
    op.drop_table('report')
