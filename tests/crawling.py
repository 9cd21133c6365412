"""An archive page by page, as whoever follows every link sees it."""

import re
from collections import Counter
from urllib.parse import urljoin

from pages_factory import links_of


def crawled(client, *starts, most_of_a_type):
    """{address: response} of what can be reached from these addresses, so many of one type of page."""
    seen, types, waiting = {}, Counter(), list(starts)
    while waiting:
        address = waiting.pop()
        if address in seen or types[type_of(address)] == most_of_a_type:
            continue
        types[type_of(address)] += 1
        seen[address] = response = client.get(address)
        if response.streaming:
            response.getvalue()  # read to its end: closing it here would close the connection to PostgreSQL
        elif is_html(response):
            waiting += reversed([link.partition("#")[0] for link in inner_links(address, response)])
    return seen


def type_of(address):
    """The address without what names one interview, one turn, one entity, or one search."""
    path, _, query = address.partition("?")
    path = re.sub(r"(?<=/interviews/)[0-9/]+[^/]+/", "", path)
    path = re.sub(r"(?<=/)[qasmd][0-9]+[b-z]*(?=/)", "number", path)
    return re.sub(r"^(/(?!interviews|search)\w+/)[^/]+/", r"\1", path), bool(query)


def inner_links(address, response):
    absolute = (urljoin(address, link) for link in links_of(response))
    return [link for link in absolute if link.startswith("/") and not link.startswith("/static/")]


def is_html(response):
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")
