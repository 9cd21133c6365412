"""What a reader does not want to see in the running text: choices that the browser remembers."""

from functools import wraps

from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers

# Whether names are links; whether courtesies and moderators are there.
CHOICES = ("names", "courtesies")
HIDDEN, SHOWN = "hidden", "shown"
A_YEAR = 365 * 24 * 3600  # seconds


def remembers_switches(view):
    """Let a page take ?names=hidden or shown: a cookie keeps the choice, and the address leads on without it."""

    @wraps(view)
    def choosing(request, *args, **kwargs):
        chosen = {name: request.GET[name] for name in CHOICES if request.GET.get(name) in (HIDDEN, SHOWN)}
        if chosen:
            response = redirect(_without(request, chosen))
            for name, value in chosen.items():
                response.set_cookie(name, value, A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
            return response
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        return response

    return choosing


def hides(request, name):
    """Return whether the reader chose not to see one of `CHOICES`."""
    return request.COOKIES.get(name) == HIDDEN


def _without(request, chosen):
    # Not written anew: what `passage` says depends on how it is encoded.
    parts = request.META.get("QUERY_STRING", "").split("&")
    rest = "&".join(part for part in parts if part.partition("=")[0] not in chosen)
    return f"{request.path}?{rest}" if rest else request.path
