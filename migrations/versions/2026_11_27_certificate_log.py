"""the log of certificates, corrected certificates, credentials."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import quizbank.db

revision = '2026_11_27_certificate_log'
down_revision = '2026_11_27_followups'
branch_labels = None
depends_on = None

STANDING = sa.text("state <> 'superseded'")


def upgrade() -> None:
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.add_column(sa.Column('replaces_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('evidence', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True))
        batch_op.drop_constraint(op.f('ck_certificate_revoked_at_with_state'), type_='check')
        batch_op.drop_constraint(op.f('ck_certificate_reason_with_state'), type_='check')
        batch_op.drop_constraint(op.f('uq_certificate_claim_id'), type_='unique')
        batch_op.alter_column('revoked_at', new_column_name='changed_at')
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.create_check_constraint(op.f('ck_certificate_changed_at_with_state'), "(state = 'valid') = (changed_at IS NULL)")
        batch_op.create_check_constraint(op.f('ck_certificate_reason_with_state'), "(state = 'valid') = (reason IS NULL)")
        batch_op.create_check_constraint(op.f('ck_certificate_replaces_another'), 'replaces_id <> id')
        batch_op.create_foreign_key(op.f('fk_certificate_replaces_id_certificate'), 'certificate', ['replaces_id'], ['id'])
        batch_op.create_unique_constraint(op.f('uq_certificate_replaces_id'), ['replaces_id'])
        batch_op.create_index(op.f('ix_certificate_claim_id'), ['claim_id'], unique=False)
        batch_op.create_index(op.f('ix_certificate_state'), ['state'], unique=False)
        batch_op.create_index('uq_certificate_standing_claim', ['claim_id'], unique=True, sqlite_where=STANDING, postgresql_where=STANDING)
    with op.batch_alter_table('certificate_file') as batch_op:
        batch_op.add_column(sa.Column('credential', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('renderer', sa.String(length=80), nullable=True))
        batch_op.create_index(op.f('ix_certificate_file_sha256'), ['sha256'], unique=False)
    op.create_table('log_entry',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('leaf', sa.Text(), nullable=False),
    sa.Column('hashes', sa.Text(), nullable=False),
    sa.Column('checkpoint', sa.Text(), nullable=True),
    sa.CheckConstraint('number >= 0', name=op.f('ck_log_entry_number_from_zero')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_log_entry_certificate_id_certificate')),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_log_entry'))
    )
    op.create_index(op.f('ix_log_entry_certificate_id'), 'log_entry', ['certificate_id'], unique=False)


def downgrade() -> None:
    """Go back; what was superseded cannot be told without this migration, so that stops it."""
    op.drop_table('log_entry')
    with op.batch_alter_table('certificate_file') as batch_op:
        batch_op.drop_index(op.f('ix_certificate_file_sha256'))
        batch_op.drop_column('renderer')
        batch_op.drop_column('credential')
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.drop_index('uq_certificate_standing_claim', sqlite_where=STANDING, postgresql_where=STANDING)
        batch_op.drop_index(op.f('ix_certificate_state'))
        batch_op.drop_index(op.f('ix_certificate_claim_id'))
        batch_op.drop_constraint(op.f('uq_certificate_replaces_id'), type_='unique')
        batch_op.drop_constraint(op.f('fk_certificate_replaces_id_certificate'), type_='foreignkey')
        batch_op.drop_constraint(op.f('ck_certificate_replaces_another'), type_='check')
        batch_op.drop_constraint(op.f('ck_certificate_reason_with_state'), type_='check')
        batch_op.drop_constraint(op.f('ck_certificate_changed_at_with_state'), type_='check')
        batch_op.alter_column('changed_at', new_column_name='revoked_at')
        batch_op.drop_column('evidence')
        batch_op.drop_column('replaces_id')
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.create_check_constraint(op.f('ck_certificate_revoked_at_with_state'), "(state = 'revoked') = (revoked_at IS NOT NULL)")
        batch_op.create_check_constraint(op.f('ck_certificate_reason_with_state'), "(state = 'revoked') = (reason IS NOT NULL)")
        batch_op.create_unique_constraint(op.f('uq_certificate_claim_id'), ['claim_id'])
