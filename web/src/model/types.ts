// The documents of the API under their short names.
import type { components } from '../api/types';

type Schemas = components['schemas'];
export type Study = Schemas['Study'];
export type Outcome = Schemas['Outcome'];
export type OutcomeSummary = Schemas['OutcomeSummary'];
export type Comparison = Schemas['Comparison'];
export type GroupGain = Schemas['GroupGain'];
export type Link = Schemas['Link'];
export type Terminal = Schemas['Terminal'];
export type Service = Schemas['Service'];
export type Region = Schemas['Region'];
export type Project = Schemas['Project'];
export type Edit = Schemas['Edit'];
export type Evaluation = Schemas['Evaluation'];
export type Rank = Schemas['Rank'];
export type EvaluationRequest = Schemas['EvaluationRequest'];
export type SavedScenario = Schemas['SavedScenario'];
export type Verdict = Schemas['Verdict'];
export type Place = [number, number];

/** The value at an index that is known to exist. */
export function at<T>(list: readonly T[], index: number): T {
  const value = list[index];
  if (value === undefined) throw new RangeError(`no entry ${index} in a list of ${list.length}`);
  return value;
}
