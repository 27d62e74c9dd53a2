// Outcome documents, read when they are first looked at and kept.
import type { Source } from './source';
import type { Comparison, Outcome, OutcomeSummary, Study } from './types';

export class Outcomes {
  readonly #documents = new Map<string, Outcome>();
  readonly #pending = new Map<string, Promise<Outcome>>();
  /** Counts arrivals, so that what shows a document is drawn again. */
  #arrivals = $state(0);
  /** Whether the last document that was asked for could not be had. */
  isCutOff = $state(false);

  constructor(
    readonly study: Study,
    readonly source: Source,
  ) {}

  static nameOf(scenario: string, year: number): string {
    return `${scenario}-${year}`;
  }

  /** The document when it is there; else it is fetched and undefined for now. */
  document(scenario: string, year: number): Outcome | undefined {
    void this.#arrivals;
    const name = Outcomes.nameOf(scenario, year);
    const known = this.#documents.get(name);
    if (!known) void this.fetch(scenario, year).catch(() => undefined);
    return known;
  }

  async fetch(scenario: string, year: number): Promise<Outcome> {
    const name = Outcomes.nameOf(scenario, year);
    const known = this.#documents.get(name);
    if (known) return known;
    const pending = this.#pending.get(name) ?? this.source.outcome(name);
    this.#pending.set(name, pending);
    try {
      const outcome = await pending;
      if (!this.#documents.has(name)) {
        this.#documents.set(name, outcome);
        this.#arrivals += 1;
      }
      this.isCutOff = false;
      return outcome;
    } catch (error) {
      this.isCutOff = true;
      throw error;
    } finally {
      this.#pending.delete(name);
    }
  }

  /** Reads the others while nobody waits, so that switching to them is immediate. */
  async prefetch(): Promise<void> {
    for (const { scenario, year, closure } of this.study.outcomes) {
      if (closure !== 'fixed') continue;
      await this.fetch(scenario, year).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  summary(scenario: string, year: number, closure: string): OutcomeSummary | undefined {
    return this.study.outcomes.find((o) => o.scenario === scenario && o.year === year && o.closure === closure);
  }

  /** What an outcome is compared with: the step before, and the base where that is another. */
  comparisons(summary: OutcomeSummary | undefined): Comparison[] {
    const all = summary?.comparisons ?? [];
    return all.filter((c, i) => all.findIndex((other) => other.reference === c.reference) === i);
  }

  comparison(summary: OutcomeSummary | undefined, against: string): Comparison | undefined {
    return summary?.comparisons.find((c) => c.against === against);
  }
}
