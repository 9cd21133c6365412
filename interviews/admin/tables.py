"""Tables of entities and rules: taken out, and brought in after a look at what they would change."""

import hashlib
import time
from pathlib import PurePath

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import site
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from interviews.ingest.collect import printable
from interviews.models import Entity
from interviews.tagging.establishing import load_authority
from interviews.tagging.exporting import exported
from interviews.tagging.importing import ImportRefusedError, bring_in
from interviews.tagging.planning import plan
from interviews.tagging.registry import COLUMNS
from interviews.tagging.sheets import (
    MOST_BYTES,
    MOST_ROWS,
    RULE_COLUMNS,
    SheetError,
    as_csv,
    as_json,
    read_bytes,
    read_sheet,
)
from interviews.wording import counted

RIGHTS = ["interviews.add_entity", "interviews.change_entity"]
SHOWN = 200
DAY = 24 * 60 * 60
LONGEST_NAME = 100
DONE = (
    "{}. Interviews that name what is new are tagged beside your work. "
    'To undo all or one of it, go to <a href="{}">What curators did</a>.'
)
GONE = "The file is not here any more; choose it again."
WRITTEN = {
    "entities.csv": lambda found: as_csv(COLUMNS, found.entities),
    "rules.csv": lambda found: as_csv(RULE_COLUMNS, found.rules),
    "all.json": lambda found: as_json(found.entities, found.rules),
}


class TableForm(forms.Form):
    file = forms.FileField(
        label="Table",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.json"}),
        help_text=(
            f"CSV or JSON as it is taken out here, in UTF-8, at most {MOST_ROWS:,} rows and {MOST_BYTES // 1_000_000} "
            "MB. First you see what would change."
        ),
    )


def export_view(request, name):
    """Send a table: `entities.csv`, `rules.csv` or `all.json`."""
    if not request.user.has_perm("interviews.view_entity"):
        raise PermissionDenied
    if name not in WRITTEN:
        raise Http404
    kind = "application/json" if name.endswith(".json") else "text/csv"
    stem, _, suffix = name.partition(".")
    headers = {"Content-Disposition": f'attachment; filename="{stem}-{timezone.localdate()}.{suffix}"'}
    return HttpResponse(WRITTEN[name](exported()), content_type=f"{kind}; charset=utf-8", headers=headers)


def import_view(request):
    """Show what a table would change and all its problems; bring it in when the curator has seen that."""
    if not request.user.has_perms(RIGHTS):
        raise PermissionDenied
    if "upload" in request.POST:
        return brought_in(request)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = keep(file, request.user)
            return page(request, form, planned=planned_for(request.user, kept), upload=signing.dumps(kept))
        except SheetError as error:
            form.add_error("file", str(error))
    return page(request, form)


def brought_in(request):
    """Import a table that was looked at, unless the archive is another by now."""
    try:
        kept = signing.loads(request.POST["upload"], max_age=DAY)
        if kept["user"] != request.user.pk:
            raise PermissionDenied
        sheet = sheet_kept(request.user, kept)
        reason = f"imported from {kept['name']}"
        planned = bring_in(sheet, by=request.user, reason=reason, seen=request.POST.get("seen", ""))
    except ImportRefusedError as refused:
        messages.error(request, str(refused))
        return page(request, TableForm(), planned=refused.plan, upload=request.POST["upload"])
    except (SheetError, signing.BadSignature, FileNotFoundError):
        messages.error(request, GONE)
        return redirect("admin:interviews_entity_import")
    path_of(kept).unlink(missing_ok=True)
    done = ", ".join(planned.told)
    messages.success(request, format_html(DONE, done, reverse("admin:interviews_curation_changelist")))
    return redirect("admin:interviews_entity_changelist")


def planned_for(user, kept):
    load_authority()
    return plan(sheet_kept(user, kept))


def sheet_kept(user, kept):
    """Return the table of a kept file. Raises SheetError, and where it holds rules that the user may not make."""
    with path_of(kept).open("rb") as file:
        sheet = read_sheet(file)
    if sheet.rules and not user.has_perm("interviews.add_rule"):
        raise PermissionDenied
    return sheet


def keep(file, user):
    """Keep an uploaded file until it is imported, a day at most; return what leads to it. Raises SheetError."""
    data = read_bytes(file)
    folder().mkdir(exist_ok=True)
    for old in folder().iterdir():
        if old.stat().st_mtime < time.time() - DAY:
            old.unlink(missing_ok=True)
    name = printable(PurePath(file.name).name)[:LONGEST_NAME]
    kept = {"sha256": hashlib.sha256(data).hexdigest(), "user": user.pk, "name": name}
    path_of(kept).write_bytes(data)
    return kept


def folder():
    return settings.ARCHIVE_DATA / "imports"


def path_of(kept):
    return folder() / f"{kept['user']}-{kept['sha256']}"


def page(request, form, *, planned=None, upload=""):
    context = {
        **site.each_context(request),
        "title": "Import a table",
        "opts": Entity._meta,
        "form": form,
        "planned": planned,
        "upload": upload,
        "shown": SHOWN,
        "summary": summary(planned) if planned else "",
    }
    return TemplateResponse(request, "admin/interviews/entity/import.html", context)


def summary(planned):
    if planned.problems:
        problems = counted(len(planned.problems), "problem")
        return f"{problems}. Mend {'it' if len(planned.problems) == 1 else 'them'} in the file, then choose that again."
    parts = [*planned.told, f"{planned.left} already so"]
    return f"Nothing was changed yet. Of {counted(planned.rows, 'row')}: {', '.join(parts)}."
