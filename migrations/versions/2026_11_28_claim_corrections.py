"""Corrections of claims, and the profession that claimed."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_28_corrections'
down_revision = '2026_11_28_credits'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('claim_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('claim_id', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('amount', sa.Numeric(precision=6, scale=2), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=False),
    sa.Column('at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_claim_correction_amount_not_negative')),
    sa.CheckConstraint('sequence >= 1', name=op.f('ck_claim_correction_sequence_from_one')),
    sa.ForeignKeyConstraint(['actor_id'], ['account.id'], name=op.f('fk_claim_correction_actor_id_account')),
    sa.ForeignKeyConstraint(['claim_id'], ['credit_claim.id'], name=op.f('fk_claim_correction_claim_id_credit_claim')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_claim_correction')),
    sa.UniqueConstraint('claim_id', 'sequence', name=op.f('uq_claim_correction_claim_id_sequence'))
    )
    op.add_column('credit_claim', sa.Column('profession', sa.String(length=40), nullable=True))


def downgrade() -> None:
    if op.get_bind().execute(sa.text('SELECT id FROM claim_correction LIMIT 1')).first():
        raise RuntimeError('Some claims were corrected, which the older tables cannot hold.')
    with op.batch_alter_table('credit_claim', schema=None) as batch_op:
        batch_op.drop_column('profession')
    op.drop_table('claim_correction')
