"""The body of a policy: the stream of its blocks, and the field that holds it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from wagtail_privacy.blocks.change_notice import ChangeNoticeBlock
from wagtail_privacy.blocks.decision import DecisionBlock
from wagtail_privacy.blocks.earlier_history import EarlierHistoryBlock
from wagtail_privacy.blocks.rich_text import give_each_thread_a_converter
from wagtail_privacy.blocks.service import SectionStream, ServiceBlock
from wagtail_privacy.policy.characters import storable_values


class PolicyStreamBlock(SectionStream):
    """All blocks of a policy.

    A site subclasses it to change it: a block declared under a new name is added, one under the same name takes
    the place of ours, and a name set to ``None`` leaves ours out. Blocks that are not section blocks work too;
    they become sections of the kind ``other``.
    """

    service = ServiceBlock()
    change_notice = ChangeNoticeBlock()
    decision = DecisionBlock()
    earlier_history = EarlierHistoryBlock()


class LazyStreamValue(StreamValue):
    """A stream that is parsed when it is first used. The public pages never use it."""

    def __init__(self, field: StreamField, read: Callable[[], StreamValue]) -> None:
        self._stream_field = field
        self._read = read

    def __getattr__(self, name: str) -> Any:
        """Parse the stream when its first attribute is used."""
        if name.startswith("__") or (read := self.__dict__.pop("_read", None)) is None:
            raise AttributeError(name)
        self.__dict__.update(vars(read()))
        return getattr(self, name)


class ExtensibleStreamField(StreamField):
    """A StreamField whose blocks stay out of migrations, so that a site can change them without making one.

    The price: Wagtail's data migrations for StreamField cannot see the blocks.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, _args, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}

    def get_prep_value(self, value: Any) -> Any:
        """As it is stored: what no database takes, a script may have put there."""
        return storable_values(super().get_prep_value(value))

    def formfield(self, **kwargs: Any) -> Any:
        give_each_thread_a_converter(self.stream_block)
        return super().formfield(**kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> StreamValue:
        return LazyStreamValue(self, partial(super().from_db_value, value, expression, connection))
