"""What each feature of quizbank gives the application: pages, command groups, job handlers and daily jobs."""

from quizbank.accounts.commands import accounts_commands
from quizbank.accounts.views import accounts_pages
from quizbank.activities.jobs import activities_daily, activities_handlers
from quizbank.activities.queries import CREDIT_TYPES
from quizbank.activities.views import activities_pages
from quizbank.analysis.commands import analysis_commands
from quizbank.analysis.views import analysis_pages
from quizbank.attempts.commands import attempts_commands
from quizbank.attempts.extra_time.views import extra_time_pages
from quizbank.attempts.jobs import attempts_daily, attempts_handlers
from quizbank.attempts.regrading.views import regrading_pages
from quizbank.attempts.views import attempts_pages
from quizbank.demo.commands import demo_commands
from quizbank.documents.commands import documents_commands
from quizbank.documents.jobs import documents_handlers
from quizbank.documents.views import documents_pages
from quizbank.followups.views import followups_pages
from quizbank.generation.commands import generation_commands
from quizbank.generation.jobs import generation_handlers
from quizbank.generation.views import generation_pages
from quizbank.items.views import items_pages
from quizbank.jobs.commands import jobs_commands
from quizbank.jobs.views import jobs_pages
from quizbank.plans.commands import plans_commands
from quizbank.plans.views import plans_pages
from quizbank.post.commands import post_commands
from quizbank.post.jobs import post_daily, post_handlers
from quizbank.post.views import post_pages
from quizbank.rulefiles.views import rulefiles_pages
from quizbank.trail.jobs import trail_daily, trail_handlers
from quizbank.trail.views import trail_pages
from quizbank.web.views import web_pages

PAGES = (
    web_pages,
    accounts_pages,
    rulefiles_pages,
    plans_pages,
    jobs_pages,
    post_pages,
    trail_pages,
    documents_pages,
    items_pages,
    generation_pages,
    activities_pages,
    attempts_pages,
    extra_time_pages,
    regrading_pages,
    followups_pages,
    analysis_pages,
)
COMMANDS = (
    accounts_commands,
    plans_commands,
    jobs_commands,
    post_commands,
    documents_commands,
    generation_commands,
    attempts_commands,
    analysis_commands,
    demo_commands,
)
HANDLERS = {
    **post_handlers,
    **trail_handlers,
    **documents_handlers,
    **activities_handlers,
    **generation_handlers,
    **attempts_handlers,
}
DAILY = (*post_daily, *trail_daily, *activities_daily, *attempts_daily)
RULE_FILES = (CREDIT_TYPES,)
