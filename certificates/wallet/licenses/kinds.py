"""The kinds of licenses, by the name that rows keep."""

KINDS = {
    "medical": "Medical license",
    "controlled": "DEA or controlled substances registration",
    "board": "Board certification",
    "other": "Other license or registration",
}
