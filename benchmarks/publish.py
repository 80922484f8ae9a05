"""Publishing in the editor, against a plain Wagtail page of the same blocks; and the tab *Publication*.

Both pages hold the same StreamField with the same blocks; the plain one has no versions, no form and no tab of ours.
What is measured is the POST of the edit form with *Publish*, as CPU seconds of the process and as database statements,
in turn. Each publication shortens a storage period, so that each makes a version; a longer one is a material change,
whose notice, its seal and its task take a few statements more.
"""

from __future__ import annotations

import json
import random
from statistics import median
from time import process_time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import Translation, TranslationSource

from benchmarks._rounds import paired
from tests.policies import posted
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.blocks.body import PolicyStreamBlock
from wagtail_privacy.models import PolicyPage

Json = dict[str, Any]
PURPOSES = 30
ROUNDS = 12
MONTHS = 60
LOW: Json = {"better": "lower"}


class PlainPolicy(Page):
    """The same blocks in a page without the plugin."""

    body = StreamField(PolicyStreamBlock())
    content_panels = [*Page.content_panels, "body"]

    class Meta:
        app_label = "wagtail_privacy"


def run() -> list[Json]:
    with connection.schema_editor() as editor:
        editor.create_model(PlainPolicy)
    try:
        return _measured()
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(PlainPolicy)


def _measured() -> list[Json]:
    home, client = _home(), _client()
    policy = home.add_child(instance=PolicyPage(title="Policy", slug="policy", body=_body(MONTHS), live=False))
    publish_policy(policy)
    plain = home.add_child(instance=PlainPolicy(title="Plain", slug="plain", body=_body(MONTHS)))
    ours, theirs = _Publisher(client, policy), _Publisher(client, plain)
    cpu = [own / other for own, other in paired(ours, theirs, ROUNDS, clock=process_time)]
    statements, plain_statements = _statements(ours), _statements(theirs)
    assert policy.policy.versions.count() == ours.count + 1
    material = _statements(_Publisher(client, policy, ours.count + 1, longer=True))
    return [
        _result("POST publish × a plain page of the same blocks", median(cpu), 1.4, "×", "CPU, medians of rounds"),
        _result("POST publish: database statements", statements, 100, "statements", f"plain page: {plain_statements}"),
        _result(
            "POST publish of a material change: database statements", material, None, "statements", "with its notice"
        ),
        *_tabs(client, policy),
    ]


def _tabs(client: Client, policy: PolicyPage) -> list[Json]:
    """The tab of a translation, which is compared with the original too, against the original's."""
    policy.refresh_from_db()
    english = _translated(policy)
    original = _Tab(client, policy)
    tab = _Tab(client, english)
    cpu = [own / other for own, other in paired(tab, original, ROUNDS, clock=process_time)]
    how = f"CPU, medians of rounds; statements {_statements(tab)} and {_statements(original)}"
    return [_result("Publication tab of a translation × the original's", median(cpu), 1.5, "×", how)]


def _result(name: str, value: float, bar: float | None, unit: str, how: str) -> Json:
    return {"name": name, "value": round(value, 3), "bar": bar, **LOW, "unit": unit, "how": how}


class _Publisher:
    """Publishes a page in the editor, with another storage period each time; the forms are filled in beforehand."""

    def __init__(self, client: Client, page: Any, base: int = 1, *, longer: bool = False) -> None:
        self.client, self.count = client, 0
        self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        months = [(MONTHS + number) if longer else (MONTHS - number) for number in range(1, ROUNDS + 8)]
        self.forms = [self._form(page, base + count, period) for count, period in enumerate(months)]

    def __call__(self) -> None:
        response = self.client.post(self.url, self.forms[self.count])
        assert response.status_code == 302, response.context["form"].errors
        self.count += 1

    def _form(self, page: Any, base: int, months: int) -> Any:
        page = type(page).objects.get(pk=page.pk)
        page.body = json.loads(_body(months))
        random.seed(1)  # of the keys that an editor gives its paragraphs: a browser keeps them
        return posted(page, action="publish", change_summary="Vi ändrar hur länge vi sparar.", change_base=base)


class _Tab:
    """Asks for the tab as the editor's script does after each autosave."""

    def __init__(self, client: Client, page: PolicyPage) -> None:
        self.client, self.url = client, reverse("wagtail_privacy:outlook", args=[page.pk])

    def __call__(self) -> None:
        assert self.client.get(self.url).status_code == 200


def _statements(way: Any) -> int:
    way()
    with CaptureQueriesContext(connection) as captured:
        way()
    return len(captured)


def _home() -> Page:
    locale, _ = Locale.objects.get_or_create(language_code="sv")
    home = Page.objects.filter(depth=2).first() or Page.objects.get(depth=1).add_child(
        instance=Page(title="Hem", slug="hem", locale=locale)
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
    return home


def _client() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("editor", "editor@example.org", "editor"))
    return client


def _translated(policy: PolicyPage) -> PolicyPage:
    english, _ = Locale.objects.get_or_create(language_code="en")
    source, _ = TranslationSource.update_or_create_from_instance(policy)
    Translation.objects.create(source=source, target_locale=english).save_target(publish=True)
    return PolicyPage.objects.get(translation_key=policy.translation_key, locale=english)


def _body(months: int) -> str:
    return json.dumps([_purpose(number, months if number == 0 else MONTHS) for number in range(PURPOSES)])


def _purpose(number: int, months: int) -> Json:
    id = str(uuid5(NAMESPACE_URL, f"purpose {number}"))
    value = {
        "title": f"Ändamål nummer {number}",
        "description": "<p>Vi behandlar uppgifterna för att kunna ge dig det som du har beställt av oss.</p>",
        "legal_bases": [_part("item", f"{id}-basis", basis="art6_1_b")],
        "data_categories": [
            _part("data_category", f"{id}-{n}", name=f"Uppgifter {n}", description="namn, adress") for n in range(3)
        ],
        "recipients": [
            _part("recipient", f"{id}-to-{n}", category=f"Mottagare {n}", role="processor") for n in range(2)
        ],
        "retention": [_part("retention", f"{id}-kept", duration=f"P{months}M", starts="leveransen")],
    }
    return {"type": "purpose", "id": id, "value": value}


def _part(type: str, seed: str, /, **value: Any) -> Json:
    return {"type": type, "id": str(uuid5(NAMESPACE_URL, seed)), "value": value}
