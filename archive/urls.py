"""The archive's pages at the root, the curators' admin under /admin/, the interface for programs under /api/."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("interviews.api.urls")),
    path("", include("interviews.urls")),
]
handler400 = "interviews.views.errors.bad_request"
handler404 = "interviews.views.errors.not_found"
handler500 = "interviews.views.errors.server_error"
