#!/usr/bin/env python3
"""Takes the pictures of docs/tour.md: Tests/Browser/tour.py .build/debug/labplan [FOLDER]"""

import pathlib
import sys
import tempfile

from playwright.sync_api import expect, sync_playwright

from journeys import CLASSIC, cell, starts
from support import CHROMIUM, Service, lab

TOP = pathlib.Path(__file__).resolve().parents[2]


def main():
    folder = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else TOP / "docs/pictures"
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as data:
        service = Service(sys.argv[1], data)
        service.start().send("PUT", "/v1/labs/classic", CLASSIC)
        service.send("PUT", "/v1/labs/class-of-thirty", lab(30, 6))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
        page.set_default_timeout(60_000)

        def take(name, path, ready):
            page.goto(service.url + path)
            ready()
            expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=60_000)
            page.screenshot(path=folder / f"{name}.png")

        take("plan", "/labs/classic?from=lan&to=ubuntu",
             lambda: expect(page.get_by_role("list", name="Remedies")).to_be_visible())
        page.get_by_role("button", name=starts("Try: Forward port 2222")).click()
        expect(page.get_by_role("region", name="What would change")).to_be_visible()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=folder / "try.png")
        take("wizard", "/new", lambda: expect(page.get_by_role("radiogroup").locator("svg").first).to_be_visible())
        take("text", "/labs/classic/text",
             lambda: page.get_by_role("textbox", name="Lab document").fill("networks:\n  - {name: a, mode: natnetwork}\n"))
        expect(page.get_by_role("region", name="Faults").get_by_role("button").first).to_be_visible()
        page.screenshot(path=folder / "text.png")
        page.emulate_media(color_scheme="dark")
        take("dark", "/labs/class-of-thirty?from=vm-0&to=internet",
             lambda: expect(cell(page, "vm-0 to internet")).to_have_count(1))
        browser.close()
        service.stop()


if __name__ == "__main__":
    main()
