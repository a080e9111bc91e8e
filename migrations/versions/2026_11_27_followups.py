"""follow-ups: whether an activity has them, and the answers to questions that came back."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_followups'
down_revision = '2026_11_27_taking'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not in batch mode: SQLite would copy and drop a table that other rows point to
    op.add_column('activity', sa.Column('follow_up', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('followup_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('response', quizbank.db.Json, nullable=False),
    sa.Column('fraction', sa.Double(), nullable=False),
    sa.Column('confidence', sa.Integer(), nullable=True),
    sa.Column('memory', quizbank.db.Json, nullable=False),
    sa.Column('answered_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('number >= 1', name=op.f('ck_followup_answer_number_positive')),
    sa.CheckConstraint('fraction BETWEEN 0 AND 1', name=op.f('ck_followup_answer_fraction_in_range')),
    sa.CheckConstraint(
        'confidence IS NULL OR confidence BETWEEN 1 AND 3', name=op.f('ck_followup_answer_confidence_in_range')
    ),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_followup_answer_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_followup_answer_item_id_item')),
    sa.ForeignKeyConstraint(
        ['version_id'], ['item_version.id'], name=op.f('fk_followup_answer_version_id_item_version')
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_followup_answer')),
    sa.UniqueConstraint('attempt_id', 'item_id', 'number', name=op.f('uq_followup_answer_attempt_id_item_id_number'))
    )
    with op.batch_alter_table('followup_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_followup_answer_item_id'), ['item_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('followup_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_followup_answer_item_id'))
    op.drop_table('followup_answer')
    op.drop_column('activity', 'follow_up')
