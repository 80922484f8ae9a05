"""A small policy, and the admin's form for it as a browser would post it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.http import QueryDict
from wagtail import blocks
from wagtail.models import GroupPagePermission, Page

from wagtail_privacy.models import PolicyPage

PURPOSE = "11111111-1111-4111-8111-111111111111"
KEPT = "22222222-2222-4222-8222-222222222222"
TEXT = "33333333-3333-4333-8333-333333333333"
OTHER = "44444444-4444-4444-8444-444444444444"


def body(
    duration: str = "P24M", title: str = "Leverera din order", *, words: str = "Vi säljer bröd.", new: str = ""
) -> Any:
    """A body with one purpose, kept for ``duration``, a text, and a second purpose called ``new`` if there is one."""
    kept = {"type": "retention", "id": KEPT, "value": {"duration": duration, "starts": "leveransen"}}
    found = [
        {"type": "purpose", "id": PURPOSE, "value": {"title": title, "retention": [kept]}},
        {"type": "text", "id": TEXT, "value": {"heading": "Om oss", "body": f"<p>{words}</p>"}},
    ]
    if new:
        found.append({"type": "purpose", "id": OTHER, "value": {"title": new}})
    return json.dumps(found)


def draft(parent: Page, *, title: str = "Integritetspolicy", slug: str = "integritet", **words: Any) -> PolicyPage:
    """A page that is in the tree but was never published."""
    page = PolicyPage(title=title, slug=slug, body=body(**words), live=False, locale=parent.locale)
    return parent.add_child(instance=page)


def reloaded(page: PolicyPage) -> PolicyPage:
    return PolicyPage.objects.get(pk=page.pk)


def posted(page: PolicyPage, *, action: str = "", **values: Any) -> QueryDict:
    """What the browser sends when ``page``, as it stands in memory, is saved: ``action`` "publish" or "submit"."""
    data = QueryDict(mutable=True)
    fields: dict[str, Any] = {"title": page.title, "slug": page.slug, "comment_notifications": "", "next": ""}
    for prefix in ("comments",):
        counts = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
        fields |= {f"{prefix}-{name}": count for name, count in counts.items()}
    if action:
        fields[f"action-{action}"] = action
    for name, value in {**fields, **values}.items():
        data[name] = value.isoformat() if isinstance(value, date) else str(value)
    _post(data, "body", page.body.stream_block, page.body)
    return data


def _post(data: QueryDict, prefix: str, block: blocks.Block, value: Any) -> None:
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        children = value if isinstance(block, blocks.StreamBlock) else value.bound_blocks
        data[f"{prefix}-count"] = str(len(children))
        for index, child in enumerate(children):
            at = f"{prefix}-{index}"
            data.update({f"{at}-deleted": "", f"{at}-order": str(index), f"{at}-id": child.id or ""})
            if isinstance(block, blocks.StreamBlock):
                data[f"{at}-type"] = child.block_type
            _post(data, f"{at}-value", child.block, child.value)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            _post(data, f"{prefix}-{name}", child, value.get(name))
    else:
        _post_field(data, prefix, block, value)


def _post_field(data: QueryDict, prefix: str, block: Any, value: Any) -> None:
    field = block.field
    shown = field.prepare_value(block.value_for_form(value))
    widget = field.widget
    if hasattr(widget, "widgets"):
        for part, name in zip(widget.decompress(shown), widget.widgets_names, strict=True):
            data[f"{prefix}{name}"] = "" if part is None else str(part)
    elif isinstance(shown, list | tuple):
        data.setlist(prefix, [str(each) for each in shown])
    elif isinstance(shown, bool):
        if shown:
            data[prefix] = "on"
    else:
        formatted = widget.format_value(shown)
        chosen = formatted if isinstance(formatted, list) else [formatted or ""]
        data.setlist(prefix, [str(each) for each in chosen])


def may_publish_everywhere(user: Any) -> None:
    """Give ``user`` the right to publish whatever page there is."""
    group, _made = Group.objects.get_or_create(name="publishers")
    may = Permission.objects.get(codename="publish_page", content_type__app_label="wagtailcore")
    GroupPagePermission.objects.get_or_create(group=group, page=Page.objects.get(depth=1), permission=may)
    user.groups.add(group)
