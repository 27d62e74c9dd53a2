// Edits that are tried: switched projects and changed cells, their solve and its progress.
import { ask, Refused } from './source';
import { tried, type Solved } from './tried.svelte';
import type { Edit, Evaluation, EvaluationRequest, SavedScenario } from './types';

export type Status = 'none' | Evaluation['status'] | 'unreachable';

export class Trial {
  edits = $state<Edit[]>([]);
  switchedOn = $state<string[]>([]);
  switchedOff = $state<string[]>([]);
  run = $state<'long' | 'short'>('long');
  status = $state<Status>('none');
  error = $state('');
  saveError = $state('');
  progress = $state({ round: 0, residual: 0, seconds: 0 });
  saved = $state<SavedScenario | null>(null);
  #id = ''; // of what is being solved, once the server has said it
  #isCancelled = false;

  get isEmpty(): boolean {
    return this.edits.length + this.switchedOn.length + this.switchedOff.length === 0;
  }
  get isBusy(): boolean {
    return this.status === 'waiting' || this.status === 'solving';
  }

  put(edit: Edit): void {
    this.edits = [...this.edits.filter((e) => !(e.table === edit.table && e.row === edit.row && e.column === edit.column)), edit];
  }
  remove(edit: Edit): void {
    this.edits = this.edits.filter((e) => e !== edit);
  }
  /** On, off, or as the scenario has it. */
  switchProject(project: string, to: 'on' | 'off' | null): void {
    this.switchedOn = this.switchedOn.filter((p) => p !== project);
    this.switchedOff = this.switchedOff.filter((p) => p !== project);
    if (to === 'on') this.switchedOn = [...this.switchedOn, project];
    if (to === 'off') this.switchedOff = [...this.switchedOff, project];
  }
  clear(): void {
    this.edits = [];
    this.switchedOn = [];
    this.switchedOff = [];
    this.status = 'none';
    this.error = '';
    this.saveError = '';
    this.saved = null;
    tried.solved = null;
  }

  request(scenario: string, year: number): EvaluationRequest {
    return { scenario, year, run: this.run, edits: this.edits, switch_on: this.switchedOn, switch_off: this.switchedOff };
  }
  /** Whether it was these changes that were solved, and not those before the last touch. */
  isOf({ request }: Solved): boolean {
    return JSON.stringify(request) === JSON.stringify(this.request(request.scenario, request.year));
  }

  private fail(error: unknown): void {
    const isRefused = error instanceof Refused;
    this.status = isRefused ? 'failed' : 'unreachable';
    this.error = isRefused ? error.message : '';
  }

  async solve(scenario: string, year: number): Promise<void> {
    this.status = 'waiting';
    this.error = '';
    this.saved = null;
    this.saveError = '';
    this.progress = { round: 0, residual: 0, seconds: 0 };
    this.#id = '';
    this.#isCancelled = false;
    const request = $state.snapshot(this.request(scenario, year)) as EvaluationRequest;
    try {
      const response = await ask('/api/evaluations', { method: 'POST', body: JSON.stringify(request) });
      const { id } = (await response.json()) as Evaluation;
      this.#id = id;
      if (this.#isCancelled) await this.cancel();
      let now: Evaluation;
      do {
        await this.watch(); // to its end, or until the connection is cut
        now = (await (await ask(`/api/evaluations/${id}`)).json()) as Evaluation;
      } while (now.status === 'waiting' || now.status === 'solving');
      this.status = now.status;
      this.error = now.error ?? '';
      if (now.result) tried.solved = { request, result: now.result };
    } catch (error) {
      this.fail(error);
    }
  }

  // Reads the events of the solve as they come.
  private async watch(): Promise<void> {
    const response = await ask(`/api/evaluations/${this.#id}/events`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) return;
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      text += value;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const state = JSON.parse(event.replace(/^data: /, '')) as Evaluation;
        this.status = state.status === 'done' ? 'solving' : state.status;
        this.progress = state.progress;
      }
    }
  }

  async cancel(): Promise<void> {
    this.#isCancelled = true;
    if (!this.#id) return; // solve() does, when it knows
    try {
      await ask(`/api/evaluations/${this.#id}`, { method: 'DELETE' });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Saves what was solved. */
  async save(scenario_id: string, name: string, evaluation: EvaluationRequest): Promise<void> {
    this.saved = null;
    this.saveError = '';
    try {
      this.saved = (await (await ask('/api/scenarios', { method: 'POST', body: JSON.stringify({ scenario_id, name, evaluation }) })).json()) as SavedScenario;
    } catch (error) {
      if (error instanceof Refused) this.saveError = error.message;
      else this.fail(error);
    }
  }

  /** The changes as they stand in an address. */
  writeTo(address: URLSearchParams): void {
    for (const { table, row, column, value } of this.edits) address.append('edit', `${table}/${row}/${column}=${value}`);
    for (const project of this.switchedOn) address.append('on', project);
    for (const project of this.switchedOff) address.append('off', project);
    if (this.run !== 'long') address.set('run', this.run);
  }
  readFrom(address: URLSearchParams): void {
    this.edits = address.getAll('edit').flatMap((text): Edit[] => {
      const [, table, row, column, value] = /^(\w+)\/(.+)\/(\w+)=([^=]+)$/.exec(text) ?? [];
      return table && row && column && Number.isFinite(Number(value)) ? [{ table, row, column, operation: 'set', value: Number(value) }] : [];
    });
    this.switchedOn = address.getAll('on');
    this.switchedOff = address.getAll('off');
    this.run = address.get('run') === 'short' ? 'short' : 'long';
  }
}

export const trial = new Trial();
