"""Texts of the same days with the same words: they are found, at a cost that does not grow with their number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interviews.ingest import nearby, recognise
from interviews.models import Interview

from ingesting import TEXT, ingest

pytestmark = pytest.mark.django_db
FIRST, SECOND = 15, 45


def alike(texts, count):
    """Write texts of one day that say nearly the same -> the folder."""
    for number in range(count):
        texts(f"{number:03}.txt", TEXT.replace("since Monday", f"since day {number} of the month"))
    return texts.folder


def cost(texts, count, monkeypatch):
    """Ingest so many texts that look alike into an empty archive -> (comparisons of whole texts, queries)."""
    Interview.objects.all().delete()
    compared = []
    share_in_common = recognise.share_in_common
    monkeypatch.setattr(recognise, "share_in_common", lambda *texts: compared.append(1) or share_in_common(*texts))
    with CaptureQueriesContext(connection) as queries:
        ingest(alike(texts, count))
    monkeypatch.undo()
    return len(compared), len(queries)


def test_texts_of_one_day_that_look_alike_cost_each_the_same(texts, monkeypatch):
    few, many = cost(texts, FIRST, monkeypatch), cost(texts, SECOND, monkeypatch)
    comparisons, queries = ((more - less) / (SECOND - FIRST) for less, more in zip(few, many, strict=True))
    assert 1 <= comparisons <= 5
    assert queries < 60


def test_copy_among_many_texts_that_look_alike_is_found(texts):
    ingest(alike(texts, 30))
    assert Interview.objects.filter(status="published").count() == 1
    assert (
        Interview.objects.filter(status="draft", status_reason__contains="of its words stand already in").count() == 29
    )


@pytest.mark.parametrize(("day", "status"), [("6", "draft"), ("12", "draft"), ("13", "published")])
def test_copy_is_looked_for_within_a_week(texts, day, status):
    texts("a.txt")
    texts("b.txt", TEXT.replace("5 March", f"{day} March"))
    ingest(texts.folder)
    assert Interview.objects.get(date__day=int(day)).status == status


def test_weeks_come_back_after_they_were_forgotten(texts, monkeypatch):
    monkeypatch.setattr(nearby, "WEEKS", 4)
    for number, day in enumerate(("5 March", "5 September", "6 March")):
        texts(f"{number}.txt", TEXT.replace("5 March", day))
    ingest(texts.folder)
    assert Interview.objects.get(date__day=6).status == "draft"
