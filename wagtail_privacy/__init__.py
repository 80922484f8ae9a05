"""wagtail-privacy: write, version, translate and announce a privacy policy in Wagtail."""

__version__ = "0.1.0"
