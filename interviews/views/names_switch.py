"""Whether names are links in the running text: a choice of the reader's, remembered by the browser."""

from functools import wraps

from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers

NAME = "names"
HIDDEN, SHOWN = "hidden", "shown"
A_YEAR = 365 * 24 * 3600  # seconds


def remembers_names(view):
    """Let a page take ?names=hidden or shown: a cookie keeps the choice, and the address leads on without it."""

    @wraps(view)
    def choosing(request, *args, **kwargs):
        chosen = request.GET.get(NAME)
        if chosen in (HIDDEN, SHOWN):
            response = redirect(request.path)
            response.set_cookie(NAME, chosen, A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
            return response
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        return response

    return choosing


def hides_names(request):
    """Return whether the reader chose to see the words alone."""
    return request.COOKIES.get(NAME) == HIDDEN
