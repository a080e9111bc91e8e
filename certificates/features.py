"""What each feature of certificates gives the application: pages, command groups, job handlers and daily jobs."""

from certificates.batches.jobs import batches_handlers
from certificates.batches.views import batches_pages
from certificates.credits.views import credits_pages
from certificates.designing.views import designing_pages
from certificates.issuing.commands import issuing_commands
from certificates.issuing.jobs import issuing_daily, issuing_handlers
from certificates.issuing.views import issuing_pages
from certificates.privacy.jobs import privacy_daily, privacy_handlers
from certificates.privacy.views import privacy_pages
from certificates.proofs.views import proofs_pages
from certificates.reporting.commands import reporting_commands
from certificates.reporting.outcomes.views import outcomes_pages
from certificates.reporting.views import reporting_pages
from certificates.sending.jobs import sending_handlers
from certificates.sending.views import sending_pages
from certificates.sharing.recipient.views import recipient_pages
from certificates.sharing.views import sharing_pages
from certificates.surveys.views import surveys_pages
from certificates.verify.views import verify_pages
from certificates.wallet.commands import wallet_commands
from certificates.wallet.external.views import external_pages
from certificates.wallet.identity.views import identity_pages
from certificates.wallet.jobs import wallet_daily, wallet_handlers
from certificates.wallet.licenses.views import licenses_pages
from certificates.wallet.queries import REQUIREMENTS
from certificates.wallet.requirements.views import requirements_pages
from certificates.wallet.views import wallet_pages

PAGES = (
    surveys_pages,
    credits_pages,
    issuing_pages,
    designing_pages,
    batches_pages,
    sending_pages,
    verify_pages,
    proofs_pages,
    wallet_pages,
    external_pages,
    identity_pages,
    licenses_pages,
    requirements_pages,
    sharing_pages,
    recipient_pages,
    reporting_pages,
    outcomes_pages,
    privacy_pages,
)
OPEN_TO_GUESSES = (verify_pages, proofs_pages, recipient_pages)
"""Pages for everybody, where serials and share links could be tried out."""
OPEN_TO_PASSCODES = (recipient_pages,)
"""Pages for everybody whose forms take a passcode: comparing one is slow work, so fewer are taken."""
COMMANDS = (issuing_commands, wallet_commands, reporting_commands)
HANDLERS = {**issuing_handlers, **batches_handlers, **sending_handlers, **wallet_handlers, **privacy_handlers}
DAILY = (*issuing_daily, *wallet_daily, *privacy_daily)
RULE_FILES = (REQUIREMENTS,)
