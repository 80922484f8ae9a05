"""The actions on a notice in the admin, each with a confirmation page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from wagtail_privacy.actions.permissions import Permissions
from wagtail_privacy.actions.refusal import ActionError
from wagtail_privacy.admin.header import header_context
from wagtail_privacy.notices.tally import Tally
from wagtail_privacy.records.notice import Notice, NoticeState
from wagtail_privacy.sending import control
from wagtail_privacy.sending.add_people import accepts_people


@dataclass(frozen=True)
class Verb:
    """One thing to do: the action, its words, and when it makes sense."""

    act: Callable[..., int | None]
    button: Any
    means: Any
    done: Any
    is_for: Callable[[Notice, Tally], Any]
    is_serious: bool = False


VERBS = {
    "pause": Verb(
        control.pause_notice,
        _("Pause"),
        _(
            "Nothing more is sent until somebody resumes the notice. What is being handed over at this moment still "
            "goes. Who has been told stays told."
        ),
        _("Paused. Nothing more is sent until somebody resumes it."),
        lambda notice, tally: notice.state in (NoticeState.WAITING, NoticeState.SENDING) or notice.retry_at,
    ),
    "resume": Verb(
        control.resume_notice,
        _("Resume"),
        _("Sending goes on at once, with those who have not been told yet."),
        _("Resumed. Sending goes on."),
        lambda notice, tally: notice.state == NoticeState.PAUSED,
    ),
    "retry": Verb(
        control.retry_failed,
        _("Try the failed ones again"),
        _("Everybody whose mail failed is tried again, with the address that their account has today."),
        _("They are tried again."),
        lambda notice, tally: tally.failed and not notice.is_stopped,
    ),
    "resend": Verb(
        control.resend_in_doubt,
        _("Send again what is in doubt"),
        _(
            "These mails were being handed over when the sender stopped: nobody knows whether they arrived. Sent "
            "again, each person is told for certain, and some may get the same mail twice."
        ),
        _("They are sent again."),
        lambda notice, tally: tally.in_doubt and not notice.is_stopped,
    ),
    "accept": Verb(
        control.accept_in_doubt,
        _("Take as sent what is in doubt"),
        _(
            "These mails were being handed over when the sender stopped: nobody knows whether they arrived. Taken as "
            "sent, nobody gets the mail twice, and some may never be told."
        ),
        _("They count as sent, with a remark that no answer came."),
        lambda notice, tally: tally.in_doubt,
    ),
    "cancel": Verb(
        control.cancel_notice,
        _("Stop the notice for good"),
        _(
            "Nobody more is told, for good; this cannot be undone. Who has been told stays told, and the version takes "
            "effect as planned. To take the change itself back, withdraw the version instead."
        ),
        _("Stopped. Nobody more is told."),
        lambda notice, tally: notice.finished_at is None or accepts_people(notice),
        is_serious=True,
    ),
}


def offered(notice: Notice, tally: Tally) -> list[tuple[str, Verb]]:
    """What can be done about ``notice`` as it stands, with each one's name in its address."""
    if notice.state == NoticeState.CANCELLED:
        return []
    return [(name, verb) for name, verb in VERBS.items() if verb.is_for(notice, tally)]


def steer(request: HttpRequest, notice_id: int, name: str) -> HttpResponse:
    """Confirm, run the action, and show the result."""
    Permissions.for_user(request.user).require("manage_notices")
    verb = VERBS.get(name)
    if verb is None:
        raise Http404
    notice = get_object_or_404(Notice.objects.select_related("version__policy"), pk=notice_id)
    Permissions.for_policy(request.user, notice.version.policy).require("manage_notices")
    back = reverse("wagtail_privacy:notice", args=[notice.pk])
    if request.method == "POST":
        try:
            count = verb.act(notice.pk, user=request.user)
        except ActionError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, " ".join(filter(None, [_number(count), str(verb.done)])))
        return redirect(back)
    context = {
        "form": forms.Form(),
        "version": notice.version,
        **header_context(str(verb.button), "mail", (back, str(_("Notice")))),
        "subtitle": str(notice.version),
        "intro": verb.means,
        "button": verb.button,
        "is_serious": verb.is_serious,
        "back": back,
    }
    return render(request, "wagtail_privacy/admin/life.html", context)


def _number(count: int | None) -> str:
    if count is None:
        return ""
    return ngettext("One mail.", "%(number)s mails.", count) % {"number": count}
