// A page of a nation that nobody has yet: 514 regions × 20,000 links, 300 ports, 1,200 services, three scenarios in three
// years, every number seeded. It is made of the page's documents (api/openapi.yaml) alone, without a study and without a
// solve: it tries the page, not the engine.
//   node bench/page/large.mjs PAGE.html OUT.html [--regions 514] [--links 20000]       PAGE.html: web/dist/page.html
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const option = (name, otherwise) => Number(process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const [, , page, out] = process.argv;
const REGIONS = option('--regions', 514);
const LINKS = option('--links', 20000);
const TERMINALS = 300;
const SERVICES = 1200;
const CLASSES = ['container', 'general', 'dry_bulk', 'liquid_bulk', 'food'];
const YEARS = [2024, 2029, 2034];

// Mulberry32: the same numbers everywhere.
let state = 20241;
function chance() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
const whole = (below) => Math.floor(chance() * below);
const digits = (value, count = 7) => Number(value.toPrecision(count));
const range = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const skewed = (most) => digits(most * chance() ** 4);
const named = (id) => ({ name: id, name_en: id });
const note = { quality: 'derived', source: 'seeded numbers' };

// Regions fill a lattice of uneven cells over the archipelago's latitudes.
const COLUMNS = Math.ceil(Math.sqrt(REGIONS * 2.2));
const STEP = 46 / COLUMNS;
const corner = new Map();
const cornerOf = (c, r) => {
  const key = `${c},${r}`;
  if (!corner.has(key)) corner.set(key, [digits(95 + STEP * (c + 0.5 * (chance() - 0.5)), 6), digits(6 - STEP * (r + 0.5 * (chance() - 0.5)), 6)]);
  return corner.get(key);
};
// An uneven edge, the same from both sides.
const edges = new Map();
function edge(a, b) {
  const isTurned = a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
  const [from, to] = isTurned ? [b, a] : [a, b];
  const key = `${from} ${to}`;
  if (!edges.has(key)) edges.set(key, range(12, (k) => [0, 1].map((i) => digits(from[i] + ((to[i] - from[i]) * (k + 1)) / 13 + 0.06 * STEP * (chance() - 0.5), 6))));
  return isTurned ? [...edges.get(key)].reverse() : edges.get(key);
}
const cells = range(REGIONS, (i) => [i % COLUMNS, Math.floor(i / COLUMNS)]);
const outlines = cells.map(([c, r]) => {
  const corners = [cornerOf(c, r), cornerOf(c, r + 1), cornerOf(c + 1, r + 1), cornerOf(c + 1, r)];
  const ring = corners.flatMap((a, k) => [a, ...edge(a, corners[(k + 1) % 4])]);
  return [[[...ring, ring[0]]]];
});
const inCell = ([c, r], spread) => [digits(95 + STEP * (c + 0.5 + spread * (chance() - 0.5)), 6), digits(6 - STEP * (r + 0.5 + spread * (chance() - 0.5)), 6)];
const GROUPS = 34;
const regions = cells.map((cell, i) => ({ region_id: `r${i}`, ...named(`Kabupaten ${i + 1}`), group: Math.floor((i * GROUPS) / REGIONS), place: inCell(cell, 0.3), is_foreign: false, ...note }));

const nodes = range(Math.ceil(LINKS / 1.6), (i) => ({ place: inCell(cells[i % REGIONS], 0.95), region: i % REGIONS }));
const byRegion = range(REGIONS, (i) => nodes.flatMap((node, k) => (node.region === i ? [k] : [])));
const links = range(LINKS, (i) => {
  const from = i % nodes.length;
  const region = nodes[from].region;
  const beside = Math.min(REGIONS - 1, chance() < 0.2 ? region + 1 : region);
  const to = byRegion[beside][whole(byRegion[beside].length)];
  return { link_id: `l${i}`, ...named(`Road ${i}`), from_name: `Node ${from}`, from_name_en: `Node ${from}`, to_name: `Node ${to}`, to_name_en: `Node ${to}`, from: nodes[from].place, to: nodes[to].place, is_directed: false, is_connector: false, facility_type: 'primary', length_km: digits(5 + 40 * chance(), 4), free_speed_kmh: 60, capacity_pcu_h: 800 + 400 * whole(6), toll_idr_per_vehicle: 0, project: i === 0 ? 0 : null, ...note };
});
const terminals = range(TERMINALS, (i) => {
  const region = whole(REGIONS);
  return { terminal_id: `t${i}`, ...named(`Port ${i}`), place: inCell(cells[region], 0.9), region, cluster: `t${i}`, freight_classes: range(CLASSES.length, (m) => m), capacity_mt_per_year: 5, handling_idr_per_tonne: 60000, handling_h: 24, earner: region, project: null, ...note };
});
const routes = [];
const routeOf = new Map();
const route = (a, b) => {
  const key = `${a} ${b}`;
  if (!routeOf.has(key)) {
    routeOf.set(key, routes.length);
    const [from, to] = [terminals[a].place, terminals[b].place];
    routes.push([from, ...range(6, (k) => [0, 1].map((i) => digits(from[i] + ((to[i] - from[i]) * (k + 1)) / 7 + 0.4 * (chance() - 0.5), 6))), to]);
  }
  return routeOf.get(key);
};
const services = range(SERVICES, (i) => {
  const a = whole(TERMINALS);
  const b = (a + 1 + whole(TERMINALS - 1)) % TERMINALS;
  const leg = (from, to) => ({ from, to, distance_nm: 300, time_h: 30, tariff_idr_per_tonne: 250000, route: route(from, to) });
  return { service_id: `s${i}`, ...named(`Service ${i}`), mode: i % 9 === 0 ? 'ferry' : 'sea', carrier: 'carrier', carrier_en: 'carrier', freight_classes: [0, 1], departures_per_week: 1 + whole(7), tariff_factor: 1, earner: 0, project: null, legs: [leg(a, b), leg(b, a)], ...note };
});
const scenarios = ['base', 'gateway', 'partners'].map((id, i) => ({ scenario_id: id, ...named(`Scenario ${id}`), predecessor: i === 0 ? null : i - 1, projects: i === 0 ? [] : [0], trends: [] }));

const REGION_INDICES = range(REGIONS, (i) => i);
function comparison(against, reference) {
  const percent = REGION_INDICES.map(() => digits((chance() - 0.3) ** 3));
  const verdict = percent.map((value) => (value > 0.01 ? 'gains' : value < -0.01 ? 'loses' : 'no material change'));
  const count = (word) => verdict.filter((v) => v === word).length;
  const money = percent.map((value) => digits(value * 400));
  const sum = (sign) => digits(money.filter((value) => value * sign > 0).reduce((a, b) => a + b, 0));
  const groups = range(GROUPS, (g) => ({ group: `Province ${g + 1}`, group_en: `Province ${g + 1}`, regions: 15, gainers: 8, losers: 3, ev_idr_bn: skewed(900), ev_percent: digits(chance() - 0.2), dilution_percent: 0, verdict: 'gains', changes_with_closure: false }));
  return {
    against, reference, finding: 'some_lose', gainers: count('gains'), losers: count('loses'), gained_idr_bn: sum(1), lost_idr_bn: sum(-1), ev_idr_bn: digits(sum(1) + sum(-1)), movers_ev_idr_bn: 0, foreign_ev_idr_bn: 0,
    first_order_idr_bn: 100, is_transport_only: true, first_order_warning: false, added_public_demand_idr_bn: 0, share_of_regions_that_gain: count('gains') / REGIONS, share_of_people_that_gain: 0.6, smallest_gain_percent: Math.min(...percent),
    theil_before: 0.3, theil_after: 0.3, gini_before: 0.41, gini_after: 0.4, movers: null, groups,
    regions: { region: REGION_INDICES, ev_idr_bn: money, ev_percent: percent, ev_mn_idr_per_head: percent.map((v) => digits(v / 10)), dilution_percent: percent.map(() => 0), verdict, changes_with_closure: percent.map(() => false), income_percent: percent, people_percent: percent.map(() => 0), prices_percent: percent.map(() => 0), largest_prices: percent.map(() => [[0, 0.1]]) },
  };
}
const outcomes = [];
for (const year of YEARS)
  scenarios.forEach(({ scenario_id }, i) => {
    for (const closure of ['fixed', 'national_budget'])
      outcomes.push({ scenario: scenario_id, year, closure, hash: `seed-${scenario_id}-${year}-${closure}`, is_converged: true, residuals: { road_gap: 1e-9, use: 1e-8, road_demand: 1e-8, market: 1e-13 }, rounds: 12, unserved_kt: 0, tonnes_by_mode: { within_region: 9e5, road: 7e5, sea: 4e5, ferry: 3e4 }, comparisons: i === 0 ? [] : [comparison('predecessor', scenarios[i - 1].scenario_id), comparison('base', 'base')] });
  });
const study = {
  format: 1, name: 'large', title: `Sebuah negeri: ${REGIONS} wilayah, ${LINKS} ruas`, title_en: `A nation: ${REGIONS} regions, ${LINKS} links`, study_hash: 'seeded0000000000', results_hash: 'seeded0000000000', version: '0', base_year: 2024, years: YEARS, is_converged: true, material_change_percent: 0.01,
  tolerances: { road_gap: 1e-8, use: 2e-7, road_demand: 2e-7, market: 1e-12 }, regions, groups: range(GROUPS, (g) => `Province ${g + 1}`), groups_en: range(GROUPS, (g) => `Province ${g + 1}`), outlines, freight_classes: CLASSES.map((id) => ({ freight_class_id: id, ...named(id) })), sectors: [{ sector_id: 'goods', ...named('Goods'), freight_class: 0 }],
  links, terminals, services, routes, projects: [{ project_id: 'P0', ...named('A toll road'), status: 'proposed', year: 2027, cost_idr_bn: 900, land_ha: null, region: Math.floor(REGIONS / 3), needs: [], excludes: [], owners: [], ...note }], scenarios, outcomes,
};

const byClass = (count, most) => CLASSES.map(() => range(count, () => skewed(most)));
function outcome(scenario, year) {
  const legs = services.flatMap((service, s) => service.legs.map((_, leg) => ({ s, leg })));
  const column = (count, make) => range(count, make);
  const owners = (count) => ({ of: range(count, (i) => i), total_kt: range(count, () => skewed(900)), pairs: range(count, () => 4), pair: range(4 * count, () => whole(REGIONS * REGIONS)), kt: range(4 * count, () => skewed(200)) });
  const flows = range(REGIONS * 20, (i) => [i % REGIONS, whole(REGIONS)]);
  return {
    scenario, year, hash: `seed-${scenario}-${year}-fixed`,
    regions: { population: column(REGIONS, () => 1e5 + whole(9e5)), income_idr_bn: column(REGIONS, () => skewed(9e4)), value_added_idr_bn: column(REGIONS, () => skewed(9e4)), output_idr_bn: column(REGIONS, () => skewed(9e4)), freight_revenue_idr_bn: column(REGIONS, () => skewed(900)) },
    links: { link: column(LINKS, (i) => i), capacity_pcu_h: links.map((l) => l.capacity_pcu_h), background_pcu_h: column(LINKS, () => 300), forward_pcu_h: column(LINKS, () => skewed(2500)), forward_minutes: column(LINKS, () => skewed(60)), reverse_pcu_h: column(LINKS, () => skewed(2500)), reverse_minutes: column(LINKS, () => skewed(60)), forward_kt: byClass(LINKS, 3000), reverse_kt: byClass(LINKS, 3000) },
    terminals: { terminal: column(TERMINALS, (i) => i), capacity_kt: column(TERMINALS, () => 5000), use: column(TERMINALS, () => digits(1.2 * chance())), capacity_basis: column(TERMINALS, () => 'derived'), kt: byClass(TERMINALS, 4000) },
    legs: { service: legs.map(({ s }) => s), leg: legs.map(({ leg }) => leg), departures_per_week: legs.map(({ s }) => services[s].departures_per_week), capacity_kt: legs.map(() => 900), use: legs.map(() => digits(chance())), capacity_basis: legs.map(() => 'derived'), kt: byClass(legs.length, 800) },
    flows: { freight_class: flows.map((_, i) => i % CLASSES.length), origin: flows.map(([o]) => o), destination: flows.map(([, d]) => d), kt: flows.map(() => skewed(500)), cost_idr_per_tonne: flows.map(() => skewed(2e6)), hours: flows.map(() => skewed(200)) },
    goods: { links: owners(LINKS), terminals: owners(TERMINALS), services: owners(SERVICES) },
    group_flows: { kt: range(CLASSES.length, () => range(GROUPS * GROUPS, () => skewed(3000))) },
  };
}

const element = (name, json) => `<script type="application/gzip" id="document-${name}">${gzipSync(JSON.stringify(json), { level: 6 }).toString('base64')}</script>\n`;
let documents = element('study', study);
for (const year of YEARS) for (const { scenario_id } of scenarios) documents += element(`outcome-${scenario_id}-${year}`, outcome(scenario_id, year));
writeFileSync(out, readFileSync(page, 'utf8').replace('<!-- gerbang: documents -->', () => documents));
console.log(`${out}: ${(Buffer.byteLength(documents) / 1e6).toFixed(1)} MB of documents`);
