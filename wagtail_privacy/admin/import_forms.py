"""The forms of an import: what to read, and the old texts with their dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from wagtail_privacy.actions.create_draft import places_for_policies
from wagtail_privacy.blocks.fields import typed_date
from wagtail_privacy.policy import words

#: So many old texts are asked for at once.
OLD_TEXTS = 8
#: How deep in the tree a place is offered.
DEEPEST = 4
#: How a file may be encoded, where the rule finds it wrong.
ENCODINGS = ("utf-8", "windows-1252", "iso-8859-15", "utf-16", "mac-roman", "cp850")


class ImportForm(forms.Form):
    """A file, pasted text or, of a page, one of its texts; and where to put the policy."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("A text, Markdown, Word (.docx), CSV or web page (.html) with the policy."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"), required=False, widget=forms.Textarea(attrs={"rows": 10})
    )
    block = forms.ChoiceField(
        label=gettext_lazy("Or split a text of the page"), required=False, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"))
    parent = forms.ChoiceField(
        label=gettext_lazy("Put it below"), help_text=gettext_lazy("The new page is a draft. Nothing is published.")
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding"),
        required=False,
        help_text=gettext_lazy("Only if letters such as å, ä and ö came out wrong."),
    )

    def __init__(self, *args: Any, user: Any, page: Any = None, place: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["encoding"].choices = [("", _("Found by itself")), *((code, code.upper()) for code in ENCODINGS)]
        self.has_parents = False
        if page is None:
            del fields["block"]
            fields["language"].choices = list(_languages())
            fields["parent"].choices = parents = list(_parents(user, place))
            self.has_parents = bool(parents)
            return
        del fields["language"], fields["parent"]
        blocks = list(_text_blocks(page))
        fields["block"].choices = [("", _("None of them")), *blocks]
        if not blocks:
            del fields["block"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given = [name for name in ("file", "text", "block") if cleaned.get(name)]
        if not self.errors and len(given) != 1:
            found = _("none") if not given else _("more than one")
            raise forms.ValidationError(
                _("Expected one text: a file or pasted text. Found %(found)s. Choose one.") % {"found": found}
            )
        return cleaned


def _languages() -> Iterator[tuple[str, str]]:
    for code in Locale.objects.order_by("pk").values_list("language_code", flat=True):
        yield code, words.language_name(code).capitalize()


def _parents(user: Any, place: Any) -> Iterator[tuple[str, str]]:
    """The pages near the top that ``user`` may add a policy page below, by language, and ``place``."""
    places = places_for_policies(user, depth=DEEPEST)
    for page in places if place is None or place in places else [*places, place]:
        yield str(page.pk), f"{page.get_admin_display_title()} ({words.language_name(page.locale.language_code)})"


def _text_blocks(page: Any) -> Iterator[tuple[str, str]]:
    """The blocks of free text on the page, by their ids."""
    for item in page.body:
        if item.block_type == "text" and str(item.value.get("body") or "").strip():
            body = " ".join(words.plain(str(item.value["body"].source)).split())
            heading = item.value.get("heading") or ""
            yield item.id, Truncator(": ".join(filter(None, (heading, body)))).chars(90)


class StatedDateField(forms.CharField):
    """A year, a month or a day, in digits or in words."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value).strip()
        found = typed_date(typed)
        if typed and not found:
            said = _("Expected a year, a month or a day such as 2018, May 2018 or 25 May 2018, found “%(found)s”.")
            raise forms.ValidationError(said % {"found": typed})
        return found


class HistoryForm(forms.Form):
    """Old texts with the dates from which they applied, and the date from which the page's draft has applied."""

    stated = StatedDateField(
        label=gettext_lazy("The draft of this page has applied since"),
        required=False,
        max_length=40,
        help_text=gettext_lazy(
            "A day, a month or a year: 1 March 2024, March 2024 or 2024. Leave it empty if the draft says something "
            "new."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, OLD_TEXTS + 1):
            self.fields[f"date_{number}"] = StatedDateField(
                label=_("Date of text %(number)s") % {"number": number}, required=False, max_length=40
            )
            self.fields[f"file_{number}"] = forms.FileField(
                label=_("File of text %(number)s") % {"number": number}, required=False
            )

    def rows(self) -> Iterator[tuple[Any, Any]]:
        for number in range(1, OLD_TEXTS + 1):
            yield self[f"date_{number}"], self[f"file_{number}"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(1, OLD_TEXTS + 1):
            date, file = cleaned.get(f"date_{number}"), cleaned.get(f"file_{number}")
            if bool(date) != bool(file):
                missing = f"file_{number}" if date else f"date_{number}"
                self.add_error(missing, _("Expected a date and a file together, found one of them. Add the other."))
        if not self.errors and not self.texts(cleaned) and not cleaned.get("stated"):
            raise forms.ValidationError(_("Expected at least one date, found none. Write one."))
        return cleaned

    def texts(self, cleaned: dict[str, Any]) -> list[tuple[str, Any]]:
        """Each date with its file."""
        numbers = range(1, OLD_TEXTS + 1)
        found = ((cleaned.get(f"date_{n}"), cleaned.get(f"file_{n}")) for n in numbers)
        return [(date, file) for date, file in found if date and file]
