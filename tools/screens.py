"""Draws docs/screens.png, the four screens side by side, from a demo shop that is running."""

import argparse
import base64
import re
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

TARGET = Path(__file__).parents[1] / "docs" / "screens.png"
PHONE = {"width": 390, "height": 844}
TEL = "080-1234-5678"
ANSWERS = {
    "name": "山田 太郎",
    "postal_code": "100-0005",
    "city": "千代田区",
    "street": "丸の内2-7-2",
    "tel": TEL,
    "email": "taro@example.com",
}


def walk(page: Page, base: str) -> list[bytes]:
    """Buy a tea cup, and take each screen on the way as a phone shows it first."""
    page.goto(f"{base}/products/yunomi")
    page.get_by_test_id("add-to-cart").click()
    page.get_by_test_id("go-to-checkout").click()
    page.get_by_test_id("order-form").wait_for()
    pictures = [page.screenshot()]
    for name, value in ANSWERS.items():
        page.locator(f"#{name}").fill(value)
    page.locator("#prefecture").select_option("東京都")
    page.get_by_test_id("payment-kuroneko_smartphone").click()
    page.get_by_test_id("review-order").click()
    page.get_by_test_id("confirm-submit").wait_for()
    pictures.append(page.screenshot())
    page.get_by_test_id("confirm-submit").click()
    page.get_by_test_id("sms-code").wait_for()
    pictures.append(page.screenshot())
    text = page.request.get(f"{base}/sandbox/phone.json?to={TEL}").json()[0]["text"]
    found = re.search(r"#(\d{4})$", text)
    page.get_by_test_id("sms-code").fill(found[1] if found else "")
    page.get_by_test_id("sms-submit").click()
    page.get_by_test_id("order-number").wait_for()
    return [*pictures, page.screenshot()]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--base", default="http://127.0.0.1:8000")
    options.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = options.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen.chromium, args=["--no-sandbox"])
        pictures = walk(browser.new_page(viewport=PHONE), chosen.base)
        sheet = browser.new_page(viewport={"width": 1216, "height": 640}, device_scale_factor=1.25)
        images = "".join(
            f'<img width="280" src="data:image/png;base64,{base64.b64encode(one).decode()}">'
            for one in pictures
        )
        style = "margin:0;padding:16px;display:flex;gap:16px;background:#e7e5e0"
        sheet.set_content(f'<body style="{style}">{images}</body>')
        sheet.screenshot(path=str(TARGET))
        browser.close()
    print(f"Drew {TARGET}")


if __name__ == "__main__":
    main()
