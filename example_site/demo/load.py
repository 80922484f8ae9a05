"""Load the demo: every version published as an editor's click would, each at its own moment.

The newest version of each policy is translated in wagtail-localize, where editors go on; the ones before it are
published in each language as they are written, which makes the same texts in a fraction of the time.

Each step looks first whether it has been done, so a load that was stopped goes on where it was, and a second one
has nothing to do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate
from modeltranslation.utils import build_localized_fieldname
from wagtail.models import Locale, Page, PageLogEntry, Revision, Site
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from example_site.demo import register
from example_site.demo.people import load_people
from example_site.demo.policies import STORIES
from example_site.demo.story import LANGUAGES, Part, Phrase, Publication, Story
from example_site.demo.stream import raw_body, translations
from example_site.home.models import HomePage
from wagtail_privacy.actions.publish import publish_policy
from wagtail_privacy.clock import at, start_of
from wagtail_privacy.localized import content_languages
from wagtail_privacy.models import DataCategory, Policy, PolicyPage, Recipient, RetentionRule, Version
from wagtail_privacy.sending.deliver import deliver

#: The demo's languages that the site has, the source first.
SPOKEN = tuple(code for code in LANGUAGES if code in content_languages())
TARGETS = SPOKEN[1:]
HOME = Phrase("Fem policyer, fem historier", "Five policies, five histories", "Viisi selostetta, viisi historiaa")
HOME_SLUG = Phrase("policyer", "policies", "selosteet")
WELCOME = Phrase(
    "<p>Här publicerar fem påhittade organisationer sina integritetspolicyer. Läs dem, se vad som har ändrats och "
    "när, och jämför versioner. Logga sedan in som redaktör, ändra något och se vad som händer.</p>",
    "<p>Five invented organisations publish their privacy policies here. Read them, see what has changed and when, "
    "and compare versions. Then log in as an editor, change something and see what happens.</p>",
    "<p>Viisi keksittyä organisaatiota julkaisee täällä tietosuojaselosteensa. Lue ne, katso, mitä on muuttunut ja "
    "milloin, ja vertaile versioita. Kirjaudu sitten muokkaajana, muuta jotain ja katso, mitä tapahtuu.</p>",
)
#: The words of a translation, from Swedish.
Words = dict[str, str]


@dataclass(frozen=True)
class Step:
    """One version of one policy, to be published at ``moment``."""

    moment: datetime
    number: int
    story: Story
    publication: Publication
    policy: Part
    is_newest: bool

    def words(self, language: str) -> Words:
        summary = self.publication.summary
        return {**translations(self.policy, language), summary.sv: getattr(summary, language)}


def load(stories: Iterable[Story] = STORIES, report: Callable[[str], Any] = print) -> None:
    """Load all that is missing, oldest version first; ``report`` is called with each that is published."""
    swedish, *_ = (Locale.objects.get_or_create(language_code=code)[0] for code in SPOKEN)
    home = load_home(swedish)
    editor = load_people(home)
    load_register()
    known = set(home.get_translations().filter(live=True).values_list("locale__language_code", flat=True))
    translate(home, editor, _home_translations, [code for code in TARGETS if code not in known], timezone.now())
    for step in sorted(steps(stories, localdate()), key=lambda step: step.moment):
        if load_version(step, home, editor):
            report(f"{step.moment:%Y-%m-%d}  {step.story.title.sv}, version {step.number}")


def steps(stories: Iterable[Story], today: date) -> Iterator[Step]:
    """All that there is to publish, each story at an hour of its own."""
    for hour, story in enumerate(stories, start=9):
        newest = 1 + len(story.later)
        for number, (publication, policy) in enumerate(story.publications(), start=1):
            moment = start_of(today - timedelta(days=publication.days_ago)) + timedelta(hours=hour, minutes=7 * number)
            yield Step(moment, number, story, publication, policy, number == newest)


def load_home(locale: Locale) -> HomePage:
    """The home page in Wagtail's tree, in place of the page that a new Wagtail site has."""
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=locale)
        placeholder = site.root_page if site.pk else None
        home = root.add_child(
            instance=HomePage(title=HOME.sv, slug=HOME_SLUG.sv, introduction=WELCOME.sv, locale=locale, live=False)
        )
        home.save_revision().publish()
        site.root_page = home
        _address(site)
        if placeholder and placeholder.specific_class is Page:
            Page.objects.get(pk=placeholder.pk).delete()
    _address(site)
    return home


def _address(site: Site) -> None:
    """The address that links in mails begin with: the server's port may be another each time."""
    base = settings.WAGTAILADMIN_BASE_URL.rpartition(":")
    site.hostname, site.port = base[0].removeprefix("http://"), int(base[2])
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()


def _home_translations(language: str) -> Words:
    welcome = Phrase(*(side.removeprefix("<p>").removesuffix("</p>") for side in WELCOME))
    return {phrase.sv: getattr(phrase, language) for phrase in (HOME, HOME_SLUG, welcome)}


def load_register() -> None:
    for model, entries in (
        (DataCategory, register.DATA_CATEGORIES),
        (Recipient, register.RECIPIENTS),
        (RetentionRule, register.RETENTION_RULES),
    ):
        known = set(model.objects.values_list("key", flat=True))
        for key, values in entries.items():
            if key not in known:
                model.objects.create(key=key, **_columns(values))


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Phrase):
            columns |= {build_localized_fieldname(name, code): getattr(value, code) for code in SPOKEN}
        else:
            columns[name] = value
    return columns


def load_version(step: Step, home: Page, editor: Any) -> bool:
    """Publish, translate and announce one version, as far as that is not done. Returns whether it was published."""
    version = _version(step)
    is_new = version is None
    if is_new:
        version = _publish(step, home, editor)
    known = set(version.texts.filter(carried_over=False).values_list("language", flat=True))
    page = PolicyPage.objects.get(translation_key=version.policy.translation_key, locale=home.locale)
    missing = [code for code in TARGETS if code not in known]
    if step.is_newest:
        translate(page, editor, step.words, missing, step.moment + timedelta(minutes=20))
    else:
        publish_as_written(step, page, editor, missing, step.moment + timedelta(minutes=20))
    for notice in version.notices.filter(finished_at=None):
        with at(step.moment + timedelta(minutes=40)):
            deliver(notice.pk)
    return is_new


def _version(step: Step) -> Version | None:
    policy = Policy.objects.filter(translation_key=_translation_key(step.story)).first()
    return policy.versions.filter(number=step.number).first() if policy else None


def _translation_key(story: Story) -> Any:
    return uuid5(NAMESPACE_URL, f"page:{story.slug.sv}")


def _publish(step: Step, home: Page, editor: Any) -> Version:
    page = PolicyPage.objects.filter(translation_key=_translation_key(step.story), locale=home.locale).first()
    if page is None:
        page = home.add_child(
            instance=PolicyPage(
                title=step.story.title.sv,
                slug=step.story.slug.sv,
                translation_key=_translation_key(step.story),
                locale=home.locale,
                owner=editor,
                live=False,
            )
        )
    page.title = step.policy.values["title"].sv
    page.body = json.dumps(raw_body(step.policy))
    day = step.publication.takes_effect_in
    version = publish_policy(
        page,
        user=editor,
        moment=step.moment,
        summary=step.publication.summary.sv,
        takes_effect_on=step.moment.date() + timedelta(days=day) if day else None,
    )
    if version is None or version.number != step.number:
        msg = f"Expected version {step.number} of {step.story.slug.sv}, found {version}. Does the edit change anything?"
        raise RuntimeError(msg)
    _date(page, step.moment)
    return version


def publish_as_written(step: Step, page: PolicyPage, editor: Any, languages: Iterable[str], moment: datetime) -> None:
    """Publish ``page`` in other languages without wagtail-localize."""
    for locale in Locale.objects.filter(language_code__in=languages):
        code = locale.language_code
        copy = page.get_translation_or_none(locale) or page.copy_for_translation(locale)
        copy.title, copy.slug = (getattr(step.policy.values[name], code) for name in ("title", "slug"))
        copy.body = json.dumps(raw_body(step.policy, code))
        copy.change_summary, copy.change_base = getattr(step.publication.summary, code), page.change_base
        with at(moment):
            copy.save_revision(user=editor).publish()
        _date(copy, moment)


def translate(
    page: Page, editor: Any, words: Callable[[str], Words], languages: Iterable[str], moment: datetime
) -> None:
    """Publish ``page`` in other languages, as translators do: submit, translate each string, publish."""
    locales = list(Locale.objects.filter(language_code__in=languages))
    if not locales:
        return
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    for locale in locales:
        translation, _is_new = Translation.objects.get_or_create(source=source, target_locale=locale)
        _fill_in(translation, words(translation.target_locale.language_code), editor)
        with at(moment):
            translation.save_target(user=editor, publish=True)
        _date(page.get_translation(translation.target_locale), moment)


def _fill_in(translation: Translation, words: Words, editor: Any) -> None:
    """Translate what is not translated yet: all strings at once, for one by one takes a second each hundred."""
    locale = translation.target_locale
    segments = StringSegment.objects.filter(source=translation.source).annotate_translation(locale)
    made = []
    for segment in segments.filter(translation=None).select_related("string", "context"):
        said = segment.string.data
        if said not in words:
            msg = f"Expected a text in {locale.language_code!r} for {segment.context.path}, found none: {said!r}."
            raise KeyError(msg)
        made.append(
            StringTranslation(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                data=words[said],
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=editor,
            )
        )
    # What stands twice in one text is one string of it.
    StringTranslation.objects.bulk_create(made, ignore_conflicts=True)


def _date(page: Page, moment: datetime) -> None:
    """Let Wagtail's own records tell the same moment, so that its page history reads like the policy's."""
    fresh = timezone.now() - timedelta(hours=1)
    Revision.objects.for_instance(page).filter(created_at__gt=fresh).update(created_at=moment)
    PageLogEntry.objects.filter(page=page.pk, timestamp__gt=fresh).update(timestamp=moment)
    stored = Page.objects.filter(pk=page.pk)
    stored.filter(first_published_at__gt=fresh).update(first_published_at=moment)
    stored.update(last_published_at=moment, latest_revision_created_at=moment)
