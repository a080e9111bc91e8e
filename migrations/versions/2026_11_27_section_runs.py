"""generation of single sections."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_27_4'
down_revision = '2026_11_27_3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('generation_run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('section', sa.String(length=600), nullable=False, server_default=''))
        batch_op.drop_constraint(op.f('uq_generation_run_document_id'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_generation_run_document_id_seed'), ['document_id', 'seed'])
    with op.batch_alter_table('generation_run', schema=None) as batch_op:
        batch_op.alter_column('section', server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM generation_run WHERE section <> ''")
    with op.batch_alter_table('generation_run', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('uq_generation_run_document_id_seed'), type_='unique')
        batch_op.create_unique_constraint(op.f('uq_generation_run_document_id'), ['document_id'])
        batch_op.drop_column('section')
