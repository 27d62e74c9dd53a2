// What every part of the page is given.
import { getContext, setContext } from 'svelte';
import type { Outcomes } from '../model/outcomes.svelte';
import type { Study } from '../model/types';
import type { View } from '../model/view.svelte';
import type { Words } from '../text/words';

export interface Page {
  study: Study;
  outcomes: Outcomes;
  view: View;
  readonly words: Words;
}

/** What the charts and tables within are about: written on what is downloaded of them. */
const ABOUT = Symbol('about');
export const provideAbout = (about: () => string): void => void setContext(ABOUT, about);
export const useAbout = (): (() => string) => getContext<() => string>(ABOUT);

const KEY = Symbol('page');
export const providePage = (page: Page): Page => setContext(KEY, page);
export const usePage = (): Page => getContext<Page>(KEY);
