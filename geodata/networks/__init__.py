"""Networks that goods travel along, and the shortest ways through them.

``data/rail.npz``, ``data/road.npz`` (OpenStreetMap contributors, ODbL 1.0; ``build/tracks.py`` made them) and their
likes hold one network each:

- ``position`` (n, 2) int32: longitude and latitude of each node, in ten-thousandths of a degree.
- ``country`` (n,) uint8: index into ``codes``, the ISO 3166-1 alpha-2 codes.
- ``degree`` (n,) uint8 and ``ahead`` (m,) int32: the undirected edges, by first node: node ``i`` has ``degree[i]``
  edges, each to node ``i + ahead``.
- ``bend`` (m,) uint16, optional: what an edge is longer than the straight line between its nodes, in units of 10 m.
- ``passage`` (m,) uint8, optional: index into ``passages``, the ids of straits, canals and tunnels that may be closed;
  the first of them, ``""``, is none.
- ``off``, optional: ids of the passages that are closed unless they are asked for.

Edges are drawn straight, since the source keeps junctions and drops the curves between them, but know their length.
"""

from geodata.networks.network import Network
from geodata.networks.path import Path
from geodata.networks.snapping import REACH_KM

__all__ = ["REACH_KM", "Network", "Path"]
