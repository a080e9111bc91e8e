"""kept replies."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_kept_replies'
down_revision = '2026_11_27_6'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_reply',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=100), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Integer(), nullable=False),
    sa.Column('location', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_kept_reply_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', 'key', name=op.f('pk_kept_reply'))
    )
    with op.batch_alter_table('kept_reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_reply_at'), ['at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('kept_reply', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_kept_reply_at'))

    op.drop_table('kept_reply')
