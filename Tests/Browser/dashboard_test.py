#!/usr/bin/env python3
"""The dashboard in a real Chromium, by the roles and names that screen readers hear.

    Tests/Browser/dashboard_test.py .build/debug/labplan [NAME]

Runs every journey, or those whose name contains NAME; exits with 1 where one fails. Where there is
no Chromium, or playwright is not installed, it says so and passes.
"""

import re
import sys
import tempfile
import time
import traceback

try:
    from playwright.sync_api import expect, sync_playwright
except ImportError:
    print("skipped: playwright (PyPI) is not installed")
    sys.exit(0)

import journeys
from support import CHROMIUM, Service

if CHROMIUM is None:
    print("skipped: there is no chromium on PATH")
    sys.exit(0)


def run(journey, labplan, browser):
    """One journey against a service of its own; the failure, or None."""
    with tempfile.TemporaryDirectory(prefix="labplan-browser-") as folder:
        service = Service(labplan, folder)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
        faults = []
        try:
            page = context.new_page()
            page.set_default_timeout(20_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda message: faults.append(message.text)
                    if "Content Security Policy" in message.text else None)
            journey(service, page, context)
            return "; ".join(faults) or None
        except Exception:
            return traceback.format_exc(limit=3)
        finally:
            context.close()
            if service.process:
                service.stop()


def main():
    labplan, wanted = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    expect.set_options(timeout=20_000)
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for name, journey in vars(journeys).items():
            if not re.match(r"test_", name) or wanted not in name:
                continue
            began = time.monotonic()
            failure = run(journey, labplan, browser)
            print(f"{'FAIL' if failure else 'ok  '} {name} {time.monotonic() - began:.1f} s", flush=True)
            if failure:
                failed += 1
                print(failure, flush=True)
        browser.close()
    print(f"{failed} failed" if failed else "all passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
