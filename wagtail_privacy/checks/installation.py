"""System checks of what hurts everybody on a site that is installed, and looks well: mail, tasks, the frame.

Those that ask the database say nothing where it can't be reached: ``check`` runs where there is none, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections, router
from django.db.migrations.recorder import MigrationRecorder
from django.template import TemplateDoesNotExist

from wagtail_privacy.conf import BLOCKS, OUR_BASE, conf, lacking_blocks
from wagtail_privacy.localize import USES_LOCALIZE
from wagtail_privacy.tasks import tell

#: How many people an editor can wait for: each mail takes about a hundredth of a second, over a good connection.
FEW = 300
#: What keeps a check from asking the database. A test that may not ask raises one of the last two.
UNREACHABLE = (DatabaseError, ImproperlyConfigured, ImportError, TypeError, ValueError, RuntimeError, AssertionError)


def softly(ask: Callable[[], Any], default: Any) -> Any:
    """What ``ask`` finds in the database; ``default`` where that can't be reached or is not migrated."""
    try:
        return ask()
    except UNREACHABLE:
        return default


def backend() -> Any:
    """The site's task backend; ``None`` where its setting can't be used, which Django says itself."""
    return softly(tell.get_backend, None)


def runs_at_once() -> bool:
    return type(backend()).__module__.endswith("backends.immediate")


@register()
def check_many_people(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Django's default task backend would send every mail within the request that publishes."""
    if not runs_at_once():
        return []
    many = softly(lambda: conf.AUDIENCE(None).people().order_by()[: FEW + 1].count(), 0)
    return [_at_once(f"more than {FEW} people")] if many > FEW else []


@register(deploy=True)
def check_tasks(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The same of a site that is to be deployed, however few people it has."""
    if settings.DEBUG or not runs_at_once() or check_many_people():
        return []
    return [_at_once("everybody")]


def _at_once(whom: str) -> CheckMessage:
    found = type(backend())
    return Warning(
        f"Tasks are run by {found.__module__}.{found.__name__}: whoever publishes a change of a policy waits until "
        f"{whom} have been sent an e-mail about it.",
        hint=(
            "Set TASKS to a backend with a worker of its own, such as django_tasks_db.DatabaseBackend, and run that "
            "worker."
        ),
        id="wagtail_privacy.W003",
    )


@register()
def check_task_tables(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Without a table for tasks saving a draft fails: Wagtail's search index is brought up to date by one."""
    if not type(backend()).__module__.startswith("django_tasks_db"):
        return []
    if not apps.is_installed("django_tasks_db"):
        return [
            Error(
                'Tasks are kept in the database, and "django_tasks_db" is not in INSTALLED_APPS: no page can be saved.',
                hint='Add "django_tasks_db" to INSTALLED_APPS and run: python manage.py migrate',
                id="wagtail_privacy.E041",
            )
        ]
    return [] if softly(_has_task_table, True) else [_no_task_table()]


def _has_task_table() -> bool:
    """Whether it is there, or nothing is: ``migrate`` is about to make all of it."""
    # By name: its label has been another one than its name.
    config = next(config for config in apps.get_app_configs() if config.name == "django_tasks_db")
    model: Any = config.get_model("DBTaskResult")
    tables = connections[router.db_for_write(model)].introspection.table_names()
    return model._meta.db_table in tables or MigrationRecorder.Migration._meta.db_table not in tables


def _no_task_table() -> CheckMessage:
    """A warning, since an error would keep ``migrate`` itself from making the table."""
    return Warning(
        "Tasks are kept in the database, and it has no table for them: no page can be saved.",
        hint="Run: python manage.py migrate",
        id="wagtail_privacy.W042",
    )


@register()
def check_sqlite(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A worker beside the web server: SQLite refuses whoever begins to write after having read."""
    if backend() is None or runs_at_once():
        return []
    found = [alias for alias, values in settings.DATABASES.items() if _is_deferred(values)]
    return [
        Warning(
            f"The database {alias!r} is SQLite, in which a task worker and an editor meet “database is locked”.",
            hint=f'Set: DATABASES["{alias}"]["OPTIONS"] = {{"transaction_mode": "IMMEDIATE"}}',
            id="wagtail_privacy.W043",
        )
        for alias in found
    ]


def _is_deferred(values: dict[str, Any]) -> bool:
    mode = str((values.get("OPTIONS") or {}).get("transaction_mode") or "DEFERRED")
    return "sqlite" in values.get("ENGINE", "") and mode.upper() == "DEFERRED"


@register()
def check_frame(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A policy without the site's header and footer is easily taken for somebody else's."""
    name = softly(lambda: conf.BASE_TEMPLATE, "")
    if name == OUR_BASE and not getattr(settings, "WAGTAIL_PRIVACY_BASE_TEMPLATE", ""):
        said = "The site has no template base.html with the blocks “title” and “content”: a policy is shown without the"
        return [
            Warning(
                f"{said} site's header and footer.",
                hint='Add to the settings the template that your pages extend: WAGTAIL_PRIVACY_BASE_TEMPLATE = "…"',
                id="wagtail_privacy.W044",
            )
        ]
    try:
        lacking = lacking_blocks(name)
    except TemplateDoesNotExist:  # E010 says it
        return []
    if not lacking:
        return []
    return [
        Error(
            f"WAGTAIL_PRIVACY_BASE_TEMPLATE is {name!r}, which has no block {' and no block '.join(lacking)}: nothing "
            "of a policy would be shown there.",
            hint=f"Name a template that has the blocks {' and '.join(BLOCKS)}, or add them.",
            id="wagtail_privacy.E045",
        )
    ]


@register()
def check_allow_list(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Meant for a copy of the site: on the site itself, people would not be told."""
    allowed = softly(lambda: conf.ALLOWED_ADDRESSES, None)
    if allowed is None or settings.DEBUG:
        return []
    return [
        Warning(
            f"WAGTAIL_PRIVACY_ALLOWED_ADDRESSES is set: only {', '.join(sorted(allowed)) or 'nobody'} is told.",
            hint="On the site that people use, take WAGTAIL_PRIVACY_ALLOWED_ADDRESSES out of the settings.",
            id="wagtail_privacy.W046",
        )
    ]


@register(Tags.translation)
def check_two_translators(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Each puts a button “Translate” beside a page; only one of them keeps a translation in step."""
    if not USES_LOCALIZE or not apps.is_installed("wagtail.contrib.simple_translation"):
        return []
    return [
        Warning(
            '"wagtail.contrib.simple_translation" is in INSTALLED_APPS beside "wagtail_localize": what it copies is '
            "not kept in step with the original.",
            hint='Take "wagtail.contrib.simple_translation" out of INSTALLED_APPS.',
            id="wagtail_privacy.W047",
        )
    ]
