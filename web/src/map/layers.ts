// The layers over the ground: regions as areas, roads and lanes as bands by direction, terminals as circles,
// names. Data and colours come in; nothing here knows the model.
import type { Layer, PickingInfo } from '@deck.gl/core';
import { PathStyleExtension } from '@deck.gl/extensions';
import { LineLayer, PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers';
import { at, type Place, type Study } from '../model/types';
import { BORDER, type Rgb, type Rgba } from './colour';
import type { Sketch } from './sketch';

export interface Painted {
  id: string;
  key: string;
  path: Place[];
  width: number;
  colour: Rgb;
  kind: 'link' | 'lane';
  /** What the pointer is told; made only when asked for. */
  title: () => string;
}
export interface Circle {
  id: string;
  place: Place;
  radius: number;
  colour: Rgb;
  title: () => string;
}
export interface Name {
  text: string;
  place: Place;
  isStrong: boolean;
}
interface Area {
  region: number;
  rings: Place[][];
}

const areasOf = new WeakMap<Study, Area[]>();
function areas(study: Study): Area[] {
  let known = areasOf.get(study);
  if (!known) {
    known = study.outlines.flatMap((outline, region) => outline.map((polygon) => ({ region, rings: polygon as Place[][] })));
    areasOf.set(study, known);
  }
  return known;
}

type Segment = [Place, Place];

// Every piece of a border once, whichever of its two regions it is drawn for. Lines of their own instead of outlines of
// the areas: joined paths take a third of the time of a frame that a processor paints.
const bordersOf = new WeakMap<Study, Segment[]>();
function borders(study: Study): Segment[] {
  let known = bordersOf.get(study);
  if (!known) {
    const pieces = new Map<string, Segment>();
    for (const { rings } of areas(study))
      for (const ring of rings)
        for (let k = 1; k < ring.length; k += 1) {
          const piece: Segment = [at(ring, k - 1), at(ring, k)];
          pieces.set(piece.map(String).sort().join(' '), piece);
        }
    known = [...pieces.values()];
    bordersOf.set(study, known);
  }
  return known;
}

const withAlpha = ([r, g, b]: Rgb, alpha: number): Rgba => [r, g, b, alpha];
const INK: Rgb = [32, 38, 46];

/** How regions are painted: null is not at all; `key` changes with the colours. */
export interface RegionPaint {
  colour: (region: number) => Rgb | null;
  key: string;
  selected: number | null;
  opacity: number;
}

function fillOf(paint: RegionPaint, region: number): Rgba {
  const colour = paint.colour(region);
  return colour ? withAlpha(colour, paint.opacity) : [0, 0, 0, 0];
}

/** The same areas for the first picture. */
export const regionSketch = (study: Study, paint: RegionPaint): Sketch => ({
  areas: areas(study).map(({ region, rings }) => ({ rings, fill: fillOf(paint, region) })),
  borders: borders(study),
});

/** Region areas; where the study has no outlines, discs. */
export function regionLayers(study: Study, paint: RegionPaint): Layer[] {
  const fill = (region: number): Rgba => fillOf(paint, region);
  if (study.outlines.length === 0)
    return [
      new ScatterplotLayer<number>({
        id: 'regions',
        data: study.regions.map((_, i) => i).filter((i) => !at(study.regions, i).is_foreign),
        getPosition: (i) => at(study.regions, i).place as Place,
        getRadius: 12,
        radiusUnits: 'pixels',
        getFillColor: fill,
        stroked: true,
        getLineColor: (i) => (i === paint.selected ? [...INK, 255] : [255, 255, 255, 255]),
        getLineWidth: (i) => (i === paint.selected ? 3 : 1),
        lineWidthUnits: 'pixels',
        pickable: true,
        updateTriggers: { getFillColor: paint.key, getLineColor: paint.selected, getLineWidth: paint.selected },
      }),
    ];
  const shapes = areas(study);
  return [
    new SolidPolygonLayer<Area>({
      id: 'regions',
      data: shapes,
      getPolygon: (area) => area.rings,
      positionFormat: 'XY',
      getFillColor: (area) => fill(area.region),
      pickable: true,
      updateTriggers: { getFillColor: paint.key },
    }),
    new LineLayer<Segment>({
      id: 'region-borders',
      data: borders(study),
      getSourcePosition: (segment) => segment[0],
      getTargetPosition: (segment) => segment[1],
      getColor: BORDER,
      getWidth: 0.6,
      widthUnits: 'pixels',
    }),
    ...chosen(
      shapes.filter((area) => area.region === paint.selected),
      (data) =>
        new PathLayer<Area>({
          id: 'region-selected',
          data,
          getPath: (area) => area.rings[0] ?? [],
          getColor: [...INK, 255],
          getWidth: 2.5,
          widthUnits: 'pixels',
        }),
    ),
  ];
}

// A layer around what is chosen; without a choice none, whose shaders need not be made.
const chosen = <Row>(rows: Row[], layer: (rows: Row[]) => Layer): Layer[] => (rows.length > 0 ? [layer(rows)] : []);

export function bandLayers(bands: Painted[], selected: string | null): Layer[] {
  const drawn = bands.filter((band) => band.width > 0).sort((a, b) => a.width - b.width);
  const common = {
    getPath: (band: Painted) => band.path,
    widthUnits: 'pixels' as const,
    capRounded: false,
    jointRounded: true,
    extensions: [new PathStyleExtension({ offset: true })],
    getOffset: -0.5, // traffic keeps to the left
  };
  return [
    ...chosen(
      drawn.filter((band) => `${band.kind}:${band.id}` === selected),
      (data) => new PathLayer<Painted>({ id: 'band-selected', data, ...common, getColor: [...INK, 255], getWidth: (band) => band.width + 5 }),
    ),
    new PathLayer<Painted>({
      id: 'bands',
      data: drawn,
      ...common,
      getColor: (band) => withAlpha(band.colour, 215),
      getWidth: (band) => band.width,
      pickable: true,
      autoHighlight: true,
      highlightColor: [...INK, 120],
    }),
  ];
}

export function circleLayer(circles: Circle[], selected: string | null): Layer {
  return new ScatterplotLayer<Circle>({
    id: 'terminals',
    data: circles.filter((c) => c.radius > 0).sort((a, b) => b.radius - a.radius),
    getPosition: (circle) => circle.place,
    getRadius: (circle) => circle.radius,
    radiusUnits: 'pixels',
    getFillColor: (circle) => withAlpha(circle.colour, 225),
    stroked: true,
    getLineColor: (circle) => (circle.id === selected ? [...INK, 255] : [255, 255, 255, 255]),
    getLineWidth: (circle) => (circle.id === selected ? 3 : 1),
    lineWidthUnits: 'pixels',
    pickable: true,
    autoHighlight: true,
    highlightColor: [...INK, 120],
    updateTriggers: { getLineColor: selected, getLineWidth: selected },
  });
}

export function arcLines(lines: { from: Place; to: Place; width: number; colour: Rgb }[]): Layer {
  return new PathLayer<(typeof lines)[number]>({
    id: 'flows',
    data: lines,
    getPath: (line) => bow(line.from, line.to),
    getColor: (line) => withAlpha(line.colour, 200),
    getWidth: (line) => line.width,
    widthUnits: 'pixels',
  });
}

// A shallow bow, so that there and back do not cover each other.
function bow(from: Place, to: Place): Place[] {
  const points: Place[] = [];
  const steps = 24;
  for (let k = 0; k <= steps; k += 1) {
    const t = k / steps;
    const lift = 0.18 * 4 * t * (1 - t) * 0.5;
    points.push([
      from[0] + (to[0] - from[0]) * t - (to[1] - from[1]) * lift,
      from[1] + (to[1] - from[1]) * t + (to[0] - from[0]) * lift,
    ]);
  }
  return points;
}

export interface Picked {
  kind: 'region' | 'link' | 'lane' | 'terminal';
  id: string;
  title: string;
}

export function pickedOf(study: Study, info: PickingInfo, tip: (region: number) => string): Picked | null {
  const object: unknown = info.object;
  if (object === undefined || object === null || !info.layer) return null;
  if (info.layer.id === 'regions') {
    const region = typeof object === 'number' ? object : (object as Area).region;
    return { kind: 'region', id: at(study.regions, region).region_id, title: tip(region) };
  }
  if (info.layer.id === 'bands') {
    const band = object as Painted;
    return { kind: band.kind, id: band.id, title: band.title() };
  }
  if (info.layer.id === 'terminals') {
    const circle = object as Circle;
    return { kind: 'terminal', id: circle.id, title: circle.title() };
  }
  return null;
}
