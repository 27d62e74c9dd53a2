"""Exports and imports: national totals by sector and the known exports of single provinces."""

from . import tables

IDR_PER_USD = 15850          # mean of 2024
LARGEST_EXPORT_SHARE = 0.90  # of a region's output of a sector that a known row may claim


def national(direction):
    """{sector: IDR bn}"""
    return {row["sector_id"]: float(row["value_usd_mn"]) * IDR_PER_USD / 1e3
            for row in tables.assumptions("foreign_trade") if row["direction"] == direction}


def rows(value, balance):
    """Rows of foreign_trade.csv."""
    result = []
    for row in tables.assumptions("foreign_trade"):
        def idr(column):
            return round(float(row[column]) * IDR_PER_USD / 1e3, 1)
        result.append({"direction": row["direction"], "region_id": "", "sector_id": row["sector_id"],
                       "value_idr_bn": idr("value_usd_mn"), "value_idr_bn_low": idr("low"),
                       "value_idr_bn_high": idr("high"), "quality": row["quality"],
                       "source": f"{row['source']}; USD mn x {IDR_PER_USD} IDR/USD (2024)"})
    for row in tables.assumptions("foreign_trade_region"):
        result.extend(_regional(row, value, balance))
    return result


def _regional(row, value, balance):
    sector, members = row["sector_id"], row["regions"].split()
    by = "A_other" if "plantation" in row["source"] else sector
    weights = {r: value[r][by] for r in members}
    total = float(row["value_usd_mn"]) * IDR_PER_USD / 1e3
    for region in members:
        wanted = total * weights[region] / sum(weights.values())
        limit = LARGEST_EXPORT_SHARE * value[region][sector] / balance.value_added_share[sector]
        source = f"{row['source']}; USD mn x {IDR_PER_USD} IDR/USD (2024)"
        quality = row["quality"]
        if wanted > limit:
            source += (f"; {tables.text(wanted, 4)} IDR bn would exceed the region's output: "
                       f"{LARGEST_EXPORT_SHARE:.0%} of output taken")
            quality = "assumed"
        if limit > 0:
            yield {"direction": "export", "region_id": region, "sector_id": sector,
                   "value_idr_bn": round(min(wanted, limit), 1), "quality": quality, "source": source}
