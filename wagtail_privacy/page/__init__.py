"""A Wagtail page that is a policy in one language."""
