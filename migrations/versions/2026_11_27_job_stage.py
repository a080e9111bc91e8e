"""job stage."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_27_2'
down_revision = '2026_11_27'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('job', sa.Column('stage', sa.String(length=100), nullable=True))


def downgrade() -> None:
    op.drop_column('job', 'stage')
