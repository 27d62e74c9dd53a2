"""Rows of the small tables of the economy: sectors, freight classes, coefficients, final demand."""

from . import tables
from .balance import USERS


def sectors():
    gravity = {row["sector_id"]: row for row in tables.read(tables.HERE / "gravity.csv")}
    rows = []
    for s in tables.assumptions("sectors"):
        g = gravity[s["sector_id"]]
        source = (f"trade elasticity: {_elasticity_source(s)}; distance elasticity and own-region weight: {g['source']}; "
                  f"labour share assumed")
        if s["value"]:
            source = f"value: {s['value_source']}; " + source
        rows.append({"sector_id": s["sector_id"], "name": s["name"], "name_en": s["name_en"], "group": s["group"],
                     "freight_class_id": s["freight_class_id"], "value_mn_idr_per_tonne": s["value"],
                     "value_mn_idr_per_tonne_low": s["value_low"], "value_mn_idr_per_tonne_high": s["value_high"],
                     "trade_elasticity": s["trade_elasticity"], "trade_elasticity_low": s["theta_low"],
                     "trade_elasticity_high": s["theta_high"], "distance_elasticity": g["distance_elasticity"],
                     "own_region_log": g["own_region_log"], "labour_share": s["labour_share"], "source": source,
                     "quality": "assumed"})
    return rows


def _elasticity_source(sector):
    if sector["parent"] == "A":
        return "8.11 (Caliendo & Parro 2015, agriculture)"
    if sector["parent"] == "B":
        return "8, half of 15.72 (Caliendo & Parro 2015, mining), which is the high value"
    if sector["sector_id"] == "C_fuels":
        return "8 assumed (51 for petroleum in Caliendo & Parro 2015)"
    if sector["parent"] == "C":
        return "4.55 (Caliendo & Parro 2015, manufacturing); low for cement: 2.76, non-metallic minerals"
    return "5 assumed for services"


def freight_classes():
    value = {row["sector_id"]: row for row in tables.assumptions("sectors")}
    rows = []
    for c in tables.assumptions("freight_classes"):
        s = value[c["value_sector"]]
        rows.append({"freight_class_id": c["freight_class_id"], "name": c["name"], "name_en": c["name_en"],
                     "payload_t": c["payload_t"], "empty_share": c["empty_share"],
                     "pcu_per_vehicle": c["pcu_per_vehicle"], "value_mn_idr_per_tonne": s["value"],
                     "value_mn_idr_per_tonne_low": s["value_low"], "value_mn_idr_per_tonne_high": s["value_high"],
                     "time_value_percent_per_day": c["time_value_percent_per_day"],
                     "time_value_percent_per_day_low": c["time_low"], "time_value_percent_per_day_high": c["time_high"],
                     "road_idr_per_tonne_km": c["road_idr_per_tonne_km"], "road_idr_per_tonne_km_low": c["road_low"],
                     "road_idr_per_tonne_km_high": c["road_high"],
                     "not_served_mn_idr_per_tonne": c["not_served_mn_idr_per_tonne"],
                     "source": "road 450 IDR/t-km (350-600, paved trunk on Java), payload 18 t (15-20), 2.5 pcu, value of "
                               "time 1 % of value a day (0.6-2.1, Hummels & Schaur 2013): cost parameters of the example; "
                               "empty runs and price of not being served (about twice the value) assumed",
                     "quality": "assumed", "note": c["note"]})
    return rows


def input_output(balance):
    source = ("IRIO 2016 (BPS), sum of provinces, domestic and imported inputs (imports spread over products as the domestic "
              "product is used), parts split by assumed shares, RAS to output, final demand and foreign trade of 2024")
    return [{"input_sector_id": k, "using_sector_id": s, "coefficient": round(balance.coefficient(k, s), 7),
             "source": source, "quality": "derived"}
            for s in balance.sectors for k in balance.sectors if round(balance.coefficient(k, s), 7) > 0]


def final_demand(balance):
    source = ("balance of supply and use 2024: prior from final deliveries of IRIO 2016 (households), 80 % public "
              "administration (government), 80 % construction (investment), RAS as input_output")
    rows = []
    for user in USERS:
        shares = {s: round(balance.use[user][s] / balance.final[user], 7) for s in balance.sectors}
        largest = max(shares, key=shares.get)
        shares[largest] = round(shares[largest] + 1 - sum(shares.values()), 7)
        rows += [{"user": user, "sector_id": s, "share": shares[s], "source": source, "quality": "derived"}
                 for s in balance.sectors if shares[s] > 0]
    return rows
