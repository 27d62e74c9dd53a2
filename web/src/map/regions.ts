// Regions on the ground: an area each, and every piece of a border once. MapLibre paints them, and the sketch before it
// stands. They lie in a canvas of their own under the layers: what changes in one is not painted anew in the other.
import type { FeatureCollection, LineString, MultiPolygon } from 'geojson';
import type { Map as GroundMap, StyleSpecification } from 'maplibre-gl';
import { at, type Place, type Study } from '../model/types';
import { BORDER, css, type Rgb, type Rgba } from './colour';

/** How regions are painted: null is not at all. `opacity`: 0 to 255. */
export interface RegionPaint {
  colour: (region: number) => Rgb | null;
  selected: number | null;
  opacity: number;
}

type Polygon = Place[][];
type Line = Place[];

/** Regions as they lie there, and as they are painted: polygons and a CSS colour for each region, and borders. */
export interface Regions {
  polygons: Polygon[][];
  fills: string[];
  borders: Line[];
}

const bordersOf = new WeakMap<Study, Line[]>();
// Every piece of a border once, whichever of its two regions it is drawn for; pieces that follow each other are one line.
function borders(study: Study): Line[] {
  const known = bordersOf.get(study);
  if (known) return known;
  const seen = new Set<string>();
  const lines: Line[] = [];
  for (const ring of (study.outlines as Polygon[][]).flat(2)) {
    let line: Line = [];
    for (let k = 1; k < ring.length; k += 1) {
      const ends = [at(ring, k - 1), at(ring, k)] as const;
      const piece = ends.map(String).sort().join(' ');
      const isNew = !seen.has(piece);
      seen.add(piece);
      if (isNew && line.length > 0) line.push(ends[1]);
      else if (isNew) lines.push((line = [...ends]));
      else line = [];
    }
  }
  bordersOf.set(study, lines);
  return lines;
}

const CLEAR: Rgba = [0, 0, 0, 0];

export function regionsOf(study: Study, paint: RegionPaint): Regions {
  const polygons = study.outlines as Polygon[][];
  const fill = (region: number): string => {
    const colour = paint.colour(region);
    return css(colour ? [...colour, paint.opacity] : CLEAR);
  };
  return { polygons, fills: polygons.map((_, region) => fill(region)), borders: borders(study) };
}

export const BORDER_WIDTH = 0.6;

/** Sources and layers of a MapLibre style; a region's feature has its index as id. */
export function regionStyle({ polygons, fills, borders: lines }: Regions): Pick<StyleSpecification, 'sources' | 'layers'> {
  const areas: FeatureCollection<MultiPolygon> = {
    type: 'FeatureCollection',
    features: polygons.map((coordinates, id) => ({ type: 'Feature', id, properties: { fill: at(fills, id) }, geometry: { type: 'MultiPolygon', coordinates } })),
  };
  const edges: FeatureCollection<LineString> = {
    type: 'FeatureCollection',
    features: lines.map((coordinates) => ({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } })),
  };
  return {
    sources: { regions: { type: 'geojson', data: areas, maxzoom: 10 }, borders: { type: 'geojson', data: edges, maxzoom: 10 } },
    layers: [
      { id: 'regions', type: 'fill', source: 'regions', paint: { 'fill-color': ['to-color', ['coalesce', ['feature-state', 'fill'], ['get', 'fill']]], 'fill-antialias': false } },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': css(BORDER), 'line-width': BORDER_WIDTH } },
    ],
  };
}

/** Paints anew the regions whose colour is another; says whether there were any. */
export function repaint(map: GroundMap, before: string[], now: string[]): boolean {
  const others = now.flatMap((fill, id) => (fill === before[id] ? [] : [{ id, fill }]));
  for (const { id, fill } of others) map.setFeatureState({ source: 'regions', id }, { fill });
  return others.length > 0;
}

/** The region at a point of the map, in pixels; a pointer that has left it is at negative ones. */
export function regionAt(map: GroundMap, x: number, y: number): number | null {
  if (x < 0 || y < 0) return null;
  const id = map.getLayer('regions') && map.queryRenderedFeatures([x, y], { layers: ['regions'] })[0]?.id;
  return typeof id === 'number' ? id : null;
}
