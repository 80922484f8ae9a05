"""A site without Wagtail's own addresses: the policy is read through the API."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls

from tests.reader.api_urls import api

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("policies/", include("wagtail_privacy.urls")),
    path("api/", api.urls),
]
