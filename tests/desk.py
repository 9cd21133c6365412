"""What is asked of every page of the curators' desk, at both widths."""

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# What Django's own admin brings along is left to its maintainers.
STOCK = ["#changelist-filter", ".inline-group", ".related-widget-wrapper", "#toolbar", "#result_list thead"]
OURS = {"include": [["#content"]], "exclude": [[part] for part in STOCK]}
SCREENS = pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (390, "dark")], ids=["wide-light", "phone-dark"]
)


def faults(page):
    """What is not accessible or runs over the edge of the page that is open."""
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    violations = Axe().run(page, OURS, options=RULES).response["violations"]
    found = [f"{each['id']}: {node['html'][:160]}" for each in violations for node in each["nodes"]]
    return found + ([f"{overflow} px too wide"] if overflow > 0 else [])


def faults_of_pages(page, addresses, width, scheme):
    """Addresses by name -> the faults of those pages that have any, with what the browser complained of."""
    complaints = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    wrong = {}
    for name, address in addresses.items():
        assert page.goto(address).status == 200
        for folded in page.locator("#content details").all():
            folded.evaluate("each => each.open = true")
        complained = list(complaints)
        if found := complained + faults(page):
            wrong[name] = found
        complaints.clear()  # the measuring tool's own
    return wrong
