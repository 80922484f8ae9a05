"""The mailbox of all the demo's users: what each was sent, as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from example_site.mailbox.models import Mail
from example_site.security import PUBLIC

PER_PAGE = 200
#: A link in a mail opens beside the mailbox, not inside the frame.
LINKS = "allow-popups allow-popups-to-escape-sandbox"
MAIL_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox {LINKS}"


@dataclass
class Mailing:
    """The same mail to several people on one day."""

    day: date
    subject: str
    language: str
    mails: list[Mail]


def inbox(request: HttpRequest) -> HttpResponse:
    """All mail, newest first; ``?to=`` shows one person's."""
    chosen = request.GET.get("to", "")
    mails = Mail.objects.defer("raw").annotate(day=TruncDate("sent_at"))
    people = Mail.objects.order_by("recipient").values("recipient").annotate(count=Count("pk"))
    page = Paginator(mails.filter(recipient=chosen) if chosen else mails, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "mailings": mailings(page.object_list), "people": people, "chosen": chosen}
    return render(request, "mailbox/inbox.html", context)


def mailings(mails: Iterable[Mail]) -> list[Mailing]:
    """``mails`` put together where day, subject and language are the same, in the order of their first."""
    found: dict[tuple[date, str, str], Mailing] = {}
    for mail in mails:
        key = (mail.day, mail.subject, mail.language)
        found.setdefault(key, Mailing(*key, [])).mails.append(mail)
    return list(found.values())


def mail(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Mail, pk=pk)
    response = render(
        request, "mailbox/mail.html", {"mail": found, "languages": found.in_each_language(), "sandbox": LINKS}
    )
    response.headers["Content-Security-Policy"] = f"{PUBLIC}; frame-src 'self'"
    return response


@xframe_options_sameorigin
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """The mail's HTML at its own address: it may style itself and nothing else."""
    body = get_object_or_404(Mail, pk=pk).html.replace("<head>", '<head><base target="_blank">', 1)
    response = HttpResponse(body, headers={"Content-Security-Policy": MAIL_POLICY})
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
