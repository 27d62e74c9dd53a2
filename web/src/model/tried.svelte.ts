// The edit that was solved last, beside the scenario and year it changes: shown by the map and the story of Try.
import type { Evaluation, EvaluationRequest } from './types';

export type Result = NonNullable<Evaluation['result']>;

export interface Solved {
  request: EvaluationRequest;
  result: Result;
}

class Tried {
  solved = $state.raw<Solved | null>(null);

  /** What was solved for this scenario and year; an edit of another one is not shown beside it. */
  of(scenario: string, year: number): Solved | null {
    const { solved } = this;
    return solved && solved.request.scenario === scenario && solved.request.year === year ? solved : null;
  }
}

export const tried = new Tried();
