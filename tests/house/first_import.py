"""Which modules can't be the first of ours to be imported while models load; run as a process of its own.

Prints a JSON object: the module, and the last line of its traceback. Each module is imported in a fork of a process
in which app configs are ready and models are not, as when a site's ``models.py`` imports it.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import sys
import traceback
import warnings
from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.conf import settings

import wagtail_privacy


def names() -> Iterator[str]:
    for module in pkgutil.walk_packages(wagtail_privacy.__path__, "wagtail_privacy."):
        if not module.name.startswith("wagtail_privacy.migrations"):
            yield module.name


def failure(name: str) -> str:
    """Why ``name`` can't be imported first; empty if it can."""
    read, write = os.pipe()
    if os.fork() == 0:
        os.close(read)
        try:
            importlib.import_module(name)
        except BaseException:  # noqa: BLE001, whatever it is
            os.write(write, traceback.format_exc().strip().splitlines()[-1].encode()[:4000])
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        said = answer.read().decode()
    os.wait()
    return said


def main() -> None:
    warnings.simplefilter("ignore")
    # The first phase of ``apps.populate()``.
    for entry in settings.INSTALLED_APPS:
        config = AppConfig.create(entry)
        apps.app_configs[config.label] = config
        config.apps = apps
    apps.apps_ready = True
    for first in ("wagtail.models", "wagtail.contrib.routable_page.models", "wagtail_localize.models"):
        importlib.import_module(first)
    # Walking imports the packages; what they import is pure but for the checks, and needs no models. Before the first
    # fork, so that not each imports it again.
    every = list(names())
    found = {name: failure(name) for name in every}
    sys.stdout.write(json.dumps({name: why for name, why in found.items() if why}))


main()
