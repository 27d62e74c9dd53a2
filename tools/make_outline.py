"""Makes examples/nusantara/outline.geojson, the approximate boundaries of the regions.

    npm install --prefix build/atlas world-atlas@2.0.2
    pip install -r tools/requirements.txt
    python3 tools/make_outline.py DATA build/atlas/node_modules/world-atlas/land-50m.json [FOLDER]

Voronoi cells of the centroids of the 514 regencies and cities and of IKN's node, dissolved by region and clipped to the
land of Natural Earth 1:50m (world-atlas). They are no administrative boundaries: every feature says approximate.
"""

import sys
from pathlib import Path

import numpy as np
import shapely
from scipy.spatial import Voronoi
from shapely.geometry import MultiPolygon, Polygon, mapping

from nusantara import land, tables

DECIMALS = 3
TOLERANCE = 0.006                  # degrees, of the simplification
SMALLEST = 2e-4                    # square degrees: islets below are left out where a region has more
# What is not Indonesian of the land in the frame, in cells that reach across a border: cut along these lines.
ABROAD = [
    # Sarawak, Sabah and Brunei
    [(109.0, 3.0), (109.55, 1.95), (109.65, 1.65), (110.1, 1.2), (110.55, 0.88), (111.2, 1.03), (111.8, 1.0),
     (112.2, 1.42), (113.0, 1.42), (113.6, 1.22), (114.1, 1.45), (114.55, 1.43), (114.85, 1.9), (114.8, 2.25),
     (115.1, 2.4), (115.25, 2.95), (115.5, 3.05), (115.6, 3.9), (115.85, 4.35), (117.0, 4.35), (117.6, 4.17),
     (117.9, 4.16), (119.5, 4.16), (119.5, 8.0), (109.0, 8.0)],
    # Malay Peninsula and Singapore
    [(99.5, 8.0), (99.5, 6.3), (100.0, 4.5), (100.9, 2.95), (102.3, 1.95), (103.35, 1.27), (103.75, 1.17),
     (104.1, 1.27), (104.7, 1.33), (104.7, 4.0), (104.0, 8.0)],
    # Papua New Guinea
    [(141.0, 8.0), (141.0, -6.3), (140.87, -6.6), (140.87, -6.85), (141.0, -6.95), (141.0, -12.0), (142.0, -12.0),
     (142.0, 8.0)],
    # Timor-Leste without Oecusse
    [(124.95, -8.9), (125.12, -9.05), (125.0, -9.2), (125.1, -9.45), (125.07, -9.6), (126.0, -9.6), (127.6, -8.6),
     (127.6, -8.2), (126.9, -8.1), (125.6, -8.35), (125.1, -8.7)],
    # The Philippines
    [(119.5, 8.0), (119.5, 4.6), (120.5, 4.6), (125.2, 5.1), (126.9, 5.7), (126.9, 8.0)],
    # Palau, Christmas Island
    [(129.5, 2.0), (136.0, 2.0), (136.0, 8.0), (129.5, 8.0)],
    [(105.0, -11.0), (106.5, -11.0), (106.5, -10.0), (105.0, -10.0)],
    # Australia
    [(128.0, -12.0), (142.0, -12.0), (142.0, -10.0), (132.0, -10.6), (128.0, -10.6)],
]


def land_of(atlas):
    """Indonesia's land of a TopoJSON file, as one geometry."""
    return land.within_frame(atlas).difference(shapely.union_all([Polygon(line) for line in ABROAD]))


def cells_by_region(shared):
    """The Voronoi cells of all members, dissolved by region."""
    member_of = {m["kemendagri_code"]: m["region_id"] for m in tables.read(shared / "nusantara/region_members.csv")}
    points, regions = [], []
    for row in tables.read(shared / "nusantara/adm2_514.csv"):
        points.append((float(row["lon"]), float(row["lat"])))
        regions.append(member_of[row["kemendagri_code"]])
    ikn = next(r for r in tables.read(shared / "nusantara/regions.csv") if r["id"] == "ikn")
    points.append((float(ikn["lon"]), float(ikn["lat"])))
    regions.append("ikn")
    far = [(x, y) for x in (60.0, 118.0, 176.0) for y in (-50.0, -2.0, 46.0) if (x, y) != (118.0, -2.0)]
    voronoi = Voronoi(np.array(points + far))
    cells = {}
    for region, index in zip(regions, voronoi.point_region):
        corners = voronoi.regions[index]
        cells.setdefault(region, []).append(Polygon(voronoi.vertices[corners]))
    return {region: shapely.union_all(parts) for region, parts in cells.items()}


def drawn(geometry):
    """Simplified, rounded, without islets."""
    geometry = shapely.set_precision(shapely.simplify(geometry, TOLERANCE), 10.0 ** -DECIMALS)
    parts = sorted((p for p in getattr(geometry, "geoms", [geometry]) if p.geom_type == "Polygon"),
                   key=lambda p: -p.area)
    return MultiPolygon([p for i, p in enumerate(parts) if i == 0 or p.area > SMALLEST])


def rounded(geometry):
    def walk(value):
        return [walk(v) for v in value] if isinstance(value, (list, tuple)) else round(value, DECIMALS)
    result = mapping(geometry)
    return {"type": result["type"], "coordinates": walk(result["coordinates"])}


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    shared = Path(sys.argv[1])
    folder = Path(sys.argv[3]) if len(sys.argv) == 4 else Path(__file__).parents[1] / "examples/nusantara"
    indonesia = land_of(sys.argv[2])
    cells = cells_by_region(shared)
    features = []
    for row in tables.assumptions("regions"):
        region = row["region_id"]
        outline = drawn(cells[region].intersection(indonesia))
        if outline.is_empty:
            raise ValueError(f"{region}: no land in its cell")
        features.append({"type": "Feature", "properties": {"region_id": region, "approximate": True},
                         "geometry": rounded(outline)})
    tables.write_features(folder, "outline", features)


if __name__ == "__main__":
    main()
