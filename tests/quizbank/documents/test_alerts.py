"""Authors are told about language, length, slips, damage and patients' identity, and not bothered without cause."""

import pytest

from quizbank.documents.language import language_name, language_of
from tests.quizbank.documents.trees import read_text, warned

PROSE = (
    "Deep burns of the hand are excised early, and the wound is covered with a skin graft. Splints hold the joints in "
    "a safe position. Exercises begin on the fifth day. Most patients regain a useful grip within a year. "
)
GERMAN = (
    "Die Herzinsuffizienz ist eine Erkrankung, bei der das Herz nicht genug Blut in den Körper pumpt. Sie wird mit "
    "Medikamenten behandelt, und die Patienten sollen sich täglich wiegen. Das Wasser sammelt sich in den Beinen."
)


def test_another_language_is_named_in_plain_words() -> None:
    document = read_text(GERMAN)
    assert document.language == "de"
    assert "German" in next(warning.detail for warning in document.warnings if warning.kind == "language")


def test_english_prose_and_english_lists_raise_no_language_warning() -> None:
    listing = "Signs\n- Fever\n- Cough\n- Chest pain\n- Short breath\n- Night sweats\n- Weight loss\n- Swollen glands"
    assert read_text(PROSE).language == "en"
    assert warned(read_text(listing), "language") == []


def test_too_little_text_has_no_language() -> None:
    assert language_of("Fever.") == "und"
    assert language_name("und") == "an unknown language"


def test_a_document_with_little_to_ask_says_what_was_found() -> None:
    (warning,) = [each for each in read_text("Burns\n\nBurns hurt.").warnings if each.kind == "short"]
    assert "2 words in 1 sentences and 0 list items" in warning.detail


def test_a_document_with_enough_to_ask_is_not_called_short() -> None:
    assert warned(read_text(PROSE), "short") == []


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("decission", "decision"),
        ("treatmnet", "treatment"),
        ("recieve", "receive"),
        ("microdisectomy", "microdiscectomy"),
        ("lamnectomy", "laminectomy"),
        ("teh", "the"),
        ("syrnptoms", "symptoms"),
    ],
)
def test_a_slip_is_shown_with_its_likely_correction(slip: str, word: str) -> None:
    document = read_text(f"{PROSE} This says {slip} once.")
    (warning,) = [each for each in document.warnings if each.kind == "spelling"]
    assert warning.quote == slip
    assert f"“{word}”" in warning.detail
    assert warning.proposal == word


@pytest.mark.parametrize(
    "words",
    [
        "laminotomy, foraminotomy, facet ablation and arthrodesis",
        "furosemide, sacubitril, dapagliflozin, ivabradine and bumetanide",
        "hyponatremia, hypernatremia and hypochloremic alkalosis",
        "myelomeningocele, fasciocutaneous and paralumbar flaps",
        "oedema, haemorrhage, tumour and anaemia of the oesophagus",
        "ductus arteriosus, vice versa, in vitro and tinea capitis",
        "the Mantoux test and Kawasaki disease",
        "tachycardia, bradyarrhythmia and cardiomyopathy",
        "eosinophilic granulomatosis with polyangiitis",
        "myasthenia gravis, nerve fibres, statins and intubation",
        "nephropathy, neuropathy and neuropathy again",
    ],
)
def test_medical_words_are_not_called_misspelt(words: str) -> None:
    assert warned(read_text(f"{PROSE} It concerns {words} here."), "spelling") == []


@pytest.mark.parametrize(
    "damaged",
    ["3 the months", "than5days", "5years", "itch,generally", "changesfrom", "itâ€™s", "vasculitis(vas-kyu-LI-tis)"],
)
def test_damage_is_pointed_out(damaged: str) -> None:
    document = read_text(f"{PROSE} It was less {damaged} here.")
    assert any(damaged in quote or quote in damaged for quote in warned(document, "damaged"))


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("3 the months", "3 months"),
        ("than5days", "than 5 days"),
        ("5years", "5 years"),
        ("itch,generally", "itch, generally"),
        ("changesfrom", "changes from"),
        ("hyper tension", "hypertension"),
        ("grafting(CABG)", "grafting (CABG)"),
        ("1OO mg", "100"),
        ("l5 mL", "15"),
        ("itâ€™s", ""),
    ],
)
def test_damage_comes_with_what_was_most_likely_meant(damaged: str, meant: str) -> None:
    warnings = read_text(f"{PROSE} It was less {damaged} here.").warnings
    assert [warning.proposal for warning in warnings if warning.kind == "damaged"] == [meant]


@pytest.mark.parametrize(
    "sound", ["H2O", "serogroups O1 and O139", "5 l of fluid", "2 a month", "hyper alert", "poly trauma"]
)
def test_letters_beside_digits_and_two_true_words_are_no_damage(sound: str) -> None:
    assert warned(read_text(f"{PROSE} It was on {sound} here."), "damaged") == []


@pytest.mark.parametrize("sound", ["homebound", "day 3 the wound", "1,200 mL", "T4(free)", "postoperative", "CHA2DS2"])
def test_sound_text_is_not_called_damaged(sound: str) -> None:
    assert warned(read_text(f"{PROSE} It was on {sound} here."), "damaged") == []


@pytest.mark.parametrize(
    "identity",
    [
        "MRN: 00482913",
        "Medical record number 4829-1377",
        "DOB 03/14/1956",
        "date of birth: March 14, 1956",
        "123-45-6789",
        "Patient name: Jane Roe",
        "Patient: Jane Roe, 54",
        "Mrs Roe, phone (555) 010-9999",
    ],
)
def test_what_may_identify_a_patient_is_flagged(identity: str) -> None:
    assert warned(read_text(f"{PROSE} Seen with {identity} last week."), "personal")


@pytest.mark.parametrize(
    "harmless", ["born in 1956", "1-800-273-8255", "between 2010-2015", "patient positioning: supine"]
)
def test_years_hotlines_and_headings_are_no_identity(harmless: str) -> None:
    assert warned(read_text(f"{PROSE} It was {harmless} then."), "personal") == []
