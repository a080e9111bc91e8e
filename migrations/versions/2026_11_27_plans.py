"""Plans: subscriptions with their events, and the ledger of what was used."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_plans'
down_revision = '2026_11_27_designs'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('subscription',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=20), nullable=False),
    sa.Column('reference', sa.String(length=255), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('plan', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('until', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('cancels_at_end', sa.Boolean(), nullable=False),
    sa.Column('past_due_since', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ends_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(origin = 'house') = (reference = '')", name=op.f('ck_subscription_reference_of_provider')),
    sa.CheckConstraint("state IN ('trialing', 'active', 'past_due', 'canceled')", name=op.f('ck_subscription_state_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_subscription_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription')),
    sa.UniqueConstraint('account_id', 'origin', 'reference', name=op.f('uq_subscription_account_id_origin_reference'))
    )
    op.create_table('ledger_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('benefit', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('plan', sa.String(length=40), nullable=False),
    sa.Column('price', sa.Numeric(precision=10, scale=2), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('used_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('price >= 0', name=op.f('ck_ledger_entry_price_not_negative')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_ledger_entry_account_id_account')),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_ledger_entry_subscription_id_subscription')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entry')),
    sa.UniqueConstraint('account_id', 'benefit', 'number', name=op.f('uq_ledger_entry_account_id_benefit_number')),
    sa.UniqueConstraint('account_id', 'benefit', 'subject', name=op.f('uq_ledger_entry_account_id_benefit_subject'))
    )
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ledger_entry_subscription_id'), ['subscription_id'], unique=False)

    op.create_table('subscription_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('plan', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('until', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('cancels_at_end', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('message_id', sa.String(length=255), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_subscription_event_actor_id_account')),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_subscription_event_subscription_id_subscription')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription_event')),
    sa.UniqueConstraint('message_id', name=op.f('uq_subscription_event_message_id')),
    sa.UniqueConstraint('subscription_id', 'sequence', name=op.f('uq_subscription_event_subscription_id_sequence'))
    )


def downgrade() -> None:
    op.drop_table('subscription_event')
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_entry_subscription_id'))

    op.drop_table('ledger_entry')
    op.drop_table('subscription')
