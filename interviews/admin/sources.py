"""Sources, readings and former addresses: to be looked at; texts are added, and read again, in upload.py."""

from pathlib import PurePath

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import format_html

from interviews.ingest.collect import printable
from interviews.ingest.mends import with_mend
from interviews.models import FormerAddress, Reading, ReadingProblem, Source

from .display import NamedValuesFilter, ReadOnly, change_link, table
from .upload import again_view, upload_view


class ProblemsFilter(admin.SimpleListFilter):
    title = "open problems"
    parameter_name = "problems"

    def lookups(self, request, model_admin):
        return [("yes", "With open problems"), ("no", "Without")]

    def queryset(self, request, queryset):
        opened = Exists(ReadingProblem.objects.filter(reading=OuterRef("pk"), settled_at=None))
        return {"yes": queryset.filter(opened), "no": queryset.filter(~opened)}.get(self.value(), queryset)


@admin.register(Source)
class SourceAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "size", "licence", "redistribute", "received_at"]
    list_filter = ["redistribute", ("licence", NamedValuesFilter)]
    search_fields = ["name", "sha256", "origin_url"]
    date_hierarchy = "received_at"
    fields = ["name", "size", "sha256", "origin_url", "licence", "redistribute", "received_at", "readings"]

    def has_add_permission(self, request):
        return request.user.has_perm("interviews.add_source")

    def add_view(self, request, form_url="", extra_context=None):
        return upload_view(request)

    def get_urls(self):
        own = path("<int:pk>/file/", self.admin_site.admin_view(self.file_view), name="interviews_source_file")
        return [own, *super().get_urls()]

    def file_view(self, request, pk):
        """Return the bytes as received, as a download."""
        source = get_object_or_404(Source, pk=pk)
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        if not source.path.is_file():
            raise Http404("The bytes of this file are not kept.")
        name = printable(PurePath(source.name).name)
        return FileResponse(source.path.open("rb"), as_attachment=True, filename=name, content_type="text/plain")

    @admin.display(description="Read as")
    def readings(self, source):
        readings = source.readings.select_related("interview")
        rows = ([change_link(reading, reading.layout), change_link(reading.interview)] for reading in readings)
        return table(["Reading", "Interview"], rows)


@admin.register(Reading)
class ReadingAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["interview", "source", "layout", "encoding", "parser_version", "problem_count", "read_at"]
    list_filter = [ProblemsFilter, "layout", "encoding", "parser_version"]
    list_select_related = ["interview", "source"]
    search_fields = ["interview__title", "source__name"]
    date_hierarchy = "read_at"
    fields = ["interview", "source", "layout", "encoding", "parser_version", "read_at", "problem_list", "fact_list"]

    def get_urls(self):
        own = path("<int:pk>/again/", self.admin_site.admin_view(again_view), name="interviews_reading_again")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(problem_total=Count("problems"))

    @admin.display(description="Problems", ordering="problem_total")
    def problem_count(self, reading):
        return reading.problem_total

    @admin.display(description="Problems")
    def problem_list(self, reading):
        problems = reading.problems.all()
        if not problems:
            return "None."
        rows = ([each.line or "", with_mend(each, at_desk=True), each.get_severity_display()] for each in problems)
        return table(["Line", "What is wrong", "Severity"], rows)

    @admin.display(description="What the text says of itself")
    def fact_list(self, reading):
        header, speakers = (reading.facts.get(part, {}) for part in ("header", "speakers"))
        facts = [[name.replace("_", " "), value] for name, value in header.items() if value]
        said = ("part", "name", "office", "outlet")
        voices = [[label, ", ".join(filter(None, map(voice.get, said)))] for label, voice in speakers.items()]
        return table(["Fact or label", "Value"], facts + voices)


@admin.register(FormerAddress)
class FormerAddressAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["path", "leads_to", "since"]
    list_select_related = ["interview", "entity"]
    search_fields = ["path", "gone_reason"]
    fields = ["path", "leads_to", "since"]

    @admin.display(description="Leads to")
    def leads_to(self, former):
        target = former.interview or former.entity
        return change_link(target) if target else format_html("gone: {}", former.gone_reason)
