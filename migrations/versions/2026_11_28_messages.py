"""messages to people, and which of them a person wants."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_28_messages'
down_revision = '2026_11_28_pre_test'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('about', sa.String(length=120), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=320), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('begun_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('is_doubtful', sa.Boolean(), nullable=False),
    sa.Column('refusal', sa.Text(), nullable=True),
    sa.CheckConstraint("(state = 'sending') = (begun_at IS NOT NULL)", name=op.f('ck_message_begun_while_sending')),
    sa.CheckConstraint("(state IN ('sent', 'refused')) = (ended_at IS NOT NULL)", name=op.f('ck_message_end_dated')),
    sa.CheckConstraint("state <> 'refused' OR refusal IS NOT NULL", name=op.f('ck_message_refusal_explained')),
    sa.CheckConstraint("state IN ('waiting', 'sending', 'sent', 'refused')", name=op.f('ck_message_state_known')),
    sa.CheckConstraint('tries >= 0', name=op.f('ck_message_tries_counted')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_message_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('key', name=op.f('uq_message_key'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_about_state', ['about', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_message_created_at'), ['created_at'], unique=False)
        batch_op.create_index('ix_message_state_due_at', ['state', 'due_at'], unique=False)

    op.create_table('post_choice',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('record', sa.Boolean(), nullable=False),
    sa.Column('reminder', sa.Boolean(), nullable=False),
    sa.Column('changed_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_post_choice_account_id_account')),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_post_choice'))
    )


def downgrade() -> None:
    op.drop_table('post_choice')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_state_due_at')
        batch_op.drop_index(batch_op.f('ix_message_created_at'))
        batch_op.drop_index(batch_op.f('ix_message_account_id'))
        batch_op.drop_index('ix_message_about_state')

    op.drop_table('message')
