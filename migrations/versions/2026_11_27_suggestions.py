"""suggestions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import quizbank.db

revision = '2026_11_27_3'
down_revision = '2026_11_27_2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=80), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('report', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('made_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('decided_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("state IN ('open', 'finished', 'rejected')", name=op.f('ck_suggestion_state_known')),
    sa.CheckConstraint("(state = 'open') = (decided_at IS NULL)", name=op.f('ck_suggestion_decided_at_with_state')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_suggestion_decided_by_somebody')),
    sa.CheckConstraint("(state = 'finished') = (item_id IS NOT NULL)", name=op.f('ck_suggestion_item_with_state')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_suggestion_decided_by_id_account')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_suggestion_document_id_document')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_suggestion_item_id_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion')),
    sa.UniqueConstraint('document_id', 'origin', name=op.f('uq_suggestion_document_id_origin')),
    sa.UniqueConstraint('item_id', name=op.f('uq_suggestion_item_id'))
    )
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_document_id'), ['document_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestion_document_id'))

    op.drop_table('suggestion')
