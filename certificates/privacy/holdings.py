"""The one table of decisions about personal data: what a person gets of every table, and what deletion does to it.

A new table or column that is not decided here fails a test, which says what to add. Why it is so:
docs/decisions/0037-deletion.md; the rules on time: retention.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

KEPT = "kept"
BLANKED = "blanked"
DELETED = "deleted"
PROOF = "proof"
FATES: Mapping[str, str] = {
    KEPT: "stays under a pseudonym",
    BLANKED: "stays under a pseudonym, without what names the person",
    DELETED: "is deleted at once",
    PROOF: "is kept for six years after the claim, then erased",
}
"""What becomes of rows at deletion, in words for the person."""
REST = "*"
"""Stands in ``hides`` for every column that is not named: only for tables of the provider's own material."""


@dataclass(frozen=True)
class Holding:
    """One kind of rows that belong to a person through one of their columns.

    ``whose`` is the column that refers to the account, or the way there: "attempt_id.learner_id" is the learner of the row
    that attempt_id refers to. ``shows`` names what is exported: readable name → column, or the way to a column of another
    table. ``hides`` tells for every other column why it is not. Of a JSON column in ``keeps`` only those keys are exported.
    ``blanks`` is what columns hold after the deletion; "answers.change" is a key inside a JSON column.
    """

    name: str
    table: str
    whose: str
    holds: str
    fate: str
    because: str
    shows: Mapping[str, str]
    hides: Mapping[str, str] = field(default_factory=dict)
    keeps: Mapping[str, frozenset[str]] = field(default_factory=dict)
    blanks: Mapping[str, object] = field(default_factory=dict)


def same(names: str) -> dict[str, str]:
    """Return columns that are exported under their own names."""
    return {name: name for name in names.split()}


def hidden(names: str, why: str) -> dict[str, str]:
    """Return columns that are not exported, for one reason."""
    return dict.fromkeys(names.split(), why)


UNREAD = "a secret; nobody reads it"
INNER = "how the program does its work; it tells nothing about anybody"
OTHERS = "another person"
MATERIAL = "the provider's material, not about the person"
BOOKS = "The provider's books: what was granted, used and paid."
STATISTICS = "Results of items and activities are counted from it, and credit rests on it."
OVERSIGHT = "Who made and signed the provider's material has to be known as one and the same person, not by name."
NO_LONGER = "It served the person alone."
IN_WALLET = "stands beside this file, under wallet/"
SIX_YEARS = "The provider has to prove credit for six years (ACCME, AMA)."

ANSWERED = frozenset(
    (
        *("slot", "response", "flagged", "struck", "confidence"),
        *("score", "passed", "pass_mark"),
        *("minutes", "deadline", "because", "ended_at"),
    )
)
"""What of an attempt's steps is exported: what the person did and was told. Not which answers were right: whether that may

be seen is decided by the activity (quizbank/attempts/visibility.py), and other people are still to be asked."""

OF_PEOPLE = (
    Holding(
        "account", "account", "id", "The account: name, e-mail address, profession", BLANKED,
        "The entry stays because other entries refer to it.",
        same("id name email profession active created_at"),
        {**hidden("password fs_uniquifier", UNREAD), "deleted_at": "empty as long as there is an account"},
    ),
    Holding(
        "roles", "account_role", "account_id", "Roles", DELETED, "A deleted account may do nothing.",
        {"role": "role_id.name"},
    ),
    Holding(
        "deletions", "account_deletion", "account_id", "Requests to delete the account", KEPT,
        "It proves that the request was met, and when.",
        same("asked_at due_at state ended_at reason"),
        {"id": INNER, "asked_by_id": OTHERS},
    ),
    Holding(
        "audit_trail", "audit_entry", "actor_id", "Lines of the audit trail about this person and by them", KEPT,
        "The trail proves what happened. Its lines name accounts by number; words typed about the person are erased.",
        same("at action subject facts"),
        {**hidden("id previous_hash hash", INNER), "actor_id": "told as “you” or “somebody else”"},
    ),
    Holding(
        "audit_trail_words", "audit_words", "entry_id.actor_id", "Words in lines of the audit trail", BLANKED,
        "Words in lines about the person are erased; their seal stays in the chain.", {},
        hidden("entry_id name text salt erased_in_id", "stands in audit_trail where it is about the person"),
    ),
    Holding(
        "background_jobs", "job", "account_id", "Work started that ran in the background", KEPT,
        "Administrators see how the program worked.",
        {"job": "id", **same("kind state created_at finished_at refusal")},
        hidden("key args run_at lease_until owner tries done total stage error", INNER),
    ),
    Holding(
        "messages", "message", "account_id", "Messages sent to the person", DELETED,
        "They were for the person alone; what waits is not sent any more.",
        {"message": "id", **same("kind about address subject body state created_at due_at ended_at tries is_doubtful refusal")},
        hidden("key begun_at", INNER),
    ),
    Holding(
        "chosen_messages", "post_choice", "account_id", "Which messages are wanted", DELETED, "There are no messages any more.",
        same("record reminder changed_at"),
    ),
    Holding(
        "repeated_requests", "kept_reply", "account_id", "Replies kept for repeated requests, for 30 days", DELETED,
        "Nobody will repeat the request.", same("at status location"),
        hidden("key fingerprint body", INNER),
    ),
    Holding(
        "attempts", "attempt", "learner_id", "Attempts and their results", KEPT, STATISTICS,
        {"attempt": "id", "activity": "activity_id.title",
         **same("number state started_at deadline saved_at submitted_at score passed")},
        hidden("revision saves writer", INNER),
    ),
    Holding(
        "answers", "attempt_step", "attempt_id.learner_id", "Every step of the attempts, with the answers", KEPT,
        f"{STATISTICS} The result is recomputed from it.",
        {"attempt": "attempt_id", **same("sequence kind payload at")}, {"id": INNER}, {"payload": ANSWERED},
    ),
    Holding(
        "unsent_answers", "attempt_draft", "attempt_id.learner_id", "Answers saved and not sent yet", DELETED,
        "Nothing rests on them.", {"attempt": "attempt_id", **same("slot response saved_at")},
    ),
    Holding(
        "extra_time", "extra_time", "learner_id", "Extra time granted", DELETED,
        "It can tell of an illness, and nothing rests on it any more.",
        {"activity": "activity_id.title", **same("minutes granted_at")}, {"granted_by_id": OTHERS},
    ),
    Holding(
        "follow_ups", "followup_answer", "attempt_id.learner_id", "Answers to questions that came back", KEPT,
        "What people remember is counted from it.",
        {"attempt": "attempt_id", "question": "version_id.stem",
         **same("number response fraction confidence memory answered_at")},
        hidden("id item_id", INNER),
    ),
    Holding(
        "evaluations", "evaluation", "attempt_id.learner_id", "Evaluations of activities", BLANKED,
        "Agreement is counted for the provider's reports; what was written there is taken out.",
        {"attempt": "attempt_id", **same("answers at")}, hidden("id version_id", INNER), blanks={"answers.change": ""},
    ),
    Holding(
        "credits", "credit_claim", "learner_id", "Credit claimed", KEPT,
        f"{SIX_YEARS} It holds no name; after that it stays as a number in reports.",
        {"claim": "id", "attempt": "attempt_id", "activity": "activity_id.title",
         **same("credit_type amount profession attested claimed_at")},
    ),
    Holding(
        "credit_corrections", "claim_correction", "claim_id.learner_id", "Corrections of claims", BLANKED,
        f"{SIX_YEARS} The amounts stay, the reasons are taken out.",
        {"claim": "claim_id", **same("sequence amount reason at")}, {"id": INNER, "actor_id": OTHERS},
        blanks={"reason": "Erased"},
    ),
    Holding(
        "certificates", "certificate", "learner_id", "Certificates", PROOF, SIX_YEARS,
        {"certificate": "id", "claim": "claim_id", "activity": "activity_id.title", "replaces": "replaces_id.serial",
         **same("serial name facts evidence design design_fingerprint state issued_at changed_at reason")},
        {"erased_at": "empty as long as there is an account"},
    ),
    Holding(
        "certificate_files", "certificate_file", "certificate_id.learner_id", "The PDFs of the certificates", PROOF,
        SIX_YEARS, {"certificate": "certificate_id", **same("sha256 renderer rendered_at")},
        hidden("content credential", "stands beside this file, under certificates/"),
    ),
    Holding(
        "public_log", "log_entry", "certificate_id.learner_id", "Lines of the public log of certificates", KEPT,
        "It names nobody, and taking a line out would break the proof of everybody's certificates.",
        {"certificate": "certificate_id", **same("number leaf")}, hidden("hashes checkpoint", INNER),
    ),
    Holding(
        "plans", "subscription", "account_id", "Plans", KEPT, BOOKS,
        {"plan_number": "id",
         **same("origin reference plan state until cancels_at_end past_due_since ends_at created_at")},
        {"revision": INNER},
    ),
    Holding(
        "plan_events", "subscription_event", "subscription_id.account_id", "What happened to the plans", BLANKED,
        f"{BOOKS} Notes are taken out.",
        {"plan_number": "subscription_id", **same("sequence at kind plan state until cancels_at_end reason")},
        {**hidden("id message_id", INNER), "actor_id": OTHERS}, blanks={"reason": ""},
    ),
    Holding(
        "uses_of_plans", "ledger_entry", "account_id", "What was used of the plans", KEPT, BOOKS,
        {"plan_number": "subscription_id", **same("benefit subject title number plan price currency used_at")},
        {"id": INNER},
    ),
)  # fmt: skip
"""What is about a person who learns, or about anybody with an account."""

OF_WALLETS = (
    Holding(
        "share_views", "share_view", "link_id.account_id", "Browsers that opened links", DELETED, NO_LONGER,
        {"link": "link_id", "opened_at": "opened_at"}, hidden("id handle viewer_hash", UNREAD),
    ),
    Holding(
        "share_accesses", "share_access", "link_id.account_id", "Who looked at shared records, and when", DELETED,
        NO_LONGER, {"link": "link_id", **same("at client outcome")}, {"id": INNER},
    ),
    Holding(
        "shared_records", "share_entry", "link_id.account_id", "Records shown by links", DELETED, NO_LONGER,
        {"link": "link_id", "certificate": "certificate_id", "credit": "credit_id.title", "license": "license_id.body"},
        {"id": INNER},
    ),
    Holding(
        "share_links", "share_link", "account_id", "Links shared with hospitals", DELETED,
        "They stop at once: whoever has one sees nothing any more.",
        {"link": "id", **same("recipient max_views views wrong_tries created_at expires_at revoked_at first_opened_at seen_at")},
        hidden("token_hash passcode", UNREAD),
    ),
    Holding(
        "followed_rules", "followed_rules", "account_id", "Rules of boards that are followed", DELETED, NO_LONGER,
        {"license": "license_id.body", **same("rules starts_on exemptions chosen_at")}, {"id": INNER},
    ),
    Holding(
        "license_notices", "license_notice", "license_id.account_id", "Reminders of licenses", DELETED, NO_LONGER,
        {"license": "license_id.body", **same("expires_on days written_at dismissed_at")}, {"id": INNER},
    ),
    Holding(
        "license_documents", "license_document", "license_id.account_id", "Documents of licenses", DELETED, NO_LONGER,
        {"license": "license_id.body", **same("name kind sha256 size added_at")},
        {"id": INNER, "content": IN_WALLET},
    ),
    Holding(
        "licenses", "license", "account_id", "Licenses", DELETED, NO_LONGER,
        same("kind body number issued_on expires_on changed_at"), {"id": INNER},
    ),
    Holding(
        "credit_files", "external_file", "credit_id.account_id", "Files of credit from elsewhere", DELETED, NO_LONGER,
        {"credit": "credit_id.title", **same("name kind sha256 size added_at")}, {"content": IN_WALLET},
    ),
    Holding(
        "credit_from_elsewhere", "external_credit", "account_id", "Credit from elsewhere", DELETED, NO_LONGER,
        same("origin title provider credit_type label amount completed_on topics serial proof added_at"), {"id": INNER},
    ),
    Holding(
        "topics", "claim_topics", "claim_id.learner_id", "Topics given to credit", DELETED, NO_LONGER,
        {"claim": "claim_id", "topics": "topics"},
    ),
    Holding(
        "board_identifiers", "board_identifier", "identity_id.account_id", "Numbers at boards", DELETED, NO_LONGER,
        same("board number"), {"id": INNER},
    ),
    Holding(
        "consents", "reporting_consent", "identity_id.account_id", "Consent to reporting, given and withdrawn", DELETED,
        "Nothing more is reported; what was reported is to be taken back there.", same("is_given words at"), {"id": INNER},
    ),
    Holding(
        "identity", "identity", "account_id", "Names, NPI, month and day of birth for boards", DELETED, NO_LONGER,
        same("given_name family_name npi birthday changed_at"), {"id": INNER},
    ),
    Holding(
        "reported", "report_line", "claim_id.learner_id", "What was reported to accreditors", PROOF,
        f"{SIX_YEARS} And a record there is found by what was told, to take it back.",
        {"claim": "claim_id", "report": "report_id.destination",
         **same("act given_name family_name birthday npi license_state license_number profession completed_at amount")},
        {"id": INNER},
    ),
)  # fmt: skip
"""What a person keeps beside the credit earned here, shares and has reported; what refers to a row stands before it."""

OF_STAFF = (
    Holding(
        "claims_corrected", "claim_correction", "actor_id", "Claims corrected", KEPT, OVERSIGHT,
        same("amount reason at"), {REST: OTHERS},
    ),
    Holding(
        "surveys_written", "survey_version", "made_by_id", "Versions of surveys written", KEPT, OVERSIGHT,
        {"survey": "survey_id.name", **same("number made_at")}, {REST: MATERIAL},
    ),
    Holding(
        "surveys_chosen", "survey_choice", "chosen_by_id", "Surveys chosen for activities", KEPT, OVERSIGHT,
        {"activity": "activity_id.title", "survey": "survey_id.name", "chosen_at": "chosen_at"}, {REST: MATERIAL},
    ),
    Holding(
        "reports_prepared", "report", "prepared_by_id", "Reports prepared", KEPT, OVERSIGHT,
        same("destination year state prepared_at"), {REST: MATERIAL},
    ),
    Holding(
        "reports_ended", "report", "ended_by_id", "Reports sent or discarded", KEPT, OVERSIGHT,
        same("destination year state ended_at"), {REST: MATERIAL},
    ),
    Holding(
        "documents_added", "document", "account_id", "Documents added", KEPT, OVERSIGHT,
        {"document": "id", **same("name title sha256 state words added_at read_at problem")},
        hidden("content tree", MATERIAL),
    ),
    Holding(
        "item_versions_written", "item_version", "created_by_id", "Versions of items written", KEPT, OVERSIGHT,
        {"item": "item_id", **same("number type stem state created_at")}, {REST: MATERIAL},
    ),
    Holding(
        "items_reviewed", "item_review", "reviewer_id", "Items approved or rejected", KEPT, OVERSIGHT,
        {"stem": "version_id.stem", **same("verdict note at")}, {"id": INNER},
    ),
    Holding(
        "suggestions_decided", "suggestion", "decided_by_id", "Suggestions finished or rejected", KEPT, OVERSIGHT,
        {"suggestion": "id", **same("state note decided_at")}, {REST: MATERIAL},
    ),
    Holding(
        "corrections", "correction", "account_id", "Words of documents put right", KEPT, OVERSIGHT,
        {"document": "document_id.title", **same("original corrected made_at")}, {"id": INNER},
    ),
    Holding(
        "documents_replaced", "succession", "account_id", "Documents replaced by new versions", KEPT, OVERSIGHT,
        {"document": "document_id.title", "replaces": "replaces_id.title", "added_at": "added_at"},
    ),
    Holding(
        "activities_proposed", "activity", "created_by_id", "Activities built", KEPT, OVERSIGHT,
        {"activity": "id", **same("title state created_at published_at")}, {REST: MATERIAL},
    ),
    Holding(
        "extra_time_given", "extra_time", "granted_by_id", "Extra time given to others", KEPT, OVERSIGHT,
        {"activity": "activity_id.title", "granted_at": "granted_at"}, hidden("learner_id minutes", OTHERS),
    ),
    Holding(
        "plan_changes_made", "subscription_event", "actor_id", "Changes made to plans of others", KEPT, BOOKS,
        same("at kind plan"), {REST: OTHERS},
    ),
    Holding(
        "pictures_added", "certificate_picture", "added_by_id", "Logos and signatures added", KEPT, OVERSIGHT,
        same("kind label sha256 added_at withdrawn_at"), {REST: MATERIAL},
    ),
    Holding(
        "designs_chosen", "certificate_design_choice", "chosen_by_id", "Certificate designs chosen", KEPT, OVERSIGHT,
        {"activity": "activity_id.title", "chosen_at": "chosen_at"}, {REST: MATERIAL},
    ),
    Holding(
        "rule_files_activated", "rule_file_version", "made_by_id", "Rule files activated", KEPT, OVERSIGHT,
        same("kind number made_at"), {REST: MATERIAL},
    ),
    Holding(
        "deletions_asked", "account_deletion", "asked_by_id", "Deletions of accounts asked for", KEPT, OVERSIGHT,
        same("asked_at state"), {REST: OTHERS},
    ),
    Holding(
        "words_erased", "audit_words", "erased_in_id.actor_id", "Words erased by deletions", KEPT, OVERSIGHT,
        {}, {REST: OTHERS},
    ),
)  # fmt: skip
"""What authors, reviewers and administrators leave on the provider's material."""

HOLDINGS = (*OF_PEOPLE, *OF_WALLETS, *OF_STAFF)

IMPERSONAL: Mapping[str, str] = {
    "role": "the names of the roles",
    "item": "a question's identity; who wrote what stands in its versions",
    "generation_run": "reports on documents",
    "objective": "what activities teach",
    "activity_credit": "which credit activities offer",
    "survey": "the names of surveys; who wrote what stands in their versions",
    "activity_item": "which items activities ask",
}
"""Tables without anything about a person, each with what it holds instead."""

HOW_TO_DECIDE = (
    "Decide it in certificates/privacy/holdings.py: a Holding in OF_PEOPLE or OF_STAFF says what of it a person gets (shows, "
    "hides with a reason) and what becomes of it when the account is deleted (fate, because, blanks); a table that holds "
    "nothing about anybody gets a line in IMPERSONAL."
)
