"""Mails in the admin: previews of what a publication or its end would send, test mails and how many an hour, and the
recorded wording of notices."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import make_msgid
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.coreutils import get_content_languages

from wagtail_privacy.actions.permissions import Permissions, require_edit, require_view_policies
from wagtail_privacy.admin.header import header_context
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.addresses import is_allowed, is_usable
from wagtail_privacy.notices.mail_headers import build_email
from wagtail_privacy.notices.message import Message, RenderedMail
from wagtail_privacy.notices.person import read_person
from wagtail_privacy.page.mixin import PolicyPageMixin
from wagtail_privacy.page_model import page_model
from wagtail_privacy.policy.words import language_name
from wagtail_privacy.publication.announcement import preview_mails
from wagtail_privacy.publication.dry_run import preview_audience
from wagtail_privacy.publication.preview import preview_publication
from wagtail_privacy.publication.removal import preview_removal_mails, removals
from wagtail_privacy.records.notice import Delivery, Wording
from wagtail_privacy.records.policy import Policy
from wagtail_privacy.sending import transport

#: Test mails that one user may send themselves in an hour.
TESTS_AN_HOUR = 20
HOUR = 3600
#: A mail styles itself and fetches nothing; a link in it opens beside the admin.
LINKS = "allow-popups allow-popups-to-escape-sandbox"
MAIL_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox {LINKS}"


@require_safe
def mail(request: HttpRequest, page_id: int) -> HttpResponse:
    """The mail that publishing the newest draft would send, in each language. Needs permission to edit the page."""
    return _show(request, page_id, _rendered_mails(request, _draft(request, page_id)), PUBLICATION)


@require_safe
@xframe_options_sameorigin
def mail_as_html(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Its HTML in one language, at an address of its own."""
    return _as_html(request, _rendered_mails(request, _draft(request, page_id)), language)


@require_POST
def test_mail(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Send the mail in one language to the user who asks, and to nobody else."""
    return _test(request, page_id, _rendered_mails(request, _draft(request, page_id)), language, PUBLICATION)


@require_safe
def removal_mail(request: HttpRequest, page_id: int) -> HttpResponse:
    """The same of the mail that says that the policy is no longer public, in the languages that the query names."""
    return _show(request, page_id, _removal_mails(request, page_id), REMOVAL)


@require_safe
@xframe_options_sameorigin
def removal_mail_as_html(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    return _as_html(request, _removal_mails(request, page_id), language)


@require_POST
def test_removal(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    return _test(request, page_id, _removal_mails(request, page_id), language, REMOVAL)


@dataclass(frozen=True)
class Preview:
    """Where a preview of mails leads: the names of its addresses, of its HTML and of its test."""

    page: str
    html: str
    test: str
    is_removal: bool = False


PUBLICATION = Preview("mail", "mail_as_html", "test_mail")
REMOVAL = Preview("removal_mail", "removal_html", "test_removal", is_removal=True)


def _show(
    request: HttpRequest, page_id: int, rendered_mails: dict[str, RenderedMail], preview: Preview
) -> HttpResponse:
    mails = []
    for code, rendered_mail in rendered_mails.items():
        message = _to_user(rendered_mail, request.user)
        urls = {name: _address_of(request, getattr(preview, name), page_id, code) for name in ("html", "test")}
        names = {"code": code, "read_by": language_name(code), "in": language_name(message.language)}
        mails.append({**names, "message": message, **urls})
    address = _address(request.user)
    page = get_object_or_404(page_model(), pk=page_id)
    title = _("The e-mail that people would get")
    context = {
        **header_context(
            title, "mail", (reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title())
        ),
        "page": page,
        "mails": mails,
        "is_removal": preview.is_removal,
        "sandbox": LINKS,
        "address": address if is_usable(address) else "",
    }
    return render(request, "wagtail_privacy/admin/mail.html", context)


def _address_of(request: HttpRequest, name: str, *args: Any) -> str:
    query = request.GET.urlencode()
    return reverse(f"wagtail_privacy:{name}", args=args) + (f"?{query}" if query else "")


def _as_html(request: HttpRequest, rendered_mails: dict[str, RenderedMail], language: str) -> HttpResponse:
    return as_page(_to_user(_in_language(rendered_mails, language), request.user).html)


def _test(
    request: HttpRequest, page_id: int, rendered_mails: dict[str, RenderedMail], language: str, preview: Preview
) -> HttpResponse:
    problem = _send_test(_in_language(rendered_mails, language), request.user)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("A test was sent to %(address)s.") % {"address": _address(request.user)})
    return redirect(_address_of(request, preview.page, page_id))


@require_safe
def dry_run(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Who would be notified of a change of the policy now, and who would not. Needs permission to view policies."""
    require_view_policies(request.user)
    policy = get_object_or_404(Policy, pk=policy_id)
    title = _("Who would be told")
    above = (reverse("privacy-policies:inspect", args=[policy.pk]), str(policy))
    context = {**header_context(title, "group", above), "policy": policy, "people": preview_audience(policy, None)}
    return render(request, "wagtail_privacy/admin/dry_run.html", context)


@require_safe
def wording(request: HttpRequest, notice_id: int, wording_id: int) -> HttpResponse:
    """The wording of a notice in one language. Needs permission to view notices."""
    said = _wording(request, notice_id, wording_id)
    message = _as_said(said)
    language = language_name(said.said_in)
    title = _("What was said in %(language)s") % {"language": language}
    context = {
        **header_context(title, "mail", (reverse("wagtail_privacy:notice", args=[notice_id]), _("Notice"))),
        "said": said,
        "message": message,
        "language": language,
        "sandbox": LINKS,
    }
    return render(request, "wagtail_privacy/admin/wording.html", context)


@require_safe
@xframe_options_sameorigin
def wording_as_html(request: HttpRequest, notice_id: int, wording_id: int) -> HttpResponse:
    said = _wording(request, notice_id, wording_id)
    return as_page(_as_said(said).html)


def _as_said(said: Wording) -> Message:
    return RenderedMail(Message(said.said_in, said.subject, said.text, said.html)).for_person()


def as_page(html: str) -> HttpResponse:
    """A mail as a page that can neither run a script nor fetch anything."""
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": MAIL_POLICY, "Referrer-Policy": "no-referrer"})


def _draft(request: HttpRequest, page_id: int) -> Any:
    return _page(request, page_id).get_latest_revision_as_object()


def _page(request: HttpRequest, page_id: int) -> Any:
    page = get_object_or_404(page_model(), pk=page_id).specific
    if not isinstance(page, PolicyPageMixin):
        raise Http404
    require_edit(page, request.user)
    return page


def _rendered_mails(request: HttpRequest, draft: Any) -> dict[str, RenderedMail]:
    """The rendered mails by the language of those who get them; empty if publishing the draft would send none."""
    preview = preview_publication(draft, request.user)
    if preview is None or not preview.plan.sends_notice:
        return {}
    return preview_mails(preview.plan, draft, get_content_languages())


def _removal_mails(request: HttpRequest, page_id: int) -> dict[str, RenderedMail]:
    """Those that would tell that the page is no longer public, with its translations in the languages asked for."""
    page = _page(request, page_id)
    asked = page.get_translations(inclusive=True).filter(locale__language_code__in=request.GET.getlist("language"))
    found = removals([page, *(other.specific for other in asked.exclude(pk=page.pk))])
    return preview_removal_mails(found[0], get_content_languages()) if found else {}


def _in_language(rendered_mails: dict[str, RenderedMail], language: str) -> RenderedMail:
    if language not in rendered_mails:
        raise Http404
    return rendered_mails[language]


def _to_user(rendered_mail: RenderedMail, user: Any) -> Message:
    person = read_person(conf.AUDIENCE(), user)
    return rendered_mail.for_person(person.name, person.unsubscribe_url)


def _address(user: Any) -> str:
    return str(getattr(user, user.get_email_field_name()) or "")


def _send_test(rendered_mail: RenderedMail, user: Any) -> str:
    """Send ``rendered_mail`` to ``user`` as a test. Returns why it was not sent, in words; empty if it was."""
    address = _address(user)
    if not is_usable(address):
        return _("Your account has no e-mail address that mail can be sent to. Write one in your profile.")
    if not is_allowed(address):
        return _("This site, which is not in production, may not write to %(address)s.") % {"address": address}
    if not _may_send_another(user):
        return _("You have sent yourself %(number)s tests within an hour. Wait a while.") % {"number": TESTS_AN_HOUR}
    message = _to_user(rendered_mail, user)
    with translation.override(message.language):
        message = replace(message, subject=_("Test: %(subject)s") % {"subject": message.subject})
    test = build_email(Delivery(pk=0, notice_id=0), message, address)
    test.extra_headers["Message-ID"] = make_msgid("test")
    try:
        with transport.connected() as server:
            server.send(test)
    except (
        transport.MessageRejected,
        transport.MessageDeferred,
        transport.NoAnswer,
        transport.ServerUnavailable,
    ) as error:
        return _("The mail server did not take the test: %(error)s.") % {"error": error}
    return ""


def _may_send_another(user: Any) -> bool:
    key = f"wagtail_privacy.tests_of.{user.pk}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= TESTS_AN_HOUR
    except ValueError:  # a cache that keeps nothing
        return True


def _wording(request: HttpRequest, notice_id: int, wording_id: int) -> Wording:
    Permissions.for_user(request.user).require("view_notice")
    return get_object_or_404(Wording, pk=wording_id, notice=notice_id)
