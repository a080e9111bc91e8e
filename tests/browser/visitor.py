"""A person at a browser of one size: every page they come to is checked before the story goes on.

Checked are the status, errors and refusals in the console (the content security policy speaks there), addresses
outside this machine, anything wider than the window, and the rules of axe (once for each kind of page and size,
where scripts run: axe is one).
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response, expect

from tests.browser.place import Person, Place

PICTURES = os.environ.get("SCREENSHOTS", "")
FOLDER = Path(__file__).parents[2] / "screenshots"
CHANGING = re.compile(r"\b[0-9A-Za-z]{4}(-[0-9A-Za-z]{3,4}){5,}\b|\d+")
"""Serials and numbers: what differs between two pages of one kind."""
PHONE = 360
DESK = 1280
AXE = Axe()
WAITING = 60_000


class Visitor:
    """Goes from page to page as a person does. ``checked`` remembers the kinds of pages that axe has seen."""

    def __init__(
        self, page: Page, place: Place, checked: set[tuple[str, ...]], script: bool = True, scheme: str = "light"
    ) -> None:
        self.page = page
        self.place = place
        self.site = place.url
        self.checked = checked
        self.script = script
        self.scheme = scheme
        self.width = (page.viewport_size or {"width": DESK})["width"]
        self.status = 0
        self.learner: Person | None = None
        self.problems: list[str] = []
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        page.context.on("request", self.notice)
        page.on("response", self.read_status)

    def hear(self, message: ConsoleMessage) -> None:
        """Note an error in the console. What failed to load is noted from its status, with its address."""
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.problems.append(f"console: {message.text}")

    def notice(self, request: Request) -> None:
        """Note a request that would leave this machine."""
        if not request.url.startswith((f"{self.site}/", "data:", "blob:")):
            self.problems.append(f"outside: {request.url}")

    def read_status(self, response: Response) -> None:
        """Keep the page's status; note a part of a page that failed."""
        if response.request.is_navigation_request():
            self.status = response.status
        elif response.status >= 400:
            self.problems.append(f"{response.status}: {response.url}")

    def visit(self, path: str, status: int = 200) -> None:
        """Open an address of the site and check the page."""
        self.page.goto(self.site + path)
        self.check(status)

    def press(self, name: str | re.Pattern[str], status: int = 200, first: bool = False) -> None:
        """Press a button that leads to another page, and check that."""
        button = self.page.get_by_role("button", name=name, exact=True)
        with self.page.expect_navigation():
            (button.first if first else button).click()
        self.check(status)

    def follow(self, name: str, first: bool = False) -> None:
        """Follow a link and check the page it leads to."""
        link = self.page.get_by_role("main").get_by_role("link", name=name, exact=True)
        with self.page.expect_navigation():
            (link.first if first else link).click()
        self.check()

    def go_to(self, name: str) -> None:
        """Choose a page from the navigation, which is a menu on a phone; two parts of it are menus everywhere."""
        if self.width < DESK:
            self.page.locator("summary", has_text="Menu").click()
        link = self.page.get_by_role("banner").get_by_role("link", name=name, exact=True)
        for menu in (".menu-administration > summary", ".menu-account > summary"):
            if not link.count() and self.page.locator(menu).count():
                self.page.locator(menu).click()
        with self.page.expect_navigation():
            link.click()
        self.check()

    def sign_in(self, person: Person) -> None:
        """Sign in and arrive at home."""
        self.visit("/accounts/sign-in")
        self.page.get_by_label("E-mail address").fill(person.email)
        self.page.get_by_label("Password").fill(person.password)
        self.press("Sign in")
        assert urlsplit(self.page.url).path == "/"

    def sees(self, text: str) -> None:
        """Wait until the page says so; it may be working in the background."""
        expect(self.page.get_by_role("main").get_by_text(text).first).to_be_visible(timeout=WAITING)

    def check(self, status: int = 200) -> None:
        """Check the page as it stands."""
        self.page.wait_for_load_state()
        path = urlsplit(self.page.url).path
        assert self.status == status, f"{path}: {self.status}\n{self.place.last_words()}"
        assert self.problems == [], path
        wide = self.page.evaluate("document.scrollingElement.scrollWidth")
        assert wide <= self.width, f"{path}: {wide} px wide in a window of {self.width}"
        kind = (
            CHANGING.sub("n", path),
            CHANGING.sub("n", self.page.title()),
            str(status),
            str(self.width),
            self.scheme,
        )
        if kind not in self.checked and self.script:
            self.checked.add(kind)
            self.check_accessibility(path)
        if PICTURES:
            self.keep_picture(kind)

    def check_accessibility(self, path: str) -> None:
        """Run axe's rules over the page."""
        violations = AXE.run(self.page).response["violations"]
        found = [f"{rule['id']}: {node['html'][:200]}" for rule in violations for node in rule["nodes"]]
        assert found == [], path

    def keep_picture(self, kind: tuple[str, ...]) -> None:
        """Write a picture of the whole page for people to look at."""
        FOLDER.mkdir(exist_ok=True)
        words = " ".join((*kind, "" if self.script else "plain"))
        self.page.screenshot(path=FOLDER / f"{re.sub(r'[^A-Za-z0-9]+', '-', words).strip('-')}.png", full_page=True)
