"""What several templates say alike: who is responsible, the rights, complaints, newsletters, bookkeeping …"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_privacy.policy.gaps import gap
from wagtail_privacy.starts.bookkeeping import BOOKKEEPING
from wagtail_privacy.starts.start import Block, Given, StartPart, prose

#: Art. 13(2)(b)-(d), with the right that consent brings. Complaints have a section of their own.
RIGHTS = ("access", "rectification", "erasure", "restriction", "portability", "withdraw_consent")


def category(name: str, description: str = "", **facts: bool) -> Block:
    return "data_category", {"name": name, "description": description, **facts}


def contact_details() -> Block:
    return category(_("Contact details"), _("name, postal address, e-mail address, telephone number"))


def kept(criteria: str) -> list[Block]:
    """A storage period that an event decides and no number."""
    return [("retention", {"criteria": prose(criteria)})]


def introduction(given: Given) -> Iterator[Block]:
    told = _(
        "This policy tells you which personal data %(controller)s processes, why, for how long, and what you can ask "
        "of us."
    )
    yield "text", {"heading": _("About this policy"), "body": prose(told % {"controller": given.controller})}


def controller(given: Given) -> Iterator[Block]:
    stated = {"name": given.controller, "address": given.address, "email": given.email, "country": given.country}
    yield "controller", stated


def own_data(given: Given) -> Iterator[Block]:
    if given.data:
        yield "data_categories", {"data_categories": [("data_category", {"name": name}) for name in given.data]}


def own_purposes(given: Given) -> Iterator[Block]:
    for title in given.purposes:
        yield "purpose", {"title": title}


def newsletter(given: Given) -> Iterator[Block]:
    yield (
        "purpose",
        {
            "title": _("Send newsletters"),
            "description": prose(_("We write to you about our activities and offers if you have asked for it.")),
            "legal_bases": [{"basis": "art6_1_a"}],
            "data_categories": [category(_("Contact details for the newsletter"), _("name, e-mail address"))],
            "retention": kept(_("Until you unsubscribe.")),
            "provision": "voluntary",
            "direct_marketing": True,
        },
    )


def enquiries(given: Given) -> Iterator[Block]:
    yield (
        "purpose",
        {
            "title": _("Answer your questions"),
            "description": prose(_("When you write or call, we use your data to find out and answer.")),
            "legal_bases": [{"basis": "art6_1_f", "interest": prose(_("Our interest is to help those who ask us."))}],
            "data_categories": [contact_details(), category(_("Your message"))],
            "retention": [("retention", {"duration": "P12M", "starts": _("our last answer")})],
        },
    )


def bookkeeping(given: Given) -> Iterator[Block]:
    law = BOOKKEEPING.get(given.country)
    if law is None:
        statute = gap(_("the statute on bookkeeping"))
        period: dict[str, Any] = {"criteria": prose(gap(_("how long the law has accounting records kept")))}
    else:
        year = _("the end of the calendar year in which the financial year ended")
        starts = year if law.by_calendar_year else _("the end of the financial year")
        statute, period = law.statute, {"duration": law.duration, "starts": starts}
    yield (
        "purpose",
        {
            "title": _("Keep our accounts"),
            "description": prose(_("We save invoices and proof of payments, as the law requires.")),
            "legal_bases": [{"basis": "art6_1_c", "statute": statute}],
            "data_categories": [category(_("Accounting records"), _("name, what was paid for, amount, day"))],
            "retention": [("retention", period)],
        },
    )


def cookies(given: Given) -> Iterator[Block]:
    needed = _("Cookies are small files that our website stores in your browser. Some are needed for it to work.")
    asked = _("All other cookies are set only after you have given your consent, and you can withdraw it at any time.")
    yield (
        "cookies",
        {
            "introduction": prose(needed, asked),
            "cookies": [
                {
                    "title": _("Cookies that the website needs"),
                    "party": "first",
                    "need": "necessary",
                    "lifetime": "session",
                    "purpose": _("remember what you do on the website while you are there"),
                }
            ],
        },
    )


def recipients(given: Given, *others: Block) -> Iterator[Block]:
    """Those who run what every organisation has, ``others``, the editor's own, and authorities."""
    supplier = {
        "name": gap(_("company that runs your website and e-mail")),
        "role": "processor",
        "purpose": _("run our website and our e-mail"),
    }
    authorities = {"category": _("Authorities"), "role": "authority", "condition": _("the law obliges us")}
    own = [("recipient", {"category": name}) for name in given.recipients]
    yield "recipients", {"recipients": [("recipient", supplier), *others, *own, ("recipient", authorities)]}


def own_recipients(given: Given) -> Iterator[Block]:
    """The editor's own alone."""
    if given.recipients:
        yield "recipients", {"recipients": [("recipient", {"category": name}) for name in given.recipients]}


def transfers(given: Given) -> Iterator[Block]:
    open_question = _(
        "where your suppliers process the data: in the EU/EEA only, or in which other countries and with which "
        "safeguards"
    )
    yield "transfers", {"introduction": prose(gap(open_question))}


def rights(given: Given) -> Iterator[Block]:
    how = _("Write to %(controller)s at the address in this policy and say what you want us to do.")
    objection = _("You can object to what we do on the ground of our legitimate interests.")
    marketing = _("You can always object to direct marketing, and then we stop.")
    yield (
        "rights",
        {
            "rights": [
                *({"right": code} for code in RIGHTS),
                {"right": "objection", "explanation": prose(objection, marketing)},
            ],
            "how": prose(how % {"controller": given.controller}),
            "response_time": "P1M",
            "free": True,
        },
    )


def complaint(given: Given) -> Iterator[Block]:
    if given.country:
        yield "complaint", {"authority": given.country}
    else:
        told = _("You can lodge a complaint with the supervisory authority: %(authority)s.")
        authority = gap(_("supervisory authority of your country"))
        yield "complaint", {"explanation": prose(told % {"authority": authority})}


def changes(given: Given) -> Iterator[Block]:
    yield "change_notice", {}


def security(given: Given) -> Iterator[Block]:
    yield "security", {"description": prose(gap(_("how you protect the data")))}


def promises(given: Given) -> Iterator[Block]:
    yield "commitments", {"commitments": [{"statement": gap(_("what you promise"))}]}


def storage(given: Given) -> Iterator[Block]:
    yield "retention_periods", {"periods": kept(gap(_("how long you keep the data, or what decides it")))}


#: Before a template's own purposes, and after them.
FIRST = (
    StartPart("introduction", gettext_lazy("Introduction"), introduction),
    StartPart("controller", gettext_lazy("Who is responsible"), controller),
    StartPart("own_data", gettext_lazy("Your own categories of personal data"), own_data),
)
PURPOSES = (
    StartPart("newsletter", gettext_lazy("Purpose: send newsletters"), newsletter),
    StartPart("bookkeeping", gettext_lazy("Purpose: keep accounts"), bookkeeping),
    StartPart("own_purposes", gettext_lazy("Your own purposes"), own_purposes),
)
ENQUIRIES = StartPart("enquiries", gettext_lazy("Purpose: answer questions"), enquiries)
COOKIES = StartPart("cookies", gettext_lazy("Cookies"), cookies)
LAST = (
    StartPart("transfers", gettext_lazy("Where data are processed"), transfers),
    StartPart("storage", gettext_lazy("Storage periods for all data"), storage, is_usual=False),
    StartPart("rights", gettext_lazy("Rights"), rights),
    StartPart("complaint", gettext_lazy("Complaints"), complaint),
    StartPart("promises", gettext_lazy("Promises"), promises, is_usual=False),
    StartPart("security", gettext_lazy("Security"), security, is_usual=False),
    StartPart("changes", gettext_lazy("How changes are announced"), changes),
)
