"""The templates there are."""

from __future__ import annotations

from collections.abc import Mapping

from wagtail_privacy.starts.association import ASSOCIATION
from wagtail_privacy.starts.courses import COURSES
from wagtail_privacy.starts.shop import SHOP
from wagtail_privacy.starts.start import Start

STARTS: Mapping[str, Start] = {start.code: start for start in (ASSOCIATION, SHOP, COURSES)}
