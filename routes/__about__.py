"""The version, read by hatchling and by the command line."""

__version__ = "0.1.0"
