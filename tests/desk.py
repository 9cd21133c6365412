"""What is asked of every page of the curators' desk: on a wide screen in light, on a phone in dark."""

import re
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Each width in one scheme: what lies where depends on the width, what colours things have on the scheme.
SCREENS = [(1280, "light"), (390, "dark")]
# What is no page of the desk: downloads, and the way out of it.
ELSEWHERE = re.compile(r"/(export/[^/]+|file|logout)/$")


def faults(page):
    """What is not accessible or runs over the edge of the page that is open."""
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    violations = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    found = [f"{each['id']}: {node['html'][:160]}" for each in violations for node in each["nodes"]]
    return found + ([f"{overflow} px too wide"] if overflow > 0 else [])


def faults_of_desk(page, site, *addresses):
    """Open one page of every kind that links of the desk lead to, and these -> (kinds opened, faults by kind)."""
    complaints = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    opened, wrong, waiting = set(), {}, [f"{site}/admin/", *(site + address for address in addresses)]
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind in opened and address not in {site + each for each in addresses}:
            continue
        opened.add(kind)
        if found := faults_of_page(page, address, complaints):
            wrong[kind] = found
        waiting += [link for link in links_of(page, site) if kind_of(link) not in opened]
    return opened, wrong


def kind_of(address):
    """Return the path of a page without the keys of rows: /admin/interviews/entity/…/change/."""
    return re.sub(r"/\d+(?=/)", "/…", urlsplit(address).path)


def links_of(page, site):
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
    links = [urljoin(page.url, each).partition("#")[0] for each in found]
    return [link for link in links if link.startswith(f"{site}/admin/") and not ELSEWHERE.search(urlsplit(link).path)]


def faults_of_page(page, address, complaints):
    """Open a page and all that is folded in it -> what is wrong with it on any screen, and what the browser says."""
    status = page.goto(address).status
    if status != 200:
        complaints.clear()
        return [f"a link leads there, which is answered with {status}: {address}"]
    for folded in page.locator("details").all():
        folded.evaluate("each => each.open = true")
    found = list(complaints)
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=scheme)
        page.evaluate("Promise.allSettled(document.getAnimations().map(each => each.finished))")
        found += [f"{width} px, {scheme}: {each}" for each in faults(page)]
    complaints.clear()  # the measuring tool's own
    return found
