"""The body of a policy: the stream of its blocks, and the field that holds it."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField

from wagtail_privacy.blocks.history import ChangeNoticeBlock, EarlierHistoryBlock
from wagtail_privacy.blocks.service import SectionStream, ServiceBlock


class PolicyStreamBlock(SectionStream):
    """All blocks of a policy.

    A site subclasses it to change it: a block declared under a new name is added, one under the same name takes
    the place of ours, and a name set to ``None`` leaves ours out. Blocks that are not section blocks work too;
    they become sections of the kind ``other``.
    """

    service = ServiceBlock()
    change_notice = ChangeNoticeBlock()
    earlier_history = EarlierHistoryBlock()


class ExtensibleStreamField(StreamField):
    """A StreamField whose blocks stay out of migrations, so that a site can change them without making one.

    The price: Wagtail's data migrations for StreamField cannot see the blocks.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}
