"""How other libraries spell our losses: argument order, scale, reduction, surprises.

A module for each library holds `CONVENTIONS`, records whose expressions the tests evaluate, and
`MISSING`: what the library has and we have not, with the reason.
"""

from .record import Convention
from .table import LIBRARIES, MISSING, RECORDS, conventions

__all__ = ["LIBRARIES", "MISSING", "RECORDS", "Convention", "conventions"]
