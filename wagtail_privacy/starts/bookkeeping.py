"""How long a country's law has accounting records kept, by the country of the controller."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bookkeeping:
    """The statute by its own name, and the period, which runs from the end of a calendar year or of a financial one."""

    statute: str
    duration: str
    by_calendar_year: bool


#: Sweden: bokföringslagen 7:2. Finland: kirjanpitolaki 2:10, the accounts themselves; vouchers are kept for six years.
#: Norway: bokføringsloven § 13. Denmark: bogføringsloven § 12. Germany: the accounts; vouchers for eight years.
BOOKKEEPING = {
    "SE": Bookkeeping("bokföringslagen (1999:1078)", "P7Y", by_calendar_year=True),
    "FI": Bookkeeping("kirjanpitolaki (1336/1997)", "P10Y", by_calendar_year=False),
    "NO": Bookkeeping("bokføringsloven", "P5Y", by_calendar_year=False),
    "DK": Bookkeeping("bogføringsloven", "P5Y", by_calendar_year=False),
    "DE": Bookkeeping("§ 257 HGB, § 147 AO", "P10Y", by_calendar_year=True),
}
