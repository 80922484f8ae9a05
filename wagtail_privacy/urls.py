"""Permanent addresses: ``path("policies/", include("wagtail_privacy.urls"))``, outside ``i18n_patterns``.

Each is made of the policy's ``translation_key`` and leads to where its page is now; without a language, to the
reader's.
"""

from django.urls import path

from wagtail_privacy.reader.permanent import redirect_to_page
from wagtail_privacy.records.permanent import ROUTES

app_name = "privacy_policies"
urlpatterns = [
    path(f"<uuid:policy>/{language}{route}", redirect_to_page, {"route": name}, name=name)
    for language in ("", "<language:language>/")
    for name, route in ROUTES.items()
]
