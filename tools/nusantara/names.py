"""Names in both languages. The shared tables mix Indonesian and English; a study names each thing in both where they
differ. names.csv: as the shared tables have it, then what differs from it in either language."""

import re

from . import tables

KNOWN = {row["shared"]: (row["name"] or row["shared"], row["name_en"] or row["shared"])
         for row in tables.assumptions("names")}
# Of services that a rule adds, by the first class they take; of quays, by the ending of the terminal's id.
SERVICE_CLASS = {"container": ("peti kemas", "containers"), "food": ("barang umum", "general cargo"),
                 "coal": ("batu bara", "coal"), "cement": ("semen", "cement"), "bulk": ("curah", "bulk"),
                 "fuel": ("bahan bakar", "fuels")}
QUAY = {"roro": ("ro-ro", "ro-ro"), "bulk": ("curah", "bulk"), "cement": ("semen", "cement"),
        "fuel": ("bahan bakar", "fuels")}


def both(shared):
    """(Indonesian, English) of a name, its parts in brackets and beside ' + ' taken alone."""
    if shared in KNOWN:
        return KNOWN[shared]
    bracketed = re.fullmatch(r"(.+) \((.+)\)", shared)
    if bracketed:
        return tuple(f"{outside} ({inside})" for outside, inside in zip(both(bracketed[1]), both(bracketed[2])))
    if " + " in shared:
        return tuple(" + ".join(parts) for parts in zip(*map(both, shared.split(" + "))))
    ferry = re.fullmatch(r"(.+) ferry port", shared)
    if ferry:
        return f"Pelabuhan feri {ferry[1]}", shared
    way = re.fullmatch(r"(?:via|by) (.+)", shared)
    if way:
        return "lewat " + way[1].replace(" and ", " dan "), "via " + way[1]
    place = re.fullmatch(r"(?:Kota|Kabupaten|Kab\.) (.+)", shared)
    return (shared.replace("Kab. ", "Kabupaten "), place[1]) if place else (shared, shared)


def cells(pair, column="name"):
    """The two columns of a name; the English one is blank where it is the same."""
    name, name_en = pair
    return {column: name, column + "_en": "" if name_en == name else name_en}
