"""/design/ in a browser: open to everyone, moved through by keys, its frames for looking."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import soundness
from tests.e2e.marks import with_js

ONE_FRAME = "?lang=en&scheme=dark&size=390"


@with_js  # who looks for barriers is a script itself
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/design/", f"/design/screens/sms-wrong{ONE_FRAME}"])
def test_the_kit_is_open_to_everyone(page: Page, base_url: str, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})

    page.goto(base_url + path)

    assert soundness.faults_of_structure(page, is_mail=False) == []
    assert soundness.barriers(page, is_mail=False) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@with_js
def test_the_list_narrows_as_one_types_and_arrows_go_on_among_those(
    page: Page, base_url: str
) -> None:
    page.goto(f"{base_url}/design/screens/sms-empty{ONE_FRAME}")
    page.keyboard.press("/")
    page.keyboard.type("sms 422")
    expect(page.locator(".kit-state:visible")).to_have_count(8)

    page.locator("h1").click()
    page.keyboard.press("ArrowRight")

    page.wait_for_url("**/screens/sms-malformed?*")
    expect(page.get_by_label("Find a state")).to_have_value("sms 422")
    expect(page.locator("iframe")).to_have_count(1)


@with_js
def test_a_frame_has_its_scheme_and_a_press_in_it_leads_nowhere(page: Page, base_url: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{base_url}/design/screens/sms-wrong{ONE_FRAME}")
    frame = page.frame_locator("iframe")

    frame.get_by_test_id("sms-submit").click()

    expect(page.get_by_text("Frames are for looking")).to_be_visible()
    expect(frame.locator("main")).to_have_attribute("data-state", "wrong")
    expect(frame.locator("body")).to_have_css("background-color", "rgb(19, 19, 22)")
