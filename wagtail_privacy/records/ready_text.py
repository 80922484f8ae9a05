"""A text as its readers are shown it, rendered at publication and stored beside it."""

from __future__ import annotations

from django.db import models

from wagtail_privacy.records.version import Text


class ReadyText(models.Model):
    """The HTML of ``text`` as JSON, for processes that have not rendered it themselves.

    It is no record: whatever was rendered otherwise than it would be now is rendered anew. ``key`` is a digest of all
    that it was made from; ``seal`` is made with the site's secret key, so that nobody who can write only into the
    database puts words here that the chain knows nothing of.
    """

    text = models.OneToOneField(Text, models.CASCADE, primary_key=True, related_name="ready")
    key = models.CharField(max_length=64)
    content = models.TextField()
    seal = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.text)
