// The layers over the ground: roads and lanes as bands by direction, terminals as circles, what is chosen, names. Data and
// colours come in; nothing here knows the model.
import type { Layer, PickingInfo } from '@deck.gl/core';
import { at, type Place, type Study } from '../model/types';
import type { Rgb, Rgba } from './colour';
import { MeshLayer, ribbon, ring, type Mesh } from './mesh';
import type { RegionPaint } from './regions';

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
const withAlpha = ([r, g, b]: Rgb, alpha: number): Rgba => [r, g, b, alpha];
const INK: Rgb = [32, 38, 46];

/** The chosen region's edge; where the study has no outlines, regions are discs. */
export function regionLayers(study: Study, paint: RegionPaint): Layer[] {
  if (study.outlines.length > 0)
    return chosen('region-selected', (study.outlines[paint.selected ?? -1] ?? []) as Place[][][], ([outer = []]) => ({ path: outer, near: -1.25, far: 1.25 }));
  return [
    new MeshLayer<number>({
      id: 'discs',
      data: study.regions.map((_, i) => i).filter((i) => !at(study.regions, i).is_foreign),
      form: (i, mesh) => {
        const colour = paint.colour(i);
        const place = at(study.regions, i).place as Place;
        mesh.colour = colour ? withAlpha(colour, paint.opacity) : [0, 0, 0, 0];
        ring(mesh, place, 0, 12);
        edge(mesh, place, 12, i === paint.selected);
      },
      pickable: true,
    }),
  ];
}

interface Ribbon {
  path: Place[];
  /** Distances to the left of the path, in pixels. */
  near: number;
  far: number;
}

const POINTED = { pickable: true, autoHighlight: true, highlightColor: [...INK, 120] satisfies Rgba };

const ribbons = <Row>(id: string, data: Row[], ribbonOf: (row: Row) => Ribbon & { colour: Rgba }, pointed: Partial<typeof POINTED> = {}): Layer =>
  new MeshLayer<Row>({
    id,
    data,
    form: (row, mesh) => {
      const { path, near, far, colour } = ribbonOf(row);
      mesh.colour = colour;
      ribbon(mesh, path, near, far);
    },
    ...pointed,
  });

// A layer of what is chosen; without a choice none, whose shaders need not be made.
const chosen = <Row>(id: string, rows: Row[], ribbonOf: (row: Row) => Ribbon): Layer[] =>
  rows.length > 0 ? [ribbons(id, rows, (row) => ({ ...ribbonOf(row), colour: [...INK, 255] }))] : [];

// The line around a disc.
function edge(mesh: Mesh, place: Place, radius: number, isSelected: boolean): void {
  const half = isSelected ? 1.5 : 0.5;
  mesh.colour = isSelected ? [...INK, 255] : [255, 255, 255, 255];
  ring(mesh, place, Math.max(0, radius - half), radius + half);
}

/** Traffic keeps to the left of its path. */
export function bandLayers(bands: Painted[], selected: string | null): Layer[] {
  const drawn = bands.filter((band) => band.width > 0).sort((a, b) => a.width - b.width);
  const margin = 2.5;
  return [
    ...chosen('band-selected', drawn.filter((band) => `${band.kind}:${band.id}` === selected), (band) => ({ path: band.path, near: -margin, far: band.width + margin })),
    ribbons('bands', drawn, (band) => ({ path: band.path, near: 0, far: band.width, colour: withAlpha(band.colour, 215) }), POINTED),
  ];
}

export function circleLayer(circles: Circle[], selected: string | null): Layer {
  return new MeshLayer<Circle>({
    id: 'terminals',
    data: circles.filter((c) => c.radius > 0).sort((a, b) => b.radius - a.radius),
    form: (circle, mesh) => {
      mesh.colour = withAlpha(circle.colour, 225);
      ring(mesh, circle.place, 0, circle.radius);
      edge(mesh, circle.place, circle.radius, circle.id === selected);
    },
    ...POINTED,
  });
}

export const arcLines = (lines: { from: Place; to: Place; width: number; colour: Rgb }[]): Layer =>
  ribbons('flows', lines, ({ from, to, width, colour }) => ({ path: bow(from, to), near: -width / 2, far: width / 2, colour: withAlpha(colour, 200) }));

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

/** What the pointer is on: a thing of these layers, or else the region under it. */
export function pickedOf(study: Study, info: PickingInfo, under: number | null, tip: (region: number) => string): Picked | null {
  const object: unknown = info.object;
  if (object && info.layer?.id === 'bands') {
    const band = object as Painted;
    return { kind: band.kind, id: band.id, title: band.title() };
  }
  if (object && info.layer?.id === 'terminals') {
    const circle = object as Circle;
    return { kind: 'terminal', id: circle.id, title: circle.title() };
  }
  const region = info.layer?.id === 'discs' ? (object as number) : under;
  return region === null ? null : { kind: 'region', id: at(study.regions, region).region_id, title: tip(region) };
}

/** Whether these layers leave their canvas blank. */
export const drawNothing = (layers: Layer[]): boolean => layers.every((layer) => (layer.props as { data?: unknown[] }).data?.length === 0);

/** Draws again, in the next frame, what had no shaders yet in this one; says whether anything is still to come. */
export function drawWaiting(layers: Layer[]): boolean {
  const waiting = layers.filter((layer) => !layer.state || layer.getModels().some((model) => model.pipeline.linkStatus === 'pending'));
  for (const layer of waiting) layer.setNeedsRedraw();
  return waiting.length > 0;
}
