"""Versions of rule files that an administrator activates: own credit types, what boards ask for."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_28_rule_files'
down_revision = '2026_11_28_messages'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rule_file_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('made_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_rule_file_version_number_from_one')),
    sa.ForeignKeyConstraint(['made_by_id'], ['account.id'], name=op.f('fk_rule_file_version_made_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_file_version')),
    sa.UniqueConstraint('kind', 'number', name=op.f('uq_rule_file_version_kind_number'))
    )


def downgrade() -> None:
    op.drop_table('rule_file_version')
