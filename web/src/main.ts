import { mount } from 'svelte';
import App from './App.svelte';
import { startWorker } from './map/base';
import { nameThings } from './model/names';
import { Outcomes } from './model/outcomes.svelte';
import { openSource, Refused } from './model/source';
import { View } from './model/view.svelte';
import { en } from './text/en';
import { id } from './text/id';
import './style.css';

async function open(): Promise<void> {
  const target = document.getElementById('page');
  if (!target) return;
  startWorker();
  const source = openSource();
  try {
    const study = await source.study();
    const view = new View(study, source.isServed);
    nameThings(study, () => view.language === 'en');
    target.replaceChildren();
    mount(App, { target, props: { outcomes: new Outcomes(study, source), view } });
  } catch (error) {
    const isRefused = error instanceof Refused && error.status === 401;
    const words = (text: typeof en | typeof id) => (isRefused ? text.token_needed : text.failed.replace('{error}', String(error)));
    target.textContent = `${words(id)} · ${words(en)}`;
  }
}

void open();
