"""The names of places in a report, and the places that they mean."""
