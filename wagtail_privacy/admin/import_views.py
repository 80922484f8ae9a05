"""Import a policy in the admin: choose a text, mend what was read beside it, save the draft; and its earlier versions.

What is being mended travels signed in the form itself: nothing is stored until it is saved, and any worker goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from wagtail_privacy.actions.create_draft import policy_classes
from wagtail_privacy.actions.import_history import StatedText, import_history
from wagtail_privacy.actions.import_policy import (
    import_again,
    import_policy,
    import_translation,
    split_text,
)
from wagtail_privacy.actions.permissions import require_draft, require_import_history
from wagtail_privacy.actions.refusal import ActionError, NotAllowed
from wagtail_privacy.admin.import_forms import HistoryForm, ImportForm
from wagtail_privacy.admin.import_screen import screen
from wagtail_privacy.admin.mail_views import header_context
from wagtail_privacy.changes.sentences import lines
from wagtail_privacy.imports.as_state import Mending
from wagtail_privacy.imports.document import ImportedDocument, import_document, import_outline
from wagtail_privacy.imports.mend import accept_at, change_kind, join, paragraphs, split, within
from wagtail_privacy.imports.outline import UnreadableDocument
from wagtail_privacy.imports.proposal import Import, ProposedSection
from wagtail_privacy.imports.read import read_document
from wagtail_privacy.imports.sections import as_sections
from wagtail_privacy.page.mixin import PolicyPageMixin
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy.snapshot import section_from_json, section_to_json
from wagtail_privacy.policy.words import language_name, plain
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.records.version import Version

#: Of the signatures, so that none is taken for another thing's.
SALT = "wagtail_privacy.import"
#: Seconds that an import may lie open.
LIFE = 7 * 24 * 3600
#: Django's own limit for a form, without files, is 2.5 MB.
LONGEST = 2_000_000

Json = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, page_id: int | None = None) -> HttpResponse:
    """Choose a text: for a new page or, of a page, one to import into it or one of its own to split."""
    page = _draft(page_id) if page_id else None
    if page:
        require_draft(page, request.user)
    form = ImportForm(
        *_posted(request),
        user=request.user,
        page=page,
        place=_place_asked(request),
        initial={"parent": request.GET.get("parent", ""), "language": _language_below(request.GET.get("parent", ""))},
    )
    if page is None and not form.has_parents:
        raise NotAllowed(_("You may not add a policy anywhere. Ask someone who may."))
    if request.method == "POST" and form.is_valid():
        try:
            return _show(request, _read(form, page, request.user))
        except UnreadableDocument as error:
            form.add_error(None, str(error))
    title = _("Import into “%(page)s”") % {"page": page.title} if page else _("Import a policy")
    context = {"form": form, "page": page, **_header(title, "doc-full-inverse", page)}
    return render(request, "wagtail_privacy/admin/import_start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Mend what was read, and save it as a draft."""
    state = _state(request, "state")
    if state is None:
        return redirect("wagtail_privacy:import")
    _require(state, request.user)
    mending = _edited(Mending.from_json(state["mending"]), request.POST)
    what, _colon, number = request.POST.get("do", "").partition(":")
    if what == "save":
        try:
            return _save(request, state, mending)
        except NotAllowed:
            raise
        except ActionError as refused:
            messages.error(request, refused.message)
    elif what in ("join", "split"):
        mending = _joined_or_split(mending, what, number, request.POST)
    return _show(request, {**state, "mending": mending.to_json()})


@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    """Import the earlier versions of a policy: first what that would make, then it."""
    page = _draft(page_id)
    require_import_history(page, request.user)
    state = _state(request, "state") if request.method == "POST" else None
    if state is not None and state.get("page") == page.pk:
        try:
            versions = import_history(page, _stated_texts(state), user=request.user)
        except NotAllowed:
            raise
        except ActionError as refused:
            messages.error(request, refused.message)
            return redirect("wagtailadmin_pages:edit", page.pk)
        numbers = ", ".join(str(version.number) for version in versions)
        said = _("Imported as versions: %(numbers)s. They become public with the policy; nobody is told.")
        messages.success(request, said % {"numbers": numbers})
        return redirect("wagtailadmin_pages:edit", page.pk)
    form = HistoryForm(*_posted(request))
    title = _("Earlier versions of “%(page)s”") % {"page": page.title}
    context: Json = {"form": form, "page": page, **_header(title, "history", page)}
    if request.method == "POST" and form.is_valid():
        try:
            return _foreseen(request, page, form, context)
        except NotAllowed:
            raise
        except (ActionError, UnreadableDocument) as refused:
            form.add_error(None, str(refused))
    return render(request, "wagtail_privacy/admin/import_history.html", context)


def _foreseen(request: HttpRequest, page: Any, form: HistoryForm, context: Json) -> HttpResponse:
    """The versions that there would be, with what each changed, and the button that makes them."""
    language = page.locale.language_code
    texts = [
        StatedText(date, as_sections(found.found), found.found.title)
        for date, file in form.texts(form.cleaned_data)
        for found in [import_document(file.read(), file.name, language)]
    ]
    if form.cleaned_data["stated"]:
        texts.append(StatedText(form.cleaned_data["stated"]))
    with transaction.atomic():
        versions = [_said(version, language) for version in import_history(page, texts, user=request.user)]
        transaction.set_rollback(True)
    signed = _signed({"page": page.pk, "texts": [_text_as_json(text) for text in texts]}, request.user)
    _require_fit(len(signed))
    context |= {"versions": versions, "state": signed}
    return render(request, "wagtail_privacy/admin/import_history.html", context)


def _said(version: Version, language: str) -> Json:
    text = version.text(language)
    changes = lines(text.changes, language) if text else []
    return {"number": version.number, "version": version, "lines": changes, "is_first": version.builds_on_id is None}


def _text_as_json(text: StatedText) -> Json:
    sections = None if text.sections is None else [section_to_json(section) for section in text.sections]
    return {"stated_on": text.stated_on, "title": text.title, "sections": sections}


def _stated_texts(state: Json) -> list[StatedText]:
    return [
        StatedText(
            one["stated_on"],
            None if one["sections"] is None else tuple(section_from_json(section) for section in one["sections"]),
            one["title"],
        )
        for one in state["texts"]
    ]


def _read(form: ImportForm, page: Any, user: Any) -> Json:
    """The state of an import that begins: what was read, and where it is to go."""
    given = form.cleaned_data
    language = page.locale.language_code if page else given["language"]
    target: Json = {"page": page.pk if page else None, "parent": given.get("parent"), "block": given.get("block") or ""}
    document = _document(given, page, language)
    mending = Mending.of(document, language)
    if target["block"]:
        mending = replace(mending, proposals=_with_title(document.found))
    if not mending.title:
        mending = replace(mending, title=page.title if page else _("Privacy policy"))
    state = {**target, "mending": mending.to_json()}
    _require_fit(len(_signed(state, user)))
    return state


def _require_fit(length: int) -> None:
    """Raise :exc:`UnreadableDocument` for what a form cannot carry."""
    if length > LONGEST:
        raise UnreadableDocument(
            _("Expected a text that fits into a form."),
            _("Found one that is longer."),
            _("Import it with the command privacy_import."),
        )


def _with_title(found: Import) -> tuple[ProposedSection, ...]:
    """The sections of a part of a page, whose heading is no title of the page."""
    if not found.title or not found.title_span:
        return found.proposals
    texts = {"heading": found.title}
    heading = ProposedSection("text", found.title, texts, found.title_span, _("The heading of the text."), 1.0)
    return (heading, *found.proposals)


def _document(given: Json, page: Any, language: str) -> ImportedDocument:
    encoding = given.get("encoding") or None
    if file := given.get("file"):
        outline = read_document(file.read(), file.name, encoding)
    elif given.get("block"):
        outline = read_document(*_text_of_block(page, given["block"]), "utf-8")
    else:
        outline = read_document(given["text"].encode(), "", "utf-8")
    _require_fit(sum(len(part.words.text) for part in outline.parts))  # before a minute's work
    return import_outline(outline, language)


def _text_of_block(page: Any, block_id: str) -> tuple[bytes, str]:
    """The words of a text block as a document: as HTML where it has markup, else as the plain text that it was."""
    item = next((each for each in page.body if each.id == block_id), None)
    if item is None:
        raise Http404
    heading, body = str(item.value.get("heading") or ""), str(item.value["body"].source)
    if re.search(r"<(h[1-6]|ul|ol|a|strong|b)\b", body):
        above = f"<h2>{escape(heading)}</h2>" if heading else ""
        return f"<html><body>{above}{body}</body></html>".encode(), "text.html"
    return "\n\n".join(filter(None, (heading, *plain(body).split("\n")))).encode(), "text.txt"


def _show(request: HttpRequest, state: Json) -> HttpResponse:
    """The document beside its sections."""
    mending, page = Mending.from_json(state["mending"]), _draft(state["page"]) if state["page"] else None
    stream = page.body.stream_block if page else _page_class(state)._meta.get_field("body").stream_block
    policy = (page.policy if page else None) or Policy.objects.new(
        page.translation_key if page else uuid4(), mending.language
    )
    context = {
        "screen": screen(mending, stream, policy),
        "mending": mending,
        "state": _signed(state, request.user),
        "page": page,
        "translations": request.POST.getlist("translation"),
        "is_split": bool(state["block"]),
        **_header(_("Check what was read"), "clipboard-list", page),
    }
    return render(request, "wagtail_privacy/admin/import_check.html", context)


def _edited(mending: Mending, posted: Any) -> Mending:
    """``mending`` with the kinds that were chosen, the suggestions that were accepted, and the title."""
    sections = tuple(
        change_kind(section, posted[name], mending.lines)
        if (name := f"kind-{number}") in posted and posted[name]
        else section
        for number, section in enumerate(mending.proposals)
    )
    accepted = sorted((_place(value) for value in posted.getlist("accept")), reverse=True)
    for path, number in accepted:
        if _has(sections, path, number):
            sections = accept_at(sections, path, number)
    return replace(mending, proposals=sections, title=posted.get("title", "").strip() or mending.title)


def _place(value: str) -> tuple[tuple[int, ...], int]:
    """Where a suggestion is: "3.1:0" is the first one of the second child of the fourth section."""
    path, _colon, number = value.partition(":")
    if not re.fullmatch(r"\d+(\.\d+)*:\d+", value):
        return (), 0
    return tuple(map(int, path.split("."))), int(number)


def _has(sections: Iterable[ProposedSection], path: tuple[int, ...], number: int) -> bool:
    below: ProposedSection | None = None
    for position in path:
        beside = list(sections)
        if position >= len(beside):
            return False
        below, sections = beside[position], beside[position].children
    return below is not None and number < len(below.suggestions)


def _joined_or_split(mending: Mending, what: str, number: str, posted: Any) -> Mending:
    sections, at = list(mending.proposals), int(number) if number.isdecimal() else -1
    if what == "join" and 0 < at < len(sections):
        sections[at - 1 : at + 1] = [join(sections[at - 1], sections[at], mending.lines)]
    elif what == "split" and 0 <= at < len(sections):
        before = posted.get(f"at-{at}", "")
        if before.isdecimal():
            place = _place_of(sections[at], int(before), mending)
            sections[at : at + 1] = split(sections[at], int(before), place, mending.lines)
    return replace(mending, proposals=tuple(sections))


def _place_of(section: ProposedSection, before: int, mending: Mending) -> int:
    """Where the paragraph ``before`` of ``section`` begins in the document, by the words above it."""
    above = plain(f"<p>{escape(section.heading)}</p>" + "".join(paragraphs(section, mending.lines)[:before]))
    left = len(re.findall(r"\w+", above))
    for line in within(mending.lines, section.span):
        if left <= 0:
            return line.span[0]
        left -= len(re.findall(r"\w+", line.text))
    return section.span[1]


def _save(request: HttpRequest, state: Json, mending: Mending) -> HttpResponse:
    sections = as_sections(Import(mending.title, mending.language, mending.proposals))
    if state["block"]:
        page = split_text(_page(state["page"]), state["block"], sections, user=request.user)
    elif state["page"]:
        page = import_again(_page(state["page"]), sections, title=mending.title, user=request.user)
    else:
        parent = get_object_or_404(page_model(), pk=state["parent"]).specific
        page = import_policy(parent, sections, title=mending.title, language=mending.language, user=request.user)
        _save_translations(request, page, mending)
    messages.success(
        request, _("Saved as a draft. Nothing is published. Read it through, and publish it when it is right.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def _save_translations(request: HttpRequest, page: Any, mending: Mending) -> None:
    """The parts in other languages that were chosen, each as the draft of a translation; why one was not is said."""
    for part in mending.other:
        if part.language not in request.POST.getlist("translation"):
            continue
        sections = as_sections(Import(part.title, part.language, part.proposals))
        said = {"title": part.title or page.title, "language": part.language}
        try:
            import_translation(page, sections, user=request.user, **said)
        except ActionError as refused:
            values = {"language": language_name(part.language), "reason": refused.message}
            messages.warning(request, _("The part in %(language)s was not saved. %(reason)s") % values)


def _require(state: Json, user: Any) -> None:
    """Raise :exc:`NotAllowed` unless ``user`` may do what the import is for."""
    if state["page"]:
        require_draft(_page(state["page"]), user)
    else:
        parent = get_object_or_404(page_model(), pk=state["parent"])
        if not policy_classes(parent, user):
            raise NotAllowed(_("You may not add a policy there. Choose another place, or ask someone who may."))


def _posted(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _signed(state: Json, user: Any) -> str:
    return signing.dumps({**state, "user": str(user.pk)}, salt=SALT, compress=True)


def _state(request: HttpRequest, name: str) -> Json | None:
    """What the form carried, if it did, and if it is this user's; else it is said."""
    if not request.POST.get(name):
        return None
    try:
        state: Json = signing.loads(request.POST[name], salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        state = {}
    if state.get("user") != str(request.user.pk):
        messages.error(request, _("The import was left open too long, or its form was altered. Begin again."))
        return None
    return state


def _page_class(state: Json) -> Any:
    return policy_classes(get_object_or_404(page_model(), pk=state["parent"]), None)[0]


def _page(page_id: int) -> Any:
    page = get_object_or_404(page_model(), pk=page_id).specific
    if not isinstance(page, PolicyPageMixin):
        raise Http404
    return page


def _draft(page_id: int) -> Any:
    return _page(page_id).get_latest_revision_as_object()


def _language_below(parent: str) -> str:
    """The language of the page to put the policy below, if one was chosen."""
    page = page_model().objects.filter(pk=parent).select_related("locale").first() if parent.isdecimal() else None
    return page.locale.language_code if page else ""


def _place_asked(request: HttpRequest) -> Any:
    """The page that somebody comes from, which may stand deeper than those that are offered."""
    asked = request.GET.get("parent") or request.POST.get("parent") or ""
    page = page_model().objects.filter(pk=asked).select_related("locale").first() if asked.isdecimal() else None
    return page if page and policy_classes(page, request.user) else None


def _header(title: str, icon: str, page: Any) -> Json:
    """The header of a screen, which leads back to the page's form or, without a page, to the policies."""
    label = page.get_admin_display_title() if page else _("Policies")
    return {"back": _back(page), **header_context(title, icon, (_back(page), label))}


def _back(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else reverse("privacy-policies:index")
