"""pictures that certificates carry, and what was chosen for whose certificates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

import quizbank.db

revision = '2026_11_27_designs'
down_revision = '2026_11_27_certificate_log'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificate_picture',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('added_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('withdrawn_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('logo', 'signature')", name=op.f('ck_certificate_picture_kind_known')),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_certificate_picture_added_by_id_account')),
    sa.PrimaryKeyConstraint('sha256', 'kind', name=op.f('pk_certificate_picture'))
    )
    op.create_table('certificate_design_choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=True),
    sa.Column('content', sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), 'postgresql'), nullable=True),
    sa.Column('chosen_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('chosen_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('activity_id IS NOT NULL OR content IS NOT NULL', name=op.f('ck_certificate_design_choice_provider_chooses')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_certificate_design_choice_activity_id_activity')),
    sa.ForeignKeyConstraint(['chosen_by_id'], ['account.id'], name=op.f('fk_certificate_design_choice_chosen_by_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_design_choice'))
    )
    op.create_index(op.f('ix_certificate_design_choice_activity_id'), 'certificate_design_choice', ['activity_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_certificate_design_choice_activity_id'), table_name='certificate_design_choice')
    op.drop_table('certificate_design_choice')
    op.drop_table('certificate_picture')
