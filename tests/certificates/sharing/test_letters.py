"""The first-access notice by mail."""

from certificates.sharing.letters import opened_letter


def test_first_opening_is_told_once_without_naming_the_recipient() -> None:
    letter = opened_letter(4, "https://cme.example/sharing/4")
    assert letter.key == "share.opened:4"
    assert "https://cme.example/sharing/4" in letter.paragraphs[0]
    assert "revoke" in letter.paragraphs[1]
