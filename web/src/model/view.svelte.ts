// What is being looked at. All of it stands in the address, so that a link shows the same view.
import { trial } from './trial.svelte';
import type { Study } from './types';

export type ViewName = 'gains' | 'moves' | 'compare' | 'exact' | 'try';
export type SelectionKind = 'region' | 'link' | 'lane' | 'service' | 'terminal';
export interface Selection {
  kind: SelectionKind;
  id: string;
}
export interface Camera {
  lon: number;
  lat: number;
  zoom: number;
}

const VIEWS: readonly ViewName[] = ['gains', 'moves', 'compare', 'exact', 'try'];
const KINDS: readonly SelectionKind[] = ['region', 'link', 'lane', 'service', 'terminal'];

function oneOf<T extends string>(value: string | null, allowed: readonly T[], otherwise: T): T {
  return allowed.find((candidate) => candidate === value) ?? otherwise;
}

export class View {
  view = $state<ViewName>('gains');
  scenario = $state('');
  year = $state(0);
  against = $state<'predecessor' | 'base'>('predecessor');
  closure = $state<'fixed' | 'national_budget'>('fixed');
  measure = $state<'percent' | 'per_head'>('percent');
  /** A freight class, or all of them. */
  freightClass = $state<string>('all');
  mode = $state<string>('all');
  show = $state<'absolute' | 'difference' | 'percent'>('absolute');
  otherScenario = $state('');
  otherYear = $state(0);
  compare = $state<'side' | 'difference'>('side');
  compared = $state<'gains' | 'moves'>('moves');
  /** What the list of Who gains has a row for. */
  level = $state<'region' | 'group'>('region');
  selection = $state<Selection | null>(null);
  camera = $state<Camera | null>(null);
  language = $state<'id' | 'en'>('id');

  constructor(
    private readonly study: Study,
    private readonly canTry: boolean,
  ) {
    this.read(location.hash);
  }

  read(hash: string): void {
    const from = new URLSearchParams(hash.slice(1));
    const scenarios = this.study.scenarios.map((s) => s.scenario_id);
    const last = scenarios.at(-1) ?? '';
    const years = this.study.years;
    const year = (name: string, otherwise: number): number => {
      const asked = Number(from.get(name));
      return years.includes(asked) ? asked : otherwise;
    };
    const view = oneOf(from.get('view'), VIEWS, 'gains');
    this.view = view === 'try' && !this.canTry ? 'gains' : view;
    this.scenario = oneOf(from.get('scenario'), scenarios, last);
    this.year = year('year', years.at(-1) ?? this.study.base_year);
    this.against = oneOf(from.get('against'), ['predecessor', 'base'], 'predecessor');
    this.closure = oneOf(from.get('closure'), ['fixed', 'national_budget'], 'fixed');
    this.measure = oneOf(from.get('measure'), ['percent', 'per_head'], 'percent');
    this.freightClass = oneOf(from.get('class'), this.study.freight_classes.map((c) => c.freight_class_id), 'all');
    this.mode = oneOf(from.get('mode'), ['road', ...new Set(this.study.services.map((s) => s.mode))], 'all');
    this.show = oneOf(from.get('show'), ['absolute', 'difference', 'percent'], 'absolute');
    this.otherScenario = oneOf(from.get('other'), scenarios, scenarios[0] ?? '');
    this.otherYear = year('other_year', this.year);
    this.compare = oneOf(from.get('compare'), ['side', 'difference'], 'side');
    this.compared = oneOf(from.get('compared'), ['gains', 'moves'], 'moves');
    this.level = oneOf(from.get('level'), ['region', 'group'], 'region');
    if (this.canTry) trial.readFrom(from);
    const browser = navigator.language.toLowerCase().startsWith('id') ? 'id' : 'en';
    this.language = oneOf(from.get('lang'), ['id', 'en'], browser);
    this.selection = this.readSelection(from.get('select'));
    this.camera = this.readCamera(from.get('map'));
  }

  private readSelection(text: string | null): Selection | null {
    const [, kind, id] = /^(\w+):(.+)$/.exec(text ?? '') ?? [];
    const known = KINDS.find((candidate) => candidate === kind);
    return known && id ? { kind: known, id } : null;
  }

  private readCamera(text: string | null): Camera | null {
    const [lon, lat, zoom] = (text ?? '').split(',').map(Number);
    if (lon === undefined || lat === undefined || zoom === undefined) return null;
    const isPlace = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
    return isPlace ? { lon, lat, zoom } : null;
  }

  /** The address of this view. */
  get hash(): string {
    const to = new URLSearchParams();
    to.set('view', this.view);
    to.set('scenario', this.scenario);
    to.set('year', String(this.year));
    const unless = (name: string, value: string, usual: string) => value !== usual && to.set(name, value);
    unless('against', this.against, 'predecessor');
    unless('closure', this.closure, 'fixed');
    unless('measure', this.measure, 'percent');
    unless('class', this.freightClass, 'all');
    unless('mode', this.mode, 'all');
    unless('show', this.show, 'absolute');
    unless('level', this.level, 'region');
    trial.writeTo(to);
    if (this.view === 'compare') {
      to.set('other', this.otherScenario);
      to.set('other_year', String(this.otherYear));
      unless('compare', this.compare, 'side');
      unless('compared', this.compared, 'moves');
    }
    if (this.selection) to.set('select', `${this.selection.kind}:${this.selection.id}`);
    if (this.camera)
      to.set('map', [this.camera.lon.toFixed(3), this.camera.lat.toFixed(3), this.camera.zoom.toFixed(2)].join(','));
    to.set('lang', this.language);
    return `#${to}`;
  }

  select(kind: SelectionKind, id: string): void {
    this.selection = { kind, id };
  }
}
