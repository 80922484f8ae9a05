"""The register in the admin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from wagtail_privacy.blocks.fields import DurationField, country_choices
from wagtail_privacy.localized import content_languages
from wagtail_privacy.models import DataCategory, Recipient, RetentionRule
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.vocabulary import RECIPIENT_ROLES


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


class DataCategoryViewSet(SnippetViewSet):
    model = DataCategory
    icon = "tag"
    menu_label = _("Categories of data")
    list_display = ("__str__", "key", "special")
    edit_handler = ObjectList(
        [
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
            translated(RetentionRule, "applies_to"),
            plain(RetentionRule, "duration", "at_most"),
            translated(RetentionRule, "starts"),
            translated(RetentionRule, "criteria"),
            translated(RetentionRule, "reason"),
            KEY,
        ],
        base_form_class=RetentionRuleForm,
    )


class RegisterViewSetGroup(SnippetViewSetGroup):
    """What several policies share: an edit waits until a policy that uses the entry is published anew."""

    items = (DataCategoryViewSet, RecipientViewSet, RetentionRuleViewSet)
    menu_label = _("Register")
    menu_icon = "clipboard-list"
    menu_name = "privacy-register"
    add_to_admin_menu = True
