"""Whom people can turn to about a change: controllers, the data protection officer, and where replies go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from wagtail_privacy.notices.addresses import is_usable
from wagtail_privacy.policy.section import Section
from wagtail_privacy.policy.snapshot import Snapshot


@dataclass(frozen=True)
class Contact:
    """``section`` is the data protection officer, else a controller, as far as it can be reached. ``reply_to`` is an
    e-mail address: a controller's, else the officer's; empty where there is none. ``authority`` is the country whose
    supervisory authority takes complaints."""

    controllers: tuple[str, ...] = ()
    section: Section | None = None
    reply_to: str = ""
    authority: str = ""


def contact_in(snapshot: Snapshot) -> Contact:
    """Whom ``snapshot`` names."""
    sections = list(snapshot.walk())
    controllers = [_with_usable_facts(section) for section in sections if section.kind == "controller"]
    officers = [_with_usable_facts(section) for section in sections if section.kind == "dpo"]
    reachable = [who for who in (*officers, *controllers) if {"email", "phone", "form_url"} & who.facts.keys()]
    complaints = [section for section in sections if section.kind == "complaint"]
    return Contact(
        controllers=tuple(str(who.facts["name"]) for who in controllers if who.facts.get("name")),
        section=reachable[0] if reachable else None,
        reply_to=next((str(who.facts["email"]) for who in (*controllers, *officers) if "email" in who.facts), ""),
        authority=next((str(who.facts["authority"]) for who in complaints if who.facts.get("authority")), ""),
    )


def _with_usable_facts(section: Section) -> Section:
    """``section`` without an address that no mail reaches, and without a form that is no page: ``javascript:…``."""
    checks = {"email": is_usable, "form_url": _is_page}
    facts = {name: value for name, value in section.facts.items() if name not in checks or checks[name](str(value))}
    return replace(section, facts=facts)


def _is_page(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:  # brackets that hold no IPv6 address
        return False
