// The first picture of a map: ground and areas in the browser's own 2D canvas, seen while the graphics library still makes
// its shaders ready, which takes a second where a processor paints. The same places, colours and projection as the map's.
import type { Position } from 'geojson';
import { MercatorCoordinate } from 'maplibre-gl';
import type { Bounds } from '../model/focus';
import type { Camera } from '../model/view.svelte';
import { LAND, landWithin, SEA, SHORE } from './base';
import { BORDER, css } from './colour';
import { BORDER_WIDTH, type Regions } from './regions';

/** Where the world's square of web Mercator lies on the screen, in pixels. */
interface Framing {
  side: number;
  left: number;
  top: number;
}

// Web Mercator in the unit square: x eastward, y southward.
function mercator([lon = 0, lat = 0]: Position): [number, number] {
  const { x, y } = MercatorCoordinate.fromLngLat([lon, lat]);
  return [x, y];
}

const TILE = 512; // the side of the world at zoom 0, in pixels

function framing(aim: Camera | Bounds, padding: number, width: number, height: number): Framing {
  const about = (side: number, x: number, y: number): Framing => ({ side, left: width / 2 - side * x, top: height / 2 - side * y });
  if (!Array.isArray(aim)) return about(TILE * 2 ** aim.zoom, ...mercator([aim.lon, aim.lat]));
  const [west, south] = mercator(aim[0]);
  const [east, north] = mercator(aim[1]);
  const side = Math.min((width - 2 * padding) / (east - west), (height - 2 * padding) / (south - north));
  return about(side, (west + east) / 2, (south + north) / 2);
}

export function drawSketch(canvas: HTMLCanvasElement, { polygons, fills, borders }: Regions, around: Bounds, aim: Camera | Bounds, padding: number): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  const pen = canvas.getContext('2d', { willReadFrequently: true }); // painted by the processor: no waiting for the graphics library
  if (!pen) return;
  pen.scale(devicePixelRatio, devicePixelRatio);
  const { side, left, top } = framing(aim, padding, width, height);
  const follow = (places: Position[]): void =>
    places.forEach((place, i) => {
      const [x, y] = mercator(place);
      if (i === 0) pen.moveTo(left + side * x, top + side * y);
      else pen.lineTo(left + side * x, top + side * y);
    });
  pen.fillStyle = SEA;
  pen.fillRect(0, 0, width, height);
  pen.beginPath();
  for (const { geometry } of landWithin(around).features) for (const rings of geometry.coordinates) rings.forEach(follow);
  pen.fillStyle = LAND;
  pen.fill('evenodd');
  pen.strokeStyle = SHORE;
  pen.lineWidth = 0.7;
  pen.stroke();
  polygons.forEach((rings, region) => {
    pen.beginPath();
    rings.flat().forEach(follow);
    pen.fillStyle = fills[region]!;
    pen.fill('evenodd');
  });
  pen.beginPath();
  borders.forEach(follow);
  pen.strokeStyle = css(BORDER);
  pen.lineWidth = BORDER_WIDTH;
  pen.stroke();
}
