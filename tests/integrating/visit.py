"""What readers, programs and members meet on the site of the integrator's guide, as JSON: run there by ``shell``."""

import json
import sys
from importlib import invalidate_caches

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.test import Client
from wagtail.models import Locale, Page, Site

from wagtail_privacy.changes.compare import compare
from wagtail_privacy.changes.materiality import weigh
from wagtail_privacy.changes.sentences import sentence
from wagtail_privacy.conf import conf

call_command("check")
call_command("makemigrations", "shop", verbosity=0)
invalidate_caches()
call_command("migrate", verbosity=0)
HOST = "www.shop.se"
CARD = {"name": "The Card", "points": 5, "use": "<p>Bread.</p>"}
home = Page.objects.filter(depth=2).first()
home = home or Page.objects.get(depth=1).add_child(title="Home", slug="home", locale=Locale.get_default())
Site.objects.update_or_create(is_default_site=True, defaults={"hostname": HOST, "port": 443, "root_page": home})
members = Group.objects.create(name="Members")
for name in ("anna", "bo"):
    person = get_user_model().objects.create_user(name, f"{name}@shop.se", "x", first_name=name.title())
    if name == "anna":
        members.user_set.add(person)

import script  # noqa: E402

told = list(mail.outbox)


def publish(page, *content):
    page.body = page.body.stream_block.to_python(
        [{"type": kind, "id": kind, "value": value} for kind, value in content]
    )
    return script.publish_policy(page).texts.get()


card = publish(script.page, ("loyalty_card", CARD), ("opening_hours", "9 to 5"))
more = publish(script.page, ("loyalty_card", {**CARD, "points": 10}), ("opening_hours", "9 to 5"))
old, new = card.snapshot, more.snapshot
changes = weigh(compare(old, new), old, new, conf.RULES)
reader = Client(SERVER_NAME=HOST)
get = lambda path: reader.get(path, secure=True).content.decode()  # noqa: E731
shown = {
    "blocks": list(script.page.body.stream_block.child_blocks),
    "expected": script.expected,
    "versions": [script.first.number, script.second.number],
    "summary": script.second.texts.get().summary,
    "told": [(letter.to, letter.body) for letter in told],
    "changes": [(sentence(change), str(change.materiality), change.rule) for change in changes],
    "page": get(f"/privacy/versions/{more.version.number}/"),
    "api": json.loads(get("/api/v2/pages/?type=shop.PrivacyPage&fields=version,takes_effect_at,html"))["items"],
    "json": json.loads(get("/privacy/data/json/"))["in_force"],
}
sys.stdout.write("\n" + json.dumps(shown, default=str))
