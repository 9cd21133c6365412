"""What a page costs over the wire, and that nothing moves while it loads. How fast: tests/benchmarks/pages.py."""

import gzip
import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention, propose

FIRST_VISIT, REPEAT_VISIT = 150_000, 60_000
MOVED = 0.05  # 0.1 and less is called good; a busy machine paints before the faces are there
PAGES = {
    "home": "/",
    "interviews": "/interviews/",
    "interview-of-120-exchanges": "/interviews/2019/12/05/long/",
    "answer": "/interviews/2019/12/05/long/a60/",
    "history": "/interviews/2019/12/05/long/a60/history/",
    "country": "/countries/libya/",
    "countries": "/countries/",
    "search": "/search/?q=sea",
    "search-without-results": "/search/?q=unicorn",
    "concordance": "/search/concordance/?q=sea",
    "frequency": "/search/frequency/?q=sea&q2=fish",
    "search-help": "/search/help/",
    "about": "/about/",
    "not-found": "/nothing/",
}
SHIFTS = """
    new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value }))
        .observe({type: "layout-shift", buffered: true});
    window.moved = 0;
"""


@pytest.fixture
def archive(transactional_db):
    """An interview of 120 exchanges, each with other words and five names, and a dozen short ones."""
    exchanges = [
        (f"And the {number} ships, Minister?", f"Çağrı and Łukasz know. {some_prose(number)}\n\n{some_prose(-number)}")
        for number in range(1, 121)
    ]
    long = make_interview(exchanges, slug="long")
    mention(long.turns.get(number="a60"), make_country("LY", "Libya"))
    for turn in long.turns.filter(kind="answer"):
        name_much(turn)
    for year in range(1990, 2002):
        make_interview([("And the fish?", "The sea is deep.")], date=f"{year}-01-01")
    reindex()


def name_much(turn):
    """Let five words of a turn be names, of some five hundred things."""
    for word in sorted(set(turn.text.split("\n\n")[1].split()))[:5]:
        propose(turn, make_entity("person", word.capitalize()), confidence=100, surface=word)


def some_prose(number):
    """Sixty words of a language of 4,096 words, which compresses as prose does; other ones for every number."""
    syllables = ["ba", "den", "fi", "gor", "hu", "jas", "ke", "lim", "mo", "nur", "pa", "ret", "si", "tol", "vu", "zan"]
    chance = random.Random(number)  # noqa: S311 - words, no secret
    return " ".join("".join(chance.choices(syllables, k=3)) for _ in range(60))


def wire(response):
    """Return the bytes of a response as production sends it: pages and text compressed, fonts as they are."""
    path = urlsplit(response.url).path
    if path.startswith("/static/"):
        data = Path(finders.find(path.removeprefix("/static/"))).read_bytes()
        return len(data) if path.endswith(".woff2") else len(gzip.compress(data, 9))
    return int(response.headers["content-length"])


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_light_comes_from_here_and_stands_still(archive, site, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    wrong, responses = {}, []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - playwright marks the function
    for name, address in PAGES.items():
        responses.clear()
        page.goto(site + address)
        page.evaluate("document.fonts.ready")
        sizes = {response.url: wire(response) for response in responses if response.url.startswith(site)}
        found = {
            "first visit": sum(sizes.values()) if sum(sizes.values()) > FIRST_VISIT else None,
            "repeat visit": sizes[site + address] if sizes[site + address] > REPEAT_VISIT else None,
            "from elsewhere": [r.url for r in responses if not r.url.startswith(site)] or None,
            "moved": moved if (moved := page.evaluate("moved")) > MOVED else None,
        }
        if any(found.values()):
            wrong[name] = found
    assert wrong == {}


def test_words_in_the_archives_own_faces_load_no_other_script(archive, site, page):
    page.goto(f"{site}/interviews/2019/12/05/long/")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status == 'loaded').map(f => f.family + f.unicodeRange)")
    assert loaded
    assert not [face for face in loaded if "U+400" in face or "U+370" in face]
