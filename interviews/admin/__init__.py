"""The curators' admin: stock pages, one module a subject; what a decision means is in interviews.tagging.curate."""

from django.conf import settings
from django.contrib import admin

from . import acts, conflicts, entities, interviews, mentions, problems, rules, sources, turns, users

__all__ = ["acts", "conflicts", "entities", "interviews", "mentions", "problems", "rules", "sources", "turns", "users"]

admin.site.site_header = f"{settings.ARCHIVE_NAME}: curation"
admin.site.site_title = settings.ARCHIVE_NAME
admin.site.index_title = "What do you want to look after?"
# The lists hold sentences: they need the width.
admin.site.enable_nav_sidebar = False
admin.site.index_template = "admin/desk.html"
