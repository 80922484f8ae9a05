"""Admin views that change a version after its publication: another day, withdrawal, corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.rich_text import get_rich_text_editor_widget

from wagtail_privacy.actions.carry_correction import is_from_register
from wagtail_privacy.actions.correct import TITLE_FIELD, Correction, correct_summary, correct_wording, is_correctable
from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.postpone import change_day
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.actions.withdraw import withdraw
from wagtail_privacy.admin.header import above_policy, header_context
from wagtail_privacy.blocks.fields import PROSE_FEATURES
from wagtail_privacy.clock import day_of, now
from wagtail_privacy.policy import words
from wagtail_privacy.policy.kinds import kind_of
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.publication.day_input import DayInput
from wagtail_privacy.publication.put_back import put_back_url
from wagtail_privacy.records.notice import Delivery, DeliveryState, Notice
from wagtail_privacy.records.version import Event, Text, Version


class ReasonForm(forms.Form):
    """Asks for a reason, which every change of a published version needs."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is kept in the history and shown in the admin only."),
    )


class DayForm(ReasonForm):
    day = forms.DateField(
        label=gettext_lazy("Takes effect on"),
        widget=DayInput,
        help_text=gettext_lazy("Everyone who was told of another day is told of this one by e-mail."),
    )
    field_order = ("day", "reason")


class SummaryForm(ReasonForm):
    new = forms.CharField(
        label=gettext_lazy("Summary of the change"),
        required=False,
        max_length=1000,  # as in the page's form
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("new", "reason")


class WordingForm(ReasonForm):
    """Its widget depends on the words to correct: one line, several, or formatted text."""

    new = forms.CharField(label=gettext_lazy("Corrected words"))
    means_the_same = forms.BooleanField(
        label=gettext_lazy("It means the same as before"),
        required=False,
        widget=forms.HiddenInput,  # asked only where the rules hold it to be a material change
        help_text=gettext_lazy("Only the wording is better; nothing changes for the reader."),
    )
    field_order = ("new", "means_the_same", "reason")

    def __init__(self, *args: Any, place: CorrectableText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field, attrs = self.fields["new"], {"lang": place.language}
        if place.type == "prose":
            field.widget = get_rich_text_editor_widget(features=PROSE_FEATURES)
            field.widget.attrs.update(attrs)
        elif place.type == "lines":
            field.widget = forms.Textarea(attrs={"rows": place.words.count("\n") + 2, **attrs})
            field.help_text = gettext_lazy("One on each line, as many as there are.")
        else:
            field.widget = forms.TextInput(attrs=attrs)
        if self.data.get("means_the_same"):
            self._ask_for_the_meaning()
        if place.is_in_register:
            field.help_text = gettext_lazy(
                "These words come from the register. They are corrected there too if you may edit the entry; other "
                "policies that use it say the new words from their next publication on."
            )

    def add_error(self, field: str | None, error: Any) -> None:
        if field == "means_the_same":
            self._ask_for_the_meaning()
        super().add_error(field, error)

    def _ask_for_the_meaning(self) -> None:
        self.fields["means_the_same"].widget = forms.CheckboxInput()


@dataclass(frozen=True)
class CorrectableText:
    """Words of a text that can be corrected: where they are, in words and for the action."""

    section: str
    field: str
    type: str
    name: str
    words: str
    language: str
    is_in_register: bool = False

    @property
    def key(self) -> str:
        return f"{self.section}:{self.field}"

    @property
    def beginning(self) -> str:
        return Truncator(words.plain(self.words) if self.type == "prose" else self.words).chars(90)


def day(request: HttpRequest, version_id: int) -> HttpResponse:
    """Postpone an announced version, or bring it forward."""
    version = _version(request, version_id, "change_plan")
    if version.withdrawn_at:
        messages.warning(request, _WITHDRAWN_ALREADY)
        return redirect(_back(version))
    form = DayForm(request.POST or None, initial={"day": day_of(version.takes_effect_at)})

    def act(cleaned: dict[str, Any]) -> str:
        event = change_day(version, cleaned["day"], user=request.user, reason=cleaned["reason"])
        if event is None:
            return _("It takes effect on that day already. Nothing was changed.")
        moved = version.policy.versions.get(pk=version.pk)
        said = _("Version %(number)s now takes effect on %(day)s.") % {
            "number": version.number,
            "day": words.day(day_of(moved.takes_effect_at)),
        }
        moved_along = ngettext(
            "Version %(numbers)s moves with it.", "Versions %(numbers)s move with it.", _count(event)
        )
        return _with_later_versions(said, moved_along, event)

    title = _("Another day for version %(number)s") % {"number": version.number}
    follows = [_told_before(version)]
    return _form_view(
        request, version, form, act, title=title, plan=_plan(version), follows=follows, button=_("Change the day")
    )


def withdrawal(request: HttpRequest, version_id: int) -> HttpResponse:
    """Withdraw an announced version and every later one."""
    version = _version(request, version_id, "change_plan")
    if version.withdrawn_at:
        messages.warning(request, _WITHDRAWN_ALREADY)
        return redirect(_back(version))

    def act(cleaned: dict[str, Any]) -> str:
        event = withdraw(version, user=request.user, reason=cleaned["reason"])
        if event is None:
            return str(_WITHDRAWN_ALREADY)
        said = _(
            "Version %(number)s was withdrawn. The page in the editor still says what it said: what you publish next "
            "is compared with the newest version that stands, and would announce that anew."
        ) % {"number": version.number}
        _offer_to_put_back(request, version)
        withdrawn_with = ngettext(
            "Version %(numbers)s was withdrawn with it.", "Versions %(numbers)s were withdrawn with it.", _count(event)
        )
        return _with_later_versions(said, withdrawn_with, event)

    return _form_view(
        request,
        version,
        ReasonForm(request.POST or None),
        act,
        title=_("Withdraw version %(number)s") % {"number": version.number},
        plan=_plan(version),
        intro=_(
            "It never takes effect, and nor does any later version. Readers go on seeing what they see now; it stays "
            "in the history as withdrawn."
        ),
        follows=[_told_before(version)],
        button=_("Withdraw"),
        is_serious=True,
    )


def summary(request: HttpRequest, version_id: int, language: str) -> HttpResponse:
    """Correct the summary of a history entry in one language."""
    version = _version(request, version_id, "correct_history", language)
    text = version.text(language)
    if text is None:
        raise Http404
    form = SummaryForm(request.POST or None, initial={"new": text.summary})

    def act(cleaned: dict[str, Any]) -> str:
        done = correct_summary(version, language, cleaned["new"], user=request.user, reason=cleaned["reason"])
        return _said(request, done)

    title = _("Correct the summary of version %(number)s in %(language)s") % {
        "number": version.number,
        "language": language_name(language),
    }
    return _form_view(request, version, form, act, title=title, intro=_EARLIER, button=_("Correct"))


def wording(request: HttpRequest, version_id: int, language: str) -> HttpResponse:
    """Correct the words of a published text, one place at a time."""
    version = _version(request, version_id, "correct_history", language)
    text = version.text(language)
    if text is None:
        raise Http404
    places = list(_places(text))
    chosen = next((place for place in places if place.key == request.GET.get("words")), None)
    if chosen is None:
        header = header_context(_("Which words are to be corrected?"), "lock", *above_policy(version.policy))
        context = {**header, "version": version, "places": places, "back": _back(version)}
        return render(request, "wagtail_privacy/admin/places.html", context)

    def act(cleaned: dict[str, Any]) -> str:
        done = correct_wording(text, chosen.section, chosen.field, user=request.user, **cleaned)
        return _said(request, done)

    form = WordingForm(request.POST or None, initial={"new": chosen.words}, place=chosen)
    title = _("Correct the wording of version %(number)s in %(language)s") % {
        "number": version.number,
        "language": language_name(language),
    }
    intro = f"{_EARLIER} {_CARRIED}"
    return _form_view(request, version, form, act, title=title, intro=intro, button=_("Correct"), subtitle=chosen.name)


def _offer_to_put_back(request: HttpRequest, version: Version) -> None:
    """Lead to Wagtail's form with what the newest version that stands was published from."""
    stands = version.policy.newest_version()
    if stands and (url := put_back_url(stands)):
        said = _("The draft still says what was withdrawn.")
        back = _("Put the draft back to version %(number)s") % {"number": stands.number}
        messages.info(request, said, buttons=[messages.button(url, back)])


_WITHDRAWN_ALREADY = gettext_lazy("It was withdrawn already. Nothing was changed.")
_EARLIER = gettext_lazy("The page says that and when it was corrected, and the earlier words can still be read.")
_CARRIED = gettext_lazy(
    "The same words are replaced in announced versions, in the page and in its draft. Facts can't be changed here."
)


def _version(request: HttpRequest, version_id: int, permission: str, language: str = "") -> Version:
    version = get_object_or_404(Version.objects.select_related("policy"), pk=version_id)
    Permissions.for_policy(request.user, version.policy, language).require(permission)
    return version


def _plan(version: Version) -> str:
    """What readers see now, and from when another version."""
    current = version.policy.version_in_force(now())
    values = {
        "number": version.number,
        "current": current.number if current else "–",
        "day": words.day(day_of(version.takes_effect_at)),
    }
    if version.withdrawn_at or version.applies(now()):
        return ""
    return _("Readers see version %(current)s now. Version %(number)s is announced for %(day)s.") % values


def _told_before(version: Version) -> str:
    """How many people were told of it, and are told of this."""
    about = Notice.objects.filter(version__policy=version.policy_id, version__number__gte=version.number)
    told = Delivery.objects.filter(notice__in=about, state__in=[DeliveryState.SENT, DeliveryState.IN_DOUBT])
    count = told.values("user").distinct().count()
    if not about.exists():
        return _("Nobody was told of it by e-mail, and nobody is told of this.")
    return ngettext(
        "%(count)s person was told of it by e-mail so far. Whoever was is told of this too.",
        "%(count)s people were told of it by e-mail so far. Whoever was is told of this too.",
        count,
    ) % {"count": count}


def _count(event: Event) -> int:
    """How many later versions a change of plan took with it."""
    return len(event.data["along"])


def _with_later_versions(said: str, along: str, event: Event) -> str:
    """``said``, followed by ``along`` with the numbers of the later versions that changed too, if any."""
    numbers = words.listing([str(each["number"]) for each in event.data["along"]])
    return f"{said} {along % {'numbers': numbers}}" if numbers else said


def _places(text: Text) -> Iterator[CorrectableText]:
    """All words of ``text`` that can be corrected, in the order of reading."""
    yield CorrectableText("", "title", "line", str(TITLE_FIELD.label), text.title, text.language)
    for section in text.snapshot.walk():
        for known in kind_of(section.kind).texts:
            found = section.texts.get(known.name)
            if not found or not is_correctable(section, known):
                continue
            said = found if isinstance(found, str) else "\n".join(found)
            name = f"{words.name_of(section)}: {known.label}"
            in_register = is_from_register(section)
            yield CorrectableText(section.id, known.name, known.type, name, said, text.language, in_register)


def _said(request: HttpRequest, correction: Correction | None) -> str:
    if correction is None:
        return _("These are the words already. Nothing was changed.")
    for left in correction.left:
        address = AdminURLFinder(request.user).get_edit_url(left)
        messages.warning(
            request,
            _(
                "“%(name)s” still has the earlier words, which could not be replaced there. Correct them too before "
                "the policy is published again, or they come back."
            )
            % {"name": left},
            buttons=[messages.button(address, _("Edit"))] if address else [],
        )
    return _("Corrected. The earlier words can still be read.")


def _form_view(
    request: HttpRequest,
    version: Version,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    **context: Any,
) -> HttpResponse:
    """Show the form; run ``act`` when it is valid, and show its message."""
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect(_back(version))
    header = header_context(context.pop("title"), "lock", *above_policy(version.policy))
    context |= {**header, "form": form, "version": version, "back": _back(version)}
    return render(request, "wagtail_privacy/admin/life.html", context)


def _back(version: Version) -> str:
    return reverse("privacy-policies:inspect", args=[version.policy_id])
