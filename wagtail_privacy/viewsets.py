"""The policies and their register in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language_info, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from wagtail_privacy.actions.gate import missing_languages, pending_source
from wagtail_privacy.actions.moment import at, day_of, now
from wagtail_privacy.actions.plan import May
from wagtail_privacy.actions.record_version import release
from wagtail_privacy.blocks.fields import DurationField, country_choices
from wagtail_privacy.foreseen import foresee
from wagtail_privacy.languages import State, states_of, states_of_all
from wagtail_privacy.localized import content_languages
from wagtail_privacy.models import DataCategory, Policy, Recipient, RetentionRule, Text, Version
from wagtail_privacy.models.notice import Notice
from wagtail_privacy.models.pending import PendingText
from wagtail_privacy.outlook import Pending, translation_address
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.vocabulary import RECIPIENT_ROLES
from wagtail_privacy.register_views import UsePanel

VERSIONS_PER_PAGE = 50


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


def _label(model: type, name: str) -> Any:
    field = kind_of(model.kind).field(name)  # type: ignore[attr-defined]
    return field.label if field else name


def translated(model: type, name: str) -> MultiFieldPanel:
    """One field for each content language, under the field's label."""
    panels: list[Panel] = [
        FieldPanel(
            build_localized_fieldname(name, language),
            heading=_language(language),
            widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
        )
        for language in content_languages()
    ]
    return MultiFieldPanel(panels, heading=_label(model, name))


def plain(model: type, *names: str) -> MultiFieldPanel:
    """Fields that are the same in every language."""
    return MultiFieldPanel([FieldPanel(name, heading=_label(model, name)) for name in names], heading=_("Facts"))


KEY = MultiFieldPanel([FieldPanel("key")], heading=_("Key"), classname="collapsed")


class RegisterForm(WagtailAdminModelForm):
    """Asks for a name in at least one language; everything else may be left open."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = [
            field
            for name in kind_of(self._meta.model.kind).named_by
            for field in (name, *(build_localized_fieldname(name, language) for language in content_languages()))
            if field in self.fields
        ]
        if not any(cleaned.get(name) for name in names) and not any(name in self.errors for name in names):
            self.add_error(names[0], _("Expected a name in at least one language, found none. Write one."))
        return cleaned


class RecipientForm(RegisterForm):
    role = forms.ChoiceField(
        choices=lambda: [("", "---------"), *RECIPIENT_ROLES.choices()], required=False, label=_("Role")
    )
    country = forms.ChoiceField(
        choices=lambda: [("", "---------"), *country_choices()], required=False, label=_("Country")
    )


class RetentionRuleForm(RegisterForm):
    duration = DurationField(required=False, label=_("Period"))


def with_history(policies: QuerySet[Policy]) -> QuerySet[Policy]:
    """``policies`` with their standing versions and the names of their texts, in a fixed number of queries."""
    texts = Text.objects.only("version_id", "language", "title", "edition")
    versions = Version.objects.standing().order_by("number").prefetch_related(Prefetch("texts", texts))
    held = PendingText.objects.defer("snapshot_json", "shown")
    return policies.prefetch_related(Prefetch("versions", versions, to_attr="history"), Prefetch("pending_texts", held))


def title(policy: Any) -> str:
    """The policy's newest title in its own language."""
    texts = (text for version in reversed(policy.history) for text in version.texts.all())
    return next((text.title for text in texts if text.language == policy.source_language), str(_("Privacy policy")))


def in_force(policy: Any) -> str:
    applies = [version for version in policy.history if version.applies(now())]
    return _dated(applies[-1]) if applies else "–"


def announced(policy: Any) -> str:
    """The versions to come, and what a publication that is held waits for."""
    coming = [_dated(version) for version in policy.history if not version.applies(now())]
    if source := pending_source(policy):
        missing = words.listing([words.language_name(code) for code in missing_languages(policy, source.digest)])
        coming.append(gettext("held for %(languages)s") % {"languages": missing})
    return ", ".join(coming) or "–"


class LanguagesColumn(Column):
    """Each language with how far it has come."""

    cell_template_name = "wagtail_privacy/admin/languages_cell.html"


def _dated(version: Version) -> str:
    return gettext("%(number)s, from %(day)s") % {
        "number": version.number,
        "day": words.day(day_of(version.takes_effect_at)),
    }


class DataCategoryViewSet(SnippetViewSet):
    model = DataCategory
    icon = "tag"
    menu_label = _("Categories of data")
    list_display = ("__str__", "key", "special")
    edit_handler = ObjectList(
        [
            UsePanel(),
            translated(DataCategory, "name"),
            translated(DataCategory, "description"),
            plain(DataCategory, "special", "criminal", "national_id"),
            KEY,
        ],
        base_form_class=RegisterForm,
    )


class RecipientViewSet(SnippetViewSet):
    model = Recipient
    icon = "group"
    menu_label = _("Recipients")
    list_display = ("__str__", "key", "country")
    edit_handler = ObjectList(
        [
            UsePanel(),
            plain(Recipient, "name", "role", "country"),
            translated(Recipient, "category"),
            translated(Recipient, "data"),
            translated(Recipient, "purpose"),
            translated(Recipient, "condition"),
            KEY,
        ],
        base_form_class=RecipientForm,
    )


class RetentionRuleViewSet(SnippetViewSet):
    model = RetentionRule
    icon = "time"
    menu_label = _("Storage periods")
    list_display = ("__str__", "key", "duration")
    edit_handler = ObjectList(
        [
            UsePanel(),
            translated(RetentionRule, "applies_to"),
            plain(RetentionRule, "duration", "at_most"),
            translated(RetentionRule, "starts"),
            translated(RetentionRule, "criteria"),
            translated(RetentionRule, "reason"),
            KEY,
        ],
        base_form_class=RetentionRuleForm,
    )


class PolicyForm(WagtailAdminModelForm):
    """The settings of a policy. Requiring fewer languages may release what waited for them."""

    required_languages = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Policy._meta.get_field("required_languages").help_text,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["required_languages"].choices = [
            (code, words.language_name(code).capitalize())
            for code in content_languages()
            if code != self.instance.source_language
        ]

    def save(self, commit: bool = True) -> Policy:
        with transaction.atomic(), at(now()):
            Policy.objects.lock(self.instance.translation_key, self.instance.source_language)
            policy: Policy = super().save(commit)
            release(policy)
        return policy


class PolicyIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return with_history(super().get_base_queryset())

    def get_table(self, object_list: Any) -> Any:
        states = states_of_all(object_list)
        for policy in object_list:
            policy.language_states = states[policy.pk]
        return super().get_table(object_list)


class PolicyInspectView(InspectView):
    page_title = _("Versions")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = self.object.versions.select_related("published_by", "builds_on").prefetch_related(
            Prefetch("texts", Text.objects.defer("snapshot_json", "changes_json", "shown"))
        )
        page = Paginator(versions.order_by("-number"), VERSIONS_PER_PAGE).get_page(self.request.GET.get("p"))
        held = pending_source(self.object)
        return super().get_context_data(**kwargs) | {
            "page_of_versions": page,
            "moment": now(),
            "url": self._url(),
            "may": May.of(self.request.user),
            "pending": Pending.of(held) if held else None,
            **self._languages(),
            "people": foresee(self.object) if self.object.tells_users else None,
            "may_see_notices": ModelPermissionPolicy(Notice).user_has_permission(self.request.user, "view"),
        }

    def _languages(self) -> dict[str, Any]:
        states = states_of(self.object)
        source = next((found.page_id for found in states if found.state is State.ORIGINAL), None)
        may = source and self.request.user.has_perm("wagtail_localize.submit_translation")
        return {
            "language_states": states,
            "translate_url": translation_address(Page.objects.get(pk=source)) if may else "",
        }

    def _url(self) -> str:
        """Where the policy is public in its own language; empty where it isn't."""
        text = self.object.newest_text(self.object.source_language)
        page = text.page.specific if text and text.page else None
        return (page.url or "") if page and page.live else ""


class PolicyViewSet(ModelViewSet):
    """Policies come with their pages, and stay as long as anybody may ask what they said: none is added or deleted."""

    model = Policy
    name = "privacy-policies"
    icon = "lock"
    menu_label = _("Policies")
    index_view_class = PolicyIndexView
    inspect_view_class = PolicyInspectView
    inspect_view_enabled = True
    inspect_template_name = "wagtail_privacy/admin/policy_inspect.html"
    copy_view_enabled = False
    list_display = (
        TitleColumn("title", label=_("Policy"), accessor=title, url_name="privacy-policies:inspect"),
        Column("versions", label=_("Versions"), accessor=lambda policy: len(policy.history)),
        Column("in_force", label=_("In force"), accessor=in_force),
        Column("announced", label=_("Announced"), accessor=announced),
        LanguagesColumn("language_states", label=_("Languages")),
    )
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("notice_days"), FieldPanel("floor_days")], heading=_("Notice period")),
            FieldPanel("tells_users"),
            MultiFieldPanel(
                [FieldPanel("required_languages", heading=_("Wait for")), FieldPanel("translation_days")],
                heading=_("Translations"),
            ),
        ],
        base_form_class=PolicyForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, "delete_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in ("add", "delete")]


class PrivacyViewSetGroup(SnippetViewSetGroup):
    """The policies, and what several of them share.

    An edit in the register waits until a policy that uses the entry is published anew.
    """

    items = (PolicyViewSet, DataCategoryViewSet, RecipientViewSet, RetentionRuleViewSet)
    menu_label = pgettext_lazy("menu", "Privacy")
    menu_icon = "lock"
    menu_name = "privacy"
    add_to_admin_menu = True
