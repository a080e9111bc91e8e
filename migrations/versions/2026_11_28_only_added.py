"""Tables that nothing ever changes refuse to be changed: trail, log of certificates, steps of attempts, ledger, versions."""

from alembic import op

revision = '2026_11_28_only_added'
down_revision = '2026_11_28_rule_files'
branch_labels = None
depends_on = None

TABLES = (
    'audit_entry', 'audit_words', 'attempt_step', 'ledger_entry', 'rule_file_version', 'survey_version', 'log_entry'
)
ERASED_ALONE = """
OLD.entry_id = NEW.entry_id AND OLD.name = NEW.name AND OLD.salt = NEW.salt
AND OLD.text IS NOT NULL AND NEW.text IS NULL AND NEW.erased_in_id IS NOT NULL
"""
REFUSING = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  RAISE EXCEPTION 'Rows of % are only ever added, never changed or deleted.', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$
"""


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == 'postgresql'
    if is_postgresql:
        op.get_bind().exec_driver_sql(REFUSING.replace('%', '%%'))
    for table in TABLES:
        words = f'Rows of {table} are only ever added, never changed or deleted.'
        for act in ('UPDATE', 'DELETE'):
            when = f'WHEN (NOT ({ERASED_ALONE})) ' if table == 'audit_words' and act == 'UPDATE' else ''
            head = f'CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} FOR EACH ROW {when}'
            refuse = 'EXECUTE FUNCTION refuse_change()' if is_postgresql else f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
            op.execute(head + refuse)
        if is_postgresql:
            op.execute(f'CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()')


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == 'postgresql'
    for table in TABLES:
        for act in ('update', 'delete', *(('truncate',) if is_postgresql else ())):
            op.execute(f'DROP TRIGGER {table}_{act}' + (f' ON {table}' if is_postgresql else ''))
    if is_postgresql:
        op.execute('DROP FUNCTION refuse_change()')
