"""Fetch the pages a newcomer opens first from a server that is just starting: fetch.py http://127.0.0.1:8000"""

import re
import sys
import time
import urllib.error
import urllib.request

PATIENCE = 180
base = sys.argv[1]


def fetch(path):
    with urllib.request.urlopen(base + path, timeout=30) as answer:
        return answer.read().decode()


def wait():
    for _ in range(PATIENCE):
        try:
            return fetch("/")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(1)
    sys.exit(f"{base} did not answer within {PATIENCE} s")


home = wait()
interview = re.search(r'href="(/interviews/\d{4}/[^"#]+/)"', fetch("/interviews/"))[1]
answer = re.search(rf'href="(?:{interview})?(?:#)?({interview}a\d+/)', fetch(interview))[1]
for path in (
    "/search/?q=ceasefire",
    "/countries/",
    "/people/",
    "/outlets/",
    "/about/",
    interview,
    answer,
    "/sitemap.xml",
):
    print(f"{len(fetch(path)):>8} characters  {path}")
found = fetch("/search/?q=ceasefire&format=json")
print(found[:120])
if '"total": 0' in found or '"total":0' in found:
    sys.exit("A search of the samples found nothing.")
