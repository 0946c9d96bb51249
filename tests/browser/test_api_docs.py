"""The API's own page works under its policy, with nothing from elsewhere."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor


def test_the_docs_open_and_an_operation_can_be_tried(visitor: Visitor):
    visitor.open("/api/v1/docs")
    visitor.page.get_by_text("Modes and their parameters").click()
    visitor.page.get_by_role("button", name="Try it out").click()
    with visitor.page.expect_response("**/api/v1/modes") as answer:
        visitor.page.get_by_role("button", name="Execute").click()
    assert answer.value.status == 401
    expect(visitor.page.get_by_text('"code": "UNAUTHORIZED"').first).to_be_visible()
    visitor.complaints = [text for text in visitor.complaints if "401" not in text]  # the refusal itself
    assert (visitor.complaints, visitor.strangers) == ([], [])
