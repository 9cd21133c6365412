"""The admin as a browser sees it: pages opened, forms sent back as they came, with some fields changed."""

from django.urls import reverse

from interviews.models import IndexChange

from archive_factory import make_country, make_interview

HOSTILE = "<script>alert('Norway')</script>"


def make_tagged_interview():
    """One interview of two exchanges on Norway and Italy, tagged."""
    interview = make_interview(
        [("What of Norway?", "Norway is near."), ("And Italy?", "Italy is well.\n\nThank you.")],
        title="Harbour talks",
        slug="harbour-post",
    )
    for turn in interview.turns.all():
        mark(turn, make_country("NO", "Norway"))
        mark(turn, make_country("IT", "Italy"))
    return interview


def mark(turn, country):
    """Mark the name of a country where it stands in a turn."""
    start = turn.text.find(country.name)
    if start >= 0:
        end = start + len(country.name)
        turn.mentions.create(entity=country, start=start, end=end, surface=country.name, tagger_version="test")


def page(client, name, *args, **query):
    response = client.get(reverse(f"admin:{name}", args=args), query)
    assert response.status_code == 200
    return response


def submit(client, response, **changes):
    """Send the form of an admin page as a browser would, with some fields changed."""
    data = {}
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form]
        forms += inline.formset.forms if inline.has_change_permission else []
    for form in forms:
        for field in form:
            value = field.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if value is not None:
                data[field.html_name] = value
    data |= changes
    sent = client.post(response.request["PATH_INFO"], data, follow=True)
    assert sent.status_code == 200
    return sent


def errors(response):
    return str(response.context["errors"]) if response.context and "errors" in response.context else ""


def notes():
    return set(IndexChange.objects.values_list("turn_id", flat=True))


def act(client, name, action, rows, **more):
    data = {"action": action, "_selected_action": [row.pk for row in rows], "index": 0} | more
    return client.post(reverse(f"admin:{name}_changelist"), data, follow=True)
