"""first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import quizbank.db

revision = '2026_11_22'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('password', sa.String(length=255), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('profession', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_account_name_given')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_account_fs_uniquifier'))
    )
    op.create_table('role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role')),
    sa.UniqueConstraint('name', name=op.f('uq_role_name'))
    )
    op.create_table('account_role',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_role_account_id_account')),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_account_role_role_id_role')),
    sa.PrimaryKeyConstraint('account_id', 'role_id', name=op.f('pk_account_role'))
    )
    op.create_table('audit_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_audit_entry_actor_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_entry_hash')),
    sa.UniqueConstraint('previous_hash', name=op.f('uq_audit_entry_previous_hash'))
    )
    op.create_table('document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('problem', sa.Text(), nullable=True),
    sa.Column('tree', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=True),
    sa.Column('words', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('added_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('read_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'reading') = (read_at IS NULL)", name=op.f('ck_document_read_at_with_state')),
    sa.CheckConstraint("(state = 'refused') = (problem IS NOT NULL)", name=op.f('ck_document_problem_with_state')),
    sa.CheckConstraint("state IN ('reading', 'ready', 'refused')", name=op.f('ck_document_state_known')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_document_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document'))
    )
    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('args', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('run_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('lease_until', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('owner', sa.String(length=120), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.Column('refusal', sa.Text(), nullable=True),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('finished_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'running') = (lease_until IS NOT NULL AND owner IS NOT NULL)", name=op.f('ck_job_running_leased')),
    sa.CheckConstraint("(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)", name=op.f('ck_job_end_dated')),
    sa.CheckConstraint("state <> 'failed' OR error IS NOT NULL OR refusal IS NOT NULL", name=op.f('ck_job_failure_explained')),
    sa.CheckConstraint("state IN ('new', 'running', 'done', 'failed', 'cancelled')", name=op.f('ck_job_state_known')),
    sa.CheckConstraint('(lease_until IS NULL) = (owner IS NULL)', name=op.f('ck_job_lease_owned')),
    sa.CheckConstraint('tries >= 0 AND done >= 0 AND (total IS NULL OR done <= total)', name=op.f('ck_job_counts_fit')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_job_account_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('key', name=op.f('uq_job_key'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_account_id', ['account_id'], unique=False)
        batch_op.create_index('ix_job_state_run_at', ['state', 'run_at'], unique=False)

    op.create_table('activity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('instructions', sa.Text(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=False),
    sa.Column('max_attempts', sa.Integer(), nullable=True),
    sa.Column('cooldown_hours', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('credit_type', sa.String(length=40), nullable=False),
    sa.Column('maximum_credit', sa.Numeric(precision=6, scale=2), nullable=False),
    sa.Column('released_on', sa.Date(), nullable=True),
    sa.Column('reviewed_on', sa.Date(), nullable=True),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('faculty', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('references', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('commercial_support', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('published_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('designated_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'draft') = (published_at IS NULL)", name=op.f('ck_activity_published_at_with_state')),
    sa.CheckConstraint("state IN ('draft', 'published', 'closed')", name=op.f('ck_activity_state_known')),
    sa.CheckConstraint('(designated_at IS NULL) = (published_at IS NULL)', name=op.f('ck_activity_designated_when_published')),
    sa.CheckConstraint('max_attempts IS NULL OR max_attempts >= 1', name=op.f('ck_activity_max_attempts_positive')),
    sa.CheckConstraint('maximum_credit > 0', name=op.f('ck_activity_credit_positive')),
    sa.CheckConstraint('pass_mark BETWEEN 1 AND 100', name=op.f('ck_activity_pass_mark_in_range')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_activity_created_by_id_account')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_activity_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity'))
    )
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_document_id'), ['document_id'], unique=False)

    op.create_table('generation_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Integer(), nullable=False),
    sa.Column('report', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('made_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_generation_run_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_generation_run')),
    sa.UniqueConstraint('document_id', name=op.f('uq_generation_run_document_id'))
    )
    op.create_table('item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=80), nullable=False),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_item_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item')),
    sa.UniqueConstraint('document_id', 'origin', name=op.f('uq_item_document_id_origin'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_document_id'), ['document_id'], unique=False)

    op.create_table('attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('learner_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('started_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('saved_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('submitted_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('score', sa.Double(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.CheckConstraint("(state = 'submitted') = (score IS NOT NULL)", name=op.f('ck_attempt_score_with_state')),
    sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name=op.f('ck_attempt_submitted_at_with_state')),
    sa.CheckConstraint("state IN ('open', 'submitted')", name=op.f('ck_attempt_state_known')),
    sa.CheckConstraint('(score IS NULL) = (passed IS NULL)', name=op.f('ck_attempt_passed_with_score')),
    sa.CheckConstraint('score IS NULL OR score BETWEEN 0 AND 100', name=op.f('ck_attempt_score_in_range')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_attempt_activity_id_activity')),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_attempt_learner_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt')),
    sa.UniqueConstraint('activity_id', 'learner_id', 'number', name=op.f('uq_attempt_activity_id_learner_id_number'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_learner_id'), ['learner_id'], unique=False)
        batch_op.create_index('uq_attempt_open', ['activity_id', 'learner_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('item_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('stem', sa.Text(), nullable=False),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('citation', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('objective', sa.String(length=300), nullable=False),
    sa.Column('provenance', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('checks', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('decided_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('created_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'draft') = (decided_at IS NULL)", name=op.f('ck_item_version_decided_at_with_state')),
    sa.CheckConstraint("state IN ('draft', 'published', 'rejected', 'retired')", name=op.f('ck_item_version_state_known')),
    sa.ForeignKeyConstraint(['created_by_id'], ['account.id'], name=op.f('fk_item_version_created_by_id_account')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_version_item_id_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_version')),
    sa.UniqueConstraint('item_id', 'number', name=op.f('uq_item_version_item_id_number'))
    )
    with op.batch_alter_table('item_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_version_item_id'), ['item_id'], unique=False)
        batch_op.create_index('uq_item_version_published', ['item_id'], unique=True, sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))

    op.create_table('objective',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('item_count', sa.Integer(), nullable=False),
    sa.CheckConstraint('item_count >= 0', name=op.f('ck_objective_item_count_not_negative')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_objective_activity_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objective'))
    )
    with op.batch_alter_table('objective', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objective_activity_id'), ['activity_id'], unique=False)

    op.create_table('activity_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('objective_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activity_item_activity_id_activity')),
    sa.ForeignKeyConstraint(['objective_id'], ['objective.id'], name=op.f('fk_activity_item_objective_id_objective')),
    sa.ForeignKeyConstraint(['version_id'], ['item_version.id'], name=op.f('fk_activity_item_version_id_item_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_item')),
    sa.UniqueConstraint('activity_id', 'position', name=op.f('uq_activity_item_activity_id_position')),
    sa.UniqueConstraint('activity_id', 'version_id', name=op.f('uq_activity_item_activity_id_version_id'))
    )
    with op.batch_alter_table('activity_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_activity_item_activity_id'), ['activity_id'], unique=False)

    op.create_table('attempt_draft',
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('slot', sa.Integer(), nullable=False),
    sa.Column('response', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('saved_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_draft_attempt_id_attempt')),
    sa.PrimaryKeyConstraint('attempt_id', 'slot', name=op.f('pk_attempt_draft'))
    )
    op.create_table('attempt_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_step_attempt_id_attempt')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_step')),
    sa.UniqueConstraint('attempt_id', 'sequence', name=op.f('uq_attempt_step_attempt_id_sequence'))
    )
    op.create_table('credit_claim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('learner_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('credit_type', sa.String(length=40), nullable=False),
    sa.Column('amount', sa.Numeric(precision=6, scale=2), nullable=False),
    sa.Column('attested', sa.String(length=300), nullable=False),
    sa.Column('claimed_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount > 0', name=op.f('ck_credit_claim_amount_positive')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_credit_claim_activity_id_activity')),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_credit_claim_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_credit_claim_learner_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credit_claim')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_credit_claim_attempt_id')),
    sa.UniqueConstraint('learner_id', 'activity_id', 'credit_type', name=op.f('uq_credit_claim_learner_id_activity_id_credit_type'))
    )
    op.create_table('evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_evaluation_attempt_id_attempt')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation')),
    sa.UniqueConstraint('attempt_id', name=op.f('uq_evaluation_attempt_id'))
    )
    op.create_table('item_review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=10), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("verdict IN ('approved', 'rejected')", name=op.f('ck_item_review_verdict_known')),
    sa.ForeignKeyConstraint(['reviewer_id'], ['account.id'], name=op.f('fk_item_review_reviewer_id_account')),
    sa.ForeignKeyConstraint(['version_id'], ['item_version.id'], name=op.f('fk_item_review_version_id_item_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_review'))
    )
    with op.batch_alter_table('item_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_review_version_id'), ['version_id'], unique=False)

    op.create_table('certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('learner_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('serial', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), 'postgresql'), nullable=False),
    sa.Column('design', sa.String(length=60), nullable=False),
    sa.Column('design_fingerprint', sa.String(length=64), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('issued_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.CheckConstraint("(state = 'revoked') = (reason IS NOT NULL)", name=op.f('ck_certificate_reason_with_state')),
    sa.CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", name=op.f('ck_certificate_revoked_at_with_state')),
    sa.CheckConstraint("state IN ('valid', 'revoked', 'superseded')", name=op.f('ck_certificate_state_known')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_certificate_activity_id_activity')),
    sa.ForeignKeyConstraint(['claim_id'], ['credit_claim.id'], name=op.f('fk_certificate_claim_id_credit_claim')),
    sa.ForeignKeyConstraint(['learner_id'], ['account.id'], name=op.f('fk_certificate_learner_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('claim_id', name=op.f('uq_certificate_claim_id')),
    sa.UniqueConstraint('serial', name=op.f('uq_certificate_serial'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_issued_at'), ['issued_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_certificate_learner_id'), ['learner_id'], unique=False)

    op.create_table('certificate_file',
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('rendered_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_file_certificate_id_certificate')),
    sa.PrimaryKeyConstraint('certificate_id', name=op.f('pk_certificate_file'))
    )



def downgrade() -> None:

    op.drop_table('certificate_file')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_certificate_learner_id'))
        batch_op.drop_index(batch_op.f('ix_certificate_issued_at'))
        batch_op.drop_index(batch_op.f('ix_certificate_activity_id'))

    op.drop_table('certificate')
    with op.batch_alter_table('item_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_review_version_id'))

    op.drop_table('item_review')
    op.drop_table('evaluation')
    op.drop_table('credit_claim')
    op.drop_table('attempt_step')
    op.drop_table('attempt_draft')
    with op.batch_alter_table('activity_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_item_activity_id'))

    op.drop_table('activity_item')
    with op.batch_alter_table('objective', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_objective_activity_id'))

    op.drop_table('objective')
    with op.batch_alter_table('item_version', schema=None) as batch_op:
        batch_op.drop_index('uq_item_version_published', sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
        batch_op.drop_index(batch_op.f('ix_item_version_item_id'))

    op.drop_table('item_version')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('uq_attempt_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index(batch_op.f('ix_attempt_learner_id'))
        batch_op.drop_index(batch_op.f('ix_attempt_activity_id'))

    op.drop_table('attempt')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_document_id'))

    op.drop_table('item')
    op.drop_table('generation_run')
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_activity_document_id'))

    op.drop_table('activity')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_state_run_at')
        batch_op.drop_index('ix_job_account_id')

    op.drop_table('job')
    op.drop_table('document')
    op.drop_table('audit_entry')
    op.drop_table('account_role')
    op.drop_table('role')
    op.drop_table('account')

