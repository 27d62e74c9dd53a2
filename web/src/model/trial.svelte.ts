// Edits that are tried: switched projects and changed cells, their solve and its progress.
import { roadName } from './network';
import { ask, Refused } from './source';
import { tried } from './tried.svelte';
import type { Edit, Evaluation, EvaluationRequest, SavedScenario, Study } from './types';

export type Status = 'none' | Evaluation['status'] | 'unreachable';

export class Trial {
  edits = $state<Edit[]>([]);
  switchedOn = $state<string[]>([]);
  switchedOff = $state<string[]>([]);
  run = $state<'long' | 'short'>('long');
  status = $state<Status>('none');
  error = $state('');
  progress = $state({ round: 0, residual: 0, seconds: 0 });
  saved = $state<SavedScenario | null>(null);
  #id = '';

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
    this.saved = null;
    tried.result = null;
  }

  request(scenario: string, year: number): EvaluationRequest {
    return { scenario, year, run: this.run, edits: this.edits, switch_on: this.switchedOn, switch_off: this.switchedOff };
  }

  private fail(error: unknown): void {
    const isRefused = error instanceof Refused;
    this.status = isRefused ? 'failed' : 'unreachable';
    this.error = isRefused ? error.message : '';
  }

  async solve(scenario: string, year: number): Promise<void> {
    this.status = 'waiting';
    this.error = '';
    this.progress = { round: 0, residual: 0, seconds: 0 };
    try {
      const response = await ask('/api/evaluations', { method: 'POST', body: JSON.stringify(this.request(scenario, year)) });
      const started = (await response.json()) as Evaluation;
      this.#id = started.id;
      await this.watch();
      const done = (await (await ask(`/api/evaluations/${this.#id}`)).json()) as Evaluation;
      this.status = done.status;
      this.error = done.error ?? '';
      if (done.result) tried.result = done.result;
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
    try {
      await ask(`/api/evaluations/${this.#id}`, { method: 'DELETE' });
    } catch (error) {
      this.fail(error);
    }
  }

  async save(scenario_id: string, name: string, from: { scenario: string; year: number }): Promise<void> {
    try {
      const body = { scenario_id, name, evaluation: this.request(from.scenario, from.year) };
      this.saved = (await (await ask('/api/scenarios', { method: 'POST', body: JSON.stringify(body) })).json()) as SavedScenario;
      this.error = '';
    } catch (error) {
      this.fail(error);
    }
  }
}

/** What an edit does, in the study's own names. */
export function editText(study: Study, edit: Edit): string {
  const names = [
    ...study.links.map((l) => [`link/${l.link_id}`, roadName(l)] as const),
    ...study.terminals.map((t) => [`terminal/${t.terminal_id}`, t.name] as const),
    ...study.services.map((s) => [`service/${s.service_id}`, s.name] as const),
  ];
  const name = new Map<string, string>(names).get(`${edit.table}/${edit.row}`) ?? edit.row;
  return `${name}: ${edit.column} ${edit.operation === 'set' ? '=' : edit.operation === 'add' ? '+' : '×'} ${edit.value}`;
}

export const trial = new Trial();
