"""Write ``rules-<n>.json``: what a release recorded of policies whose texts the next one makes otherwise.

Not a test of its own. Run with the release in question, and never again once a later one is out:
``python -m pytest tests/actions/upgrades/write.py``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from wagtail.models import Page, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from tests.policies import reloaded
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.models import DataCategory, PolicyPage, Recipient
from wagtail_privacy.policy.sanitise import VERSION

FOLDER = Path(__file__).parent
APPS = ("wagtailcore", "wagtail_privacy", "wagtail_localize", "auth")
#: Wagtail's own beginnings, which each test database has by itself, and what it derives.
LEFT_OUT = {
    *("ReferenceIndex", "ModelLogEntry", "PageLogEntry", "Permission", "GroupPagePermission", "Group"),
    *(
        "GroupCollectionPermission",
        "Collection",
        "Task",
        "GroupApprovalTask",
        "Workflow",
        "WorkflowTask",
        "WorkflowPage",
    ),
}

#: What rules 1 let through: controls, and words parted by nothing but a tag that was dropped.
TABLE = "<table><tr><td>order</td><td>adress</td></tr></table><dl><dt>Kund</dt><dd>den som\x0bköper</dd></dl>"


def body(
    duration: str = "P24M", *, number: str = "1", category: int | None = None, recipient: int | None = None
) -> str:
    def id(last: int) -> str:
        return f"{number}{last}111111-1111-4111-8111-111111111111"

    kept = {"type": "retention", "id": id(1), "value": {"duration": duration, "starts": "leve\x01ransen"}}
    value: dict[str, Any] = {"title": "Leverera\x02 din order", "description": TABLE, "retention": [kept]}
    if category:
        value["data_categories"] = [{"type": "register", "id": id(4), "value": category}]
    if recipient:
        value["recipients"] = [{"type": "register", "id": id(5), "value": recipient}]
    text = {"heading": "Om\x1f oss", "body": "<details><summary>Kort</summary>Vi säljer <b>bröd</b>.</details>"}
    return json.dumps(
        [
            {"type": "purpose", "id": id(0), "value": value},
            {"type": "text", "id": id(2), "value": text},
            {"type": "controller", "id": id(3), "value": {"name": "Bageriet\x03 AB"}},
        ]
    )


def draft(parent: Page, slug: str, **words: Any) -> PolicyPage:
    page = PolicyPage(title="Integritets\x04policy", slug=slug, body=body(**words), live=False, locale=parent.locale)
    return parent.add_child(instance=page)


def changed(page: PolicyPage, **words: Any) -> PolicyPage:
    newest = page.get_latest_revision_as_object()
    newest.body = body(**words)
    return newest


def translated(page: PolicyPage, locale: Any) -> Translation:
    """The page handed to the translators, who have a word for everything."""
    source, _ = TranslationSource.update_or_create_from_instance(reloaded(page))
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": f"English {segment.string.data}", "translation_type": "manual"},
        )
    return translation


@pytest.mark.django_db
def test_write(root: Page, locale_en: Any, editor: Any, django_capture_on_commit_callbacks: Any) -> None:
    home_en = root.copy_for_translation(locale_en)
    category = DataCategory(key="kontakt", name="Kontakt\x05uppgifter", description="namn\x06 och adress")
    category.save()
    recipient = Recipient(key="bud", name="Budet\x07 AB", data="din adress")
    recipient.save()
    entries = {"category": category.pk, "recipient": recipient.pk}

    # A page and its own translation.
    one = draft(root, "en", number="1", **entries)
    publish_policy(one)
    other = reloaded(one).copy_for_translation(locale_en)
    other.title, other.slug = "Privacy\x08 policy", "one"
    publish_policy(other)

    # One that wagtail-localize translates.
    managed = draft(root, "tva", number="2", **entries)
    publish_policy(managed)
    with django_capture_on_commit_callbacks(execute=True):
        translated(managed, locale_en).save_target(user=editor, publish=True)

    # A change that waits for its translation.
    held = draft(root, "tre", number="3")
    publish_policy(held)
    policy = reloaded(held).policy
    assert policy
    policy.required_languages = ["en"]
    policy.save()
    publish_policy(changed(reloaded(held), duration="P36M", number="3"), summary="Vi sparar längre.")

    # A change that was withdrawn.
    gone = draft(root, "fyra", number="4")
    publish_policy(gone)
    version = publish_policy(changed(reloaded(gone), duration="P36M", number="4"), summary="Vi sparar längre.")
    assert version
    withdraw(version, user=editor, reason="Behövs inte.")

    assert home_en.pk
    _write(FOLDER / f"rules-{VERSION}.json")


def _write(path: Path) -> None:
    models = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    rows = [
        row
        for model in models
        if model.__name__ not in LEFT_OUT and not model._meta.proxy
        for row in model._base_manager.order_by("pk")
    ]
    written = json.loads(serializers.serialize("json", rows, use_natural_foreign_keys=True))
    for row in written:
        # A site is loaded before its pages, whose natural keys lead nowhere yet.
        if row["model"] == "wagtailcore.site":
            row["fields"]["root_page"] = Site.objects.get(pk=row["pk"]).root_page_id
    path.write_text(json.dumps(written, indent=1) + "\n")
