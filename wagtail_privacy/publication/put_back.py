"""A page's form with what a version was published from: Wagtail's own screen, which saves nothing by itself."""

from __future__ import annotations

from django.urls import reverse
from wagtail.models import Revision

from wagtail_privacy.records.version import Version


def put_back_url(version: Version) -> str:
    """Where the draft can be put back to what ``version`` says; empty where its page or its revision is gone."""
    text = version.source_text()
    page = text.page if text else None
    if page is None or not Revision.objects.for_instance(page.specific).filter(pk=version.revision_id).exists():
        return ""
    return reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, version.revision_id])
