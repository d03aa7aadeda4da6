"""What people do with the dashboard, a function each."""

import re

from playwright.sync_api import expect

from support import lab

CLASSIC = {
    "host": {"name": "laptop", "uplink": {"ipv4": "192.168.1.20/24", "gateway": "192.168.1.1"}},
    "networks": [{"name": "shared", "mode": "nat-network", "ipv4": "10.0.2.0/24"},
                 {"name": "backend", "mode": "internal", "ipv4": "10.20.0.0/24"}],
    "vms": [{"name": name, "adapters": [{"network": "shared"}]} for name in ("android", "ubuntu", "windows")],
    "requirements": [{"from": "vms", "to": "internet"}, {"from": "lan", "to": "ubuntu", "protocol": "tcp", "port": 22}],
}


def starts(text):
    return re.compile("^" + re.escape(text))


def cell(page, text):
    return page.get_by_role("gridcell", name=starts(text))


def test_first_run_loads_the_example(service, page, context):
    page.goto(service.start().url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan your first lab")
    expect(page.get_by_role("link", name=starts("New lab"))).not_to_have_count(0)
    page.get_by_role("button", name="Load the example").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("classic")
    expect(page).to_have_title("classic · Plan · labplan")
    expect(cell(page, "android to ubuntu: reachable, direct; required")).to_have_count(1)
    expect(page.get_by_role("button", name=starts("VM android"))).to_have_count(1)
    expect(page.get_by_role("button", name=starts("network shared"))).to_have_count(1)
    for name in ("host", "lan", "internet"):
        expect(page.get_by_role("region", name="Topology").get_by_role("button", name=starts(name))).not_to_have_count(0)
    page.goto(service.url)
    expect(page.get_by_role("link", name="classic", exact=True)).to_be_visible()


def test_a_blocked_pair_is_explained_tried_applied_and_undone(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.goto(f"{service.url}/labs/classic")
    cell(page, "lan to ubuntu: blocked, isolated-by-nat; required, not met").click()
    explanation = page.get_by_role("region", name="Explanation")
    expect(explanation).to_contain_text("the LAN machine cannot reach ubuntu")
    expect(page).to_have_url(re.compile(r"from=lan&to=ubuntu"))
    expect(page.get_by_role("img", name=starts("Path from lan to ubuntu"))).to_have_count(1)
    expect(page.get_by_role("list", name="Path").get_by_role("listitem")).not_to_have_count(0)
    remedy = "Forward port 2222 of the host to port 22 of ubuntu"
    page.get_by_role("button", name=f"Try: {remedy}").click()
    expect(page.get_by_role("region", name="What would change")).to_contain_text("2 cells")
    expect(cell(page, "host to ubuntu: blocked, isolated-by-nat; would be reachable, forwarded")).to_have_count(1)
    assert service.send("GET", "/v1/labs/classic").get("port_forwards") is None
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("region", name="What would change")).to_have_count(0)
    page.get_by_role("button", name=f"Apply: {remedy}").click()
    expect(page.get_by_role("status")).to_contain_text("Forward port 2222")
    expect(cell(page, "lan to ubuntu: reachable, forwarded")).to_have_count(1)
    page.get_by_role("button", name=starts("Undo: Forward port 2222")).click()
    expect(cell(page, "lan to ubuntu: blocked, isolated-by-nat")).to_have_count(1)
    page.get_by_role("button", name=starts("Redo: Forward port 2222")).click()
    expect(cell(page, "lan to ubuntu: reachable, forwarded")).to_have_count(1)
    page.keyboard.press("Control+z")
    expect(cell(page, "lan to ubuntu: blocked, isolated-by-nat")).to_have_count(1)


def test_every_state_is_an_address(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.goto(f"{service.url}/labs/classic?from=android&to=internet&port=443")
    expect(page.get_by_role("region", name="Explanation")).to_contain_text("android reaches the internet")
    expect(page.get_by_label("Port", exact=True)).to_have_value("443")
    cell(page, "host to lan").click()
    expect(page.get_by_role("heading", name=starts("host to lan"))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name=starts("android to internet"))).to_be_visible()
    page.goto(f"{service.url}/labs/nobody")
    expect(page.get_by_role("heading", level=1)).to_contain_text("There is no lab nobody")


def test_the_matrix_is_used_with_the_keyboard(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.goto(f"{service.url}/labs/classic")
    grid = page.get_by_role("grid", name="Connectivity matrix")
    expect(grid).to_have_attribute("aria-rowcount", "7")
    assert grid.locator("td[tabindex='0']").count() == 1
    grid.locator("td[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tooltip")).to_contain_text("android to ubuntu")
    page.keyboard.press("Control+End")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(":focus")).to_have_attribute("aria-label", starts("internet to lan"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Explanation")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Explanation")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page.get_by_role("table", name="Addresses")).to_be_visible()


def test_a_vm_is_attached_by_menu_and_by_dragging(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.goto(f"{service.url}/labs/classic")
    page.get_by_role("button", name=starts("VM android")).click()
    panel = page.get_by_role("region", name="VM android")
    panel.get_by_role("button", name="Attach to a network").click()
    page.get_by_role("menuitem", name=starts("backend")).click()
    expect(page.get_by_role("region", name="What would change")).to_contain_text("Attach android to backend")
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).scroll_into_view_if_needed()
    machine = page.get_by_role("button", name=starts("VM windows")).bounding_box()
    bar = page.get_by_role("button", name=starts("network backend")).bounding_box()
    page.mouse.move(machine["x"] + 20, machine["y"] + 12)
    page.mouse.down()
    page.mouse.move(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2, steps=6)
    expect(page.get_by_role("status")).to_contain_text("Attach windows to backend: 0 cells would change")
    page.mouse.up()
    expect(page.get_by_role("region", name="What would change")).to_contain_text("Attach windows to backend")
    assert len(service.send("GET", "/v1/labs/classic")["vms"][2]["adapters"]) == 1
    page.get_by_role("button", name="Apply", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Done: Attach windows to backend")
    assert len(service.send("GET", "/v1/labs/classic")["vms"][2]["adapters"]) == 2


def test_text_has_its_faults_while_it_is_typed(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.goto(f"{service.url}/labs/classic/text")
    box = page.get_by_role("textbox", name="Lab document")
    expect(box).to_have_value(re.compile("nat-network"))
    box.fill(box.input_value().replace("nat-network", "natnetwork"))
    fault = page.get_by_role("region", name="Faults").get_by_role("button", name=re.compile(r"^Line \d+: .*did you mean"))
    expect(fault).to_be_visible()
    expect(page.get_by_role("img", name=starts("Fault on line"))).to_have_count(1)
    fault.click()
    expect(box).to_be_focused()
    box.fill(box.input_value().replace("natnetwork", "nat"))
    expect(page.get_by_role("region", name="Faults")).to_contain_text("cells would change")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("Saved as revision 2")
    page.get_by_role("radio", name="JSON").check()
    expect(box).to_have_value(re.compile(r'"mode": "nat"'))
    box.fill("{}")
    page.reload()
    expect(page.get_by_role("textbox", name="Lab document")).to_have_value("{}")


def test_two_people_never_overwrite_each_other(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.goto(f"{service.url}/labs/classic/text")
    box = page.get_by_role("textbox", name="Lab document")
    expect(box).to_have_value(re.compile("android"))
    box.fill(box.input_value() + "\ndescription: mine\n")
    service.send("PATCH", "/v1/labs/classic", {"description": "theirs"}, "application/merge-patch+json")
    expect(page.get_by_role("status")).to_contain_text("was changed")
    service.send("PATCH", "/v1/labs/classic", {"description": "theirs again"}, "application/merge-patch+json")
    page.get_by_role("button", name="Save").click()
    dialog = page.get_by_role("alertdialog", name="This lab was changed meanwhile")
    if dialog.count() == 0:
        expect(page.get_by_role("status")).to_contain_text(re.compile("was changed|Saved"))
        return
    dialog.get_by_role("button", name="Take theirs").click()
    expect(box).to_have_value(re.compile("theirs again"))


def test_others_changes_arrive(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.goto(f"{service.url}/labs/classic?from=lan&to=ubuntu")
    expect(page.get_by_role("region", name="Explanation")).to_be_visible()
    service.send("POST", "/v1/labs/classic/vms", {"name": "late", "adapters": [{"network": "shared"}]})
    expect(page.get_by_role("button", name=starts("VM late"))).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("changed")
    expect(page.get_by_role("region", name="Explanation")).to_contain_text("ubuntu")


def test_addresses_findings_recommendations_and_history(service, page, context):
    lab_with_fault = {**CLASSIC, "vms": CLASSIC["vms"] + [
        {"name": "copy", "adapters": [{"network": "backend", "address": "10.20.0.7"}]},
        {"name": "other", "adapters": [{"network": "backend", "address": "10.20.0.7"}]}]}
    service.start().send("PUT", "/v1/labs/classic", lab_with_fault)
    page.goto(f"{service.url}/labs/classic/addresses")
    expect(page.get_by_role("table", name="Addresses").get_by_role("row")).to_have_count(6)
    page.get_by_role("link", name="Findings").click()
    fix = page.get_by_role("list", name="Findings").get_by_role("button", name=starts("Fix: ")).first
    fix.click()
    expect(page.get_by_role("status")).to_contain_text("Done: Fix")
    page.get_by_role("link", name="Recommendations").click()
    expect(page.get_by_role("button", name=starts("Try: "))).not_to_have_count(0)
    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("list", name="Revisions").get_by_role("listitem")).not_to_have_count(0)
    page.get_by_role("button", name="Changes of revision 2").click()
    expect(page.get_by_role("region", name="From revision 1 to 2")).to_be_visible()
    page.get_by_role("button", name="Restore revision 1").click()
    expect(page.get_by_role("status")).to_contain_text("Restored revision 1, as revision 3")
    page.goto(f"{service.url}/labs/classic/history?from=1&to=3")
    expect(page.get_by_role("region", name="From revision 1 to 3")).to_contain_text("0 cells")


def test_the_wizard_makes_a_lab(service, page, context):
    page.goto(service.start().url + "/new")
    page.get_by_label("Name of the lab").fill("My Lab")
    expect(page.get_by_text("would do")).to_contain_text('"my-lab"')
    page.get_by_label("Name of the lab").fill("class-7")
    page.get_by_label("How many VMs?").fill("android, windows, ubuntu")
    expect(page.get_by_role("radiogroup", name="Recommendations").get_by_role("radio").first).to_be_checked()
    expect(page.get_by_role("radio", name=starts("One NAT network"))).to_be_checked()
    page.get_by_role("checkbox", name="Other machines on my network reach the VMs").check()
    expect(page.get_by_role("radio", name=starts("Every VM bridged to the LAN"))).to_be_checked()
    expect(page.get_by_role("region", name="Why not the others")).to_contain_text("nat")
    page.get_by_role("button", name="Create lab").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("class-7")
    expect(cell(page, "lan to ubuntu: reachable")).to_have_count(1)


def test_tokens_and_roles(service, page, context):
    reader = service.token("student", "read")
    admin = service.token("teacher", "admin")
    service.start().send("PUT", "/v1/labs/classic", CLASSIC, token=admin)
    page.goto(f"{service.url}/labs/classic")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Token").fill(reader)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Read only")).to_be_visible()
    cell(page, "lan to ubuntu").click()
    expect(page.get_by_role("button", name=starts("Try: "))).not_to_have_count(0)
    expect(page.get_by_role("button", name=starts("Apply: "))).to_have_count(0)
    page.goto(f"{service.url}/labs/classic/text")
    expect(page.get_by_role("textbox", name="Lab document")).to_have_attribute("readonly", "")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_three_hundred_vms_stay_usable(service, page, context):
    service.start().send("PUT", "/v1/labs/large", lab(300, 29))
    page.goto(f"{service.url}/labs/large")
    grid = page.get_by_role("grid", name="Connectivity matrix")
    expect(page.get_by_label("Group rows by")).to_have_value("alike")
    expect(grid.get_by_role("gridcell").first).to_be_visible()
    assert page.locator("*").count() <= 12_000
    page.get_by_label("Group rows by").select_option("nothing")
    expect(grid).to_have_attribute("aria-rowcount", "304")
    assert grid.get_by_role("gridcell").count() <= 3600
    page.goto(f"{service.url}/labs/large?from=vm-3&to=vm-40")
    expect(page.get_by_role("region", name="Explanation")).to_be_visible()
    expect(cell(page, "vm-3 to vm-40")).to_have_count(1)


def test_nothing_is_wide_on_a_phone(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", "/new", "/labs/classic?from=lan&to=ubuntu", "/labs/classic/addresses",
                 "/labs/classic/text", "/labs/classic/history", "/docs"):
        page.goto(service.url + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        width = page.locator("html").evaluate("element => element.scrollWidth")
        assert width <= 390, f"{path} is {width} wide"


def test_axe_finds_nothing(service, page, context):
    from axe_playwright_python.sync_playwright import Axe
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in ("/", "/new", "/labs/classic", "/labs/classic?from=lan&to=ubuntu", "/labs/classic?vm=ubuntu",
                     "/labs/classic/addresses", "/labs/classic/findings", "/labs/classic/text",
                     "/labs/classic/recommendations", "/labs/classic/history", "/docs"):
            page.goto(service.url + path)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            expect(page.locator("[aria-busy=true]")).to_have_count(0)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{scheme} {path}: {found.generate_report()}"


def test_a_lab_is_deleted_and_comes_back(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", CLASSIC)
    service.send("PUT", "/v1/labs/second", CLASSIC)
    page.goto(service.url)
    page.get_by_role("button", name="Duplicate second").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("second-copy")
    page.goto(service.url)
    page.get_by_role("button", name="Delete classic").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True).click()
    expect(page.get_by_role("link", name="classic", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo: Delete classic").click()
    expect(page.get_by_role("link", name="classic", exact=True)).to_be_visible()


def test_exports_are_offered(service, page, context):
    service.start().send("PUT", "/v1/labs/classic", {**CLASSIC, "requirements": []})
    page.goto(f"{service.url}/labs/classic")
    for name in ("YAML…", "SVG…", "PNG…", "Matrix as CSV…", "Addresses as CSV…", "vboxmanage…"):
        page.get_by_role("button", name="Export").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name=name).click()
        assert download.value.path().stat().st_size > 50, name


def test_the_api_is_read_and_copied(service, page, context):
    page.goto(service.start().url + "/docs")
    summary = page.locator("summary", has_text="/v1/labs/{lab}/connectivity/{from}/{to}")
    summary.click()
    expect(page.get_by_role("button", name="Copy as curl")).to_be_visible()
