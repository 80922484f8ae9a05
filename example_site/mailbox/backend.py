from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from example_site.mailbox.models import Mail


class EmailBackend(BaseEmailBackend):
    """Puts mail into the mailbox, one for each address it went to."""

    #: The demo's links and sender are made up, which harms nobody here.
    reaches_nobody = True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        Mail.objects.bulk_create(
            Mail.of(message, recipient) for message in email_messages for recipient in message.recipients()
        )
        return len(email_messages)
