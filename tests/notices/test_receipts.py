"""What the mail provider says afterwards, through django-anymail's own webhook, and what we make of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.notices import factories
from tests.notices.factories import PUBLISHED, person
from wagtail_privacy.clock import at
from wagtail_privacy.models import Delivery, Receipt, Suppression
from wagtail_privacy.notices.addresses import address_hash
from wagtail_privacy.notices.receipts import note_accepted, note_receipt
from wagtail_privacy.records.notice import DeliveryState
from wagtail_privacy.sending.add_people import expand_notice

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("site"),
    pytest.mark.urls("tests.notices.webhook_urls"),
    # anymail says so about a webhook without a password, which the tests need not have.
    pytest.mark.filterwarnings("ignore::anymail.exceptions.AnymailInsecureWebhookWarning"),
]

ADDRESS = "anna@example.org"


@pytest.fixture
def delivery() -> Delivery:
    """Taken by the provider as ``id-1``."""
    person("anna", "sv")
    with at(PUBLISHED + timedelta(hours=1)):
        notice = factories.notice()
        expand_notice(notice.pk)
    delivery = notice.deliveries.get()
    delivery.state, delivery.address_hash = DeliveryState.SENT, address_hash(ADDRESS)
    delivery.save()
    note_accepted({delivery.pk: "id-1"})
    return delivery


def webhook(client: Client, kind: str, **values: Any) -> None:
    """What Postmark posts."""
    event = {"RecordType": kind, "MessageID": "id-1", "Recipient": ADDRESS, "Email": ADDRESS, **values}
    times = {"DeliveredAt": "2026-11-22T12:00:00Z", "BouncedAt": "2026-11-22T12:00:00Z"}
    answer = client.post("/anymail/postmark/tracking/", {**times, **event}, content_type="application/json")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("event", "state", "suppressed"),
    [
        ({"kind": "Delivery"}, "delivered", []),
        ({"kind": "Bounce", "Type": "HardBounce", "TypeCode": 1}, "bounced", ["bounced"]),
        ({"kind": "Bounce", "Type": "SpamNotification", "TypeCode": 512}, "complained", ["complained"]),
        ({"kind": "SpamComplaint", "Type": "SpamComplaint", "TypeCode": 100001}, "complained", ["complained"]),
        ({"kind": "Bounce", "Type": "Blocked", "TypeCode": 100006}, "bounced", []),
        ({"kind": "Bounce", "Type": "Transient", "TypeCode": 2}, "accepted", []),
        ({"kind": "Open"}, "accepted", []),
    ],
    ids=["delivered", "hard bounce", "spam notification", "complaint", "blocked", "still tried", "opened"],
)
def test_the_providers_word_becomes_a_receipt_and_a_suppression(
    client: Client, delivery: Delivery, event: dict[str, Any], state: str, suppressed: list[str]
) -> None:
    webhook(client, **event)

    assert Receipt.objects.get().state == state
    assert list(Suppression.objects.values_list("reason", flat=True)) == suppressed
    assert delivery.receipt.provider_id == "id-1"
    if suppressed:
        assert Suppression.objects.among([address_hash("Anna@Example.org")])


def test_what_is_said_late_takes_nothing_back(client: Client, delivery: Delivery) -> None:
    for _ in range(2):
        webhook(client, "SpamComplaint", Type="SpamComplaint", TypeCode=100001)
    webhook(client, "Delivery")

    assert Receipt.objects.get().state == "complained"
    assert Suppression.objects.count() == 1


def test_a_mail_that_is_none_of_ours_leaves_no_trace(client: Client, delivery: Delivery) -> None:
    webhook(client, "Bounce", Type="HardBounce", TypeCode=1, MessageID="somebody-elses")

    assert Receipt.objects.get().state == "accepted"
    assert not Suppression.objects.exists()


def test_a_provider_may_be_quicker_than_the_sender(client: Client, delivery: Delivery) -> None:
    Receipt.objects.all().delete()
    Delivery.objects.update(state=DeliveryState.CLAIMED)

    webhook(client, "Bounce", Type="HardBounce", TypeCode=1, MessageID="id-2")
    note_accepted({delivery.pk: "id-2"})

    receipt = Receipt.objects.get()
    assert (receipt.delivery, receipt.provider_id, receipt.state) == (delivery, "id-2", "bounced")
    assert Suppression.objects.exists()


def test_a_bounce_with_a_cause_elsewhere_suppresses_nobody(delivery: Delivery) -> None:
    note_receipt("id-1", "bounced", address=ADDRESS, suppresses=False)

    assert Receipt.objects.get().state == "bounced"
    assert not Suppression.objects.exists()


def test_ids_that_no_provider_gave_are_no_receipts(delivery: Delivery) -> None:
    Receipt.objects.all().delete()
    note_accepted({delivery.pk: ""})

    assert not Receipt.objects.exists()
    assert note_receipt("", "bounced", address=ADDRESS) is None
