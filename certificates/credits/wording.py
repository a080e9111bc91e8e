"""The sentence a certificate says about credit: profession, credit type and amount in, the exact wording out.

Sources: AMA PRA rules (only physicians are awarded AMA PRA credit; others participate; the phrase keeps its ™);
the designation statement is prescribed word for word.
"""

from decimal import Decimal

from quizbank.activities.formats import plain_amount

AMA_PHRASE = "AMA PRA Category 1 Credit(s)™"
AMA_ONE = "AMA PRA Category 1 Credit™"
AMA_MANY = "AMA PRA Category 1 Credits™"
UNITS = {"cpd": ("CPD point", "CPD points"), "contact_hours": ("contact hour", "contact hours")}


def credit_phrase(credit_type: str, amount: Decimal) -> str:
    """Return an amount with its unit, in the number that fits: "1.5 AMA PRA Category 1 Credits™"."""
    if credit_type == "ama_pra_1":
        return f"{plain_amount(amount)} {AMA_ONE if amount == 1 else AMA_MANY}"
    one, many = UNITS[credit_type]
    return f"{plain_amount(amount)} {one if amount == 1 else many}"


def is_awarded(profession: str, credit_type: str) -> bool:
    """Return whether this profession is awarded the credit; others get a certificate of participation."""
    return credit_type != "ama_pra_1" or profession == "physician"


def credit_wording(profession: str, credit_type: str, claimed: Decimal, maximum: Decimal) -> str:
    """Return the certificate's sentence about credit."""
    if is_awarded(profession, credit_type):
        return f"and is awarded {credit_phrase(credit_type, claimed)}"
    return (
        f"and has participated for {plain_amount(claimed)} {'hour' if claimed == 1 else 'hours'} in this activity, which is "
        f"designated for a maximum of {plain_amount(maximum)} {AMA_PHRASE}"
    )


def certificate_heading(profession: str, credit_type: str) -> str:
    """Return the certificate's title."""
    return "Certificate of Completion" if is_awarded(profession, credit_type) else "Certificate of Participation"


def designation_statement(provider: str, learning_format: str, credit_type: str, maximum: Decimal) -> str:
    """Return the designation statement, generated and never typed; "" for credit types that have none."""
    if credit_type != "ama_pra_1":
        return ""
    return (
        f"The {provider} designates this {learning_format} for a maximum of {plain_amount(maximum)} {AMA_PHRASE}. "
        "Physicians should claim only the credit commensurate with the extent of their participation in the activity."
    )
