"""Several types of credit for an activity, each claimed on its own."""

import sqlalchemy as sa
from alembic import op

import quizbank.db

revision = '2026_11_28_credits'
down_revision = '2026_11_27_plans'
branch_labels = None
depends_on = None

MOVE_UP = """
INSERT INTO activity_credit (activity_id, position, credit_type, maximum, designated_at)
SELECT id, 0, credit_type, maximum_credit, designated_at FROM activity
"""
OFFERED = "SELECT {column} FROM activity_credit WHERE activity_credit.activity_id = activity.id ORDER BY position LIMIT 1"
MOVE_DOWN = f"""
UPDATE activity SET credit_type = ({OFFERED.format(column='credit_type')}),
maximum_credit = ({OFFERED.format(column='maximum')})
WHERE EXISTS (SELECT 1 FROM activity_credit WHERE activity_credit.activity_id = activity.id)
"""
SEVERAL = "SELECT attempt_id FROM credit_claim GROUP BY attempt_id HAVING count(*) > 1"
CLAIM_OFFER = 'fk_credit_claim_activity_id_credit_type_activity_credit'


def upgrade() -> None:
    op.create_table('activity_credit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('credit_type', sa.String(length=40), nullable=False),
    sa.Column('maximum', sa.Numeric(precision=6, scale=2), nullable=False),
    sa.Column('terms', quizbank.db.Json, nullable=True),
    sa.Column('designated_at', quizbank.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('maximum > 0', name=op.f('ck_activity_credit_maximum_positive')),
    sa.CheckConstraint('terms IS NULL OR designated_at IS NOT NULL', name=op.f('ck_activity_credit_frozen_when_designated')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_activity_credit_activity_id_activity')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_credit')),
    sa.UniqueConstraint('activity_id', 'credit_type', name=op.f('uq_activity_credit_activity_id_credit_type'))
    )
    op.execute(MOVE_UP)
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_activity_credit_positive'), type_='check')
        batch_op.drop_column('credit_type')
        batch_op.drop_column('maximum_credit')
    with op.batch_alter_table('credit_claim', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_credit_claim_attempt_id'), type_='unique')
        batch_op.create_index(batch_op.f('ix_credit_claim_attempt_id'), ['attempt_id'], unique=False)
        batch_op.create_foreign_key(
            batch_op.f(CLAIM_OFFER), 'activity_credit', ['activity_id', 'credit_type'], ['activity_id', 'credit_type']
        )


def downgrade() -> None:
    if op.get_bind().execute(sa.text(SEVERAL)).first():
        raise RuntimeError('Some passes were claimed in several types of credit, which the older tables cannot hold.')
    with op.batch_alter_table('credit_claim', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(CLAIM_OFFER), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_credit_claim_attempt_id'))
        batch_op.create_unique_constraint(batch_op.f('uq_credit_claim_attempt_id'), ['attempt_id'])
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.add_column(sa.Column('credit_type', sa.String(length=40), server_default='ama_pra_1', nullable=False))
        batch_op.add_column(sa.Column('maximum_credit', sa.Numeric(6, 2), server_default='0.25', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_activity_credit_positive'), 'maximum_credit > 0')
    op.execute(MOVE_DOWN)
    with op.batch_alter_table('activity', schema=None) as batch_op:
        batch_op.alter_column('credit_type', server_default=None, existing_type=sa.String(length=40), existing_nullable=False)
        batch_op.alter_column('maximum_credit', server_default=None, existing_type=sa.Numeric(6, 2), existing_nullable=False)
    op.drop_table('activity_credit')
