// The page in headless Chromium, as the tests use it. Nothing here waits for a fixed time: the tests run on slow machines
// and beside other work, so everything waits for what it needs to see.
//   node X_test.mjs GERBANG
// Skipped, with a printed reason and exit code 77, where there is no Chromium, no page or no playwright-core.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root } from './place.mjs';

export const gerbang = resolve(process.env.GERBANG ?? process.argv[2] ?? 'build/release/gerbang');
export const example = join(root, 'examples/nusantara');
export const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];
const PATIENCE_MS = 600_000;
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

function skip(reason) {
  console.log(reason);
  process.exit(77);
}
if (!chromium) skip('Chromium is not installed');
if (!existsSync(join(dirname(gerbang), 'page.html'))) skip('gerbang was built without its page (npm was missing)');
const playwright = await import('playwright-core').catch(() => skip('playwright-core is not installed: npm install in tests/web'));

export const folder = mkdtempSync(join(tmpdir(), 'gerbang-page-'));
// The example as "web: solve" left it (solve.py); who runs a test by hand solves it here.
const solved = process.env.GERBANG_TEST_SOLVED ?? folder;
const cache = join(solved, 'cache');
export const report = join(solved, 'report.html');

let browser;
const servers = new Set();
before(async () => {
  if (!existsSync(report)) {
    const made = spawnSync(gerbang, ['report', example, '--output', report, '--cache', cache], { encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
  }
  browser = await playwright.chromium.launch({ executablePath: chromium, timeout: PATIENCE_MS, args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-sandbox'] });
});
// A server or browser that a failed test left would keep this process alive.
after(async () => {
  for (const server of servers) server.kill('SIGKILL');
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * Opens the page and waits until it stands. What it says on the console as an error, and asks of the network, is kept.
 * Addresses like `withheld` never answer: the page reads ahead, so what it is not to have must be kept from it at once.
 * The function `first` runs in the page before the page does.
 */
export async function open(hash, size = SIZES[0], address = pathToFileURL(report).href, { withheld, first } = {}) {
  const page = await browser.newPage({ viewport: size, acceptDownloads: true });
  page.setDefaultTimeout(PATIENCE_MS);
  page.errors = [];
  page.asked = [];
  page.on('pageerror', (error) => page.errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && page.errors.push(message.text()));
  page.on('request', (request) => /^https?:/.test(request.url()) && page.asked.push(request.url()));
  if (withheld) await page.route(withheld, (route) => route.abort());
  if (first) await page.addInitScript(first);
  await page.goto(`${address}#${hash}`);
  await settle(page);
  return page;
}

/** Waits until the page is there, its maps stand still, and two frames have passed, in which charts find their width. */
export async function settle(page) {
  await page.waitForFunction(() => {
    const maps = [...document.querySelectorAll('.map')];
    return document.querySelector('.exact') || (maps.length > 0 && maps.every((map) => map.dataset.idle === 'true'));
  });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Goes where a link leads, in the page that is open. */
export async function go(page, hash, size) {
  if (size) await page.setViewportSize(size);
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
  const view = new URLSearchParams(hash).get('view');
  const language = new URLSearchParams(hash).get('lang');
  await page.waitForFunction(([name, lang]) => document.querySelector(`.frame.view-${name}`) && document.documentElement.lang === lang, [view, language]);
  await settle(page);
}

/** The view that the address holds, once it follows what is shown. */
export const addressHolds = (page, name, value) =>
  page.waitForFunction(([key, text]) => new URLSearchParams(location.hash.slice(1)).get(key) === text, [name, value]);

export async function serve(study = example, options = []) {
  const server = spawn(gerbang, ['serve', study, '--port', '0', '--cache', cache, '--saves', join(folder, 'saves'), '--lang', 'en', ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
  servers.add(server);
  const ended = new Promise((done) => server.on('exit', done)).then(() => servers.delete(server));
  const address = await new Promise((done, failed) => {
    server.stdout.on('data', (text) => {
      const found = /http:\/\/\S+/.exec(String(text));
      if (found) done(found[0]);
    });
    server.on('exit', () => failed(new Error('gerbang serve ended')));
  });
  return { server, address, ended };
}
