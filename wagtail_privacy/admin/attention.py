"""What needs somebody's attention, policy by policy, on the dashboard: few queries however many policies there are."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_privacy.actions.mark_reviewed import review_due_on
from wagtail_privacy.actions.register_use import changed_entries
from wagtail_privacy.actions.translated_version import missing_languages, pending_source
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.policy import words
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice, NoticeState
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Text, Version

logger = logging.getLogger("wagtail_privacy")

#: So many policies are looked at; a site with more has the overview.
MOST_POLICIES = 30


@dataclass(frozen=True)
class AttentionLine:
    """One thing about ``policy``, and where something is done about it."""

    policy: str
    text: str
    url: str


class AttentionPanel(Component):
    """On Wagtail's dashboard, for who may see policies; not there where nothing needs attention."""

    name = "wagtail_privacy_attention"
    template_name = "wagtail_privacy/admin/attention.html"
    order = 205

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        context: dict[str, Any] = super().get_context_data(parent_context) or {}
        return {**context, "lines": attention_for(request.user)}


def attention_for(user: Any) -> list[AttentionLine]:
    """What ``user``, who may see policies, should know. A fault of ours keeps nobody from the dashboard: it is
    logged."""
    if not ModelPermissionPolicy(Policy).user_has_any_permission(user, ("change", "view")):
        return []
    try:
        with transaction.atomic():
            policies = list(Policy.objects.prefetch_related("pending_texts").order_by("pk")[:MOST_POLICIES])
            return list(_of_policies(policies))
    except Exception:
        logger.exception("What needs attention can't be said.")
        return []


def _of_policies(policies: list[Policy]) -> Iterator[AttentionLine]:
    known = _Known(policies)
    for policy in policies:
        if newest := known.newest.get(policy.pk):
            inspect = reverse("privacy-policies:inspect", args=[policy.pk])
            for text, url in known.about(policy, newest):
                yield AttentionLine(known.title(policy), text, url or inspect)


class _Known:
    """What is asked for all ``policies`` at once."""

    def __init__(self, policies: Collection[Policy]) -> None:
        keys = {policy.translation_key: policy.pk for policy in policies}
        self.versions: dict[int, list[Version]] = defaultdict(list)
        for version in Version.objects.standing().filter(policy__in=keys.values()).order_by("number"):
            self.versions[version.policy_id].append(version)
        self.newest = {pk: versions[-1] for pk, versions in self.versions.items()}
        self.texts: dict[int, dict[str, Text]] = defaultdict(dict)
        texts = Text.objects.filter(version__policy__in=keys.values(), version__withdrawn_at=None)
        light = texts.select_related("version").defer("snapshot_json", "changes_json", "shown")
        for text in light.order_by("version__number", "edition"):
            self.texts[text.version.policy_id][text.language] = text
        self.pages: dict[int, dict[str, Page]] = defaultdict(dict)
        for page in Page.objects.filter(translation_key__in=keys, alias_of=None).select_related("locale"):
            self.pages[keys[page.translation_key]][page.locale.language_code] = page
        self.notices: dict[int, list[Notice]] = defaultdict(list)
        wanted = Notice.objects.filter(version__policy__in=keys.values()).select_related("version")
        for notice in wanted.filter(state=NoticeState.PAUSED):
            self.notices[notice.version.policy_id].append(notice)
        doubted = Delivery.objects.filter(notice__in=wanted, state=DeliveryState.IN_DOUBT)
        self.doubted: dict[int, int] = dict(doubted.values_list("notice__version__policy", "notice").distinct())

    def title(self, policy: Policy) -> str:
        text = self.texts[policy.pk].get(policy.source_language)
        return text.title if text else str(policy)

    def about(self, policy: Policy, newest: Version) -> Iterator[tuple[str, str]]:
        yield from self._announced(policy)
        yield from self._held(policy)
        yield from self._behind(policy, newest)
        yield from self._in_register(policy)
        yield from self._notices(policy)
        due = review_due_on(policy, newest.published_at)
        if due and due <= day_of(now()):
            yield _("Somebody should have read it again by %(day)s.") % {"day": words.day(due)}, ""
        if not any(page.live for page in self.pages[policy.pk].values()):
            yield _("It is not public any more."), ""

    def _announced(self, policy: Policy) -> Iterator[tuple[str, str]]:
        for version in self.versions[policy.pk]:
            if not version.applies(now()):
                day = words.day(day_of(version.takes_effect_at))
                said = _("Version %(number)s is announced and takes effect on %(day)s.")
                yield said % {"number": version.number, "day": day}, ""

    def _held(self, policy: Policy) -> Iterator[tuple[str, str]]:
        if source := pending_source(policy):
            missing = map(words.language_name, missing_languages(policy, {source.digest}))
            yield _("A publication is held for %(languages)s.") % {"languages": words.listing(missing)}, ""

    def _behind(self, policy: Policy, newest: Version) -> Iterator[tuple[str, str]]:
        source = self.texts[policy.pk].get(policy.source_language)
        for language, text in self.texts[policy.pk].items():
            page = self.pages[policy.pk].get(language)
            if source and page and page.live and text.version.number < source.version.number:
                values = {"language": words.language_name(language), "number": text.version.number}
                yield _("In %(language)s it still says version %(number)s.") % values, _edit_url(page.pk)

    def _in_register(self, policy: Policy) -> Iterator[tuple[str, str]]:
        page = self.pages[policy.pk].get(policy.source_language)
        text = self.texts[policy.pk].get(policy.source_language)
        if page and page.live and text and (changed := changed_entries(page.specific, text)):
            said = ngettext(
                "An edit in the register waits for its publication: %(entries)s.",
                "Edits in the register wait for their publication: %(entries)s.",
                len(changed),
            )
            yield said % {"entries": words.listing(map(words.quoted, changed))}, f"{_edit_url(page.pk)}#tab-publication"

    def _notices(self, policy: Policy) -> Iterator[tuple[str, str]]:
        for notice in self.notices[policy.pk]:
            said = _("A notice about version %(number)s is paused.") % {"number": notice.version.number}
            yield said, reverse("wagtail_privacy:notice", args=[notice.pk])
        if notice_pk := self.doubted.get(policy.pk):
            said = _("Of some mails nobody knows whether they arrived.")
            yield said, reverse("wagtail_privacy:notice", args=[notice_pk])


def _edit_url(pk: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[pk])
