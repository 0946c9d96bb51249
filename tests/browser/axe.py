"""What axe has to say about a page (Deque's rules of accessibility)."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RUN = "async options => (await axe.run(document, options)).violations"


def violations(page: Page, **options: object) -> list[dict[str, Any]]:
    """The rules that the page breaks as it stands, each with its nodes. The script is put into the page once: it is large.

    What is in order is not written down: naming every node of it takes longer than all the rules.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN, {"resultTypes": ["violations"], **options})
    return found
