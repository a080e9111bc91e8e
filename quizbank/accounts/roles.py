"""The roles a person can have and the professions that decide the wording of credit."""

LEARNER = "learner"
AUTHOR = "author"
REVIEWER = "reviewer"
ADMINISTRATOR = "administrator"
ROLES = {
    LEARNER: "Takes activities and earns credit.",
    AUTHOR: "Uploads documents, writes items and builds activities.",
    REVIEWER: "Approves or rejects items.",
    ADMINISTRATOR: "Manages people, attempts and certificates.",
}
EDITORS = (AUTHOR, REVIEWER, ADMINISTRATOR)

PROFESSIONS = {
    "physician": "Physician (MD, DO or equivalent)",
    "nurse": "Nurse",
    "physician_assistant": "Physician assistant",
    "pharmacist": "Pharmacist",
    "therapist": "Physical or occupational therapist",
    "student": "Student or resident without medical degree",
    "other": "Other health professional",
}
