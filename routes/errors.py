"""What can go wrong, as one tree.

::

    RoutesError                 something a user can mend; the command line prints it without a traceback, exit 1
    ├── ReportError             a report cannot be read: missing, empty, binary, in no known encoding
    ├── FindingsError           a findings file (GeoJSON, JSONL) is not one, or breaks the contract
    ├── GivenError              what the reader is told does not fit: no such reader, place, or stretch of the text
    ├── TraceError              a way that cannot be traced: a place that is not known, wishes that contradict
    ├── EndpointError           a language model that was asked for cannot be reached, refuses, or gives no answer
    ├── MissingExtraError       a part of the package is asked for whose extra is not installed
    └── FormatError             an output that cannot be written: unknown format, missing folder
"""

from __future__ import annotations


class RoutesError(Exception):
    """Anything that a user can mend; its message names the value and the way out."""


class ReportError(RoutesError):
    """A report cannot be read."""


class FindingsError(RoutesError):
    """A findings file is not one, or breaks the contract."""


class GivenError(RoutesError):
    """What the reader is told does not fit: there is no such reader, no such place, no such stretch of the text."""


class TraceError(RoutesError):
    """A way cannot be traced: its places are not known, or what is asked for contradicts itself."""


class EndpointError(RoutesError):
    """A language model that was asked for cannot be reached, refuses, or gives no answer that can be read."""


class MissingExtraError(RoutesError):
    """A part of the package is asked for that needs an extra, which is not installed."""


class FormatError(RoutesError):
    """An output cannot be written: its format is not known, or its folder does not exist."""
