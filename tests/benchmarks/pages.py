"""How heavy pages are and how soon they are painted, in Chromium, in an archive of the samples served as in production.

    python tests/benchmarks/pages.py

The line is slow (1.6 Mbit/s, 150 ms for every request) and the processor four times slower than it is. Each page is
seen for the first time, with nothing kept, and once more. Told are the bytes over the wire with those of heads, when
the largest part was painted (seconds of the clock since the address was asked for, the best of three), and how much
moved. Promised are at most 150 kB on the first visit, 60 kB on the next, and less than a second.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
EXCHANGES = 120
LONG = "/interviews/2023/05/04/harbour-post/"
PAGES = {
    "home": "/",
    "interviews": "/interviews/",
    "interview": "/interviews/2011/06/14/strom-und-ufer/",
    "interview, 120 exchanges": LONG,
    "interview, Russian": "/interviews/2019/04/11/stepnoy-meridian/",
    "answer": "/interviews/2011/06/14/strom-und-ufer/a4/",
    "country": "/countries/germany/",
    "people": "/people/",
    "search": "/search/?q=sea",
    "in context": "/search/concordance/?q=sea",
    "over time": "/search/frequency/?q=sea",
    "about": "/about/",
}
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
OBSERVE = """
    window.painted = window.moved = 0;
    const watch = (type, told) =>
        new PerformanceObserver(list => list.getEntries().forEach(told)).observe({type, buffered: true});
    watch("largest-contentful-paint", entry => { window.painted = entry.startTime });
    watch("layout-shift", entry => { window.moved += entry.value });
"""


def main():
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        (texts / "long.txt").write_text(long_interview())
        environment = os.environ | {"ARCHIVE_DATA": f"{folder}/data", "DEBUG": "0"}
        shutil.copytree(ROOT / "fixtures", texts / "samples", ignore=shutil.ignore_patterns("*.json"))
        for words in (["migrate"], ["ingest", str(texts)], ["collectstatic", "--noinput"]):
            command = [sys.executable, "manage.py", *words]
            subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        with served(environment) as site, sync_playwright() as playwright:
            chromium = shutil.which("chromium") or playwright.chromium.executable_path
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            print(f"{'':<26}{'first':>9}{'again':>9}{'painted':>9}{'again':>9}{'moved':>8}")
            for name, address in PAGES.items():
                print(told(name, [visits(browser, site + address) for _ in range(3)]))


def told(name, runs):
    """Return the line of one page, of its runs of two visits each."""
    (first, again), *_ = runs
    painted, painted_again = (min(run[visit]["painted"] for run in runs) / 1000 for visit in (0, 1))
    moved = max(visit["moved"] for run in runs for visit in run)
    kilobytes = f"{first['bytes'] / 1000:>6.1f} kB{again['bytes'] / 1000:>6.1f} kB"
    return f"{name:<26}{kilobytes}{painted:>7.2f} s{painted_again:>7.2f} s{moved:>8.3f}"


def visits(browser, address):
    """Return what a first visit and a second one cost: [{"bytes", "painted" (milliseconds), "moved"}, ...]."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found = []
    for _ in range(2):
        page = context.new_page()
        wire = context.new_cdp_session(page)
        received = []
        for command, given in (
            ("Network.enable", {}),
            ("Network.emulateNetworkConditions", LINE),
            ("Emulation.setCPUThrottlingRate", {"rate": 4}),
        ):
            wire.send(command, given)
        wire.on("Network.loadingFinished", lambda event, received=received: received.append(event["encodedDataLength"]))
        page.add_init_script(OBSERVE)
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(300)  # paints are told a little later
        found.append({"bytes": sum(received), **page.evaluate("({painted, moved})")})
        page.close()
    context.close()
    return found


@contextmanager
def served(environment):
    """The archive served by gunicorn as the README says; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "archive/serving.py", "-b", f"127.0.0.1:{port}", "archive.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        site = f"http://127.0.0.1:{port}"
        for page in PAGES.values():  # so that no worker reads its first page while the clock runs
            warm(site + page)
        yield site
    finally:
        server.terminate()
        server.wait()


def warm(address):
    for _ in range(40):
        try:
            with urlopen(address):  # noqa: S310 - our own server
                return
        except URLError as error:
            if hasattr(error, "code"):
                sys.exit(f"{address}: {error}")
            sleep(0.5)
    sys.exit(f"{address}: no answer")


def long_interview():
    """An invented interview of 120 exchanges, made of the words of the samples."""
    samples = " ".join(path.read_text() for path in sorted((ROOT / "fixtures").glob("20*.txt")))
    words = [word for word in samples.split() if word.isascii() and word.islower() and word.isalpha()]
    sentences = [" ".join(words[start : start + 13]).capitalize() + "." for start in range(0, 6500, 13)]
    lines = []
    for number in range(1, EXCHANGES + 1):
        answer = " ".join(sentences[number * 37 % 490 :][:10])
        lines.append(f"Question: And what of harbour {number}, Minister?\n\nMaren Holt: {answer}")
    head = "Foreign Minister Maren Holt’s interview with Harbour Post, 4 May 2023\n"
    return "\n\n".join([head, *lines]) + "\n"


if __name__ == "__main__":
    main()
