"""Reading the shared tables, writing the study's tables, and small arithmetic that both need."""

import csv
import json
import math
from pathlib import Path

HERE = Path(__file__).parent


def read(path):
    """The rows of a CSV table as dictionaries."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def assumptions(name):
    """A table of this tool's own assumptions."""
    return read(HERE / "assumptions" / f"{name}.csv")


def text(value, digits=9):
    """A number as the tables print it: so many significant digits, no exponent, no trailing zeros."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) or value == int(value):
        return str(int(value))
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    printed = f"{value:.{decimals}f}"
    return printed.rstrip("0").rstrip(".") if decimals else printed


def write(folder, name, columns, rows):
    """Writes rows (dictionaries) under these columns; a missing key is a blank cell, an unknown one an error."""
    with open(Path(folder) / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        for row in rows:
            unknown = set(row) - set(columns)
            if unknown:
                raise ValueError(f"{name}: no column for {sorted(unknown)}")
            out.writerow([text(row.get(column)) for column in columns])


def write_features(folder, name, features):
    """Writes a GeoJSON file, a line a feature."""
    text = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    (folder / f"{name}.geojson").write_text('{"type":"FeatureCollection","features":[\n' + text + "\n]}\n")


def great_circle_km(a, b):
    """Between two (lon, lat) in degrees."""
    lon_a, lat_a, lon_b, lat_b = (math.radians(x) for x in (*a, *b))
    h = (math.sin((lat_b - lat_a) / 2) ** 2
         + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2)
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def scale_odds(shares, weights, target, cap=0.98):
    """Shares whose odds are all multiplied by one factor so that Σ share · weight meets the target.

    Shares of 0 stay 0; none exceeds the cap. A target beyond the reach of the caps gives the caps.
    """
    def at(factor):
        return {k: min(cap, s * factor / (1 - s + s * factor)) if s < 1 else cap for k, s in shares.items()}

    def total(factor):
        return sum(share * weights[k] for k, share in at(factor).items())

    low, high = 1e-9, 1e9
    if total(high) <= target:
        return at(high)
    for _ in range(200):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if total(middle) < target else (low, middle)
    return at(high)


def ras(prior, row_totals, column_totals, rounds=20000, tolerance=1e-12):
    """The matrix nearest to the prior (in entropy) with these row and column totals."""
    x = [row[:] for row in prior]
    for _ in range(rounds):
        for i, total in enumerate(row_totals):
            current = sum(x[i])
            if current > 0:
                x[i] = [v * total / current for v in x[i]]
        worst = 0.0
        for j, total in enumerate(column_totals):
            current = sum(row[j] for row in x)
            if current > 0:
                factor = total / current
                worst = max(worst, abs(factor - 1))
                for row in x:
                    row[j] *= factor
        if worst < tolerance:
            return x
    raise ValueError(f"RAS did not converge: {worst}")
