"""Leave the plugin: the history into files, the pages away or into ordinary ones, the tables empty."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField, StreamField

from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.clock import now
from wagtail_privacy.exports.evidence import export
from wagtail_privacy.exports.plain_html import rich_text
from wagtail_privacy.localize import USES_LOCALIZE
from wagtail_privacy.page_model import page_model
from wagtail_privacy.reader.rendering import render, render_snapshot
from wagtail_privacy.records.content import PolicyContent, policy_page_models
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Version

#: The tables of the history, each before those that it points at.
HISTORY = (
    *("ReadyText", "Receipt", "Delivery", "SendingTask", "Wording", "Notice"),
    *("ReviewReminder", "FindingAnswer", "PendingText", "Event", "Text", "Version", "Policy"),
)


@dataclass(frozen=True)
class OrdinaryPage:
    """The page class that policy pages become, and its field that takes their words."""

    model: type[models.Model]
    field: str

    @classmethod
    def named(cls, name: str) -> OrdinaryPage:
        """What ``app.Model.field`` names. Raises :exc:`ActionError`."""
        try:
            app, model, field = name.split(".")
            found = apps.get_model(app, model)
            takes_words = isinstance(found._meta.get_field(field), RichTextField | StreamField)
        except (ValueError, LookupError, FieldDoesNotExist):
            takes_words = False
        if not takes_words or not issubclass(found, page_model()) or issubclass(found, PolicyContent):
            raise ActionError(
                _(
                    "Expected a page class that is no policy and its field for rich text, such as home.TextPage.body; "
                    "found %(name)s. Name one."
                )
                % {"name": name}
            )
        return cls(found, field)

    def value(self, html: str) -> str:
        """``html`` as the field stores it: a stream has it in its first block of rich text."""
        field = self.model._meta.get_field(self.field)
        if not isinstance(field, StreamField):
            return html
        blocks = field.stream_block.child_blocks
        name = next((name for name, block in blocks.items() if isinstance(block, RichTextBlock)), None)
        if name is None:
            raise ActionError(
                _("Expected a block of rich text in %(field)s, found %(blocks)s. Name another field.")
                % {"field": self.field, "blocks": ", ".join(blocks)}
            )
        return json.dumps([{"type": name, "value": html}])


def policy_pages() -> list[Any]:
    """The policy pages of all the site's classes, those that are an alias of another first, deepest first."""
    pages = [page for model in policy_page_models() for page in model._default_manager.all()]
    return sorted(pages, key=lambda page: (page.alias_of_id is None, -page.depth, page.path))


def find_obstacles(pages: list[Any], into: OrdinaryPage | None) -> Iterator[str]:
    """What has to be done first, a sentence each."""
    keys = {page.pk for page in pages}
    for page in pages if into is None else ():
        if others := [below for below in page.get_descendants() if below.pk not in keys]:
            yield _("%(page)s would take %(other)s with it. Move what is below it, or use --into.") % {
                "page": page.title,
                "other": others[0].title,
            }


def leave(directory: Path, into: OrdinaryPage | None = None) -> list[Path]:
    """Export every history into ``directory``; then delete the policy pages, or turn them ``into`` ordinary ones, and
    delete the history. Returns the files. Raises :exc:`ActionError`, with nothing changed."""
    with transaction.atomic():
        policies = list(Policy.objects.select_for_update().order_by("pk"))
        pages = policy_pages()
        for obstacle in find_obstacles(pages, into):
            raise ActionError(obstacle)
        files = [path for policy in policies for path in export(policy, directory)]
        said = {page.pk: _words(page) for page in pages} if into else {}
        _forget_translations(pages)
        for page in pages:
            if into:
                _turn(page, into, said[page.pk])
            else:
                page_model().objects.get(pk=page.pk).specific.delete()
        _delete_history()
    return files


def _words(page: Any) -> str:
    """What readers are shown on ``page``; what a page says that has nothing in force is its draft."""
    policy = page.policy
    text = policy.text_in_force(page.locale.language_code, now(), withheld=()) if policy else None
    if text is None:
        draft = page.get_latest_revision_as_object().plan().composition
        rendered = render_snapshot(draft.snapshot, draft.shown)
    else:
        rendered = render(text)
    return rich_text(rendered.body + rendered.earlier)


def _turn(page: Any, into: OrdinaryPage, html: str) -> None:
    """The page keeps its key, and with it its place, address, translations, restrictions and redirects."""
    _forget_drafts(page)
    new: Any = into.model()
    for field in into.model._meta.concrete_fields:
        if field.model is not into.model and hasattr(page, field.attname):
            setattr(new, field.attname, getattr(page, field.attname))
    new.pk = page.pk
    new.latest_revision = new.live_revision = None
    new.content_type = ContentType.objects.get_for_model(into.model)
    setattr(new, into.field, into.value(html))
    new._state.adding = False
    _delete_rows(page, into.model)
    try:
        new.save_base(raw=True)  # its own row: Wagtail's save() reads the page as it was, by what it is called there
        page_model().objects.filter(pk=page.pk).update(content_type=new.content_type)
        new.save()
        if not new.alias_of_id:
            revision = new.save_revision()
            if new.live:
                revision.publish()
    except ValidationError as error:
        words = {"page": page.title, "model": into.model._meta.label, "problem": "; ".join(error.messages)}
        raise ActionError(_("%(page)s can't become a %(model)s: %(problem)s") % words) from error


def _forget_drafts(page: Any) -> None:
    """Revisions hold what only a policy page can read."""
    if page.workflow_in_progress:
        page.current_workflow_state.cancel()
    page_model().objects.filter(pk=page.pk).update(latest_revision=None, live_revision=None)
    page.latest_revision = page.live_revision = None
    page.wagtail_admin_comments.all().delete()
    page.revisions.all().delete()


def _delete_rows(page: Any, model: type[models.Model]) -> None:
    """The rows of the page in the tables of its own class, and of those above that ``model`` does not share."""
    classes = [type(page), *type(page)._meta.get_parent_list()]
    for each in sorted(classes, key=lambda each: -len(each._meta.get_parent_list())):
        if not issubclass(model, each):
            rows = each._base_manager.filter(pk=page.pk)
            rows._raw_delete(rows.db)


def _forget_translations(pages: list[Any]) -> None:
    """What translators were handed was a policy's."""
    if USES_LOCALIZE:
        from wagtail_localize.models import TranslationSource

        TranslationSource.objects.filter(object_id__in={page.translation_key for page in pages}).delete()


def _delete_history() -> None:
    Version.objects.update(builds_on=None)
    for name in HISTORY:
        rows = apps.get_model("wagtail_privacy", name)._base_manager.all()
        rows._raw_delete(rows.db)
