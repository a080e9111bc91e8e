"""Kinds of licenses by the names that rows and files of rules use, with what people read."""

KINDS = {
    "medical": "Medical license",
    "controlled": "DEA or controlled substances registration",
    "board": "Board certification",
    "other": "Other license or registration",
}
