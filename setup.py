"""Builds the package: code, templates, static files, and the catalogues of ``locale/`` compiled."""

import re
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).parent


def version():
    """The version, read as text: importing the package would need what it installs."""
    text = (HERE / "wagtail_privacy" / "__init__.py").read_text(encoding="utf-8")
    return re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE).group(1)


class BuildWithCatalogues(build_py):
    """Compiles the catalogues with Babel first: ``msgfmt`` isn't on every machine."""

    def run(self):
        self.run_command("compile_catalog")
        super().run()


#: Where the project lives: README's links begin with it, as does mkdocs.yml's address of the repository.
REPOSITORY = "https://github.com/wagtail-privacy/wagtail-privacy"
DEMO = ["django-tasks-db>=0.13"]
RQ = ["django-rq>=4", "django-tasks-rq>=0.12"]
TEST = [
    "aiosmtpd>=1.4.6",
    "coverage>=7.6",
    "grimp>=3.9",
    "hypothesis>=6.100",
    "playwright>=1.50",
    "polib>=1.2",
    "pytest>=8.3",
    "pytest-django>=4.11",
    "pytest-xdist>=3.7",
    "PyYAML>=6",
]
# What sending is compared with.
BENCH = ["django-mailer>=2.3", "django-post-office>=3.9"]
LINT = [
    "django-stubs>=5.2",
    "djlint>=1.36",
    "import-linter>=2.5",
    "mypy>=1.15",
    "pre-commit>=4",
    "ruff>=0.15",
    "types-bleach",
    "types-PyYAML",
]
DOCS = ["mkdocs>=1.6.1", "mkdocs-material>=9.8"]
# What a release must pass: tests/packaging runs them.
RELEASE = ["build>=1.2", "check-wheel-contents>=0.6.3", "pyroma>=5.0.1", "twine>=7"]
ANYMAIL = ["django-anymail>=13"]
POSTGRES = ["psycopg[binary]>=3.2"]
MYSQL = ["mysqlclient>=2.2.1"]

setup(
    name="wagtail-privacy",
    version=version(),
    description="Write, version, translate and announce a privacy policy in Wagtail",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    license_expression="BSD-3-Clause",
    license_files=["LICENSE"],
    author="The wagtail-privacy authors",
    author_email="wagtail-privacy@users.noreply.github.com",
    url=REPOSITORY,
    project_urls={
        "Documentation": f"{REPOSITORY}/blob/main/docs/index.md",
        "Changelog": f"{REPOSITORY}/blob/main/CHANGELOG.md",
        "Issues": f"{REPOSITORY}/issues",
        "Source": REPOSITORY,
    },
    keywords=["Wagtail", "Django", "GDPR", "privacy policy", "privacy notice", "versioning", "e-mail"],
    python_requires=">=3.11",
    packages=[*find_packages(include=["wagtail_privacy", "wagtail_privacy.*"]), "wagtail_privacy.locale"],
    # Django looks for an app's catalogues inside the app; they are kept at the top, where translators look.
    package_dir={"wagtail_privacy.locale": "locale"},
    package_data={
        "wagtail_privacy": [
            "py.typed",
            "imports/**/*.txt",
            "prose/**/*.txt",
            "review/**/*.txt",
            "review/**/*.toml",
            "templates/**/*",
            "static/**/*",
        ],
        "wagtail_privacy.locale": ["*/LC_MESSAGES/*"],
    },
    include_package_data=False,
    zip_safe=False,
    install_requires=[
        "Babel>=2.14",
        "bleach>=4.1,<7",
        "cachetools>=5.3",
        "Django>=5.2",
        "django-modeltranslation>=0.20",
        "django-tasks>=0.9",
        "markdown-it-py>=3,<5",
        "wagtail>=7.4",
        "wagtail-localize>=1.14",
    ],
    extras_require={
        "demo": DEMO,
        "anymail": ANYMAIL,
        "postgres": POSTGRES,
        "mysql": MYSQL,
        "rq": RQ,
        "bench": BENCH,
        "docs": DOCS,
        "test": [*DEMO, *ANYMAIL, *RQ, *TEST, *RELEASE],
        "dev": [*DEMO, *ANYMAIL, *RQ, *TEST, *RELEASE, *LINT, *DOCS, "tox>=4.21"],
    },
    cmdclass={"build_py": BuildWithCatalogues},
    options={"compile_catalog": {"directory": "locale", "domain": "django"}},
    classifiers=[
        "Development Status :: 4 - Beta",
        "Environment :: Web Environment",
        "Framework :: Django",
        "Framework :: Django :: 5.2",
        "Framework :: Django :: 6.0",
        "Framework :: Django :: 6.1",
        "Framework :: Wagtail",
        "Framework :: Wagtail :: 7",
        "Framework :: Wagtail :: 8",
        "Intended Audience :: Developers",
        "Natural Language :: English",
        "Natural Language :: Swedish",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3 :: Only",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.12",
        "Programming Language :: Python :: 3.13",
        "Topic :: Internet :: WWW/HTTP :: Site Management",
        "Typing :: Typed",
    ],
)
