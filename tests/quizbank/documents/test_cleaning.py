"""What is no teaching is left out with its reason; what is clinical stays, however it is worded."""

import pytest

from tests.quizbank.documents.trees import entries_of, paths, read_text, reasons, sentences_of

BODY = [
    "Burns of the hand are common and threaten its function for life.",
    "Deep burns are excised early, and the wound is covered with a skin graft within days.",
    "Splints hold the joints in a safe position while the graft takes and the swelling goes down.",
    "Exercises begin on the fifth day under the eye of a hand therapist who knows the operation.",
    "Most patients regain a useful grip within a year of the operation if they keep up exercising.",
]


def test_a_second_copy_of_the_body_is_left_out_with_its_heading() -> None:
    document = read_text("\n".join(["Background", *BODY[:3], "Aftercare:", *BODY[3:], "References", *BODY]))
    assert sentences_of(document) == BODY
    assert paths(document) == [("Background",), ("Aftercare",)]
    assert "heading of a repeated text" in reasons(document)["References"]
    assert any(reason.startswith("repeats the text from “Burns of the hand") for reason in reasons(document).values())


def test_a_copy_with_small_differences_is_still_a_copy() -> None:
    changed = [BODY[0], BODY[1].replace("covered", "closed"), *BODY[2:]]
    assert sentences_of(read_text("\n".join([*BODY, "", "Summary", *changed]))) == BODY


def test_a_sentence_with_another_number_is_another_statement() -> None:
    doses = [
        f"Children of {age} years get {age * 5} mg of the syrup by mouth twice a day with food." for age in range(2, 9)
    ]
    assert sentences_of(read_text("\n".join(["Syrup", "", *doses]))) == doses


def test_a_sentence_repeated_once_stays() -> None:
    text = f"Background\n{BODY[0]}\n{BODY[1]}\n\nSummary\n{BODY[0]}\nSurgery is early."
    assert sentences_of(read_text(text)).count(BODY[0]) == 2


def test_a_list_that_shares_most_items_with_another_keeps_them_all() -> None:
    shared = [
        f"- sign number {word} of the disease in this age group"
        for word in ["one", "two", "three", "four", "five", "six"]
    ]
    children = ["- crying", *shared[:3], "- rash", *shared[4:]]
    document = read_text("\n".join(["Disease", "", "Signs in adults:", *shared, "", "Signs in children:", *children]))
    assert len(entries_of(document, "Signs in children")) == 7


@pytest.mark.parametrize(
    "line",
    [
        "All memberships come with unlimited access to our question bank.",
        "Finish the module and you will receive a printable certificate.",
        "Sign up for our weekly newsletter!",
        "Contact us today to book your free consultation.",
        "Download the MedPath app from Google Play.",
        "Get 20% off your first order with this promo code.",
        "Earn free CME credits while you read.",
        "Schedule an appointment online with our team of experts.",
        "Buy now and save time.",
    ],
)
def test_promotion_is_left_out(line: str) -> None:
    document = read_text("\n\n".join([*BODY, line]))
    assert sentences_of(document) == BODY
    assert reasons(document) == {line: "promotion, not clinical content"}


def test_softer_selling_beside_promotion_goes_with_it() -> None:
    pitch = "An immersive simulation platform designed to train nurses and students in a live, interactive world."
    document = read_text("\n\n".join([*BODY, "Both our subscription plans include free CME.", pitch]))
    assert sentences_of(document) == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Contact your doctor if the wound smells or the fever returns.",
        "Call 911 if the patient stops breathing.",
        "Patients who sign a consent form are enrolled in the registry.",
        "Our patients were followed for two years after the operation.",
        "The platform of the vertebra bears most of the load.",
        "Platelets aggregate, and the complement system boosts inflammation.",
        "Join the wound edges without tension.",
        "Schedule follow-up visits at 2, 6 and 12 weeks after the operation.",
        "Visit frequency depends on the depth of the burn.",
        "Cookies and other sugary foods raise blood glucose quickly in diabetics.",
        "The order of excision is face, hands, then trunk.",
        "Free flaps need an app-independent watch on their circulation.",
    ],
)
def test_clinical_sentences_that_look_like_selling_stay(line: str) -> None:
    assert sentences_of(read_text("\n\n".join([*BODY, line]))) == [*BODY, line]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Home > Surgery > Burns", "navigation"),
        ("Home › Surgery › Burns", "navigation"),
        ("Skip to main content", "navigation"),
        ("We use cookies to improve your experience on this website.", "cookie notice"),
        ("© 2021 Burn Society. All rights reserved.", "copyright or legal notice"),
        ("Page 3 of 12", "page number"),
        ("Figure 2. Anatomy of the hand", "caption of a figure"),
        ("Last updated: March 3, 2021", "author or date line"),
        ("By Jane Q. Roe, RN. Last updated May 3, 2022", "author or date line"),
        ("Learn more about skin grafts.", "link to another page"),
        ("* * *", "decoration"),
    ],
)
def test_page_furniture_is_left_out_with_its_reason(line: str, reason: str) -> None:
    document = read_text("\n\n".join([BODY[0], line, *BODY[1:]]))
    assert sentences_of(document) == BODY
    assert reasons(document).get(line, "decoration") == reason


def test_links_below_related_links_go_with_their_heading() -> None:
    document = read_text("\n\n".join([*BODY, "Related Links", "For Patients", "For Health Care Providers"]))
    assert sentences_of(document) == BODY
    assert set(reasons(document).values()) == {"navigation"}


def test_a_caption_that_says_something_stays() -> None:
    line = "Figure 2. The flap is raised on the radial artery and turned into the defect of the palm."
    assert line.removeprefix("Figure 2. ") in " ".join(sentences_of(read_text("\n\n".join([*BODY, line]))))


def test_one_promotional_sentence_in_a_paragraph_leaves_the_others() -> None:
    document = read_text(f"{BODY[0]} Subscribe now for the full article. {BODY[1]}")
    assert sentences_of(document) == BODY[:2]
