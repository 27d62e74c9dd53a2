// How fast the page is in headless Chromium: until its map stands, and for every switch of what is shown.
//   node bench/page/speed.mjs PAGE [--runs N] [--profile SWITCH]      PAGE: a report.html, or the address of gerbang serve
// Of every switch it prints, in ms, the best and the median of the runs: from the click until the frame with it has been
// handed over (wall), until the last pixel of the maps is painted, asked back from the painter (painted), and what the main
// thread worked for it (CPU: script, style, layout, paint), which other work on the machine disturbs less. A profile lists
// the functions in which a switch spends its time.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const { chromium } = createRequire(new URL('../../tests/web/package.json', import.meta.url))('playwright-core');
const option = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const where = process.argv[2] ?? 'report.html';
const address = where.startsWith('http') ? where : pathToFileURL(resolve(where)).href;
const runs = Number(option('--runs', '7'));
const profiled = option('--profile', '');
const only = option('--only', profiled);

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const browser = await chromium.launch({ executablePath, args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-sandbox'] });

const choose = (select, index) => `{ const s = document.querySelectorAll('${select}')[${index}]; s.selectedIndex = (s.selectedIndex + 1) % s.options.length; s.dispatchEvent(new Event('change', { bubbles: true })); }`;
const press = (box) => `{ const all = [...document.querySelector('${box}').querySelectorAll('button')]; const now = all.findIndex((b) => b.getAttribute('aria-pressed') === 'true'); all[(now + 1) % all.length].click(); }`;
const group = (label) => press(`.choice[aria-label="${label}"]`);
const view = (index) => `document.querySelectorAll('nav button')[${index}].click()`;
const scenario = choose('.choices select', 0);
const year = press('.choices .choice');
const language = `document.querySelector('.language').click()`;
const SWITCHES = {
  gains: { year, reference: group('Compared with'), closure: group('Regional deficits'), measure: group('Show'), scenario, language },
  moves: { year, goods: choose('.story select', 0), mode: choose('.story select', 1), show: group('Show'), scenario, language },
  compare: { year, 'other year': press('.switches .choice'), 'side or difference': group('Compare'), scenario },
};

// Opens the page and waits until its map stands still; tells how long that took since the navigation, and its first picture.
async function open(hash) {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.addInitScript(() => {
    const when = (selector) =>
      new Promise((done) => {
        const look = () => (document.querySelector(selector) ? done(performance.now()) : requestAnimationFrame(look));
        look();
      });
    window.sketched = when('.map[data-sketched=true]');
    window.firstMap = when('.map[data-idle=true]');
  });
  await page.goto(`${address}#${hash}`);
  const firstMap = await page.evaluate(() => window.firstMap);
  const sketched = await page.evaluate(() => window.sketched);
  const paints = await page.evaluate(() => performance.getEntriesByType('paint').map((entry) => [entry.name, entry.startTime]));
  return { page, firstMap, sketched, paints: Object.fromEntries(paints) };
}

const work = async (cdp) => {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (name) => metrics.find((metric) => metric.name === name).value * 1000;
  return { task: of('TaskDuration'), script: of('ScriptDuration'), layout: of('LayoutDuration') + of('RecalcStyleDuration') };
};

// From the click until the frame is handed over, or until the maps' last pixel is painted, in ms.
const until = (page, act, isPainted) =>
  page.evaluate(async ([code, waits]) => {
    const begin = performance.now();
    new Function(code)();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    for (const canvas of waits ? document.querySelectorAll('.ground canvas') : []) {
      const gl = canvas.getContext('webgl2');
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    }
    return performance.now() - begin;
  }, [act, isPainted]);

async function measure(page, cdp, act) {
  const before = await work(cdp);
  const wall = await until(page, act, false);
  await page.waitForTimeout(250);
  const after = await work(cdp);
  return { wall, cpu: after.task - before.task, script: after.script - before.script, layout: after.layout - before.layout };
}

// The same once more, until it is painted: who waits for that keeps the main thread busy, so it is not counted above.
async function measurePainted(page, act) {
  const painted = await until(page, act, true);
  await page.waitForTimeout(250);
  return painted;
}

// The functions with the most time of their own.
function heaviest({ nodes, samples, timeDeltas }) {
  const own = new Map();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  samples.forEach((id, i) => {
    const { functionName, lineNumber, columnNumber } = byId.get(id).callFrame;
    const name = `${functionName || '(nameless)'}:${lineNumber}:${columnNumber}`;
    own.set(name, (own.get(name) ?? 0) + timeDeltas[i] / 1000);
  });
  return [...own].filter(([name]) => !name.startsWith('(idle)')).sort((a, b) => b[1] - a[1]).slice(0, 25);
}

const figure = (value) => (value === undefined ? '–' : value.toFixed(0)).padStart(6);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const firsts = [];
for (let run = 0; run < (only ? 0 : Math.min(runs, 5)); run += 1) {
  const { page, firstMap, sketched, paints } = await open('view=gains&lang=en');
  firsts.push({ firstMap, sketched, text: paints['first-contentful-paint'] ?? NaN });
  await page.close();
}
const told = (what, key) => {
  const times = firsts.map((first) => first[key]);
  console.log(`${what}: best ${figure(Math.min(...times))} ms, median ${figure(median(times))} ms after navigation`);
};
if (firsts.length > 0) {
  told('first text', 'text');
  told('map is painted first', 'sketched');
  told('map stands, to be moved and asked', 'firstMap');
}
const line = (what, rows) => {
  const of = (key) => rows.map((row) => row[key]);
  const pair = (key) => figure(of(key)[0] && Math.min(...of(key))) + figure(median(of(key)));
  return `${what.padEnd(34)}${pair('wall')}   ${pair('painted')}   ${pair('cpu')}   ${figure(median(of('script')))}${figure(median(of('layout')))}`;
};
console.log('\nms: best and median                wall          painted       CPU           of it script, layout');
for (const [name, switches] of Object.entries(SWITCHES)) {
  if (only && !only.startsWith(name)) continue;
  const { page } = await open(`view=${name}&lang=en`);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.waitForTimeout(4000);
  for (const [what, act] of Object.entries(switches)) {
    if (only.includes('/') && only !== `${name}/${what}`) continue;
    const rows = [];
    const isProfiled = profiled === `${name}/${what}`;
    await measure(page, cdp, act);
    if (isProfiled) {
      await cdp.send('Profiler.enable');
      await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
      await cdp.send('Profiler.start');
    }
    for (let run = 0; run < runs; run += 1) rows.push(await measure(page, cdp, act));
    if (!isProfiled) for (const row of rows) row.painted = await measurePainted(page, act);
    console.log(line(`${name} / ${what}`, rows));
    if (isProfiled) for (const [line, ms] of heaviest((await cdp.send('Profiler.stop')).profile)) console.log(`    ${(ms / runs).toFixed(1).padStart(7)} ms  ${line}`);
  }
  await page.close();
}
// From one view to another and back: the whole story beside the map is made anew.
const { page } = await open('view=gains&lang=en');
const cdp = await page.context().newCDPSession(page);
await cdp.send('Performance.enable');
await page.waitForTimeout(4000);
for (const [what, index] of [['gains to moves', 1], ['moves to gains', 0]]) {
  const rows = [];
  const leave = async () => {
    await page.evaluate((code) => new Function(code)(), view(1 - index));
    await page.waitForTimeout(400);
  };
  for (let run = 0; run < runs + 1; run += 1) {
    await leave();
    const row = await measure(page, cdp, view(index));
    await leave();
    rows.push({ ...row, painted: await measurePainted(page, view(index)) });
  }
  const first = rows.shift();
  if (index === 1) console.log(line('gains to moves, the first time', [first]));
  console.log(line(what, rows));
}
await browser.close();
