"""The kind of program that looked, in words: a User-Agent header goes in, "Firefox on Windows" comes out.

Only words of the lists below ever come out, so the access log holds nothing that a stranger wrote and nothing that
tells one machine from another.
"""

UNKNOWN = "An unknown program"
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""Signs of browsers, in the order in which they are looked for: most of them claim to be others as well."""
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Windows", "Windows"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)
MACHINES = ("bot", "crawl", "spider", "preview", "curl", "wget", "python", "java/", "go-http", "scan", "http")


def client_words(user_agent: str) -> str:
    """Return the kind of program in words."""
    head = user_agent[:400]
    if any(sign in head.casefold() for sign in MACHINES):
        return "A program, not a browser"
    browser = next((name for sign, name in BROWSERS if sign in head), None)
    system = next((name for sign, name in SYSTEMS if sign in head), None)
    if browser is None:
        return UNKNOWN
    return f"{browser} on {system}" if system else browser
