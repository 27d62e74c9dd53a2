"""Road assignment by gerbang, by AequilibraE and by a plain bi-conjugate Frank-Wolfe on one network, to the same gaps on
the same threads: ./do peers NET TRIPS [TOLL_FACTOR [DISTANCE_FACTOR]]. Prints a table, and writes both curves, gap over
processor seconds, to docs/roads-peers.svg. Times are of the solvers alone, without reading."""

import contextlib
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from plot import Curve, log_log_plot  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
THREADS = 2
GAPS = (1e-4, 1e-5, 1e-6)
SECONDS = 60.0


def processor_seconds(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def gerbang_curve(net: str, trips: str, toll: float, distance: float) -> list[tuple[float, float, float]]:
    """Wall seconds, processor seconds, gap reached; one whole solve a point, the processor's without reading."""
    def solve(gap: float, iterations: int | None = None):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "result.json"
            command = [BUILD / "gerbang", "assign", net, trips, "--toll-factor", toll, "--distance-factor", distance,
                       "--gap", gap, "--threads", THREADS, "--json", file]
            before = processor_seconds(resource.RUSAGE_CHILDREN)
            subprocess.run([str(part) for part in command], check=True, capture_output=True)
            used = processor_seconds(resource.RUSAGE_CHILDREN) - before
            result = json.loads(file.read_text())
            return result["timing"]["solve_s"], used - result["timing"]["read_s"], result["relative_gap"]

    curve = []
    for exponent in range(1, 11):
        runs = sorted((solve(10.0**-exponent) for _ in range(5)), key=lambda run: run[1])
        curve.append(runs[2])
    return curve


def frank_wolfe_curve(net: str, trips: str, toll: float, distance: float) -> list[tuple[float, float, float]]:
    command = [BUILD / "bench_frank_wolfe", net, trips, toll, distance, min(GAPS), SECONDS]
    text = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout
    return [tuple(float(cell) for cell in line.split(",")) for line in text.splitlines()]


def read_tntp(net: str, trips: str, toll: float, distance: float):
    import numpy
    import pandas

    text = Path(net).read_text()
    zones = int(re.search(r"<NUMBER OF ZONES>\s*(\d+)", text)[1])
    rows = [line.split("~")[0].replace(";", " ").split() for line in text.split("<END OF METADATA>")[1].splitlines()]
    table = numpy.array([row[:10] for row in rows if len(row) >= 10], dtype=float)
    links = pandas.DataFrame({
        "link_id": numpy.arange(1, len(table) + 1), "a_node": table[:, 0].astype(int), "b_node": table[:, 1].astype(int),
        "direction": 1, "capacity": table[:, 2], "free_flow_time": numpy.maximum(table[:, 4], 1e-6),
        "b": table[:, 5], "power": table[:, 6], "fixed": toll * table[:, 8] + distance * table[:, 3]})
    demand = numpy.zeros((zones, zones))
    origin = None
    for line in Path(trips).read_text().split("<END OF METADATA>")[1].splitlines():
        if line.strip().startswith("Origin"):
            origin = int(line.split()[1]) - 1
        for destination, volume in re.findall(r"(\d+)\s*:\s*([\d.eE+-]+)", line):
            demand[origin, int(destination) - 1] = float(volume)
    return links, demand


def aequilibrae_curve(net: str, trips: str, toll: float, distance: float) -> list[tuple[float, float, float]]:
    """The iterations' times are taken as equal: it reports their gaps, but no clock."""
    import numpy
    from aequilibrae.matrix import AequilibraeMatrix
    from aequilibrae.paths import Graph, TrafficAssignment, TrafficClass

    links, demand = read_tntp(net, trips, toll, distance)
    zones = numpy.arange(1, len(demand) + 1)
    graph = Graph()
    graph.network = links
    graph.prepare_graph(zones)
    graph.set_graph("free_flow_time")
    graph.set_blocked_centroid_flows(True)
    matrix = AequilibraeMatrix()
    matrix.create_empty(zones=len(zones), matrix_names=["trips"], memory_only=True)
    matrix.index[:] = zones
    matrix.matrices[:, :, 0] = demand
    matrix.computational_view(["trips"])
    cars = TrafficClass("car", graph, matrix)
    cars.set_fixed_cost("fixed")
    cars.set_vot(1.0)
    assignment = TrafficAssignment()
    assignment.set_classes([cars])
    assignment.set_vdf("BPR")
    assignment.set_vdf_parameters({"alpha": "b", "beta": "power"})
    assignment.set_capacity_field("capacity")
    assignment.set_time_field("free_flow_time")
    assignment.set_algorithm("bfw")
    assignment.set_cores(THREADS)
    assignment.max_iter = 400
    assignment.rgap_target = min(GAPS)
    wall, used = time.monotonic(), processor_seconds(resource.RUSAGE_SELF)
    with open("/dev/null", "w") as nowhere, contextlib.redirect_stderr(nowhere):  # its progress bars
        assignment.execute()
    wall, used = time.monotonic() - wall, processor_seconds(resource.RUSAGE_SELF) - used
    gaps = [float(gap) for gap in assignment.report()["rgap"]]
    return [(wall * (k + 1) / len(gaps), used * (k + 1) / len(gaps), gap)
            for k, gap in enumerate(gaps) if 0.0 < gap < 1.0]


def time_to(curve, gap: float) -> str:
    reached = [point for point in curve if point[2] <= gap]
    return f"{reached[0][0]:.2f} / {reached[0][1]:.2f}" if reached else f"not within {curve[-1][1]:.0f} s: {curve[-1][2]:.1e}"


def main() -> None:
    net, trips, *factors = sys.argv[1:]
    toll, distance = [*(float(factor) for factor in factors), 0.0, 0.0][:2]
    curves = {"gerbang": gerbang_curve(net, trips, toll, distance),
              "AequilibraE 1.7.2 (bi-conjugate Frank–Wolfe)": aequilibrae_curve(net, trips, toll, distance),
              "bi-conjugate Frank–Wolfe of our own": frank_wolfe_curve(net, trips, toll, distance)}
    print(f"| wall / processor seconds, {THREADS} threads | " + " | ".join(f"{gap:.0e}" for gap in GAPS) + " |")
    print("|---" * (len(GAPS) + 1) + "|")
    for name, curve in curves.items():
        print(f"| {name} | " + " | ".join(time_to(curve, gap) for gap in GAPS) + " |")
    log_log_plot(ROOT / "docs" / "roads-peers.svg", "processor seconds", "relative gap",
                 [Curve(name, [(used, gap) for _, used, gap in points]) for name, points in curves.items()])


if __name__ == "__main__":
    main()
