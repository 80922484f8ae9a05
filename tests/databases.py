"""The test database: migrated once, then copied for each process that runs tests.

Migrating takes ten seconds and more, copying a fraction of one. The migrated database is kept until a line of the
package, a setting or an installed version changes; ``--create-db`` migrates anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import DatabaseError, connection

from tests.settings import DB_NAME, ROOT

SETTINGS = ("INSTALLED_APPS", "LANGUAGE_CODE", "LANGUAGES", "WAGTAIL_CONTENT_LANGUAGES")
#: Django 6.1 serialises nothing by itself, and warns of the argument.
UNSERIALISED: dict[str, Any] = {} if django.VERSION >= (6, 1) else {"serialize": False}
#: A table of the migrated database, with what it was migrated from: made last, so that half a database has none.
MARK = "migrated_from"


@contextmanager
def copied(folder: Path, *, anew: bool = False) -> Iterator[None]:
    """Within this block, Django's database is a copy of the migrated one. ``folder`` keeps locks and SQLite's files."""
    original, copy = connection.settings_dict["NAME"], connection.creation._get_test_db_name()
    migrated = _name_of_migrated(folder, original)
    with locked(folder / f"{connection.vendor}.lock"):
        if anew or _mark(migrated) != fingerprint():
            _migrate(migrated)
        COPY[connection.vendor](migrated, copy)
    _use(copy)
    yield
    connection.creation.destroy_test_db(original, verbosity=0)


@contextmanager
def of_its_own(folder: Path, files: Path) -> Iterator[str]:
    """Within this block there is another copy of the migrated database, whose name this is: for a process that drops
    tables. ``files`` takes it where databases are files."""
    name = str(files / "own.sqlite3") if connection.vendor == "sqlite" else f"{connection.settings_dict['NAME']}_own"
    with locked(folder / f"{connection.vendor}.lock"):
        COPY[connection.vendor](_name_of_migrated(folder, DB_NAME), name)
    yield name
    if connection.vendor != "sqlite":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


def fingerprint() -> str:
    """A digest of all that the migrated database is made from."""
    digest = hashlib.sha256()
    for package in ("wagtail_privacy", "example_site"):
        for path in sorted((ROOT / package).rglob("*.py")):
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    installed = sorted(f"{found.name}=={found.version}" for found in distributions())
    digest.update(repr([installed, *(getattr(settings, name, None) for name in SETTINGS)]).encode())
    return digest.hexdigest()


def _name_of_migrated(folder: Path, original: str) -> str:
    if connection.vendor == "sqlite":
        return str(folder / f"{'-'.join(code for code, _name in settings.LANGUAGES)}.sqlite3")
    return f"test_{original}_migrated"


def _migrate(name: str) -> None:
    """Make the database called ``name`` with Django's own means, and mark it."""
    test = connection.settings_dict["TEST"]
    original, usual = connection.settings_dict["NAME"], test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, **UNSERIALISED)
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {MARK} (fingerprint varchar(64))")
            cursor.execute(f"INSERT INTO {MARK} VALUES (%s)", [fingerprint()])
    finally:
        test["NAME"] = usual
        _use(original)


def _mark(name: str) -> str:
    """What the database called ``name`` was migrated from; empty where there is none, or only half of it."""
    original = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return ""
    _use(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT fingerprint FROM {MARK}")
            return str(cursor.fetchone()[0])
    except DatabaseError:
        return ""
    finally:
        _use(original)


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _copy_sqlite(migrated: str, copy: str) -> None:
    if not connection.creation.is_in_memory_db(copy):
        # What a run that was killed had not finished would be played back into the copy.
        for left in ("-journal", "-wal", "-shm"):
            Path(f"{copy}{left}").unlink(missing_ok=True)
        shutil.copyfile(migrated, copy)
        return
    _use(copy)
    connection.ensure_connection()
    with closing(sqlite3.connect(migrated)) as source:
        source.backup(connection.connection)


def _copy_postgres(migrated: str, copy: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {copy}")
        cursor.execute(f"CREATE DATABASE {copy} TEMPLATE {migrated}")


def _copy_mysql(migrated: str, copy: str) -> None:
    """Table by table: there is no template, and the server's own program for dumps is not on every machine."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {copy}")
        cursor.execute(f"CREATE DATABASE {copy} {connection.creation.sql_table_creation_suffix()}")
        cursor.execute(f"USE {copy}")
        cursor.execute("SET foreign_key_checks = 0")
        cursor.execute(f"SHOW TABLES IN {migrated}")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SHOW CREATE TABLE {migrated}.{table}")
            cursor.execute(cursor.fetchone()[1])
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {migrated}.{table}")
        cursor.execute("SET foreign_key_checks = 1")


COPY: dict[str, Any] = {"sqlite": _copy_sqlite, "postgresql": _copy_postgres, "mysql": _copy_mysql}


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time migrates; the others wait and copy."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
