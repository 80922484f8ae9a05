"""Which elements of a page are no policy: menus, forms, the head and foot of a site. A block about privacy never is.

No extractor decides: those that find "the main content" lose between one word in twenty and half of them. These rules
name what they leave out, each with its reason.
"""

from __future__ import annotations

from functools import cached_property

from django.utils.translation import gettext_lazy

from wagtail_privacy.imports.html_nesting import HEADINGS, Element, Nesting
from wagtail_privacy.imports.html_tokens import names

_NAVIGATION = gettext_lazy("The site's navigation.")
_FORM = gettext_lazy("A form.")
_BESIDE = gettext_lazy("Stands beside the text.")
_HEAD = gettext_lazy("The head of the site's pages.")
_FOOT = gettext_lazy("The foot of the site's pages.")
_COOKIES = gettext_lazy("A notice about cookies.")
_SOCIAL = gettext_lazy("Links to share the page.")
_ANSWERS = gettext_lazy("Comments and questions about the page.")
_HIDDEN = gettext_lazy("Is shown only where scripts are switched off.")
_UNUSED = gettext_lazy("A template that scripts fill.")
_OUTSIDE_MAIN = gettext_lazy("Stands outside the main part of the page.")
_BUTTON = gettext_lazy("A button.")
_PICTURE = gettext_lazy("Words in a drawing.")

_BY_NAME = {
    "nav": _NAVIGATION,
    "form": _FORM,
    "aside": _BESIDE,
    "select": _FORM,
    "datalist": _FORM,
    "textarea": _FORM,
    "search": _FORM,
    "noscript": _HIDDEN,
    "template": _UNUSED,
    "svg": _PICTURE,
}
_BY_ROLE = {
    "navigation": _NAVIGATION,
    "menu": _NAVIGATION,
    "menubar": _NAVIGATION,
    "search": _FORM,
    "banner": _HEAD,
    "contentinfo": _FOOT,
    "complementary": _BESIDE,
}
_COOKIE_NAMES = names("cookie cookies cookiebot cybot onetrust cky cmplz coi consent iubenda gdpr cc kakor")
_BANNERS = names(
    "banner bar box container dialog dialogue law message modal notice notification overlay popup prompt sdk "
    "cookiebanner cookieconsent cookienotice cookiebar"
)
_OF_A_POLICY = names("declaration list policy statement table text page content accordion section")
_SMALL = 600
#: Words in class and id of small blocks, by what these are.
_BY_CLASS = {
    **dict.fromkeys(names("breadcrumb breadcrumbs brodsmulor pagination pager"), _NAVIGATION),
    **dict.fromkeys(names("menu nav navbar navigation meny sidomeny submenu skip skiplink skiplinks"), _NAVIGATION),
    **dict.fromkeys(names("share sharing social sharedaddy addtoany"), _SOCIAL),
    **dict.fromkeys(names("comments feedback respond disqus"), _ANSWERS),
    **dict.fromkeys(names("sidebar related newsletter promo advert ad ads"), _BESIDE),
    **dict.fromkeys(names("search searchbox"), _FORM),
}
_FRAMES = {
    **dict.fromkeys(("header", "site-header", "page-header", "main-header", "masthead", "topbar", "top-bar"), _HEAD),
    **dict.fromkeys(("footer", "site-footer", "page-footer", "main-footer", "global-footer", "colophon"), _FOOT),
}
_NEVER = HEADINGS | {"html", "body", "main", "article", "table", "tbody", "tr", "summary", "details"}
_OPENS = names("accordion collapse collapsible toggle expand expander faq tab panel trigger")


class Landmarks:
    """What is left out of a page, and why; ``is_fragment``: it is a part of a text, and has no head or foot."""

    def __init__(self, nesting: Nesting, *, is_fragment: bool = False) -> None:
        self.nesting, self.is_fragment = nesting, is_fragment
        self.signs = nesting.signs[-1] - nesting.linked[-1]
        self.private = nesting.private[-1]
        self.kept_until = -1

    def reason(self, element: Element) -> str:
        """Why ``element`` is left out with all that it holds; empty if it isn't."""
        reason = self._reason(element)
        if reason and self._may_go(element, reason):
            return str(reason)
        if reason is _OUTSIDE_MAIN:  # it is about privacy: so is what it holds
            self.kept_until = element.end_event
        return ""

    def _reason(self, element: Element) -> object:
        if self.is_fragment:
            return _UNUSED if element.name == "template" else None
        if element.name == "button":
            return None if opens(element) else _BUTTON
        return (
            _cookie_notice(element)
            or _BY_NAME.get(element.name)
            or _BY_ROLE.get(element.get("role").lower())
            or self._frame(element)
            or self._by_class(element)
            or self._outside_main(element)
        )

    def _may_go(self, element: Element, reason: object) -> bool:
        signs, linked, private = self.nesting.weight(element)
        if reason is _COOKIES:
            return True
        if reason in (_HIDDEN, _UNUSED, _PICTURE):
            return not private
        if self._is_most(element):
            return False
        return not private or linked * 2 > signs

    def _is_most(self, element: Element) -> bool:
        """Whether it holds most of the page: a form or a frame around everything."""
        signs, linked, private = self.nesting.weight(element)
        return (signs - linked) * 2 > self.signs or (private * 2 > self.private and private > 1)

    def _frame(self, element: Element) -> object:
        """The head or foot of the whole page; those of an article are its own."""
        if element.in_article or element.name in _NEVER:
            return None
        called = {element.name, element.get("id").lower(), *element.get("class").lower().replace("_", "-").split()}
        reason = next((_FRAMES[name] for name in called if name in _FRAMES), None)
        return None if reason is _HEAD and self._holds_the_title(element) else reason

    def _holds_the_title(self, element: Element) -> bool:
        return len(self._titles) == 1 and element.event < self._titles[0] < element.end_event

    @cached_property
    def _titles(self) -> list[int]:
        events = self.nesting.events
        return [
            at for at, one in enumerate(events) if isinstance(one, Element) and one.name == "h1" and one.event == at
        ]

    def _by_class(self, element: Element) -> object:
        if element.name in _NEVER or not element.attributes:
            return None
        signs, linked, _private = self.nesting.weight(element)
        if signs > _SMALL and linked * 2 <= signs:
            return None
        found = next((_BY_CLASS[word] for word in element.tokens if word in _BY_CLASS), None)
        return None if found is _NAVIGATION and linked * 2 <= signs else found

    def _outside_main(self, element: Element) -> object:
        main = self._main
        if main is None or element.name in ("head", "title") or element.event < self.kept_until:
            return None
        outside = element.end_event < main.event or element.event > main.end_event
        return _OUTSIDE_MAIN if outside else None

    @cached_property
    def _main(self) -> Element | None:
        """The element that says of itself that it holds what the page is about, if it does."""
        elements = self.nesting.elements()
        found = [one for one in elements if one.name == "main" or one.get("role").lower() == "main"]
        outermost = found[:1] if found and all(one.end_event <= found[0].end_event for one in found) else []
        return next(filter(self._is_most, outermost), None)


def opens(element: Element) -> bool:
    """Whether a button opens the text that it names: an accordion, a tab."""
    attributes = element.attributes
    told = {"aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target", "data-bs-target"}
    return bool(told & set(attributes)) or element.get("role") == "tab" or bool(_OPENS & set(element.tokens))


def _cookie_notice(element: Element) -> object:
    if element.name in _NEVER or not element.attributes:
        return None
    words = set(element.tokens)
    in_own_window = element.get("role") in ("dialog", "alertdialog") or bool(words & _BANNERS)
    about = bool(words & _COOKIE_NAMES) or any(word.startswith("cookie") for word in words)
    return _COOKIES if about and in_own_window and not words & _OF_A_POLICY else None
