"""Bring an existing policy in: as the draft of a new page, into the draft of a page, or for one of its texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale

from wagtail_privacy.actions.create_draft import create_draft, policy_classes, require_creation
from wagtail_privacy.actions.permissions import require_draft
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.blocks.compose import compose
from wagtail_privacy.blocks.decompose import decompose
from wagtail_privacy.blocks.raw import Raw
from wagtail_privacy.imports.adopt import adopt, in_step
from wagtail_privacy.policy.section import Section
from wagtail_privacy.records.content import PolicyContent

Sections = Sequence[Section]


def import_policy(
    parent: Any, sections: Sections, *, title: str, language: str, user: Any = None, page_class: Any = None
) -> PolicyContent:
    """A new page below ``parent``, in ``language``, whose draft says ``sections``. It is not published.

    Raises :exc:`ActionError` where ``parent`` can have no policy page in that language, and
    :exc:`~wagtail_privacy.actions.refusal.NotAllowed` where ``user`` may add none.
    """
    parent = _in_language(parent, find_locale(language))
    fitting = policy_classes(parent, None)
    if not fitting:
        raise ActionError(
            _("Expected a page that can have a policy page below it, found “%(page)s”. Choose another one.")
            % {"page": parent.title},
            "parent",
        )
    chosen: Any = page_class or fitting[0]
    body = decompose(chosen._meta.get_field("body").stream_block, sections)
    with transaction.atomic(), _invalid_as_refusal():
        page = create_draft(parent, chosen, title=title, body=body, user=user)
        log(instance=page, action="wagtail.create", user=user, content_changed=True)
        _note_import(page, user)
    return page


def import_translation(
    original: PolicyContent, sections: Sections, *, title: str, language: str, user: Any = None
) -> PolicyContent:
    """A new page in ``language`` whose draft says ``sections``, as the translation of ``original``, whose sections they
    are. It is not published.

    Raises :exc:`ActionError` where there is a page in that language, or none that it could stand below.
    """
    locale = find_locale(language)
    if original.has_translation(locale):
        raise ActionError(_("There is a page in that language already. Import the text into that one."), "language")
    require_creation(_in_language(original.get_parent(), locale), type(original), user)
    draft = original.get_latest_revision_as_object()
    known = compose(draft).snapshot.sections
    with transaction.atomic(), _invalid_as_refusal():
        page: Any = original.copy_for_translation(locale)
        page.title, page.draft_title, page.owner = title, title, user
        page.full_clean()
        page.body = page.body.stream_block.to_python(decompose(page.body.stream_block, in_step(known, sections)))
        page.save()
        _save_draft(page, user)
    translation: PolicyContent = page
    return translation


def import_again(page: PolicyContent, sections: Sections, *, title: str = "", user: Any = None) -> PolicyContent:
    """The draft of ``page`` that says ``sections``, read from a newer document. It is not published.

    ``title`` is the document's, if it has one: else the page keeps its own.

    Sections that are the same stay as they are, with their ids: comparing shows what the document changes. Raises
    :exc:`~wagtail_privacy.actions.refusal.NotAllowed` where ``user`` may not save a draft of it.
    """
    require_draft(page, user)

    def read_anew(draft: Any) -> list[Raw]:
        draft.title = title or draft.title
        return merged(draft, sections)

    return _edit_draft(page, read_anew, user)


def split_text(page: PolicyContent, block_id: str, sections: Sections, *, user: Any = None) -> PolicyContent:
    """The draft of ``page`` with ``sections`` in place of the block called ``block_id``. It is not published.

    Raises :exc:`ActionError` where the draft has no such block any more.
    """
    require_draft(page, user)

    def in_its_place(draft: PolicyContent) -> list[Raw]:
        stored = stored_blocks(draft)
        at = next((n for n, raw in enumerate(stored) if raw["id"] == block_id), None)
        if at is None:
            raise ActionError(_("The text that was to be split is not in the draft any more. Open the page again."))
        stored[at : at + 1] = decompose(draft.body.stream_block, sections)
        return stored

    return _edit_draft(page, in_its_place, user)


def merged(draft: PolicyContent, sections: Sections) -> list[Raw]:
    """The raw body of ``draft`` with ``sections`` instead: what says the same stays as it is stored."""
    known = compose(draft).snapshot.sections
    stored, said = {raw["id"]: raw for raw in stored_blocks(draft)}, {section.id: section for section in known}
    return [
        stored[section.id]
        if section.id in stored and section == said.get(section.id)
        else decompose(draft.body.stream_block, [section])[0]
        for section in adopt(known, sections)
    ]


def stored_blocks(draft: PolicyContent) -> list[Raw]:
    """The blocks of the body as they are stored."""
    body: Any = draft.body
    return list(body.get_prep_value())


def find_locale(language: str) -> Locale:
    found = Locale.objects.filter(language_code=language).first()
    if found is None:
        known = ", ".join(Locale.objects.order_by("language_code").values_list("language_code", flat=True))
        raise ActionError(
            _("Expected a language of the site (%(known)s), found “%(found)s”. Add it to the site first.")
            % {"known": known, "found": language},
            "language",
        )
    return found


def _in_language(parent: Any, locale: Locale) -> Any:
    """``parent`` in the language of the policy: a page is in the language of its place."""
    found = parent if parent.locale_id == locale.pk else parent.get_translation_or_none(locale)
    if found is None:
        raise ActionError(
            _("Expected a translation of “%(page)s” to put the policy below, found none. Translate that page first.")
            % {"page": parent.title},
            "parent",
        )
    return found.specific


@contextmanager
def _invalid_as_refusal() -> Iterator[None]:
    """What a page refuses, such as a title that is too long, is said as the action's own refusal."""
    try:
        yield
    except ValidationError as error:
        raise ActionError(" ".join(error.messages)) from error


def _edit_draft(page: PolicyContent, change: Callable[[PolicyContent], list[Raw]], user: Any) -> PolicyContent:
    with transaction.atomic(), _invalid_as_refusal():
        draft: PolicyContent = page.get_latest_revision_as_object()
        draft.body = draft.body.stream_block.to_python(change(draft))
        _save_draft(draft, user)
    return draft


def _save_draft(page: PolicyContent, user: Any) -> None:
    page.save_revision(user=user, log_action=True)
    _note_import(page, user)


def _note_import(page: PolicyContent, user: Any) -> None:
    log(instance=page, action="wagtail_privacy.imported", user=user, revision=page.latest_revision)
