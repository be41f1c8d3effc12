"""The ground: places, areas, networks and the base map. Knows nothing of reports."""
