"""Sharing: links to a person's records, what they show, the views of them, and the access log."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_sharing'
down_revision = '2026_11_27_wallet'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('share_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('recipient', sa.String(length=200), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('passcode', sa.String(length=255), nullable=True),
    sa.Column('max_views', sa.Integer(), nullable=False),
    sa.Column('views', sa.Integer(), nullable=False),
    sa.Column('wrong_tries', sa.Integer(), nullable=False),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('first_opened_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('seen_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(views = 0) = (first_opened_at IS NULL)', name=op.f('ck_share_link_first_opened_at_with_views')),
    sa.CheckConstraint('max_views > 0 AND views >= 0 AND views <= max_views', name=op.f('ck_share_link_views_within_cap')),
    sa.CheckConstraint('seen_at IS NULL OR first_opened_at IS NOT NULL', name=op.f('ck_share_link_seen_after_opening')),
    sa.CheckConstraint('wrong_tries >= 0', name=op.f('ck_share_link_wrong_tries_counted')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_share_link_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_share_link_token_hash'))
    )
    with op.batch_alter_table('share_link', schema=None) as batch_op:
        batch_op.create_index('ix_share_link_account_id_created_at', ['account_id', 'created_at'], unique=False)

    op.create_table('share_access',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('client', sa.String(length=60), nullable=False),
    sa.Column('outcome', sa.String(length=20), nullable=False),
    sa.CheckConstraint("outcome IN ('shown', 'downloaded', 'wrong_passcode', 'revoked', 'locked', 'expired', 'used_up', 'closed')", name=op.f('ck_share_access_outcome_known')),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_share_access_link_id_share_link')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_access'))
    )
    with op.batch_alter_table('share_access', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_access_link_id'), ['link_id'], unique=False)

    op.create_table('share_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('handle', sa.String(length=20), nullable=False),
    sa.Column('viewer_hash', sa.String(length=64), nullable=False),
    sa.Column('opened_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_share_view_link_id_share_link')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_view')),
    sa.UniqueConstraint('handle', name=op.f('uq_share_view_handle')),
    sa.UniqueConstraint('link_id', 'viewer_hash', name=op.f('uq_share_view_link_id_viewer_hash'))
    )
    op.create_table('share_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=True),
    sa.Column('credit_id', sa.Integer(), nullable=True),
    sa.Column('license_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(certificate_id IS NOT NULL AND credit_id IS NULL AND license_id IS NULL) OR (certificate_id IS NULL AND credit_id IS NOT NULL AND license_id IS NULL) OR (certificate_id IS NULL AND credit_id IS NULL AND license_id IS NOT NULL)', name=op.f('ck_share_entry_one_record')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_share_entry_certificate_id_certificate')),
    sa.ForeignKeyConstraint(['credit_id'], ['external_credit.id'], name=op.f('fk_share_entry_credit_id_external_credit'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_share_entry_license_id_license'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['link_id'], ['share_link.id'], name=op.f('fk_share_entry_link_id_share_link')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share_entry')),
    sa.UniqueConstraint('link_id', 'certificate_id', name=op.f('uq_share_entry_link_id_certificate_id')),
    sa.UniqueConstraint('link_id', 'credit_id', name=op.f('uq_share_entry_link_id_credit_id')),
    sa.UniqueConstraint('link_id', 'license_id', name=op.f('uq_share_entry_link_id_license_id'))
    )
    with op.batch_alter_table('share_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_entry_certificate_id'), ['certificate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_entry_credit_id'), ['credit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_entry_license_id'), ['license_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('share_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_share_entry_license_id'))
        batch_op.drop_index(batch_op.f('ix_share_entry_credit_id'))
        batch_op.drop_index(batch_op.f('ix_share_entry_certificate_id'))

    op.drop_table('share_entry')
    op.drop_table('share_view')
    with op.batch_alter_table('share_access', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_share_access_link_id'))

    op.drop_table('share_access')
    with op.batch_alter_table('share_link', schema=None) as batch_op:
        batch_op.drop_index('ix_share_link_account_id_created_at')

    op.drop_table('share_link')
