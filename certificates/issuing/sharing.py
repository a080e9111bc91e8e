"""Telling others about a certificate: its facts go in, the address that adds it to a profile elsewhere comes out."""

from urllib.parse import urlencode

from certificates.issuing.facts import CertificateFacts

LINKEDIN = "https://www.linkedin.com/profile/add"


def linkedin_address(facts: CertificateFacts) -> str:
    """Return the address at which LinkedIn offers to add this certificate; nothing is sent until its holder follows it."""
    told = {
        "startTask": "CERTIFICATION_NAME",
        "name": facts.title,
        "organizationName": facts.provider,
        "issueYear": facts.issued_on.year,
        "issueMonth": facts.issued_on.month,
        "certId": facts.serial,
        "certUrl": facts.verify_url,
    }
    return f"{LINKEDIN}?{urlencode(told)}"
