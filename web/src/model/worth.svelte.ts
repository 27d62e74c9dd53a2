// What improving a road, terminal or service is worth: found once for a scenario and year, and kept.
import { Refused, type Source } from './source';
import type { Rank } from './types';

export type Ranked = 'links' | 'terminals' | 'services';

export interface Lever {
  /** The cell that is improved. */
  cell: string;
  /** IDR bn a year. */
  worth: number;
}

class Worth {
  #ranks = $state.raw(new Map<string, Rank>());
  isBusy = $state(false);
  error = $state('');

  static nameOf(scenario: string, year: number): string {
    return `${scenario}-${year}`;
  }

  rank(scenario: string, year: number): Rank | undefined {
    return this.#ranks.get(Worth.nameOf(scenario, year));
  }

  static leversOf(rank: Rank, kind: Ranked, index: number): Lever[] {
    const { of, worth } = rank[kind];
    const row = of.indexOf(index);
    return Object.entries(worth).flatMap(([cell, column]) => {
      const value = column[row];
      return value === null || value === undefined ? [] : [{ cell, worth: value }];
    });
  }

  async find(source: Source, scenario: string, year: number): Promise<void> {
    if (this.isBusy || this.rank(scenario, year)) return;
    this.isBusy = true;
    this.error = '';
    try {
      this.#ranks = new Map(this.#ranks).set(Worth.nameOf(scenario, year), await source.rank(scenario, year));
    } catch (error) {
      this.error = error instanceof Refused ? error.message : 'unreachable';
    } finally {
      this.isBusy = false;
    }
  }
}

export const worth = new Worth();
export const leversOf = Worth.leversOf;
