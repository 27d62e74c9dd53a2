// The ground of the map: land of Natural Earth (1:50 million) in the page itself, no tiles and no network.
import type { FeatureCollection } from 'geojson';
import { setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerCode from 'maplibre-gl/dist/maplibre-gl-worker.mjs?raw';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import landText from 'world-atlas/land-50m.json?raw';

export const SEA = '#dbe6ec';
export const LAND = '#f6f4ef';
export const SHORE = '#b9bfc2';

let isWorkerSet = false;
/** MapLibre's worker, from the page's own bytes: a page on disk has no other file to load. */
export function setWorker(): void {
  if (isWorkerSet) return;
  setWorkerUrl(URL.createObjectURL(new Blob([workerCode], { type: 'text/javascript' })));
  isWorkerSet = true;
}

let land: FeatureCollection | undefined;
function landOf(): FeatureCollection {
  if (!land) {
    const topology = JSON.parse(landText) as Topology<{ land: GeometryCollection }>;
    land = feature(topology, topology.objects.land);
  }
  return land;
}

export function groundStyle(): StyleSpecification {
  return {
    version: 8,
    sources: { land: { type: 'geojson', data: landOf(), tolerance: 0.3, maxzoom: 10 } },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': SEA } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': LAND } },
      { id: 'shore', type: 'line', source: 'land', paint: { 'line-color': SHORE, 'line-width': 0.7 } },
    ],
  };
}
