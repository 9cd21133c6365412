"""Small pieces of HTML that several admin pages show. Everything from a text is escaped."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from interviews.wording import counted

BEGINNING = 100
AROUND = 120


class ReadOnly:
    """An admin page to look at: rows are neither added, changed nor deleted there."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class CuratorFilter(admin.RelatedOnlyFieldListFilter):
    """Those who did it: the column is called “by”."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = "curator"


class NamedValuesFilter(admin.AllValuesFieldListFilter):
    """The values of a column that has words; that it may be empty is one of the choices, with a name."""

    def choices(self, changelist):
        return ({**choice, "display": choice["display"] or "None"} for choice in super().choices(changelist))


def change_link(obj, words=None):
    """Return a link to the admin page of a row."""
    address = reverse(f"admin:interviews_{obj._meta.model_name}_change", args=[obj.pk])
    return format_html('<a href="{}"><bdi>{}</bdi></a>', address, words or obj)


def list_link(interview, rows, noun):
    """Return a link to the admin's list of those rows of an interview: “2 open problems”."""
    address = reverse(f"admin:interviews_{rows.model._meta.model_name}_changelist")
    return format_html('<a href="{}?interview={}">{}</a>', address, interview.pk, counted(rows.count(), noun))


def beginning(text):
    """Return the first words of a text."""
    return Truncator(" ".join(text.split())).chars(BEGINNING)


def sentence_around(mention):
    """Return the words around a mention, the mention itself marked."""
    text = mention.turn.text
    before, marked, after = text[: mention.start], text[mention.start : mention.end], text[mention.end :]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return format_html("{}<mark>{}</mark>{}", before, marked, after)


def turn_link(turn):
    """Return a link to the admin page of a turn, and the day of its interview."""
    return format_html("{} of {}", change_link(turn, turn.number), turn.interview.dated.replace("/", "-") or "?")


def moment(instant):
    """Return an instant as a person reads it."""
    return date_format(timezone.localtime(instant), "DATETIME_FORMAT")


def table(headings, rows):
    """Return a plain table; `rows` are sequences of cells."""
    return format_html(
        "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>",
        cells('<th scope="col">{}</th>', headings),
        format_html_join("", "<tr>{}</tr>", ([cells("<td>{}</td>", row)] for row in rows)),
    )


def cells(form, values):
    return format_html_join("", form, ([value] for value in values))
