"""pre-test: whether an activity asks its questions once before reading."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_pre_test"
down_revision = "2026_11_28_deletions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # not in batch mode: SQLite would copy and drop a table that other rows point to
    op.add_column("activity", sa.Column("pre_test", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("activity", "pre_test")
