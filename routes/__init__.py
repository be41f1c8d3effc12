"""Reported supply routes: read a report, find its routes, draw them."""
