// The services with a leg that is asked for, the fullest first.
import { at, type Outcome, type Service, type Study } from '../model/types';

export interface Called {
  id: string;
  name: string;
  departures: number;
  kt: number;
  use: number | null;
}

export function servicesOn(study: Study, outcome: Outcome, asksFor: (leg: Service['legs'][number]) => boolean): Called[] {
  const found = new Map<number, Called>();
  outcome.legs.service.forEach((index, row) => {
    const service = at(study.services, index);
    if (!asksFor(at(service.legs, at(outcome.legs.leg, row)))) return;
    let kt = 0;
    for (const column of outcome.legs.kt) kt += column[row] ?? 0;
    const use = outcome.legs.use[row] ?? null;
    const known = found.get(index);
    if (known) {
      known.kt += kt;
      known.use = known.use === null ? use : Math.max(known.use, use ?? 0);
    } else {
      found.set(index, { id: service.service_id, name: service.name, departures: at(outcome.legs.departures_per_week, row), kt, use });
    }
  });
  return [...found.values()].sort((a, b) => b.kt - a.kt);
}
