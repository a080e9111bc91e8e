"""The wallet: identity, licenses with documents and notices, credit earned elsewhere, topics, and rules followed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import quizbank.db

revision = '2026_11_27_wallet'
down_revision = '2026_11_28_surveys'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('external_credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('provider', sa.String(length=200), nullable=False),
    sa.Column('credit_type', sa.String(length=40), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('amount', sa.Numeric(precision=8, scale=2), nullable=False),
    sa.Column('completed_on', sa.Date(), nullable=False),
    sa.Column('topics', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('serial', sa.String(length=120), nullable=True),
    sa.Column('proof', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('added_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(credit_type = 'other') = (label <> '')", name=op.f('ck_external_credit_label_of_own_type')),
    sa.CheckConstraint("(origin = 'read') = (serial IS NOT NULL)", name=op.f('ck_external_credit_serial_when_read')),
    sa.CheckConstraint("origin IN ('typed', 'read')", name=op.f('ck_external_credit_origin_known')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_external_credit_amount_positive')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_external_credit_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_external_credit')),
    sa.UniqueConstraint('account_id', 'serial', name=op.f('uq_external_credit_account_id_serial'))
    )
    op.create_index(op.f('ix_external_credit_account_id'), 'external_credit', ['account_id'], unique=False)

    op.create_table('identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('given_name', sa.String(length=200), nullable=False),
    sa.Column('family_name', sa.String(length=200), nullable=False),
    sa.Column('npi', sa.String(length=10), nullable=False),
    sa.Column('birthday', sa.String(length=5), nullable=False),
    sa.Column('changed_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("birthday = '' OR length(birthday) = 5", name=op.f('ck_identity_birthday_without_year')),
    sa.CheckConstraint("npi = '' OR length(npi) = 10", name=op.f('ck_identity_npi_length')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_identity_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity')),
    sa.UniqueConstraint('account_id', name=op.f('uq_identity_account_id'))
    )
    op.create_table('license',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('body', sa.String(length=120), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('changed_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('medical', 'controlled', 'board', 'other')", name=op.f('ck_license_kind_known')),
    sa.CheckConstraint('expires_on IS NULL OR issued_on IS NULL OR issued_on <= expires_on', name=op.f('ck_license_issued_first')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_license_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_license'))
    )
    op.create_index(op.f('ix_license_account_id'), 'license', ['account_id'], unique=False)
    op.create_index(op.f('ix_license_expires_on'), 'license', ['expires_on'], unique=False)

    op.create_table('board_identifier',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('identity_id', sa.Integer(), nullable=False),
    sa.Column('board', sa.String(length=120), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.ForeignKeyConstraint(['identity_id'], ['identity.id'], name=op.f('fk_board_identifier_identity_id_identity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_identifier')),
    sa.UniqueConstraint('identity_id', 'board', name=op.f('uq_board_identifier_identity_id_board'))
    )
    op.create_table('external_file',
    sa.Column('credit_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('added_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name=op.f('ck_external_file_kind_known')),
    sa.ForeignKeyConstraint(['credit_id'], ['external_credit.id'], name=op.f('fk_external_file_credit_id_external_credit')),
    sa.PrimaryKeyConstraint('credit_id', name=op.f('pk_external_file'))
    )
    op.create_table('followed_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('rules', sa.String(length=60), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('exemptions', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.Column('chosen_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_followed_rules_account_id_account')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_followed_rules_license_id_license')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_followed_rules')),
    sa.UniqueConstraint('account_id', 'rules', 'license_id', name=op.f('uq_followed_rules_account_id_rules_license_id'))
    )
    op.create_index(op.f('ix_followed_rules_license_id'), 'followed_rules', ['license_id'], unique=False)
    op.create_index('uq_followed_rules_without_license', 'followed_rules', ['account_id', 'rules'], unique=True, sqlite_where=sa.text('license_id IS NULL'), postgresql_where=sa.text('license_id IS NULL'))

    op.create_table('license_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('added_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", name=op.f('ck_license_document_kind_known')),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_license_document_license_id_license')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_license_document'))
    )
    op.create_index(op.f('ix_license_document_license_id'), 'license_document', ['license_id'], unique=False)

    op.create_table('license_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('license_id', sa.Integer(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('written_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('dismissed_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['license_id'], ['license.id'], name=op.f('fk_license_notice_license_id_license')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_license_notice')),
    sa.UniqueConstraint('license_id', 'expires_on', 'days', name=op.f('uq_license_notice_license_id_expires_on_days'))
    )
    op.create_table('reporting_consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('identity_id', sa.Integer(), nullable=False),
    sa.Column('is_given', sa.Boolean(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['identity_id'], ['identity.id'], name=op.f('fk_reporting_consent_identity_id_identity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reporting_consent'))
    )
    op.create_index(op.f('ix_reporting_consent_identity_id'), 'reporting_consent', ['identity_id'], unique=False)

    op.create_table('claim_topics',
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('topics', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['claim_id'], ['credit_claim.id'], name=op.f('fk_claim_topics_claim_id_credit_claim')),
    sa.PrimaryKeyConstraint('claim_id', name=op.f('pk_claim_topics'))
    )


def downgrade() -> None:
    op.drop_table('claim_topics')
    op.drop_table('reporting_consent')
    op.drop_table('license_notice')
    op.drop_table('license_document')
    op.drop_table('followed_rules')
    op.drop_table('external_file')
    op.drop_table('board_identifier')
    op.drop_table('license')
    op.drop_table('identity')
    op.drop_table('external_credit')
