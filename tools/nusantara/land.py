"""The land of Natural Earth as npm's world-atlas has it."""

import json
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import Polygon


FRAME = (94.0, -12.0, 142.0, 8.0)  # west, south, east, north, degrees: Indonesia and its ports lie within


def within_frame(atlas):
    """The land of a TopoJSON file within the frame, as one geometry."""
    topology = json.loads(Path(atlas).read_text())
    scale, shift = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(indices):
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0]] + [p[1:] for p in parts[1:]])

    box = shapely.box(*FRAME)
    polygons = []
    for geometry in topology["objects"]["land"]["geometries"]:
        groups = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for rings in groups:
            polygon = Polygon(ring(rings[0]), [ring(r) for r in rings[1:]])
            if polygon.intersects(box):
                polygons.append(shapely.make_valid(polygon).intersection(box))
    return shapely.union_all(polygons)
