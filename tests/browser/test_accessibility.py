"""Every page type is accessible, styled, fits its screen and loads without an error."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from interviews.models import Entity, Mention
from interviews.search.index.upkeep import reindex

from archive_factory import make_country, make_entity, make_interview, mention
from pages_factory import add_source

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# What a wide screen shows at a zoom of 200 %.
ZOOMED = {"width": 640, "height": 450}
SCREENS = {
    "wide-light": {"viewport": WIDE, "color_scheme": "light"},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark"},
    "zoomed-without-script": {"viewport": ZOOMED, "color_scheme": "light"},
}
ONE_LONG_WORD = "Maximilianeaugustevonderwintersteinburg" * 5
LONG_NAME = "Maximiliane Auguste von der Wintersteinburg-Hohenfels"
PAGES = {
    "home": "/",
    "interviews": "/interviews/",
    "interviews-of-a-year": "/interviews/2019/",
    "interview": "/interviews/2019/12/05/talks/",
    "right-to-left-interview": "/interviews/2018/12/05/arabic/",
    "two-languages": "/interviews/2018/12/05/arabic/?beside=en",
    "answer": "/interviews/2019/12/05/talks/a1/",
    "passage": "/interviews/2019/12/05/talks/a1/?passage=deep,wide",
    "passage-not-found": "/interviews/2019/12/05/talks/a1/?passage=unicorn",
    "answer-among-others-on-its-subject": "/interviews/1990/01/01/sea/a1/",
    "question": "/interviews/2019/12/05/talks/q1/",
    "statement": "/interviews/2019/12/05/talks/s1/",
    "countries": "/countries/",
    "country": "/countries/libya/",
    "people": "/people/",
    "person": "/people/long-name/",
    "person-spoken-of": "/people/long-name/?said=of",
    "people-spoken-of": "/people/?said=of&order=count",
    "outlets": "/outlets/",
    "outlet": "/outlets/harbour-post/",
    "organisations": "/organisations/",
    "organisation": "/organisations/sea-council/?year=2019&speaker=long-name",
    "place": "/places/sea-council/",
    "document": "/documents/sea-council/",
    "event": "/events/sea-council/",
    "search": "/search/?q=sea&country=LY&country=-IT&from=2019&year=2019",
    "search-of-names": "/search/?organisation=sea-council&place=-sea-council&speaker_country=LY",
    "search-by-date": "/search/?q=sea&sort=oldest",
    "facet": "/search/facets/country/?q=sea&country=-LY&find=l",
    "search-of-everything": "/search/",
    "search-without-results": "/search/?q=unicorn&country=XX",
    "search-with-a-fault": "/search/?q=%22sea%22+OR+",
    "search-with-one-result": "/search/?q=near",
    "search-help": "/search/help/",
    "search-misspelt": "/search/?q=depe+wide",
    "search-that-finds-little": "/search/?q=libya+wide+unicorn&country=LY",
    "concordance": "/search/concordance/?q=sea&order=before",
    "right-to-left-concordance": "/search/concordance/?q=محادثات",
    "concordance-of-nothing": "/search/concordance/",
    "frequency": "/search/frequency/?q=sea&q2=libya&q3=deep&q4=wide&per=words",
    "frequency-by-month": "/search/frequency/?q=sea&from=2018",
    "speakers": "/search/speakers/?q=sea",
    "about": "/about/",
    "not-found": "/nothing/",
    "gone": "/interviews/2019/12/05/talks/a9/",
    "history-of-an-answer": "/interviews/2019/12/05/talks/a1/history/",
    "history-of-an-interview": "/interviews/2019/12/05/talks/history/",
    "right-to-left-answer": "/interviews/2018/12/05/arabic/a1/",
    "right-to-left-history": "/interviews/2018/12/05/arabic/a1/history/",
    "version-that-never-was": "/interviews/2019/12/05/talks/a1/?v=00000000",
    "no-passage": "/interviews/2019/12/05/talks/a1/?passage=%2D,",
    "source": "/interviews/2019/12/05/talks/source/",
    "withheld": "/interviews/2018/12/05/arabic/source/",
}


@pytest.fixture
def archive(transactional_db):
    """Long names, long words, several answers, another direction, many years, something withdrawn and withheld."""
    libya, egypt = make_country("LY", "Libya"), make_country("EG", "Egypt")
    make_entity("person", LONG_NAME, slug="long-name")
    talks = make_interview(
        [("And the sea?" * 20, "The sea is deep.\n\nIt is wide."), ("And Libya?", "Near."), ("And then?", None)],
        statements=["Good afternoon."],
        title="A title that goes on and on, " * 12,
        slug="talks",
        sample=True,
    )
    talks.participations.filter(part="interviewee").update(person=make_entity("person", LONG_NAME, slug="long-name"))
    answer = talks.turns.get(number="a1")
    talks.turns.create(number="a1b", position=30, kind="answer", text="Deep.", reply_to=answer.reply_to)
    talks.turns.create(
        number="a9", position=31, kind="answer", text="Gone.", status="withdrawn", status_reason="Twice."
    )
    talks.turns.create(number="d1", position=32, kind="direction", text="(Laughter.)")
    talks.turns.create(number="m1", position=33, kind="moderator", text="Thank you.")
    arabic = make_interview(
        [("ماذا بعد؟", "محادثات.")], date="2018-12-05", slug="arabic", language="ar", translation_of=talks
    )
    kinds = ("organisation", "place", "document", "event", "outlet")
    names = [make_entity(kind, "Sea Council") for kind in kinds] + [make_entity("person", LONG_NAME, slug="long-name")]
    for turn in (answer, arabic.turns.get(number="a1")):
        mention(turn, libya, egypt)
    for place, entity in enumerate(names):
        words = {"start": 4 + place, "end": 5 + place, "surface": answer.text[4 + place]}
        Mention.objects.create(turn=answer, entity=entity, tagger_version="test", **words)
    add_source(talks, licence="CC BY 4.0", origin_url=f"https://ministry.example/{'long-' * 30}.html")
    add_source(arabic, b"other", redistribute=False)
    for year in range(1975, 2016, 5):
        about_libya = make_interview([("And Libya?", "The sea.")], date=f"{year}-01-01", slug="sea")
        mention(about_libya.turns.get(number="a1"), libya)
    reindex()


@pytest.fixture(params=SCREENS)
def screen(request, browser):
    """A page of its own for each kind of screen."""
    page = browser.new_page(**SCREENS[request.param])
    if request.param == "zoomed-without-script":
        # The archive's scripts are emptied, not all switched off: what looks for violations is a script too.
        page.route("**/static/js/*", lambda route: route.fulfill(body="", content_type="text/javascript"))
    yield page
    page.context.close()


def problems_of(page):
    """What the browser complains of while pages load: errors of the console and failed requests of their parts."""
    found = []
    page.on("console", lambda message: message.type == "error" and found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("requestfailed", lambda request: found.append(request.url))
    return found


def test_every_page_type_is_accessible_styled_and_fits(archive, site, screen):
    problems = problems_of(screen)
    is_dark = screen.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    wrong = {}
    for name, address in PAGES.items():
        status = screen.goto(site + address).status
        # The page itself may answer 404 and say so in the console; its parts may not.
        expected = [text for text in problems if str(status) not in text or status == 200]
        problems.clear()
        violations = Axe().run(screen, options=RULES).response["violations"]
        overflow = screen.evaluate("document.documentElement.scrollWidth - innerWidth")
        paper = screen.evaluate("getComputedStyle(document.body).backgroundColor")
        found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in violations] + expected
        found += [f"{overflow} px too wide"] if overflow > 0 else []
        found += [] if paper == ("rgb(22, 24, 27)" if is_dark else "rgb(251, 250, 246)") else [paper]
        if found:
            wrong[name] = found
    assert wrong == {}


def test_nothing_moves_by_itself_for_who_wants_no_motion(archive, site, page):
    moving = """[...document.querySelectorAll("*")].map((one) => getComputedStyle(one)).filter((style) =>
        style.scrollBehavior === "smooth" || style.animationName !== "none" || parseFloat(style.transitionDuration) > 0
    ).length"""
    page.goto(site + PAGES["interview"])
    assert page.evaluate(moving) > 0
    page.emulate_media(reduced_motion="reduce")
    for name in ("home", "interview", "answer", "passage", "search", "frequency", "about"):
        page.goto(site + PAGES[name])
        assert page.evaluate(moving) == 0, name


@pytest.mark.parametrize(
    ("name", "chosen", "others"),
    [
        ("search", ".views [aria-current]", ".views a:not([aria-current])"),
        ("answer", ".cite :checked + span", ".cite :not(:checked) + span"),
    ],
)
def test_what_is_chosen_is_underlined_alone_in_the_colours_of_the_system(archive, site, page, name, chosen, others):
    page.emulate_media(forced_colors="active")
    page.goto(site + PAGES[name])
    line = "one => getComputedStyle(one).borderBottomColor"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert page.locator(chosen).first.evaluate(line) != paper
    assert {other.evaluate(line) for other in page.locator(others).all()} == {paper}


@pytest.fixture
def endless_names(archive):
    """Somebody and something whose names are a word of 195 letters, spoken of and chosen everywhere."""
    person, outlet, country = (
        make_entity(kind, ONE_LONG_WORD, slug="endless") for kind in ("person", "outlet", "country")
    )
    endless = make_interview(date="2020-12-05", slug="endless", outlet=None)
    endless.outlet = outlet
    endless.save()
    endless.participations.update(person=person, office=ONE_LONG_WORD)
    Entity.objects.filter(pk=country.pk).update(iso_code="XK")
    mention(endless.turns.get(number="a1"), country)
    reindex()
    address = endless.get_absolute_url()
    chosen = "/search/?q=talks&country=XK&speaker=endless&outlet=endless"
    views = [chosen.replace("/search/", f"/search/{view}/") for view in ("concordance", "frequency", "speakers")]
    return [
        address,
        f"{address}a1/",
        chosen,
        *views,
        *(named.get_absolute_url() for named in (person, outlet, country)),
    ]


def test_every_page_type_fits_a_phone_at_twice_the_text_size_and_with_endless_names(endless_names, site, page):
    page.set_viewport_size(PHONE)
    too_wide = {}
    for address in [*PAGES.values(), *endless_names]:
        page.goto(site + address)
        for size in ("", "212.5%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
            overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if overflow > 0:
                too_wide[address, size] = overflow
    assert too_wide == {}
