"""The sitemap: an index, and one list each of pages, interviews, single turns and entities."""

from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max
from django.urls import reverse

from interviews.models import Entity, Interview, Turn
from interviews.search.language.describing import SPOKEN_OF
from interviews.views.entity_lists import entities_by_answers


class PageSitemap(Sitemap):
    def items(self):
        lists = [f"{kind}-list" for kind in ("interview", "outlet", *SPOKEN_OF)]
        return ["home", *lists, "search-help", "about"]

    def location(self, item):
        return reverse(f"interviews:{item}")


class InterviewSitemap(Sitemap):
    limit = 5_000

    def items(self):
        published = Interview.objects.published().annotate(updated_at=Max("turns__changed_at"))
        return published.order_by("date", "slug")

    def lastmod(self, interview):
        return max(interview.changed_at, interview.updated_at)

    def get_latest_lastmod(self):
        return Turn.objects.published().latest_change()


class TurnSitemap(Sitemap):
    """Every turn that stands alone, under its permalink."""

    limit = 5_000

    def items(self):
        return Turn.objects.documents().select_related("interview").order_by("interview", "position")

    def lastmod(self, turn):
        return turn.changed_at

    def get_latest_lastmod(self):
        return Turn.objects.published().latest_change()


class EntitySitemap(Sitemap):
    """All that answers speak of, the people who speak, the outlets that ask."""

    def items(self):
        voices = Entity.objects.speaking() | Entity.objects.asking()
        spoken_of = (entity for kind in SPOKEN_OF for entity, _ in entities_by_answers(kind) or [])
        return list(dict.fromkeys([*spoken_of, *voices.live().order_by("kind", "slug")]))


SECTIONS = {"pages": PageSitemap, "interviews": InterviewSitemap, "answers": TurnSitemap, "entities": EntitySitemap}


def index(request):
    return views.index(request, sitemaps=SECTIONS, sitemap_url_name="interviews:sitemap-section")


def section(request, section):
    return views.sitemap(request, sitemaps=SECTIONS, section=section)
