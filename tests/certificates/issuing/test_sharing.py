"""Sharing: the address at LinkedIn carries what the public page shows, whatever signs the title has."""

from urllib.parse import parse_qs, urlsplit

from certificates.issuing.sharing import linkedin_address
from tests.certificates.issuing.samples import make_facts


def test_address_tells_what_the_public_page_tells() -> None:
    facts = make_facts(title="Pain & “relief”: 50 % of #1?", credentials=None)
    address = urlsplit(linkedin_address(facts))
    told = parse_qs(address.query)
    assert (address.scheme, address.netloc) == ("https", "www.linkedin.com")
    assert told["name"] == [facts.title]
    assert (told["certId"], told["certUrl"]) == ([facts.serial], [facts.verify_url])
    assert (told["issueYear"], told["issueMonth"]) == (["2026"], ["11"])
    assert facts.recipient not in linkedin_address(facts)
