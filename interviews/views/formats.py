"""A page in other forms: the same address with `?format=`, for programs.

Each form is made by a function with the arguments of the view. One that returns plain data is sent as JSON; one that
makes a file returns the response itself.
"""

from functools import wraps

from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import render

NAMES = {
    "json": "JSON",
    "jsonl": "JSON Lines",
    "csv": "CSV",
    "bib": "BibTeX",
    "ris": "RIS",
    "txt": "plain text",
    "md": "Markdown",
    "tei": "TEI",
    "atom": "Atom",
}


def also_as(**forms):
    """Let a view answer in these forms too; in one that it does not have, 404 with those that it has."""

    def with_forms(view):
        @wraps(view)
        def formed(request, *args, **kwargs):
            wanted = request.GET.get("format")
            if not wanted or wanted == "html":
                return view(request, *args, **kwargs)
            if wanted not in forms:
                return unknown_format(request, forms)
            made = forms[wanted](request, *args, **kwargs)
            return for_programs(made if isinstance(made, HttpResponseBase) else as_json(made))

        formed.forms = forms
        return formed

    return with_forms


def as_json(data):
    """Return data as a JSON response, readable for people too."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def for_programs(response):
    """Let programs of any site read a response: it holds nothing but what is public."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


def unknown_format(request, forms):
    """Say in which forms a page comes."""
    query = request.GET.copy()
    links = []
    for form in forms:
        query["format"] = form
        links.append((NAMES[form], f"{request.path}?{query.urlencode()}"))
    return render(request, "404.html", {"formats": links}, status=404)


def root_of(request):
    """The scheme and host of this site, before every path in data."""
    return f"{request.scheme}://{request.get_host()}"
