"""A page in other forms, for programs: its address with `?format=`, or with the form for its last stroke (a3.json).

Each form is made by a function with the arguments of the view. One that returns plain data is sent as JSON; one that
makes a file returns the response itself.
"""

from functools import wraps

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve

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
    "opensearch": "OpenSearch suggestions",
}
INTERFACE = "/api/"  # where there is nothing but data
FIRST_PAGE = "index"  # what stands for the root before a dot


def also_as(**forms):
    """Let a view answer in these forms too; in one that it does not have, 404 with those that it has."""

    def with_forms(view):
        @wraps(view)
        def formed(request, *args, **kwargs):
            wanted = form_asked_for(request)
            if not wanted:
                return view(request, *args, **kwargs)
            if wanted not in forms:
                return unknown_format(request, forms)
            made = forms[wanted](request, *args, **kwargs)
            return made if isinstance(made, HttpResponseBase) else as_json(made)

        formed.forms = forms
        return formed

    return with_forms


def suffixed(request, page, form):
    """Answer for `…/a3.json` as `…/a3/?format=json` does, for the root as index.json."""
    query = "&".join(filter(None, [request.META.get("QUERY_STRING", ""), f"format={form}"]))
    request.META["QUERY_STRING"], request.GET = query, QueryDict(query, encoding=request.encoding)
    path = "/" if page == FIRST_PAGE else f"/{page}/"
    request.path = request.path.removesuffix(request.path_info) + path
    request.path_info = path
    match = request.resolver_match = resolve(path)
    if not hasattr(match.func, "forms"):
        raise Http404("This has no other forms.")
    return match.func(request, *match.args, **match.kwargs)


class OpenToProgramsMiddleware:
    """Lets pages of any site read what is made for programs, refusals too: all of it is public.

    A browser asks first (OPTIONS) where a page says what it holds already.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "OPTIONS" and form_asked_for(request):
            allowed = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "If-None-Match"}
            return for_programs(HttpResponse(status=204, headers=allowed))
        response = self.get_response(request)
        return for_programs(response) if form_asked_for(request) else response


def for_programs(response):
    """Let programs of any site read a response: it holds nothing but what is public."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag"
    return response


def form_asked_for(request):
    """The form in which a request wants its answer; '' for a page to read."""
    if request.path_info.startswith(INTERFACE):
        return "json"
    try:
        form = request.GET.get("format", "")
    except SuspiciousOperation:  # more parameters than are read
        form = ""
    return "" if form == "html" else form


def as_json(data, *, status=200):
    """Return data as a JSON response, readable for people too."""
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})


def refusal(request, template, context=None, *, status, error, **facts):
    """Say why there is no page: in words, or as data, {"status": …, "error": why, …}, where that was asked for."""
    if form_asked_for(request) == "json":
        return as_json({"status": status, "error": error, **facts}, status=status)
    return render(request, template, context, status=status)


def unknown_format(request, forms):
    """Say in which forms a page comes."""
    query = request.GET.copy()
    links = []
    for form in forms:
        query["format"] = form
        links.append((NAMES[form], f"{request.path}?{query.urlencode()}"))
    return refusal(
        request,
        "404.html",
        {"formats": links},
        status=404,
        error="This page has no such form.",
        forms=[root_of(request) + address for _, address in links],
    )


def in_form(address, form):
    """Return the address of a page in another form."""
    return f"{address}{'&' if '?' in address else '?'}format={form}"


def in_same_form(request, address):
    """Return an address in the form in which a request wants its answer."""
    form = form_asked_for(request)
    return in_form(address, form) if form else address


def steps_in_json(root, **addresses):
    """Return {name: whole address of the page as data} of steps such as `next`, None for an empty one."""
    return {name: root + in_form(address, "json") if address else None for name, address in addresses.items()}


def root_of(request):
    """The scheme and host of this site, before every path in data."""
    return f"{request.scheme}://{request.get_host()}"
