"""deletions of accounts: requests, pseudonyms, erased certificates, and words sealed in the audit trail."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_28_deletions'
down_revision = '2026_11_27_reports'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account_deletion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('asked_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('due_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('ended_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'asked') = (ended_at IS NULL)", name=op.f('ck_account_deletion_ended_at_with_state')),
    sa.CheckConstraint("state IN ('asked', 'taken back', 'done')", name=op.f('ck_account_deletion_state_known')),
    sa.CheckConstraint('asked_by_id = account_id OR length(reason) > 0', name=op.f('ck_account_deletion_others_give_a_reason')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_deletion_account_id_account')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_account_deletion_asked_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_deletion'))
    )
    with op.batch_alter_table('account_deletion', schema=None) as batch_op:
        batch_op.create_index('ix_account_deletion_state_due_at', ['state', 'due_at'], unique=False)
        batch_op.create_index('uq_account_deletion_open', ['account_id'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))

    op.create_table('audit_words',
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('erased_in_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(text IS NULL) = (erased_in_id IS NOT NULL)', name=op.f('ck_audit_words_erasure_told')),
    sa.ForeignKeyConstraint(['entry_id'], ['audit_entry.id'], name=op.f('fk_audit_words_entry_id_audit_entry')),
    sa.ForeignKeyConstraint(['erased_in_id'], ['audit_entry.id'], name=op.f('fk_audit_words_erased_in_id_audit_entry')),
    sa.PrimaryKeyConstraint('entry_id', 'name', name=op.f('pk_audit_words'))
    )
    op.create_index(op.f('ix_audit_entry_actor_id'), 'audit_entry', ['actor_id'], unique=False)
    op.create_index(op.f('ix_audit_entry_subject'), 'audit_entry', ['subject'], unique=False)
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deleted_at', quizbank.db.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_check_constraint(
            batch_op.f('ck_account_deleted_closed'), 'deleted_at IS NULL OR NOT active'
        )

    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('erased_at', quizbank.db.UtcDateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_column('erased_at')

    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_account_deleted_closed'), type_='check')
        batch_op.drop_column('deleted_at')

    op.drop_table('audit_words')
    op.drop_index(op.f('ix_audit_entry_subject'), table_name='audit_entry')
    op.drop_index(op.f('ix_audit_entry_actor_id'), table_name='audit_entry')
    with op.batch_alter_table('account_deletion', schema=None) as batch_op:
        batch_op.drop_index('uq_account_deletion_open', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index('ix_account_deletion_state_due_at')

    op.drop_table('account_deletion')
