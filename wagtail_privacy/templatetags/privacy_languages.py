"""What a translated page says of itself: that it is one, whether it is faithful, and which language prevails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from wagtail_privacy.conf import conf
from wagtail_privacy.reader.languages import facts_differ, find_differences

register = template.Library()


@register.inclusion_tag("wagtail_privacy/policy/translation.html", takes_context=True)
def translation_note(context: Mapping[str, Any]) -> dict[str, Any]:
    """The notes that apply, each with a link to the other text. None on the original."""
    visit, text = context["visit"], context.get("text")
    source = visit.policy.source_language if visit.policy else ""
    urls = {translation.language: translation.url for translation in visit.translations}
    original = text.version.source_text() if text and text.language not in ("", source) else None
    prevails = conf.PREVAILING_LANGUAGE
    prevails = source if prevails == "original" else prevails
    return {
        "prevails": prevails if prevails in urls else "",
        "prevails_url": urls.get(prevails, ""),
        "source": source,
        "differs": bool(text and original and facts_differ(find_differences(original, text))),
        "source_url": urls.get(source, ""),
    }
