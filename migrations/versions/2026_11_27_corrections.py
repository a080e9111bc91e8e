"""words of documents that people put right."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_6'
down_revision = '2026_11_27_5'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('original', sa.String(length=120), nullable=False),
    sa.Column('corrected', sa.String(length=120), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('made_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_correction_account_id_account')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_correction_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('document_id', 'original', name=op.f('uq_correction_document_id_original'))
    )


def downgrade() -> None:
    op.drop_table('correction')
