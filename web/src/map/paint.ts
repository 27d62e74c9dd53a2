// From figures to painted rows: who gains and what moves, in the colours and widths of the map.
import { at, type Comparison, type Outcome, type Study } from '../model/types';
import { bandsOf, changesOf, terminalMarks, type Band, type Change, type Filter, type TerminalMark } from '../model/network';
import type { Bounds } from '../model/focus';
import type { Words } from '../text/words';
import { diverging, useColour, type Diverging, type Rgb } from './colour';
import type { Circle, Name, Painted } from './layers';
import type { RegionPaint } from './regions';
import { sizeScale, type SizeScale } from './scale';

export interface GainPaint {
  scale: Diverging;
  values: Map<number, number>;
  colour: (region: number) => Rgb | null;
}

const THOUSAND_PER_MN = 1000;

export function gainValues(comparison: Comparison, measure: 'percent' | 'per_head'): Map<number, number> {
  const { region, ev_percent, ev_mn_idr_per_head } = comparison.regions;
  return new Map(region.map((index, row) => [index, measure === 'percent' ? at(ev_percent, row) : at(ev_mn_idr_per_head, row) * THOUSAND_PER_MN]));
}

export const largestOf = (values: Map<number, number>): number => [...values.values()].reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** `neutral`: what counts as no change, in the measure's unit. `largest`: of all that are painted beside each other. */
export function paintValues(values: Map<number, number>, neutral: number, largest = largestOf(values)): GainPaint {
  const scale = diverging(largest, neutral);
  return { scale, values, colour: (region) => { const value = values.get(region); return value === undefined ? null : scale.colour(value); } };
}

const GREY: Rgb = [233, 230, 222];
/** Regions by their gain, or all grey behind a network. */
export const gainOrGrey = (gain: GainPaint | null): Omit<RegionPaint, 'selected'> =>
  gain ? { colour: gain.colour, opacity: 235 } : { colour: () => GREY, opacity: 110 };

/** No material change: the study's band; per head, that share of the mean income. */
export function neutralOf(study: Study, measure: 'percent' | 'per_head', outcome: Outcome | undefined): number {
  if (measure === 'percent' || !outcome) return measure === 'percent' ? study.material_change_percent : 1;
  let income = 0;
  let people = 0;
  study.regions.forEach((region, i) => {
    if (region.is_foreign) return;
    income += outcome.regions.income_idr_bn[i] ?? 0;
    people += outcome.regions.population[i] ?? 0;
  });
  const thousandPerBn = 1e6;
  return people > 0 ? ((study.material_change_percent / 100) * income * thousandPerBn) / people : 1;
}

/** Of how many lanes, or directions of roads, how many are drawn. */
export interface Drawn {
  drawn: number;
  all: number;
}

export interface NetworkPaint {
  lanes: Drawn;
  roads: Drawn;
  bands: Painted[];
  circles: Circle[];
  scale: SizeScale;
  diverging: Diverging | null;
}

const NOTHING_DRAWN = { lanes: { drawn: 0, all: 0 }, roads: { drawn: 0, all: 0 } };

/** What a network carries, before it is painted. */
export interface Carried {
  bands: Band[];
  marks: TerminalMark[];
}

export function carriedBy(study: Study, outcome: Outcome, filter: Filter): Carried {
  return { bands: bandsOf(study, outcome, filter), marks: terminalMarks(study, outcome, filter) };
}

const mostTonnes = (rows: { kt: number }[]): number => rows.reduce((most, row) => Math.max(most, row.kt), 0);

/** `beside`: another one painted at the same scale. */
export function paintNetwork({ bands, marks }: Carried, words: Words, beside: Carried = { bands: [], marks: [] }): NetworkPaint {
  const scale = sizeScale(Math.max(mostTonnes(bands), mostTonnes(beside.bands)));
  const circleScale = sizeScale(Math.max(mostTonnes(marks), mostTonnes(beside.marks)));
  const numbers = words.numbers;
  const line = (name: string, kt: number, use: number | null) =>
    `${name}: ${numbers.figure(kt)} ${words.say('kt_year')}${use === null ? '' : ` · ${words.say('use').toLowerCase()} ${numbers.percent(100 * use)}`}`;
  return {
    ...NOTHING_DRAWN,
    scale,
    diverging: null,
    bands: bands.map((b) => ({ id: b.id, key: b.key, kind: b.kind, path: b.path, width: scale.band(b.kt), colour: useColour(b.use), title: () => line(b.name, b.kt, b.use) })),
    circles: marks.map((m) => ({ id: m.id, place: m.place, radius: circleScale.circle(m.kt), colour: useColour(m.use), title: () => line(m.name, m.kt, m.use) })),
  };
}

/** What changed against another outcome: width by tonnes, colour by tonnes or percent. */
export function paintChange(now: Carried, before: Carried, show: 'difference' | 'percent', words: Words): NetworkPaint {
  const bandChanges = changesOf(now.bands, before.bands, (b) => b.key);
  const markChanges = changesOf(now.marks, before.marks, (m) => m.id);
  const sizeOf = (changes: Map<string, Change>) => [...changes.values()].reduce((most, change) => Math.max(most, Math.abs(change.kt)), 0);
  const largest = sizeOf(bandChanges);
  const scale = sizeScale(largest);
  const circleScale = sizeScale(sizeOf(markChanges));
  const least = largest / 2000;
  const colours = show === 'percent' ? diverging(100, 0.1) : diverging(largest, Math.max(least, 1e-6));
  const numbers = words.numbers;
  const line = (name: string, kt: number, percent: number | null) =>
    `${name}: ${numbers.change(kt)} ${words.say('kt_year')}${percent === null ? '' : ` (${numbers.percentChange(percent)})`}`;
  const all = new Map([...before.bands, ...now.bands].map((b) => [b.key, b]));
  const allMarks = new Map([...before.marks, ...now.marks].map((m) => [m.id, m]));
  const value = (change: { kt: number; percent: number | null }) => (show === 'percent' ? (change.percent ?? 100) : change.kt);
  return {
    ...NOTHING_DRAWN,
    scale,
    diverging: colours,
    bands: [...all.values()].map((b) => {
      const change = bandChanges.get(b.key) ?? { kt: 0, percent: null };
      return { id: b.id, key: b.key, kind: b.kind, path: b.path, width: Math.abs(change.kt) > least ? scale.band(change.kt) : 0, colour: colours.colour(value(change)), title: () => line(b.name, change.kt, change.percent) };
    }),
    circles: [...allMarks.values()].map((m) => {
      const change = markChanges.get(m.id) ?? { kt: 0, percent: null };
      return { id: m.id, place: m.place, radius: Math.abs(change.kt) > least ? circleScale.circle(change.kt) : 0, colour: colours.colour(value(change)), title: () => line(m.name, change.kt, change.percent) };
    }),
  };
}

const LANES_WITHIN = 40;
const LANES_LEAVING = 14;
const ROADS = 1200;

/** The widest of the roads in view, and of the lanes that begin or end there: more would hide the map. */
export function clearOfClutter(paint: NetworkPaint, seen: Bounds | null, kept: string | null): NetworkPaint {
  if (!seen) return paint;
  const isSeen = (place: [number, number] | undefined) =>
    place !== undefined && place[0] >= seen[0][0] && place[0] <= seen[1][0] && place[1] >= seen[0][1] && place[1] <= seen[1][1];
  const lanes = paint.bands.filter((b) => b.kind === 'lane' && b.width > 0);
  const ends = (b: Painted) => Number(isSeen(b.path[0])) + Number(isSeen(b.path.at(-1)));
  const widest = (count: number, list: Painted[]) => list.sort((a, b) => b.width - a.width).slice(0, count);
  const drawn = [
    ...widest(LANES_WITHIN, lanes.filter((b) => ends(b) === 2)),
    ...widest(LANES_LEAVING, lanes.filter((b) => ends(b) === 1)),
  ];
  const asked = lanes.filter((b) => `lane:${b.id}` === kept && !drawn.includes(b));
  const isBeside = (b: Painted, axis: 0 | 1) => b.path.every((place) => place[axis] < seen[0][axis]) || b.path.every((place) => place[axis] > seen[1][axis]);
  const roads = paint.bands.filter((b) => b.kind === 'link' && b.width > 0);
  const drawnRoads = roads.length <= ROADS ? roads : widest(ROADS, roads.filter((b) => `link:${b.id}` === kept || !(isBeside(b, 0) || isBeside(b, 1))));
  return { ...paint, bands: [...drawnRoads, ...drawn, ...asked], lanes: { drawn: drawn.length + asked.length, all: lanes.length }, roads: { drawn: drawnRoads.length, all: roads.length } };
}

const SHORTENED = /^(Kota|Kabupaten|Provinsi) /;
export const shortName = (name: string): string => name.replace(SHORTENED, '');

/** Names of regions, those that stand alone in their group first. */
export function regionNames(study: Study): Name[] {
  const members = new Map<number, number>();
  for (const region of study.regions) members.set(region.group, (members.get(region.group) ?? 0) + 1);
  return study.regions
    .filter((region) => !region.is_foreign)
    .map((region) => ({ text: shortName(region.name), place: region.place as [number, number], isStrong: members.get(region.group) === 1 }))
    .sort((a, b) => Number(b.isStrong) - Number(a.isStrong));
}
