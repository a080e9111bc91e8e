"""versions of documents."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_27_5'
down_revision = '2026_11_27_4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('succession',
    sa.Column('document_id', sa.Integer(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('added_at', quizbank.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('document_id <> replaces_id', name=op.f('ck_succession_another_document')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_succession_account_id_account')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_succession_document_id_document')),
    sa.ForeignKeyConstraint(['replaces_id'], ['document.id'], name=op.f('fk_succession_replaces_id_document')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_succession')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_succession_replaces_id'))
    )


def downgrade() -> None:
    op.drop_table('succession')
