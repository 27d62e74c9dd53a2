// Rows of the network as the map and the panels need them: per direction and for the chosen classes and mode.
import { at, type Link, type Outcome, type Place, type Study } from './types';

/** Which tonnes are looked at: a freight class (its index) or all, a mode or all. */
export interface Filter {
  freightClass: number | null;
  mode: string;
}

/** One direction of a road or of a lane between two ports. Tonnes in kt a year. */
export interface Band {
  kind: 'link' | 'lane';
  id: string;
  key: string;
  name: string;
  path: Place[];
  kt: number;
  use: number | null;
}

export interface TerminalMark {
  id: string;
  name: string;
  place: Place;
  kt: number;
  use: number | null;
}

const sumOfClasses = (columns: readonly (readonly number[])[], row: number, freightClass: number | null): number => {
  if (freightClass !== null) return columns[freightClass]?.[row] ?? 0;
  let sum = 0;
  for (const column of columns) sum += column[row] ?? 0;
  return sum;
};

/** Where a road leads; its own name may say how it is built or paid. */
export const roadName = (link: Link): string => `${link.from_name} – ${link.to_name}`;

export function roadBands(study: Study, outcome: Outcome, filter: Filter): Band[] {
  if (filter.mode !== 'all' && filter.mode !== 'road') return [];
  const links = outcome.links;
  const bands: Band[] = [];
  links.link.forEach((index, row) => {
    const link = at(study.links, index);
    const capacity = at(links.capacity_pcu_h, row);
    const from = link.from as Place;
    const to = link.to as Place;
    const add = (direction: string, path: Place[], pcu: number | null, kt: number) => {
      if (pcu === null) return;
      const use = link.is_connector ? null : pcu / capacity;
      bands.push({ kind: 'link', id: link.link_id, key: `${link.link_id}${direction}`, name: roadName(link), path, kt, use });
    };
    add('>', [from, to], at(links.forward_pcu_h, row), sumOfClasses(links.forward_kt, row, filter.freightClass));
    add('<', [to, from], at(links.reverse_pcu_h, row), sumOfClasses(links.reverse_kt, row, filter.freightClass));
  });
  return bands;
}

/** A lane: what all services together carry along one route in one direction. */
export interface Lane {
  route: number;
  legs: number[]; // rows of Outcome.legs
}

export function lanesOf(study: Study, outcome: Outcome, mode: string): Lane[] {
  const byRoute = new Map<number, number[]>();
  outcome.legs.service.forEach((index, row) => {
    const service = at(study.services, index);
    if (mode !== 'all' && service.mode !== mode) return;
    const route = at(service.legs, at(outcome.legs.leg, row)).route;
    const rows = byRoute.get(route);
    if (rows) rows.push(row);
    else byRoute.set(route, [row]);
  });
  return [...byRoute].map(([route, legs]) => ({ route, legs }));
}

export function portName(name: string): string {
  return name.split(',')[0] ?? name;
}

export function laneBands(study: Study, outcome: Outcome, filter: Filter): Band[] {
  return lanesOf(study, outcome, filter.mode).map(({ route, legs }) => {
    let kt = 0;
    let carried = 0;
    let capacity = 0;
    for (const row of legs) {
      kt += sumOfClasses(outcome.legs.kt, row, filter.freightClass);
      carried += sumOfClasses(outcome.legs.kt, row, null);
      capacity += outcome.legs.capacity_kt[row] ?? 0;
    }
    const first = at(legs, 0);
    const leg = at(at(study.services, at(outcome.legs.service, first)).legs, at(outcome.legs.leg, first));
    const name = `${portName(at(study.terminals, leg.from).name)} → ${portName(at(study.terminals, leg.to).name)}`;
    const path = at(study.routes, route) as Place[];
    return { kind: 'lane', id: String(route), key: `lane${route}`, name, path, kt, use: capacity > 0 ? carried / capacity : null };
  });
}

export function terminalMarks(study: Study, outcome: Outcome, filter: Filter): TerminalMark[] {
  if (filter.mode === 'road') return [];
  return outcome.terminals.terminal.map((index, row) => {
    const terminal = at(study.terminals, index);
    return {
      id: terminal.terminal_id,
      name: terminal.name,
      place: terminal.place as Place,
      kt: sumOfClasses(outcome.terminals.kt, row, filter.freightClass),
      use: outcome.terminals.use[row] ?? null,
    };
  });
}

export function bandsOf(study: Study, outcome: Outcome, filter: Filter): Band[] {
  return [...laneBands(study, outcome, filter), ...roadBands(study, outcome, filter)];
}

/** What changed of each band and terminal: now less before; percent where something was before. */
export interface Change {
  kt: number;
  percent: number | null;
}
export function changesOf<T extends { kt: number }>(now: T[], before: T[], keyOf: (row: T) => string): Map<string, Change> {
  const earlier = new Map(before.map((row) => [keyOf(row), row.kt]));
  const changes = new Map<string, Change>();
  for (const row of now) {
    const was = earlier.get(keyOf(row)) ?? 0;
    earlier.delete(keyOf(row));
    changes.set(keyOf(row), { kt: row.kt - was, percent: was > 0 ? (100 * (row.kt - was)) / was : null });
  }
  for (const [key, was] of earlier) changes.set(key, { kt: -was, percent: -100 });
  return changes;
}

/** Everything with a use over capacity, the fullest first. */
export interface Loaded {
  kind: 'link' | 'terminal' | 'service';
  id: string;
  name: string;
  use: number;
  kt: number;
  isAssumed: boolean;
}
export function fullest(study: Study, outcome: Outcome): Loaded[] {
  const all: Loaded[] = [];
  const { links, terminals, legs } = outcome;
  links.link.forEach((index, row) => {
    const link = at(study.links, index);
    if (link.is_connector) return;
    const pcu = Math.max(links.forward_pcu_h[row] ?? 0, links.reverse_pcu_h[row] ?? 0);
    const kt = sumOfClasses(links.forward_kt, row, null) + sumOfClasses(links.reverse_kt, row, null);
    all.push({ kind: 'link', id: link.link_id, name: roadName(link), use: pcu / at(links.capacity_pcu_h, row), kt, isAssumed: link.quality === 'assumed' });
  });
  const isAssumed = (basis: string | undefined) => basis === 'base use' || basis === 'assumed';
  terminals.terminal.forEach((index, row) => {
    const terminal = at(study.terminals, index);
    const use = terminals.use[row];
    if (use === null || use === undefined) return;
    all.push({ kind: 'terminal', id: terminal.terminal_id, name: terminal.name, use, kt: sumOfClasses(terminals.kt, row, null), isAssumed: isAssumed(terminals.capacity_basis[row]) });
  });
  const byService = new Map<number, Loaded>();
  legs.service.forEach((index, row) => {
    const use = legs.use[row];
    if (use === null || use === undefined) return;
    const known = byService.get(index);
    const kt = sumOfClasses(legs.kt, row, null);
    if (known && known.use >= use) return;
    const service = at(study.services, index);
    byService.set(index, { kind: 'service', id: service.service_id, name: service.name, use, kt, isAssumed: isAssumed(legs.capacity_basis[row]) });
  });
  return [...all, ...byService.values()].sort((a, b) => b.use - a.use);
}

/** Tonnes by class of a row of columns. */
export function byClass(columns: readonly (readonly number[])[], row: number): number[] {
  return columns.map((column) => column[row] ?? 0);
}
