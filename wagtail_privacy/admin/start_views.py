"""A new policy: its place, what it begins with, and what is asked once. Two forms, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from wagtail_privacy.actions.create_draft import create_draft, places_for_policies, policy_classes
from wagtail_privacy.actions.refusal import NotAllowed
from wagtail_privacy.admin.header import header_context
from wagtail_privacy.blocks.fields import country_choices
from wagtail_privacy.interface import interface_language
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy.characters import legible
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.starts.choices import STARTS
from wagtail_privacy.starts.start import Given, Start

#: Policies stand near the home page; a deeper place is offered where somebody comes from there.
DEEPEST = 4
LONGEST_LIST = 10_000
EMPTY = "empty"


@dataclass(frozen=True)
class Way:
    """What a policy can begin with. ``url`` is the name of the view that goes on, with place and way in its query."""

    code: str
    label: Any
    description: Any
    url: str

    def lead_on(self, parent: Any) -> HttpResponse:
        return redirect(f"{reverse(self.url)}?{urlencode({'parent': parent.pk, 'way': self.code})}")


class EmptyWay(Way):
    """Wagtail's own form for a new page."""

    def lead_on(self, parent: Any) -> HttpResponse:
        options = _first_class(parent)._meta
        return redirect(self.url, options.app_label, options.model_name, parent.pk)


#: The ways there are, in the order in which they are offered; whatever else a policy can be made from joins them here.
WAYS: list[Way] = [
    *(Way(start.code, start.label, start.description, "wagtail_privacy:start_with") for start in STARTS.values()),
    Way(
        "import",
        gettext_lazy("The policy that you have"),
        gettext_lazy("It is read into sections, which you check beside it."),
        "wagtail_privacy:import",
    ),
    EmptyWay(EMPTY, gettext_lazy("Empty"), gettext_lazy("You add every section yourself."), "wagtailadmin_pages:add"),
]


class PlaceForm(forms.Form):
    """Where the policy will stand, which decides its language, and what it begins with."""

    fields: Any
    parent = forms.TypedChoiceField(
        coerce=int,
        label=gettext_lazy("Place and language"),
        help_text=gettext_lazy("The page below which the policy will stand. A page is in the language of its place."),
    )
    way = forms.ChoiceField(label=gettext_lazy("Begin with"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, places: list[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["parent"].choices = list(_by_language(places))
        fields["way"].choices = [(way.code, f"{way.label} – {way.description}") for way in WAYS]


class ListField(forms.CharField):
    """Several lines, each with a thing of its own: a tuple of them."""

    widget = forms.Textarea({"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        help_text = gettext_lazy("One on each line. Leave empty if the template says it.")
        super().__init__(required=False, max_length=LONGEST_LIST, help_text=help_text, **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = (line.strip() for line in legible(super().clean(value)).splitlines())
        return tuple(filter(None, lines))


class StartForm(forms.Form):
    """What is asked once for a template: names that stand in several places, and which of its parts are wanted."""

    fields: Any
    title = forms.CharField(max_length=255, label=gettext_lazy("Title"))
    controller = forms.CharField(max_length=255, required=False, label=gettext_lazy("Name of the controller"))
    address = forms.CharField(
        max_length=1000,
        required=False,
        label=gettext_lazy("Postal address"),
        widget=forms.Textarea({"rows": 3}),
    )
    email = forms.EmailField(required=False, label=gettext_lazy("E-mail"))
    country = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Country"),
        help_text=gettext_lazy("It decides the supervisory authority and how long accounting records are kept."),
    )
    parts = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("What the policy says"), widget=forms.CheckboxSelectMultiple
    )
    data_categories = ListField(label=gettext_lazy("Your own categories of personal data"))
    purposes = ListField(label=gettext_lazy("Your own purposes"))
    recipients = ListField(label=gettext_lazy("Your own recipients"))

    LISTS = ("data_categories", "purposes", "recipients")

    def __init__(self, data: Any = None, *, start: Start, language: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.start, self.language = start, language
        fields: dict[str, Any] = self.fields
        fields["country"].choices = [("", "---------"), *country_choices()]
        fields["parts"].choices = [(part.code, part.label) for part in start.parts]
        self.fields["parts"].initial = [part.code for part in start.parts if part.is_usual]
        with override(language):
            self.fields["title"].initial = _("Privacy policy")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {name: legible(value) if isinstance(value, str) else value for name, value in cleaned.items()}

    def body(self) -> list[dict[str, Any]]:
        """The blocks of the policy, in the language of its place."""
        said = self.cleaned_data
        given = Given(
            said["controller"].strip(),
            said["address"].strip(),
            said["email"],
            said["country"],
            *(said[name] for name in self.LISTS),
        )
        with override(self.language):
            return self.start.body(given, said["parts"])


class NewPolicy:
    """The request for a new policy: the places that its user can choose, and the one chosen."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user = request.user

    @cached_property
    def places(self) -> list[Any]:
        """Never none: raises :exc:`NotAllowed`."""
        found = places_for_policies(self.user, depth=DEEPEST)
        asked = self._asked
        if asked and asked not in found:
            found.append(asked)
        if not found:
            raise NotAllowed(_("You may not add a policy anywhere. Ask someone who may."))
        return found

    @cached_property
    def _asked(self) -> Any | None:
        pk = self.request.GET.get("parent", "")
        page = page_model().objects.filter(pk=pk).select_related("locale").first() if pk.isdecimal() else None
        return page if page and policy_classes(page, self.user) else None

    @property
    def parent(self) -> Any:
        """The place that was asked for. Raises :exc:`NotAllowed` where the user may add no policy."""
        if self._asked is None:
            raise NotAllowed(_("You may not add a policy there. Choose another place, or ask someone who may."))
        return self._asked


@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose the place and what the policy begins with."""
    new = NewPolicy(request)
    chosen = request.GET if "way" in request.GET else None
    initial = {"parent": request.GET.get("parent") or new.places[0].pk, "way": next(iter(STARTS))}
    form = PlaceForm(chosen, places=new.places, initial=initial)
    if chosen and form.is_valid():
        way = next(each for each in WAYS if each.code == form.cleaned_data["way"])
        return way.lead_on(new.parent)
    header = header_context(_("New policy"), "lock", (reverse("privacy-policies:index"), _("Policies")))
    return render(request, "wagtail_privacy/admin/start.html", {"form": form, **header})


@require_http_methods(["GET", "HEAD", "POST"])
def start_with(request: HttpRequest) -> HttpResponse:
    """Ask what a template needs, and make a draft of it."""
    parent, chosen = NewPolicy(request).parent, STARTS.get(request.GET.get("way", ""))
    if chosen is None:
        return redirect("wagtail_privacy:start")
    language = interface_language(parent.locale.language_code)
    form = StartForm(request.POST or None, start=chosen, language=language)
    if form.is_valid() and (page := _created(form, parent, request)):
        messages.success(request, _("A draft of “%(title)s” is made. Fill in what is marked.") % {"title": page.title})
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "form": form,
        "start": chosen,
        "parent": parent,
        "language": language_name(language),
        "back": (back := f"{reverse('wagtail_privacy:start')}?{urlencode({'parent': parent.pk})}"),
        **header_context(str(chosen.label), "lock", (back, _("New policy"))),
    }
    return render(request, "wagtail_privacy/admin/start_with.html", context)


def _created(form: StartForm, parent: Any, request: HttpRequest) -> Any:
    """The new page; ``None``, with an error in the form, where the site's page class asks for more than we know."""
    try:
        title = form.cleaned_data["title"]
        return create_draft(parent, _first_class(parent), title=title, body=form.body(), user=request.user)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


def _first_class(parent: Any) -> Any:
    """The class of policy pages that is created below ``parent``."""
    return policy_classes(parent, None)[0]


def _by_language(places: list[Any]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    ordered = sorted(places, key=lambda page: page.locale.language_code)
    for code, pages in groupby(ordered, key=lambda page: page.locale.language_code):
        yield language_name(code), [(page.pk, page.get_admin_display_title()) for page in pages]
