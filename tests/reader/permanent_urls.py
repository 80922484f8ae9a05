"""The tests' addresses with the permanent ones of policies."""

from django.urls import include, path

from tests.reader.api_urls import urlpatterns as own

urlpatterns = [path("policies/", include("wagtail_privacy.urls")), *own]
