// Where the documents come from: inside the page (gerbang report), or from the server (gerbang serve).
import type { Evaluation, Outcome, Rank, Study } from './types';

export interface Source {
  /** Whether edits can be solved. */
  readonly isServed: boolean;
  study(): Promise<Study>;
  outcome(name: string): Promise<Outcome>;
  /** What improving things is worth; a server solves for it. */
  rank(scenario: string, year: number): Promise<Rank>;
}

async function unpack(element: Element): Promise<unknown> {
  const text = atob(element.textContent ?? '');
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
}

function embedded(): Source {
  const document_ = async <T>(name: string): Promise<T> => {
    const element = document.getElementById(`document-${name}`);
    if (!element) throw new Error(`this page holds no document ${name}`);
    return (await unpack(element)) as T;
  };
  return {
    isServed: false,
    study: () => document_<Study>('study'),
    outcome: (name) => document_<Outcome>(`outcome-${name}`),
    rank: (scenario, year) => document_<Rank>(`rank-${scenario}-${year}`),
  };
}

const TOKEN = 'gerbang-token';

/** Takes the token out of the address (#token=…), so that it is neither shown nor shared. */
export function keepToken(): void {
  const hash = new URLSearchParams(location.hash.slice(1));
  const token = hash.get('token');
  if (token === null) return;
  sessionStorage.setItem(TOKEN, token);
  hash.delete('token');
  history.replaceState(null, '', `#${hash}`);
}

/** A refusal of the server, in its own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = sessionStorage.getItem(TOKEN);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  if (init.body) headers.set('Content-Type', 'application/json');
  const response = await fetch(path, { ...init, headers });
  if (!response.ok) {
    const refusal = (await response.json().catch(() => ({}))) as { error?: string };
    throw new Refused(response.status, refusal.error ?? response.statusText);
  }
  return response;
}

async function solvedRank(scenario: string, year: number): Promise<Rank> {
  const started = (await (await ask('/api/ranks', { method: 'POST', body: JSON.stringify({ scenario, year }) })).json()) as Evaluation;
  await (await ask(`/api/evaluations/${started.id}/events`)).text(); // ends when it is done
  const done = (await (await ask(`/api/evaluations/${started.id}`)).json()) as Evaluation;
  if (!done.rank) throw new Refused(422, done.error ?? done.status);
  return done.rank;
}

function served(): Source {
  return {
    isServed: true,
    study: async () => (await ask('/api/study')).json() as Promise<Study>,
    outcome: async (name) => (await ask(`/api/outcomes/${encodeURIComponent(name)}`)).json() as Promise<Outcome>,
    rank: solvedRank,
  };
}

export function openSource(): Source {
  if (document.getElementById('document-study')) return embedded();
  keepToken();
  return served();
}
