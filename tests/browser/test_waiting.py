"""While a page is drawn, and looking at it afterwards."""

from playwright.sync_api import Route, expect

from tests.browser.visitor import Visitor

POLLS = "**/jobs/*/**"


def refuse(route: Route) -> None:
    route.abort("internetdisconnected")


def test_a_lost_connection_is_said_and_healed(visitor: Visitor) -> None:
    visitor.open()
    visitor.choose_photo()
    visitor.page.get_by_role("button", name="Sign in to draw").click()
    visitor.sign_in_by_code()
    visitor.draw()
    visitor.page.route(POLLS, refuse)
    expect(visitor.page.get_by_text("No connection, trying again.")).to_be_visible()
    visitor.page.unroute(POLLS, refuse)
    visitor.wait_for_result()
    expect(visitor.page.get_by_text("No connection, trying again.")).to_be_hidden()
    visitor.complaints.clear()  # the console notes each refused poll


def test_it_goes_on_asking_when_there_is_nothing_new(visitor: Visitor) -> None:
    quiet: list[str] = []

    def say_nothing_new(route: Route) -> None:
        if len(quiet) == 3 or "seen=" not in route.request.url:
            return route.continue_()
        quiet.append(route.request.url)
        return route.fulfill(status=204)

    visitor.open()
    visitor.choose_photo()
    visitor.page.get_by_role("button", name="Sign in to draw").click()
    visitor.sign_in_by_code()
    visitor.page.route(POLLS, say_nothing_new)
    visitor.draw()
    visitor.wait_for_result()
    assert len(quiet) == 3
    expect(visitor.page.get_by_text("No connection, trying again.")).to_be_hidden()


def test_polling_stops_at_the_end_and_says_so_aloud(visitor: Visitor) -> None:
    visitor.go_all_the_way()
    expect(visitor.page.locator("[data-announcer]")).to_contain_text("Ready")
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.wait_for_timeout(4000)
    assert asked == []


def test_the_slider_moves_by_keys_and_mouse(visitor: Visitor) -> None:
    visitor.open()
    slider = visitor.page.get_by_label("Show more of the photo")
    compare = visitor.page.locator("compare-slider")
    slider.press("Home")
    expect(compare).to_have_attribute("style", "--at: 0%;")
    box = compare.bounding_box()
    assert box
    visitor.page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + 40)
    expect(compare).to_have_attribute("style", "--at: 75%;")


def test_the_skip_link_leads_past_the_header(visitor: Visitor) -> None:
    visitor.open()
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()
