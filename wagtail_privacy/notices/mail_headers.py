"""A message as a mail: the headers by which mail programs know it, thread it and offer to unsubscribe."""

from __future__ import annotations

from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.core.mail import EmailMultiAlternatives

from wagtail_privacy.clock import now
from wagtail_privacy.conf import conf
from wagtail_privacy.notices.message import Message
from wagtail_privacy.records.notice import Delivery


def build_email(delivery: Delivery, message: Message, address: str) -> EmailMultiAlternatives:
    """``message`` as a mail to ``address``.

    The same delivery always has the same Message-ID, so that a mail sent twice can be told to be one. It says
    that a machine sent it (RFC 3834), which keeps answering machines quiet. Where the person can leave, the mail
    program can offer that with one click (RFC 2369, RFC 8058; the server must sign these headers with DKIM).
    """
    headers = {
        "Message-ID": message_id(delivery),
        "Date": format_datetime(now()),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    if message.unsubscribe_url:
        headers |= {
            "List-Unsubscribe": f"<{message.unsubscribe_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    reply_to = [message.reply_to] if message.reply_to else None
    mail = EmailMultiAlternatives(
        message.subject, message.text, conf.FROM_EMAIL, [address], reply_to=reply_to, headers=headers
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def message_id(delivery: Delivery) -> str:
    return f"<privacy-notice-{delivery_ids(delivery)}@{_domain(conf.FROM_EMAIL)}>"


def delivery_ids(delivery: Delivery) -> str:
    """The part of the Message-ID that is unique to a delivery."""
    return f"{delivery.notice_id}-{delivery.pk}"


@lru_cache(maxsize=8)
def _domain(sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return domain or "localhost"
