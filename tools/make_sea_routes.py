"""Makes examples/nusantara/sea_route.geojson, the ways that ships are drawn along. Nothing is reckoned with them.

    npm install --prefix build/atlas world-atlas@2.0.2
    pip install -r tools/requirements.txt
    python3 tools/make_sea_routes.py DATA build/atlas/node_modules/world-atlas/land-50m.json [FOLDER]

Ports that the shared sea distances join have the ways that these were measured along. Between all others that a service
joins: the shortest way over water on a grid, drawn tight around the land of Natural Earth 1:50m (world-atlas). No fairways,
no traffic separation.
"""

import json
import sys
from pathlib import Path

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

from nusantara import land, tables
from nusantara.ports import node_of

STEP = 0.05                        # degrees, of the grid
DECIMALS = 3
OVER_WATER = {"sea", "ferry"}      # modes of services
STEPS = [(0, 1), (1, 0), (1, 1), (1, -1)]  # to half of a cell's neighbours: row, column


class Water:
    """A grid of the water within the frame: its cells, and how far neighbours are apart that no land parts."""

    def __init__(self, atlas):
        self.land = land.within_frame(atlas)
        shapely.prepare(self.land)
        west, south, east, north = land.FRAME
        self.x = np.arange(west + STEP / 2, east, STEP)
        self.y = np.arange(south + STEP / 2, north, STEP)
        self.shape = len(self.y), len(self.x)
        x, y = np.meshgrid(self.x, self.y)
        self.place = np.column_stack([x.ravel(), y.ravel()])
        self.is_water = ~shapely.contains_xy(self.land, *self.place.T)
        self.graph = self._graph()
        _, part = connected_components(self.graph, directed=False)
        sea = np.bincount(part[self.is_water]).argmax()
        self.sea = np.flatnonzero(self.is_water & (part == sea))

    def _graph(self):
        cell = np.arange(len(self.place)).reshape(self.shape)
        rows, columns = self.shape
        pairs = []
        for down, right in STEPS:
            start = cell[:rows - down, max(0, -right):columns - max(0, right)]
            end = cell[down:, max(0, right):columns + min(0, right)]
            pairs.append(np.column_stack([start.ravel(), end.ravel()]))
        pairs = np.concatenate(pairs)
        pairs = pairs[self.is_water[pairs].all(axis=1)]
        lines = shapely.linestrings(self.place[pairs])
        pairs = pairs[~shapely.intersects(self.land, lines)]
        start, end = self.place[pairs[:, 0]], self.place[pairs[:, 1]]
        narrowing = np.cos(np.radians((start[:, 1] + end[:, 1]) / 2))
        length = np.hypot((end[:, 0] - start[:, 0]) * narrowing, end[:, 1] - start[:, 1])
        return coo_array((length, pairs.T), shape=(len(self.place),) * 2).tocsr()

    def nearest(self, place):
        """The cell of the open sea that is nearest to a port."""
        return self.sea[np.argmin(((self.place[self.sea] - place) ** 2).sum(axis=1))]

    def ways(self, start, ends):
        """Shortest ways from one port to others, each a list of places from port to port."""
        first = self.nearest(start)
        _, before = dijkstra(self.graph, directed=False, indices=first, return_predecessors=True)
        for end in ends:
            cells = [self.nearest(end)]
            while cells[-1] != first:
                cells.append(before[cells[-1]])
            yield [start, *self._tight(self.place[cells[::-1]]), end]

    def _tight(self, places):
        """The same way with straight lines wherever no land lies between."""
        kept = [0]
        while kept[-1] < len(places) - 1:
            ahead = np.arange(kept[-1] + 1, len(places))
            lines = shapely.linestrings([[places[kept[-1]], places[i]] for i in ahead])
            is_free = ~shapely.intersects(self.land, lines)
            kept.append(int(ahead[is_free].max()) if is_free.any() else kept[-1] + 1)
        return [places[i] for i in kept]


def measured(shared):
    """The ways that the shared sea distances were measured along, by their two nodes."""
    ways = {}
    for feature in json.loads((shared / "geo/sea_routes.geojson").read_text())["features"]:
        ways[tuple(node_of(feature["properties"][side]) for side in ("from", "to"))] = feature["geometry"]["coordinates"]
    return ways


def joined(folder):
    """Pairs of nodes that a leg of a service joins, each with whether it is sailed; in the order of the tables."""
    mode = {row["service_id"]: row["mode"] for row in tables.read(folder / "service.csv")}
    node = {row["terminal_id"]: row["node_id"] for row in tables.read(folder / "terminal.csv")}
    pairs = {}
    for leg in tables.read(folder / "service_leg.csv"):
        pair = tuple(node[leg[side]] for side in ("from_terminal_id", "to_terminal_id"))
        pair = pair[::-1] if pair[::-1] in pairs else pair
        pairs[pair] = pairs.get(pair, False) or mode[leg["service_id"]] in OVER_WATER
    return pairs


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    shared = Path(sys.argv[1])
    folder = Path(sys.argv[3]) if len(sys.argv) == 4 else Path(__file__).parents[1] / "examples/nusantara"
    place = {row["node_id"]: (float(row["x_coord"]), float(row["y_coord"])) for row in tables.read(folder / "node.csv")}
    pairs = joined(folder)
    ways = {ends: way for ends, way in measured(shared).items() if ends in pairs or ends[::-1] in pairs}
    missing = {}
    for (start, end), is_sailed in pairs.items():
        if is_sailed and (start, end) not in ways and (end, start) not in ways:
            missing.setdefault(start, []).append(end)
    water = Water(sys.argv[2])
    for start, ends in missing.items():
        for end, way in zip(ends, water.ways(place[start], [place[end] for end in ends])):
            ways[start, end] = way
    features = [{"type": "Feature", "properties": {"from_node_id": start, "to_node_id": end},
                 "geometry": {"type": "LineString",
                              "coordinates": [[round(float(x), DECIMALS), round(float(y), DECIMALS)] for x, y in way]}}
                for (start, end), way in ways.items()]
    tables.write_features(folder, "sea_route", features)


if __name__ == "__main__":
    main()
