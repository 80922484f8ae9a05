"""Registration only: what is registered lives elsewhere."""

from wagtail.snippets.models import register_snippet

from wagtail_privacy.viewsets import RegisterViewSetGroup

register_snippet(RegisterViewSetGroup)
