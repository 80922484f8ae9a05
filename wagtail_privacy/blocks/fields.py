"""The smallest blocks: one fact or one text each.

A *fact* is the same in every language, so it is never offered to translators. A block refuses only what has no
meaning; whether something is missing is a question for the checklist, so nothing here is required.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from babel import Locale, UnknownLocaleError
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.functional import Promise, cached_property
from django.utils.html import escape
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

from wagtail_privacy.policy import words
from wagtail_privacy.policy.authorities import AUTHORITIES
from wagtail_privacy.policy.durations import is_iso_duration
from wagtail_privacy.policy.vocabulary import VOCABULARIES
from wagtail_privacy.prose.dates import partial_date

#: The feature of Wagtail's rich text that makes something readable of a pasted table.
PASTED_TABLES = "privacy-table"
PROSE_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link", PASTED_TABLES]
Choices = Iterable[tuple[str, str | Promise]]


class FactMixin:
    """Mixin for a block whose value is the same in every language: wagtail-localize copies it."""

    def get_translatable_segments(self, value: Any) -> list[Any]:
        return []

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        return value


class OptionalMixin:
    """Mixin for a field block that may be left empty unless its declaration says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"required": False, **kwargs})


class LineBlock(OptionalMixin, blocks.CharBlock):
    """A text of one line. Never ``None``: wagtail-localize takes a text that was left out for a string."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value) or ""

    class Meta:
        default = ""


class ItemsBlock(blocks.ListBlock):
    """A list that is empty until something is added, so that what is left out says nothing."""

    def __init__(self, child_block: Any, **kwargs: Any) -> None:
        closed = isinstance(child_block, blocks.StructBlock)
        super().__init__(child_block, **{"default": [], "collapsed": closed, **kwargs})


class LinesBlock(ItemsBlock):
    """A text of several lines, one entry each."""

    def __init__(self, child_block: Any = None, **kwargs: Any) -> None:
        super().__init__(child_block or LineBlock(), **kwargs)


class ProseBlock(OptionalMixin, blocks.RichTextBlock):
    """A text with paragraphs, subheadings, lists, emphasis and links."""

    def __init__(self, *args: Any, features: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, features=features or PROSE_FEATURES, **kwargs)


class NameBlock(FactMixin, OptionalMixin, blocks.CharBlock):
    """A name that is not translated: a company's, a cookie's, an organisation number."""


class AddressBlock(FactMixin, OptionalMixin, blocks.TextBlock):
    """A postal address, one line under the other."""

    def __init__(self, *args: Any, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, rows=rows, **kwargs)


class PhoneBlock(FactMixin, OptionalMixin, blocks.CharBlock):
    """A telephone number, as people of the country write it."""

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if value and len(re.findall(r"\d", value)) < 3:
            raise ValidationError(
                _("Expected a telephone number such as +46 8 123 45 67, found “%(found)s”."), params={"found": value}
            )
        return value


class EmailBlock(FactMixin, OptionalMixin, blocks.EmailBlock):
    """An e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        message = _("Expected an e-mail address such as name@example.org. Check that nothing is missing.")
        self.field.validators = [EmailValidator(message)]


class UrlBlock(FactMixin, OptionalMixin, blocks.URLBlock):
    """An address on the web."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        message = _("Expected a web address such as https://www.example.org/page. Copy it from the browser.")
        self.field.validators = [URLValidator(schemes=["http", "https"], message=message)]
        self.field.error_messages["invalid"] = message


class FlagBlock(OptionalMixin, blocks.BooleanBlock):
    """True, or not stated."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """In a word: Wagtail's comparison shows this."""
        return escape(pgettext("answer", "Yes") if value else pgettext("choice", "Not stated"))


class NumberBlock(OptionalMixin, blocks.IntegerBlock):
    """A whole number that is not negative."""

    def __init__(self, *args: Any, min_value: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, min_value=min_value, **kwargs)


class LongChoice(forms.Select):
    """A list so long that the page would be full of it: its choices are put in when somebody comes to choose."""


class LongChoiceAdapter(WidgetAdapter):
    js_constructor = "wagtail_privacy.LongChoice"

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[versioned_static("wagtail_privacy/js/long_choice.js")])


register(LongChoiceAdapter(), LongChoice)


class _ChoiceBlock(FactMixin, OptionalMixin, blocks.ChoiceBlock):
    """One of a list that is read each time it is shown, so that a site's own codes are offered too."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", pgettext("choice", "Not stated")), *choices()], **kwargs)
        self.field.error_messages["invalid_choice"] = _("Expected one of the list, found “%(value)s”. Choose again.")

    def render_basic(self, value: Any, context: Any = None) -> str:
        """The words of its choice: Wagtail's comparison shows this."""
        labels = {code: label for code, label in self.field.choices if code}
        return escape(labels.get(value, value or ""))

    def normalize_choice(self, value: Any) -> Any:
        """The code itself. Wagtail looks it up in the whole list, for choices that are no strings; ours all are."""
        return value


class CodeBlock(_ChoiceBlock):
    """One code of the vocabulary called ``vocabulary``."""

    def __init__(self, vocabulary: str, **kwargs: Any) -> None:
        super().__init__(lambda: _capitalised(VOCABULARIES[vocabulary].choices()), **kwargs)


class CountryBlock(_ChoiceBlock):
    """A country of ISO 3166-1, by its name in the editor's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(country_choices, widget=LongChoice(), **kwargs)


class AuthorityBlock(_ChoiceBlock):
    """A supervisory authority, kept as the country that it watches over."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(authority_choices, widget=LongChoice(), **kwargs)


#: In whose words a date may be typed, beside those of the admin's language: a policy is often in another.
_DATE_LANGUAGES = ("sv", "en", "fi", "nb", "da", "de")


class PartialDateBlock(FactMixin, OptionalMixin, blocks.CharBlock):
    """A year, a month or a day, kept as ``2018``, ``2018-05``, ``2018-05-25``; typed and shown in words, "May 2018"."""

    def value_from_form(self, value: Any) -> Any:
        """What can't be read is kept as it was typed, to be shown again."""
        return typed_date(value or "") or value

    def value_for_form(self, value: Any) -> Any:
        return words.day(value) if value and is_partial_date(value) else value

    def clean(self, value: str) -> str:
        value = super().clean(value).strip()
        if value and not is_partial_date(value):
            raise ValidationError(
                _("Expected a year, a month or a day such as 2018, May 2018 or 25 May 2018, found “%(found)s”."),
                params={"found": value},
            )
        return value

    def render_basic(self, value: Any, context: Any = None) -> str:
        """As the language writes it: Wagtail's comparison shows this."""
        return escape(words.day(value)) if value else ""


class DurationInput(forms.MultiWidget):
    """A number and a unit. A period of several units is shown as it is stored."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"class": "privacy-duration-number", "inputmode": "numeric", "size": 6, "autocomplete": "off"}
        unit = forms.Select({"class": "privacy-duration-unit"}, choices=UNITS)
        super().__init__([forms.TextInput(number), unit], attrs)

    def decompress(self, value: Any) -> list[str]:
        """A number that a script stored instead of a period is shown as it is, to be mended."""
        return _number_and_unit(str(value or ""))

    def format_value(self, value: Any) -> list[str]:
        return value if isinstance(value, list) else self.decompress(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        labels = (_("Number"), pgettext_lazy("duration", "Unit"))
        for part, label in zip(context["widget"]["subwidgets"], labels, strict=True):
            part["attrs"]["aria-label"] = label
        return context

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["wagtail_privacy/css/duration.css"]}


UNITS = [
    ("D", pgettext_lazy("duration", "days")),
    ("W", pgettext_lazy("duration", "weeks")),
    ("M", pgettext_lazy("duration", "months")),
    ("Y", pgettext_lazy("duration", "years")),
    ("", pgettext_lazy("duration", "as ISO 8601 (P1Y6M)")),
]


class DurationInputAdapter(WidgetAdapter):
    js_constructor = "wagtail_privacy.DurationInput"

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=[versioned_static("wagtail_privacy/js/duration.js")])


register(DurationInputAdapter(), DurationInput)


class DurationField(forms.MultiValueField):
    """A number and a unit in, an ISO 8601 duration out."""

    widget = DurationInput

    def __init__(self, **kwargs: Any) -> None:
        fields = (forms.CharField(required=False), forms.CharField(required=False))
        super().__init__(fields, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> str:
        return super().clean(_number_and_unit(value) if isinstance(value, str) else value)

    def compress(self, parts: list[str]) -> str:
        number, unit = (parts or ["", ""])[:2]
        number = number.strip()
        if not number:
            return ""
        iso = f"P{number.lstrip('0')}{unit}" if unit else number.upper()
        if not is_iso_duration(iso):
            raise ValidationError(
                _("Expected a period such as 24 months: a whole number above 0 and a unit, found “%(found)s”."),
                params={"found": f"{number} {dict(UNITS)[unit] if unit else ''}".strip()},
            )
        return iso


class DurationBlock(FactMixin, blocks.FieldBlock):
    """A period in days, weeks, months or years, kept as ISO 8601: ``P24M``."""

    def __init__(self, required: bool = False, help_text: Any = None, **kwargs: Any) -> None:
        self.field = DurationField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    def render_basic(self, value: Any, context: Any = None) -> str:
        """In words: Wagtail's comparison shows this."""
        return escape(words.duration(value)) if value else ""

    def value_from_form(self, value: Any) -> str:
        """ISO where number and unit make one; what was typed otherwise, so that it is shown again."""
        if not isinstance(value, list):
            return value or ""
        number, unit = ((part or "").strip() for part in value)
        return f"P{number}{unit}" if number and unit else number

    class Meta:
        icon = "time"
        default = ""


def country_choices() -> list[tuple[str, str]]:
    """The countries of ISO 3166-1 with their names in the active language, in its order."""
    territories = _locale().territories
    countries = [(code, name) for code, name in territories.items() if _is_country(code)]
    return sorted(countries, key=lambda country: country[1].casefold())


def authority_choices() -> list[tuple[str, str]]:
    """Each authority by its country's name and its own."""
    territories, language = _locale().territories, get_language() or "en"
    named = [(code, territories.get(code, code), known.name_in(language)) for code, known in AUTHORITIES.items()]
    return [(code, f"{country} – {name}") for code, country, name in sorted(named, key=lambda row: row[1].casefold())]


def _number_and_unit(iso: str) -> list[str]:
    single = re.fullmatch(r"P([^DWMY]*)([DWMY])", iso)
    return [single[1], single[2]] if single else [iso, "" if iso else "M"]


def typed_date(text: str) -> str:
    """A year, a month or a day that somebody typed, in ISO 8601; empty if it can't be read."""
    return partial_date(text, (get_language() or "en", *_DATE_LANGUAGES))


def is_partial_date(text: str) -> bool:
    """Whether ``text`` is a year, a month or a day that exists, in ISO 8601."""
    return bool(text) and partial_date(text, ()) == text


# Two-letter codes of the Unicode CLDR that no ISO 3166-1 country has.
_NOT_COUNTRIES = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES


def _locale() -> Locale:
    try:
        return Locale.parse((get_language() or "en").replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def _capitalised(choices: Choices) -> Iterator[tuple[str, str]]:
    for code, label in choices:
        words = str(label)
        yield code, words[:1].upper() + words[1:]
