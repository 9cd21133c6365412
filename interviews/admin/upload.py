"""Texts added in the admin: the same road into the archive as the command's, with the same report."""

from contextlib import nullcontext
from functools import partial
from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from interviews.addresses import interview_at
from interviews.ingest import report
from interviews.ingest.collect import SUFFIXES, CollectError
from interviews.ingest.loading import StoppedError, load
from interviews.ingest.lock import BusyError, alone
from interviews.ingest.reader import MAX_BYTES
from interviews.ingest.received import Outcome, Received, Rights, Run, Stored
from interviews.models import Interview, Reading, Source
from interviews.models.interview import EARLIEST, LATEST
from interviews.search.index.upkeep import paused
from interviews.tagging.establishing import load_authority
from interviews.tagging.names import forget, remembered

MOST_FILES = 50
MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
DETECT = "detect"
ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("windows-1252", "Windows-1252 (Western Europe)"),
    ("windows-1250", "Windows-1250 (Central Europe)"),
    ("windows-1251", "Windows-1251 (Cyrillic)"),
    ("koi8-r", "KOI8-R (Cyrillic)"),
    ("iso-8859-5", "ISO 8859-5 (Cyrillic)"),
    ("windows-1253", "Windows-1253 (Greek)"),
    ("windows-1254", "Windows-1254 (Turkish)"),
    ("windows-1255", "Windows-1255 (Hebrew)"),
    ("windows-1256", "Windows-1256 (Arabic)"),
    ("gb18030", "GB 18030 (Chinese)"),
    ("big5", "Big5 (Chinese)"),
    ("shift_jis", "Shift JIS (Japanese)"),
    ("euc-jp", "EUC-JP (Japanese)"),
    ("euc-kr", "EUC-KR (Korean)"),
    ("mac-roman", "Mac Roman"),
]
SAMPLES = (
    "This archive holds the invented samples, and an archive that is cited never mixes them with real texts. "
    "Whoever runs the archive removes them: manage.py remove_samples"
)
MAY_NOT_CHANGE = (
    "It would change an interview that the archive has, and you may only add new ones. Ask for the right to change "
    "interviews, or somebody who has it."
)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once. An empty one is told in the report, not here."""

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(each, initial) for each in data or [None]]


class ReadForm(forms.Form):
    """How texts are read."""

    encoding = forms.ChoiceField(
        choices=[("", "Detect it, or as for the version before"), *ENCODINGS],
        required=False,
        help_text="Where letters came out wrong: the right one.",
    )
    statements = forms.BooleanField(
        required=False, label="Take texts without questions too", help_text="Speeches, as their statements."
    )
    dry_run = forms.BooleanField(required=False, label="Only say what would happen", help_text="Nothing is changed.")

    def clean_encoding(self):
        """Return a name, '' to detect it, None for what was said before."""
        encoding = self.cleaned_data["encoding"]
        return "" if encoding == DETECT else encoding or None


class AgainForm(ReadForm):
    """How kept bytes are read once more."""

    def __init__(self, data, *, encoding):
        super().__init__(data)
        self.fields["encoding"].choices = [("", f"As before: {encoding}"), (DETECT, "Detect it"), *ENCODINGS]


class UploadForm(ReadForm):
    """Texts with what the person says of them."""

    files = FilesField(
        allow_empty_file=True,
        widget=FilesInput(attrs={"accept": ",".join(sorted(SUFFIXES))}),
        help_text=(
            f"At most {MOST_FILES} texts of {MAX_BYTES // MEGABYTE} MB each, {MOST_BYTES // MEGABYTE} MB in all. "
            "The name of a file is its name for ever: a corrected text added again under the same name is a new "
            "version of it, which only those may add who may change interviews."
        ),
    )
    date = forms.DateField(
        required=False,
        label="Date, of one undated text",
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    replaces = forms.CharField(
        required=False,
        max_length=1000,
        label="Replaces, of one text",
        help_text="The address of the interview that it is a new version of, where its name does not say so.",
    )
    licence = forms.CharField(required=False, max_length=500)
    origin = forms.URLField(required=False, max_length=1000, assume_scheme="https", label="Where the texts come from")

    field_order = ["files", "date", "replaces", "licence", "origin", "encoding", "statements", "dry_run"]

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"These are {len(files)} files; choose at most {MOST_FILES} at once.")
        if sum(file.size for file in files) > MOST_BYTES:
            raise forms.ValidationError(f"Together they have more than {MOST_BYTES // MEGABYTE} MB; choose fewer.")
        names = [file.name for file in files]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise forms.ValidationError(f"Two files are called {twice}; a name stands for one text.")
        return files

    def clean_replaces(self):
        address = self.cleaned_data["replaces"]
        interview = interview_at(address) if address else None
        if address and not interview:
            raise forms.ValidationError("No interview has this address.")
        return interview

    def clean(self):
        cleaned = super().clean()
        if Interview.objects.filter(sample=True).exists():
            raise forms.ValidationError(SAMPLES)
        for name in ("date", "replaces"):
            if cleaned.get(name) and len(cleaned.get("files", ())) > 1:
                self.add_error(name, "This speaks of one text: choose one file.")
        return cleaned


def upload_view(request):
    """Show the form for texts; load those that were sent and report on each."""
    if not request.user.has_perm("interviews.add_source"):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    lines = None
    if form.is_valid():
        said = form.cleaned_data
        texts = [(file.name, partial(received, file, said)) for file in said["files"]]
        lines = load_all(request, texts, replaces=said["replaces"], dry_run=said["dry_run"])
    return page(request, form, lines, title="Add texts")


def received(file, said):
    """Return an uploaded file as received. Raises CollectError where it is no kind of text that is read."""
    name = PurePath(file.name).name
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise CollectError(f"Only files that end in {', '.join(sorted(SUFFIXES))} are read.")
    rights = Rights(licence=said["licence"] or None, origin_url=said["origin"] or None)
    return Received(name, file.read(), rights, said["date"], said["encoding"], said["statements"])


def again_view(request, pk):
    """Show the form to read the kept bytes of a reading once more, and do so."""
    if not request.user.has_perm("interviews.add_source"):
        raise PermissionDenied
    reading = get_object_or_404(Reading.objects.select_related("source", "interview"), pk=pk)
    newest = reading.interview.readings.first()
    form = AgainForm(request.POST if request.method == "POST" else None, encoding=reading.encoding)
    lines = None
    if newest == reading and form.is_valid():
        said = form.cleaned_data
        text = (reading.source.name, partial(kept, reading, said))
        lines = load_all(request, [text], replaces=None, dry_run=said["dry_run"])
    return page(request, form, lines, title="Read again", reading=reading, newest=newest)


def kept(reading, said):
    """Return the kept bytes of a reading's source as if they had just been received."""
    name, data = reading.source.name, reading.source.path.read_bytes()
    how = {option: said[option] for option in ("encoding", "statements")}
    return Received(name, data, **how, sample=reading.interview.sample)


def load_all(request, texts, *, replaces, dry_run):
    """Load texts, pairs of name and function that returns it as received -> lines of the report.

    None where another ingest is running or the archive cannot be written: the user is told.
    """
    run = Run()
    try:
        with alone(wait=False), paused(), remembered(), transaction.atomic() if dry_run else nullcontext():
            load_authority()
            options = {"replaces": replaces, "dry_run": dry_run}
            lines = [
                report.Line.of(report.printable(name), load_for(request.user, receive, run, **options), at_desk=True)
                for name, receive in texts
            ]
            if dry_run:
                transaction.set_rollback(True)
    except (BusyError, StoppedError) as stopped:
        messages.error(request, str(stopped))
        return None
    return lines


def load_for(user, receive, run, **options):
    """Load one text, but for what the user may not do: a new version changes an interview, maybe a published one."""
    if user.has_perm("interviews.change_interview"):
        return load(receive, run, **options)
    with transaction.atomic():
        stored = load(receive, run, **options)
        if stored.outcome is not Outcome.UPDATED:
            return stored
        transaction.set_rollback(True)
    forget()
    return Stored(Outcome.REFUSED, reason=MAY_NOT_CHANGE)


def page(request, form, lines, **more):
    context = {
        **site.each_context(request),
        "opts": Source._meta,
        "form": form,
        "lines": lines,
        "has_refused": any(line.stored.outcome is Outcome.REFUSED for line in lines or ()),
        "summary": report.summary(lines) if lines else "",
        "is_dry_run": form.is_bound and form.is_valid() and form.cleaned_data["dry_run"],
        "has_file_field": form.is_multipart(),
    }
    return TemplateResponse(request, "admin/interviews/source/upload.html", context | more)
