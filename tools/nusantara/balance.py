"""Supply and use of the 21 sectors in 2024: coefficients and final demand that add up (RAS from IRIO 2016)."""

from . import tables
from .economy import TOTAL_SECTORS, VALUE_ADDED_SHARE

# Expenditure on GDP 2024, percent (general knowledge, unverified); households take what is left.
GOVERNMENT_OF_GDP = 0.0773
INVESTMENT_OF_GDP = 0.2915
USERS = ["households", "government", "investment"]
GOVERNMENT_PRIOR = {"O": 0.80, "P": 0.13, "Q": 0.07}
INVESTMENT_PRIOR = {"F": 0.80, "C_other": 0.165, "A_other": 0.01, "J": 0.015, "MN": 0.01}


class Balance:
    """Rows: products. Columns: using sectors, then users. IDR bn of 2024."""

    def __init__(self, irio, value, exports, imports):
        self.sectors = [row["sector_id"] for row in tables.assumptions("sectors")]
        self.parent = {row["sector_id"]: row["parent"] for row in tables.assumptions("sectors")}
        self.value_added = {s: sum(parts[s] for parts in value.values()) for s in self.sectors}
        self.exports, self.imports = exports, imports
        by_parent = [sum(imports.get(s, 0.0) for s in self.sectors if self.parent[s] == p) for p in TOTAL_SECTORS]
        self.parent_coefficient = irio.coefficients(by_parent)
        self._outputs(dict(zip(TOTAL_SECTORS, irio.value_added_share())))
        self._final_totals()
        self.prior = self._prior(irio)
        self._solve()

    def _outputs(self, parent_share):
        self.value_added_share = {}
        for s in self.sectors:
            self.value_added_share[s] = VALUE_ADDED_SHARE.get(s, parent_share[self.parent[s]])
        parts = [s for s in self.sectors if self.parent[s] == "C"]
        total = sum(self.value_added[s] for s in parts)
        rest = total / parent_share["C"] - sum(self.value_added[s] / VALUE_ADDED_SHARE[s]
                                               for s in parts if s in VALUE_ADDED_SHARE)
        self.value_added_share["C_other"] = self.value_added["C_other"] / rest
        self.output = {s: self.value_added[s] / self.value_added_share[s] for s in self.sectors}

    def _final_totals(self):
        gdp = sum(self.value_added.values())
        total = gdp - sum(self.exports.values()) + sum(self.imports.values())
        government, investment = GOVERNMENT_OF_GDP * gdp, INVESTMENT_OF_GDP * gdp
        self.final = {"households": total - government - investment, "government": government,
                      "investment": investment}

    def _prior(self, irio):
        split = _row_splits()
        column = self._columns(split)
        households = self._household_prior(irio, split)
        finals = {"households": households, "government": GOVERNMENT_PRIOR, "investment": INVESTMENT_PRIOR}
        for user, shares in finals.items():
            total = sum(shares.values())
            column[user] = {s: shares.get(s, 0.0) / total * self.final[user] for s in self.sectors}
        return column

    def _columns(self, split):
        """Intermediate use by column, before balancing: the parent's inputs, with what is known of the parts."""
        special = _special_columns()
        column = {}
        for s in self.sectors:
            if s in special:
                column[s] = self._special_column(s, special[s], split)
        for s in self.sectors:
            if s not in special:
                column[s] = self._plain_column(s, split, special)
        return column

    def _coefficient(self, parent, using):
        return self.parent_coefficient[TOTAL_SECTORS.index(parent)][TOTAL_SECTORS.index(using)]

    def _special_column(self, using, known, split):
        inputs = 1 - self.value_added_share[using]
        others = [p for p in TOTAL_SECTORS if p not in known]
        rest = inputs - sum(known.values())
        total = sum(self._coefficient(p, self.parent[using]) for p in others)
        by_parent = {p: known[p] if p in known else rest * self._coefficient(p, self.parent[using]) / total
                     for p in TOTAL_SECTORS}
        return self._split_column(using, by_parent, split)

    def _plain_column(self, using, split, special):
        parent = self.parent[using]
        by_parent = {p: self._coefficient(p, parent) for p in TOTAL_SECTORS}
        inputs = 1 - self.value_added_share[using]
        for p in by_parent:  # what the known parts take more of, the rest of the parent takes less of
            taken = sum(known.get(p, by_parent[p]) * self.output[s] for s, known in special.items()
                        if self.parent[s] == parent)
            known_output = sum(self.output[s] for s in special if self.parent[s] == parent)
            if known_output:
                left = by_parent[p] * (known_output + self.output[using]) - taken
                by_parent[p] = max(0.2 * by_parent[p], left / self.output[using])
        total = sum(by_parent.values())
        return self._split_column(using, {p: v * inputs / total for p, v in by_parent.items()}, split)

    def _split_column(self, using, by_parent, split):
        result = {}
        for p, coefficient in by_parent.items():
            for s, share in split(p, using, self.sectors, self.parent):
                result[s] = coefficient * share * self.output[using]
        return result

    def _household_prior(self, irio, split):
        """Final deliveries of 2016 less exports, government and investment, at the structure of 2024."""
        scale = sum(self.final.values()) / (sum(irio.final) - sum(self.exports.values())
                                            * sum(irio.value_added) / sum(self.value_added.values()))
        result = {}
        for p, final in zip(TOTAL_SECTORS, irio.final):
            parts = list(split(p, "households", self.sectors, self.parent))
            exports = sum(self.exports.get(s, 0.0) for s, _ in parts)
            public = sum(GOVERNMENT_PRIOR.get(s, 0.0) * self.final["government"]
                         + INVESTMENT_PRIOR.get(s, 0.0) * self.final["investment"] for s, _ in parts)
            left = max(final * scale - exports - public, 0.05 * final * scale)
            result.update({s: left * share for s, share in parts})
        return result

    def _solve(self):
        columns = self.sectors + USERS
        rows = [self.output[s] + self.imports.get(s, 0.0) - self.exports.get(s, 0.0) for s in self.sectors]
        if min(rows) <= 0:
            raise ValueError("exports exceed supply: "
                             f"{[s for s, r in zip(self.sectors, rows) if r <= 0]}")
        totals = [(1 - self.value_added_share[s]) * self.output[s] for s in self.sectors]
        totals += [self.final[u] for u in USERS]
        matrix = tables.ras([[self.prior[c].get(s, 0.0) for c in columns] for s in self.sectors], rows, totals)
        self.use = {c: {s: matrix[i][j] for i, s in enumerate(self.sectors)} for j, c in enumerate(columns)}

    def coefficient(self, product, using):
        return self.use[using][product] / self.output[using]


def _row_splits():
    rows = {}
    for row in tables.assumptions("input_row_split"):
        shares = [float(row[f"share_{i}"]) for i in (1, 2, 3) if row[f"share_{i}"]]
        rows[row["parent"], row["using"]] = shares

    def split(parent, using, sectors, parent_of):
        parts = [s for s in sectors if parent_of[s] == parent]
        if len(parts) == 1:
            return [(parts[0], 1.0)]
        return zip(parts, rows.get((parent, using), rows[parent, "*"]))
    return split


def _special_columns():
    result = {}
    for row in tables.assumptions("sub_columns"):
        result.setdefault(row["sector_id"], {})[row["input_parent"]] = float(row["coefficient"])
    return result
