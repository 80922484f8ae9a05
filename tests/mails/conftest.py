from __future__ import annotations

from tests.demo.conftest import demo

__all__ = ["demo"]
