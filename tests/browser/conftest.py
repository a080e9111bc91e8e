"""What browser tests may ask for: the running place, and visitors with a browser of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.place import Place, open_place
from tests.browser.visitor import DESK, Visitor

CHROMIUM = Path("/usr/bin/chromium")
HEIGHT = 800
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
"""The last one lets nothing leave this machine; routing every request through the test would switch the cache off."""

NewVisitor = Callable[..., Visitor]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Return the place all browser tests of this session share."""
    with open_place(tmp_path_factory.mktemp("place")) as place:
        yield place


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium with a profile of its own."""
    if not CHROMIUM.exists():
        pytest.fail(f"The browser tests need {CHROMIUM}. `make test` installs it, or: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def checked() -> set[tuple[str, ...]]:
    """Return the kinds of pages that axe has seen in this session."""
    return set()


@pytest.fixture
def new_visitor(browser: Browser, place: Place, checked: set[tuple[str, ...]]) -> Iterator[NewVisitor]:
    """Return a function that gives a visitor with an empty browser of a width, with or without scripts."""
    contexts = []

    def open_window(width: int = DESK, script: bool = True, scheme: Literal["light", "dark"] = "light") -> Visitor:
        size: ViewportSize = {"width": width, "height": HEIGHT}
        context = browser.new_context(viewport=size, java_script_enabled=script, color_scheme=scheme)
        contexts.append(context)
        return Visitor(context.new_page(), place, checked, script, scheme)

    yield open_window
    for context in contexts:
        context.close()
