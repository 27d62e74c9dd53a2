// What improving a road, terminal or service is worth: asked of the server once for a scenario and year, and kept.
import { ask, Refused } from './source';
import type { Evaluation } from './types';

type Rank = NonNullable<Evaluation['rank']>;

export interface Lever {
  table: string;
  row: string;
  column: string;
  unit: string;
  perUnit: number;
  perPercent: number;
}

class Worth {
  #ranks = $state.raw(new Map<string, Rank>());
  /** The scenario and year that are being asked for. */
  asked = $state('');
  error = $state('');

  static nameOf(scenario: string, year: number): string {
    return `${scenario}-${year}`;
  }

  has(scenario: string, year: number): boolean {
    return this.#ranks.has(Worth.nameOf(scenario, year));
  }

  /** The levers of a thing. */
  leversOf(scenario: string, year: number, thing: { table: string; row: string }): Lever[] {
    const rank = this.#ranks.get(Worth.nameOf(scenario, year));
    if (!rank) return [];
    return rank.row.flatMap((row, i) => {
      const table = rank.table[i] ?? '';
      if (table !== thing.table || row !== thing.row) return [];
      return [{ table, row, column: rank.column[i] ?? '', unit: rank.unit[i] ?? '', perUnit: rank.per_unit[i] ?? 0, perPercent: rank.per_percent[i] ?? 0 }];
    });
  }

  async find(scenario: string, year: number): Promise<void> {
    this.asked = Worth.nameOf(scenario, year);
    this.error = '';
    try {
      const started = (await (await ask('/api/ranks', { method: 'POST', body: JSON.stringify({ scenario, year }) })).json()) as Evaluation;
      await (await ask(`/api/evaluations/${started.id}/events`)).text(); // ends when it is done
      const done = (await (await ask(`/api/evaluations/${started.id}`)).json()) as Evaluation;
      if (done.rank) this.#ranks = new Map(this.#ranks).set(Worth.nameOf(scenario, year), done.rank);
      else this.error = done.error ?? done.status;
    } catch (error) {
      this.error = error instanceof Refused ? error.message : 'unreachable';
    } finally {
      this.asked = '';
    }
  }
}

export const worth = new Worth();
