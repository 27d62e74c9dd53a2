// The edit that was solved last, beside the scenario it changes: shown by the map and the story of Try.
import type { Evaluation } from './types';

export type Result = NonNullable<Evaluation['result']>;

class Tried {
  result = $state.raw<Result | null>(null);
}

export const tried = new Tried();
