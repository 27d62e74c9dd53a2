// The part of the map that the study is about: where the scenarios' projects and their owners lie.
import { at, type Place, type Study } from './types';

export type Bounds = [Place, Place]; // south-west, north-east

function boundsOf(places: Place[]): Bounds | null {
  if (places.length === 0) return null;
  const lons = places.map((p) => p[0]);
  const lats = places.map((p) => p[1]);
  return [
    [Math.min(...lons), Math.min(...lats)],
    [Math.max(...lons), Math.max(...lats)],
  ];
}

export function wholeStudy(study: Study): Bounds {
  const places = study.regions.filter((r) => !r.is_foreign).map((r) => r.place as Place);
  for (const outline of study.outlines)
    for (const polygon of outline) for (const point of polygon[0] ?? []) places.push(point as Place);
  return boundsOf(places) ?? [[-180, -60], [180, 70]];
}

export function focusOf(study: Study): Bounds {
  const decided = new Set(study.scenarios.flatMap((s) => s.projects));
  const places: Place[] = [];
  for (const project of decided) {
    const region = at(study.projects, project).region;
    if (region !== null) places.push(at(study.regions, region).place as Place);
  }
  study.services.forEach((service) => {
    if (service.project !== null && decided.has(service.project))
      for (const leg of service.legs) places.push(at(study.terminals, leg.from).place as Place, at(study.terminals, leg.to).place as Place);
  });
  study.links.forEach((link) => {
    if (link.project !== null && decided.has(link.project)) places.push(link.from as Place, link.to as Place);
  });
  const bounds = boundsOf(places);
  if (!bounds) return wholeStudy(study);
  // With what lies around it.
  const margin = 0.3 * Math.max(bounds[1][0] - bounds[0][0], bounds[1][1] - bounds[0][1], 0.5);
  return [
    [bounds[0][0] - margin, bounds[0][1] - margin],
    [bounds[1][0] + margin, bounds[1][1] + margin],
  ];
}
