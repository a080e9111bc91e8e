"""Pages of the wallet: the transcript and its files, and what of this year's cycle home shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask_security import current_user
from markupsafe import Markup

from certificates.wallet.charts import month_bars
from certificates.wallet.entries import (
    Entry,
    chosen_entries,
    kinds_of,
    sum_of,
    sums_by_month,
    sums_by_year,
)
from certificates.wallet.licenses.reminders import Reminder
from certificates.wallet.models import FollowedRules
from certificates.wallet.printing import MAX_LINES, PrintingFailed, print_transcript
from certificates.wallet.queries import (
    birthday_of,
    entries_of,
    followed_by,
    other_issuers,
    reminders_of,
    standings_of,
)
from certificates.wallet.requirements.rules import RuleSet
from certificates.wallet.requirements.standing import Standing
from quizbank.db import utc_now
from quizbank.local_time import local_date
from quizbank.web.downloads import attachment, csv_response, xlsx_response
from quizbank.web.entrance import SIGNED_IN, open_to
from quizbank.web.errors import refuse
from quizbank.web.lists import address, asked_day

wallet_pages = Blueprint("wallet", __name__, url_prefix="/wallet")

HEADER = ("Completed", "Title", "Provider", "Type of credit", "Amount", "Counts", "Proof", "Certificate", "Topics")
SHOWN = 50
"""Lines shown at first; the address asks for all of them, as for printing."""
Told = tuple[FollowedRules, RuleSet | None, list[Standing], str]


@wallet_pages.record_once
def read_issuers(state: BlueprintSetupState) -> None:
    """Read the issuers that are known, so that a damaged file stops the start."""
    other_issuers(state.app.config["KNOWN_ISSUERS"])


@dataclass(frozen=True)
class Asked:
    """What of a transcript the address asks for."""

    kind: str
    year: int | None
    first: date | None
    last: date | None

    @property
    def is_part(self) -> bool:
        """Return whether only a part is asked for."""
        return bool(self.kind or self.year or self.first or self.last)

    def of(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return the lines asked for."""
        return chosen_entries(entries, self.kind, self.year, self.first, self.last)


def asked() -> Asked:
    """Return what the address asks for; what cannot be understood asks for nothing."""
    year = request.args.get("year", type=int)
    kind = request.args.get("type", "").replace("\x00", "")[:80]
    return Asked(kind, year if year and 1 <= year <= 9999 else None, asked_day("from"), asked_day("until"))


@wallet_pages.get("/")
@open_to(SIGNED_IN)
def index() -> str:
    today, wanted = local_date(utc_now()), asked()
    entries = entries_of(current_user.id)
    kinds = kinds_of(entries)
    lately = kinds_of(one for one in entries if (today - one.completed_on).days < 365)
    shown_kind = wanted.kind if wanted.kind in kinds else next(iter(lately or kinds), "")
    months = sums_by_month(chosen_entries(entries, shown_kind), today)
    shown = wanted.of(entries)
    return render_template(
        "wallet/index.html",
        entries=entries,
        shown=shown,
        lines=shown if request.args.get("all") else shown[:SHOWN],
        all_lines=address("wallet.index", {**request.args, "all": "1"}),
        total_shown=[(label, sum_of(chosen_entries(shown, kind))) for kind, label in kinds_of(shown).items()],
        asked=wanted,
        kinds=kinds,
        years=sums_by_year(entries),
        totals={kind: sum_of(chosen_entries(entries, kind)) for kind in kinds},
        months=months,
        chart=Markup(month_bars(months, kinds.get(shown_kind, ""))),  # noqa: S704 -- drawn from numbers, label escaped
        chart_label=kinds.get(shown_kind, ""),
        told=told_of(entries, today),
        reminders=reminders_of(current_user.id, today),
        today=today,
    )


def told_of(entries: Sequence[Entry], today: date) -> list[Told]:
    """Return how the person's credit stands against the rules they follow."""
    followed = followed_by(current_user.id)
    birthday = birthday_of(current_user.id) if followed else ""
    return [(one, *standings_of(one, entries, birthday, today)) for one in followed]


@wallet_pages.app_context_processor
def add_wallet_words() -> dict[str, Any]:
    """Give home what of the wallet it shows."""
    return {"wallet_at_home": wallet_at_home}


def wallet_at_home() -> tuple[list[tuple[RuleSet, Standing]], list[Reminder]]:
    """Return how present cycles stand, and the reminders of licenses; little is asked of who follows no rules."""
    today = local_date(utc_now())
    followed = followed_by(current_user.id)
    entries = entries_of(current_user.id) if followed else []
    birthday = birthday_of(current_user.id) if followed else ""
    told = [standings_of(one, entries, birthday, today) for one in followed]
    return [(rules, found[-1]) for rules, found, _ in told if rules and found], reminders_of(current_user.id, today)


def table_rows(entries: Sequence[Entry]) -> list[tuple[Any, ...]]:
    """Return the lines of a transcript as cells."""
    return [
        (
            *(one.completed_on, one.title, one.provider, one.label, one.amount, "yes" if one.counts else "no"),
            *(one.proof, one.serial, ", ".join(one.topics)),
        )
        for one in entries
    ]


@wallet_pages.get("/transcript.csv")
@open_to(SIGNED_IN)
def transcript_csv() -> Response:
    return csv_response("transcript.csv", HEADER, table_rows(asked().of(entries_of(current_user.id))))


@wallet_pages.get("/transcript.xlsx")
@open_to(SIGNED_IN)
def transcript_xlsx() -> Response:
    rows = table_rows(asked().of(entries_of(current_user.id)))
    return xlsx_response("transcript.xlsx", "Transcript", HEADER, rows)


@wallet_pages.get("/transcript.pdf")
@open_to(SIGNED_IN)
def transcript_pdf() -> Response:
    """Give the transcript as the address asks for it on paper."""
    wanted = asked()
    shown = wanted.of(entries_of(current_user.id))
    if len(shown) > MAX_LINES:
        refuse(409, f"A PDF holds {MAX_LINES:,} lines, and these are {len(shown):,}. Choose one year or type first.")
    kinds = kinds_of(shown)
    page = render_template(
        "wallet/transcript.html",
        shown=shown,
        asked=wanted,
        kinds=kinds,
        totals=[(label, sum_of(chosen_entries(shown, kind))) for kind, label in kinds.items()],
        provider=current_app.config["PROVIDER_NAME"],
        made_at=utc_now(),
    )
    try:
        content = print_transcript(page)
    except PrintingFailed as error:
        refuse(503, str(error))
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = attachment("transcript.pdf")
    return response
