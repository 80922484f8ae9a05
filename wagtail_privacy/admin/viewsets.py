"""The policies and their register in the admin."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.functional import cached_property, lazy
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from wagtail_privacy.actions.create_draft import places_for_policies
from wagtail_privacy.actions.permissions import Permissions, require_publish
from wagtail_privacy.actions.record_version import release_pending_texts
from wagtail_privacy.actions.review_published import review_published
from wagtail_privacy.actions.translated_version import missing_languages, pending_source
from wagtail_privacy.admin.menu import plan_buttons
from wagtail_privacy.admin.register_views import UsePanel
from wagtail_privacy.admin.start_views import DEEPEST
from wagtail_privacy.blocks.fields import DurationField, country_choices
from wagtail_privacy.clock import at, now
from wagtail_privacy.conf import conf
from wagtail_privacy.localized import content_languages
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.vocabulary import RECIPIENT_ROLES
from wagtail_privacy.publication.dry_run import preview_audience
from wagtail_privacy.publication.preview import PendingPublication, translation_url
from wagtail_privacy.reader.languages import TranslationState, get_language_states, get_language_states_by_policy
from wagtail_privacy.records.pending import PendingText
from wagtail_privacy.records.permanent import below
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.register import DataCategory, Recipient, RetentionRule
from wagtail_privacy.records.version import Text, Version
from wagtail_privacy.review.profiles import profiles

logger = logging.getLogger("wagtail_privacy")

VERSIONS_PER_PAGE = 50


def _language(code: str) -> str:
    return words.language_name(code).capitalize()


#: Panels are made when no request has a language yet.
_language_lazy = lazy(_language, str)


def _label(model: type, name: str) -> Any:
    field = kind_of(model.kind).field(name)  # type: ignore[attr-defined]
    return field.label if field else name


def translated_panel(model: type, name: str) -> MultiFieldPanel:
    """One field for each content language, under the field's label."""
    panels: list[Panel] = [
        FieldPanel(
            build_localized_fieldname(name, language),
            heading=_language_lazy(language),
            widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
        )
        for language in content_languages()
    ]
    return MultiFieldPanel(panels, heading=_label(model, name))


def facts_panel(model: type, *names: str) -> MultiFieldPanel:
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
        choices=lambda: [("", pgettext("choice", "Not stated")), *RECIPIENT_ROLES.choices()],
        required=False,
        label=_("Role"),
    )
    country = forms.ChoiceField(
        choices=lambda: [("", pgettext("choice", "Not stated")), *country_choices()], required=False, label=_("Country")
    )


class RetentionRuleForm(RegisterForm):
    duration = DurationField(required=False, label=_("Period"))


def with_history(policies: QuerySet[Policy]) -> QuerySet[Policy]:
    """``policies`` with their standing versions and the names of their texts, in a fixed number of queries."""
    texts = Text.objects.only("version_id", "language", "title", "edition")
    versions = Version.objects.standing().order_by("number").prefetch_related(Prefetch("texts", texts))
    held = PendingText.objects.defer("snapshot_json", "shown")
    public = page_model().objects.live().filter(translation_key=OuterRef("translation_key"))
    policies = policies.annotate(is_public=Exists(public))
    return policies.prefetch_related(Prefetch("versions", versions, to_attr="history"), Prefetch("pending_texts", held))


def title(policy: Any) -> str:
    """The policy's newest title in its own language."""
    texts = (text for version in reversed(policy.history) for text in version.texts.all())
    return next((text.title for text in texts if text.language == policy.source_language), str(_("Privacy policy")))


def in_force(policy: Any) -> str:
    """The version that applies, and whether any page of the policy is public."""
    applies = [version for version in policy.history if version.applies(now())]
    if not applies:
        return "–"
    said = _number_and_day(applies[-1])
    return said if policy.is_public else gettext("%(version)s, not public") % {"version": said}


def announced(policy: Any) -> str:
    """The versions to come, and what a publication that is held waits for."""
    coming = [_number_and_day(version) for version in policy.history if not version.applies(now())]
    if source := pending_source(policy):
        missing = words.listing([words.language_name(code) for code in missing_languages(policy, {source.digest})])
        coming.append(gettext("held for %(languages)s") % {"languages": missing})
    return ", ".join(coming) or "–"


class PolicyColumn(TitleColumn):
    """The policy's title, which leads to its versions, and below it where it is edited and where it can be read."""

    cell_template_name = "wagtail_privacy/admin/title_cell.html"


class PolicyFilters(WagtailFilterSet):
    """What needs attention: announced, held for translations, or no longer public."""

    STATES = (
        ("announced", _("A version is announced")),
        ("held", _("Held for translations")),
        ("not-public", _("Not public")),
    )
    state = django_filters.ChoiceFilter(choices=STATES, label=_("State"), method="in_state")

    class Meta:
        model = Policy
        fields = ("state",)

    def in_state(self, policies: QuerySet[Any], name: str, state: str) -> QuerySet[Any]:
        if state == "not-public":
            return policies.filter(is_public=False)
        if state == "held":
            return policies.filter(Exists(PendingText.objects.filter(policy=OuterRef("pk"))))
        coming = Version.objects.standing().filter(policy=OuterRef("pk"), takes_effect_at__gt=now())
        return policies.filter(Exists(coming))


class LanguagesColumn(Column):
    """Each language with how far it has come."""

    cell_template_name = "wagtail_privacy/admin/languages_cell.html"


class ReviewColumn(Column):
    """What the review finds in what is published, and whether the policy shall be read again."""

    cell_template_name = "wagtail_privacy/admin/review_cell.html"


def in_words_column(name: str, label: Any, say: Callable[[str], str]) -> Column:
    """A fact of register entries in words, sorted by it."""
    return Column(
        name, label=label, accessor=lambda entry: say(value) if (value := getattr(entry, name)) else "", sort_key=name
    )


def _number_and_day(version: Version) -> str:
    return gettext("%(number)s, from %(day)s") % {
        "number": version.number,
        "day": words.day(version.applies_from),
    }


class DataCategoryViewSet(SnippetViewSet):
    model = DataCategory
    icon = "tag"
    menu_label = _("Categories of data")
    list_display = (
        "__str__",
        "key",
        in_words_column("special", _label(DataCategory, "special"), lambda _: pgettext("answer", "Yes")),
    )
    edit_handler = ObjectList(
        [
            UsePanel(),
            translated_panel(DataCategory, "name"),
            translated_panel(DataCategory, "description"),
            facts_panel(DataCategory, "special", "criminal", "national_id"),
            KEY,
        ],
        base_form_class=RegisterForm,
    )


class RecipientViewSet(SnippetViewSet):
    model = Recipient
    icon = "group"
    menu_label = _("Recipients")
    list_display = ("__str__", "key", in_words_column("country", _("Country"), words.country))
    edit_handler = ObjectList(
        [
            UsePanel(),
            facts_panel(Recipient, "name", "role", "country"),
            translated_panel(Recipient, "category"),
            translated_panel(Recipient, "data"),
            translated_panel(Recipient, "purpose"),
            translated_panel(Recipient, "condition"),
            KEY,
        ],
        base_form_class=RecipientForm,
    )


class RetentionRuleViewSet(SnippetViewSet):
    model = RetentionRule
    icon = "time"
    menu_label = _("Storage periods")
    list_display = ("__str__", "key", in_words_column("duration", _("Period"), words.duration))
    edit_handler = ObjectList(
        [
            UsePanel(),
            translated_panel(RetentionRule, "applies_to"),
            facts_panel(RetentionRule, "duration", "at_most"),
            translated_panel(RetentionRule, "starts"),
            translated_panel(RetentionRule, "criteria"),
            translated_panel(RetentionRule, "reason"),
            KEY,
        ],
        base_form_class=RetentionRuleForm,
    )


def law_choices(chosen: str) -> list[tuple[str, str]]:
    """The law profiles there are, and the one that was ``chosen`` if it is gone."""
    try:
        known = profiles(conf.LAW_ADDITIONS)
    except (ValueError, ImproperlyConfigured):  # a site's own is no profile; the review says so where it fails
        logger.exception("The law profiles of the site could not be read.")
        known = profiles()
    return [("", gettext("As the controller’s country")), *({chosen: chosen} | known if chosen else known).items()]


class PolicyForm(WagtailAdminModelForm):
    """The settings of a policy. Requiring fewer languages may release what waited for them."""

    law_profile = forms.ChoiceField(required=False, help_text=Policy._meta.get_field("law_profile").help_text)

    required_languages = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=Policy._meta.get_field("required_languages").help_text,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_months"].required = False
        self.fields["law_profile"].choices = law_choices(self.instance.law_profile)
        self.fields["required_languages"].choices = [
            (code, _language(code)) for code in content_languages() if code != self.instance.source_language
        ]

    def clean_review_months(self) -> int:
        """As it was, where nothing is said."""
        months: int | None = self.cleaned_data.get("review_months")
        return self.instance.review_months if months is None else months

    def save(self, commit: bool = True) -> Policy:
        with transaction.atomic(), at(now()):
            Policy.objects.lock(self.instance.translation_key, self.instance.source_language)
            policy: Policy = super().save(commit)
            release_pending_texts(policy)
        return policy


def set_addresses(policies: Iterable[Any], request: Any) -> None:
    """Give each of ``policies`` where its page in its own language is edited, by who may, and where it is public."""
    keys = {policy.translation_key: policy for policy in policies}
    pages = page_model().objects.filter(translation_key__in=keys, alias_of=None).select_related("locale")
    for page in pages:
        policy = keys[page.translation_key]
        if page.locale.language_code == policy.source_language:
            may = page.permissions_for_user(request.user).can_edit()
            policy.page_url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if may else ""
            policy.public_url = page.get_url(request) if page.live else ""


class PolicyIndexView(IndexView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        """A policy is created with its page, where somebody may add one: from a template, empty, or from its text."""
        if not places_for_policies(self.request.user, depth=DEEPEST):
            return []
        new = HeaderButton(gettext("New policy"), url=reverse("wagtail_privacy:start"), icon_name="plus")
        imports = HeaderButton(gettext("Import a policy"), url=reverse("wagtail_privacy:import"), icon_name="download")
        return [new, imports]

    def get_base_queryset(self) -> Any:
        return with_history(super().get_base_queryset())

    def get_table(self, object_list: Any) -> Any:
        states, reviews = get_language_states_by_policy(object_list), review_published(list(object_list))
        for policy in object_list:
            policy.language_states = states[policy.pk]
            policy.review = reviews.get(policy.pk)
        set_addresses(object_list, self.request)
        return super().get_table(object_list)


class PolicyEditView(EditView):
    """The settings decide who is told of what, and when: they are for who may publish the policy."""

    def get_object(self, queryset: Any = None) -> Policy:
        policy: Policy = super().get_object(queryset)
        require_publish(policy, self.request.user)
        return policy


class PolicyInspectView(InspectView):
    page_title = _("Versions")

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return [*super().header_more_buttons, *plan_buttons(self.object, self.request.user)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = self.object.versions.select_related("published_by", "builds_on").prefetch_related(
            Prefetch("texts", Text.objects.defer("snapshot_json", "changes_json", "shown"))
        )
        page = Paginator(versions.order_by("-number"), VERSIONS_PER_PAGE).get_page(self.request.GET.get("p"))
        held = pending_source(self.object)
        return super().get_context_data(**kwargs) | {
            "page_of_versions": page,
            "moment": now(),
            "versions_url": self._versions_url(),
            "permissions": Permissions.for_policy(self.request.user, self.object),
            "pending": PendingPublication.from_text(held) if held else None,
            **self._languages(),
            "people": preview_audience(self.object) if self.object.tells_users else None,
            "review": review_published([self.object]).get(self.object.pk),
            "may_see_notices": Permissions.for_user(self.request.user).view_notice,
        }

    def _languages(self) -> dict[str, Any]:
        states = get_language_states(self.object)
        source = next((found.page_id for found in states if found.state is TranslationState.ORIGINAL), None)
        may = source and self.request.user.has_perm("wagtail_localize.submit_translation")
        return {
            "language_states": states,
            "translate_url": translation_url(page_model().objects.get(pk=source)) if may else "",
        }

    def _versions_url(self) -> str:
        """Below which its versions are public in its own language; empty where they aren't."""
        text = self.object.newest_text(self.object.source_language)
        page = text.page.specific if text and text.page else None
        return below(page.url, "versions/") if page and page.live and page.url else ""


class PolicyViewSet(ModelViewSet):
    """Policies are created with their pages and kept for their history, so they can be neither added nor deleted."""

    model = Policy
    name = "privacy-policies"
    icon = "lock"
    menu_label = _("Policies")
    index_view_class = PolicyIndexView
    edit_view_class = PolicyEditView
    inspect_view_class = PolicyInspectView
    inspect_view_enabled = True
    filterset_class = PolicyFilters
    index_template_name = "wagtail_privacy/admin/policy_index.html"
    inspect_template_name = "wagtail_privacy/admin/policy_inspect.html"
    copy_view_enabled = False
    list_display = (
        PolicyColumn("title", label=_("Policy"), accessor=title, url_name="privacy-policies:inspect"),
        Column("versions", label=_("Versions"), accessor=lambda policy: len(policy.history)),
        Column("in_force", label=_("In force"), accessor=in_force),
        Column("announced", label=_("Announced"), accessor=announced),
        LanguagesColumn("language_states", label=_("Languages")),
        ReviewColumn("review", label=_("Review")),
    )
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("notice_days"), FieldPanel("floor_days")], heading=_("Notice period")),
            FieldPanel("tells_users"),
            MultiFieldPanel(
                [FieldPanel("law_profile", heading=_("Law")), FieldPanel("review_months")], heading=_("Review")
            ),
            MultiFieldPanel(
                [FieldPanel("required_languages", heading=_("Wait for")), FieldPanel("translation_days")],
                heading=_("Translations"),
            ),
        ],
        base_form_class=PolicyForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"add_url_name": None, "delete_url_name": None, **kwargs})

    def get_permissions_to_register(self) -> Any:
        """None that nobody could use."""
        return super().get_permissions_to_register().exclude(codename__in=["add_policy", "delete_policy"])

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
