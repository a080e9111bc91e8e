"""activity revision."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_27'
down_revision = '2026_11_22'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('activity', sa.Column('revision', sa.Integer(), server_default='1', nullable=False))


def downgrade() -> None:
    op.drop_column('activity', 'revision')
