// The ground of the map: land of Natural Earth (1:50 million) in the page itself, no tiles and no network.
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { prewarm, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerCode from 'maplibre-gl/dist/maplibre-gl-worker.mjs?raw';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import landText from 'world-atlas/land-50m.json?raw';
import type { Bounds } from '../model/focus';
import { regionStyle, type Regions } from './regions';

export const SEA = '#dbe6ec';
export const LAND = '#f6f4ef';
export const SHORE = '#b9bfc2';

let isWorkerSet = false;
/** MapLibre's worker, from the page's own bytes: a page on disk has no other file to load. It starts at once, while the
 * documents are read. */
export function startWorker(): void {
  if (isWorkerSet) return;
  setWorkerUrl(URL.createObjectURL(new Blob([workerCode], { type: 'text/javascript' })));
  prewarm();
  isWorkerSet = true;
}

let world: FeatureCollection<Polygon | MultiPolygon> | undefined;
/** The land of the whole world. */
export function worldLand(): FeatureCollection<Polygon | MultiPolygon> {
  if (!world) {
    const topology = JSON.parse(landText) as Topology<{ land: GeometryCollection }>;
    world = feature(topology, topology.objects.land) as FeatureCollection<Polygon | MultiPolygon>;
  }
  return world;
}

// The part of a ring on one side of a meridian (axis 0) or parallel (axis 1); Sutherland and Hodgman.
function cut(ring: Position[], axis: 0 | 1, limit: number, sign: 1 | -1): Position[] {
  const kept: Position[] = [];
  const depth = (place: Position) => sign * ((place[axis] ?? 0) - limit);
  ring.forEach((to, i) => {
    const from = ring[i === 0 ? ring.length - 1 : i - 1] ?? to;
    const before = depth(from);
    const after = depth(to);
    if (before < 0 !== after < 0) {
      const part = before / (before - after);
      kept.push([from[0]! + part * (to[0]! - from[0]!), from[1]! + part * (to[1]! - from[1]!)]);
    }
    if (after >= 0) kept.push(to);
  });
  return kept;
}

const landOf = new Map<string, FeatureCollection<MultiPolygon>>();
/** The land within bounds: far less for the map to prepare before it is first seen. */
export function landWithin(bounds: Bounds): FeatureCollection<MultiPolygon> {
  const key = String(bounds);
  const land = landOf.get(key) ?? cutLand(bounds);
  landOf.set(key, land);
  return land;
}

function cutLand([[west, south], [east, north]]: Bounds): FeatureCollection<MultiPolygon> {
  const within = (ring: Position[]): Position[] => cut(cut(cut(cut(ring, 0, west, 1), 0, east, -1), 1, south, 1), 1, north, -1);
  const polygons = worldLand().features.flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates));
  const coordinates = polygons.map((rings) => rings.map(within).filter((ring) => ring.length > 2)).filter((rings) => rings.length > 0);
  for (const rings of coordinates) for (const ring of rings) ring.push(ring[0]!);
  const land: Feature<MultiPolygon> = { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates } };
  return { type: 'FeatureCollection', features: [land] };
}

const AROUND_DEGREES = 12;
/** What lies around a study, and a good deal more. */
export function surroundings([[west, south], [east, north]]: Bounds): Bounds {
  const margin = AROUND_DEGREES + 0.3 * Math.max(east - west, north - south);
  return [
    [Math.max(-180, west - margin), Math.max(-90, south - margin)],
    [Math.min(180, east + margin), Math.min(90, north + margin)],
  ];
}

export function groundStyle(bounds: Bounds, regions: Regions): StyleSpecification {
  const { sources, layers } = regionStyle(regions);
  return {
    version: 8,
    sources: { land: { type: 'geojson', data: landWithin(bounds), tolerance: 0.3, maxzoom: 10 }, ...sources },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': SEA } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': LAND, 'fill-antialias': false } }, // its edge is the shore
      { id: 'shore', type: 'line', source: 'land', paint: { 'line-color': SHORE, 'line-width': 0.7 } },
      ...layers,
    ],
  };
}
