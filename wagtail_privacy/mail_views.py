"""Mails in the admin: what a publication would send, in each language, and what a notice did send."""

from __future__ import annotations

from dataclasses import replace
from email.utils import make_msgid
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.coreutils import get_content_languages
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from wagtail_privacy.conf import conf
from wagtail_privacy.foreseen import foresee
from wagtail_privacy.models import Policy, PolicyPageMixin
from wagtail_privacy.models.notice import Delivery, Notice, Wording
from wagtail_privacy.notices import transport
from wagtail_privacy.notices.addresses import is_allowed, is_usable
from wagtail_privacy.notices.message import Letter, Message, envelope, previews
from wagtail_privacy.outlook import look_ahead
from wagtail_privacy.policy.words import language_name

#: Test mails that one user may send themselves in an hour.
TESTS_AN_HOUR = 20
HOUR = 3600
#: A mail styles itself and fetches nothing; a link in it opens beside the admin.
LINKS = "allow-popups allow-popups-to-escape-sandbox"
MAIL_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox {LINKS}"


@require_safe
def mail(request: HttpRequest, page_id: int) -> HttpResponse:
    """The mail that publishing the newest draft would send, in each language; for who may edit the page."""
    letters = _letters(request, _draft(request, page_id))
    mails = []
    for code, letter in letters.items():
        message = _to_user(letter, request.user)
        mails.append(
            {"code": code, "read_by": language_name(code), "in": language_name(message.language), "message": message}
        )
    address = _address(request.user)
    page = get_object_or_404(Page, pk=page_id)
    title = _("The e-mail that people would get")
    context = {
        **headed(title, "mail", (reverse("wagtailadmin_pages:edit", args=[page.pk]), page.get_admin_display_title())),
        "page": page,
        "mails": mails,
        "sandbox": LINKS,
        "address": address if is_usable(address) else "",
    }
    return render(request, "wagtail_privacy/admin/mail.html", context)


@require_safe
@xframe_options_sameorigin
def mail_as_html(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Its HTML in one language, at an address of its own."""
    return as_page(_to_user(_letter(request, _draft(request, page_id), language), request.user).html)


@require_POST
def test_mail(request: HttpRequest, page_id: int, language: str) -> HttpResponse:
    """Send the mail in one language to the user who asks, and to nobody else."""
    letter = _letter(request, _draft(request, page_id), language)
    problem = _send_test(letter, request.user)
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("A test was sent to %(address)s.") % {"address": _address(request.user)})
    return redirect(reverse("wagtail_privacy:mail", args=[page_id]))


@require_safe
def dry_run(request: HttpRequest, policy_id: int) -> HttpResponse:
    """Who would be told of a change of the policy if it were now, and who would not; for who may view policies."""
    if not ModelPermissionPolicy(Policy).user_has_any_permission(request.user, ["view", "change"]):
        raise PermissionDenied
    policy = get_object_or_404(Policy, pk=policy_id)
    title = _("Who would be told")
    above = (reverse("privacy-policies:inspect", args=[policy.pk]), str(policy))
    context = {**headed(title, "group", above), "policy": policy, "people": foresee(policy, None)}
    return render(request, "wagtail_privacy/admin/dry_run.html", context)


@require_safe
def wording(request: HttpRequest, notice_id: int, wording_id: int) -> HttpResponse:
    """What a notice said in one language; for who may see notices."""
    said = _wording(request, notice_id, wording_id)
    message = _as_said(said)
    language = language_name(said.said_in)
    title = _("What was said in %(language)s") % {"language": language}
    context = {
        **headed(title, "mail", (reverse("wagtail_privacy:notice", args=[notice_id]), _("Notice"))),
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
    return Letter(Message(said.said_in, said.subject, said.text, said.html)).addressed_to()


def headed(title: str, icon: str, above: tuple[str, str]) -> dict[str, Any]:
    """What Wagtail's generic template heads a page with; ``above`` is the page that leads to it."""
    trail = [{"url": url, "label": label} for url, label in (above, ("", title))]
    items = [*WagtailAdminTemplateMixin.breadcrumbs_items, *trail]
    return {"header_title": title, "header_icon": icon, "breadcrumbs_items": items}


def as_page(html: str) -> HttpResponse:
    """A mail as a page that can neither run a script nor fetch anything."""
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": MAIL_POLICY, "Referrer-Policy": "no-referrer"})


def _draft(request: HttpRequest, page_id: int) -> Any:
    page = get_object_or_404(Page, pk=page_id).specific
    if not isinstance(page, PolicyPageMixin):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page.get_latest_revision_as_object()


def _letters(request: HttpRequest, draft: Any) -> dict[str, Letter]:
    """The letters by the language of those who get them; none where publishing the draft would tell nobody."""
    ahead = look_ahead(draft, request.user)
    if ahead is None or not ahead.plan.tells:
        return {}
    return previews(ahead.plan, draft, get_content_languages())


def _letter(request: HttpRequest, draft: Any, language: str) -> Letter:
    letter = _letters(request, draft).get(language)
    if letter is None:
        raise Http404
    return letter


def _to_user(letter: Letter, user: Any) -> Message:
    audience = conf.AUDIENCE()
    return letter.addressed_to(audience.name(user), audience.unsubscribe_url(user) if letter.may_leave else "")


def _address(user: Any) -> str:
    return str(getattr(user, user.get_email_field_name()) or "")


def _send_test(letter: Letter, user: Any) -> str:
    """Send ``letter`` to ``user`` as a test. Returns what stands in the way, in words; empty once it is sent."""
    address = _address(user)
    if not is_usable(address):
        return _("Your account has no e-mail address that mail can be sent to. Write one in your profile.")
    if not is_allowed(address):
        return _("This site, which is not in production, may not write to %(address)s.") % {"address": address}
    if not _may_send_another(user):
        return _("You have sent yourself %(number)s tests within an hour. Wait a while.") % {"number": TESTS_AN_HOUR}
    message = _to_user(letter, user)
    with translation.override(message.language):
        message = replace(message, subject=_("Test: %(subject)s") % {"subject": message.subject})
    test = envelope(Delivery(pk=0, notice_id=0), message, address)
    test.extra_headers["Message-ID"] = make_msgid("test")
    try:
        with transport.connected() as server:
            server.send(test)
    except (transport.Refused, transport.PutOff, transport.NoAnswer, transport.ServerUnavailable) as error:
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
    if not ModelPermissionPolicy(Notice).user_has_permission(request.user, "view"):
        raise PermissionDenied
    return get_object_or_404(Wording, pk=wording_id, notice=notice_id)
