// The page in a browser: every view, both languages, deep links, downloads, an edit, cancel, a server that dies.
//   node page_test.mjs GERBANG
// Skipped, with a printed reason and exit code 77, where there is no Chromium, no page or no playwright-core.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, cpSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const gerbang = resolve(process.env.GERBANG ?? process.argv[2] ?? 'build/release/gerbang');
const root = resolve(import.meta.dirname ?? dirname(new URL(import.meta.url).pathname), '../..');
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

function skip(reason) {
  console.log(reason);
  process.exit(77);
}
if (!chromium) skip('Chromium is not installed');
if (!existsSync(join(dirname(gerbang), 'page.html'))) skip('gerbang was built without its page (npm was missing)');
const playwright = await import('playwright-core').catch(() => skip('playwright-core is not installed: npm install in tests/web'));

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
];
const folder = mkdtempSync(join(tmpdir(), 'gerbang-page-'));
const cache = process.env.GERBANG_TEST_CACHE ?? join(folder, 'cache');
const report = join(folder, 'report.html');
let browser;

before(async () => {
  const made = spawnSync(gerbang, ['report', join(root, 'examples/nusantara'), '--output', report, '--cache', cache], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  browser = await playwright.chromium.launch({ executablePath: chromium, args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-sandbox'] });
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

// Opens the page; whatever it says on the console as an error, or asks of the network, fails the test.
async function open(hash, size = SIZES[0], address = pathToFileURL(report).href) {
  const page = await browser.newPage({ viewport: size, acceptDownloads: true });
  page.errors = [];
  page.asked = [];
  page.on('pageerror', (error) => page.errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && page.errors.push(message.text()));
  page.on('request', (request) => /^https?:/.test(request.url()) && page.asked.push(request.url()));
  await page.goto(`${address}#${hash}`);
  await settle(page);
  return page;
}
async function settle(page) {
  await page.waitForFunction(
    () => {
      const maps = [...document.querySelectorAll('.map')];
      return document.querySelector('.exact') || (maps.length > 0 && maps.every((map) => map.dataset.idle === 'true'));
    },
    null,
    { timeout: 60_000 },
  );
}
// Elements whose text is smaller than 12 px, and those that reach out of the window sideways.
const faults = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll('body *')) {
      const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
      const box = element.getBoundingClientRect();
      if (!text || box.width === 0 || element.closest('script, style, .maplibregl-control-container, .skip')) continue;
      if (parseFloat(getComputedStyle(element).fontSize) < 12) found.push(`small: ${element.textContent.trim().slice(0, 40)}`);
      if ((box.right > innerWidth + 1 || box.left < -1) && !element.closest('.names, .exact .table, .map')) found.push(`cut: ${element.textContent.trim().slice(0, 40)}`);
    }
    return found;
  });

test('the report is one file of at most 3 MB that asks the network for nothing', async () => {
  assert.ok(statSync(report).size <= 3e6, `${statSync(report).size} bytes`);
  const page = await open('lang=en');
  assert.deepEqual(page.asked, []);
  assert.deepEqual(page.errors, []);
  await page.close();
});

for (const size of SIZES)
  for (const view of ['gains', 'moves', 'compare', 'exact'])
    for (const language of ['id', 'en'])
      test(`${view} at ${size.width}×${size.height} in ${language}: nothing small, nothing cut`, async () => {
        const page = await open(`view=${view}&lang=${language}`, size);
        assert.deepEqual(await faults(page), []);
        assert.deepEqual(page.errors, []);
        assert.equal(await page.evaluate(() => document.documentElement.lang), language);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= size.width);
        await page.close();
      });

test('a link holds the whole view', async () => {
  const hash = 'view=moves&scenario=gateway&year=2029&against=base&class=container&show=difference&select=terminal%3AKKT&map=117.000%2C-1.500%2C7.00&lang=en';
  const page = await open(hash);
  await page.waitForTimeout(300);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1))), Object.fromEntries(new URLSearchParams(hash)));
  assert.ok(await page.locator('.detail h2').textContent());
  await page.close();
});

test('a link to nothing says so and shows the rest', async () => {
  const page = await open('view=none&scenario=none&year=1&select=region:nowhere&map=a,b,c&lang=en');
  assert.equal(await page.locator('.detail p').first().textContent(), 'The study has nothing by that name.');
  assert.deepEqual(page.errors, []);
  await page.close();
});

for (const [selection, name] of [['region:parepare', 'Parepare'], ['service:S1', 'Kariangau - Parepare ferry'], ['terminal:KKT', ''], ['link:balikpapan-manggar', ''], ['lane:0', '']])
  test(`the panel of ${selection} opens`, async () => {
    const page = await open(`view=moves&lang=en&select=${encodeURIComponent(selection)}`);
    const heading = await page.locator('.detail h2').textContent();
    assert.ok(heading && heading.startsWith(name), heading);
    if (/^(service|terminal|link)/.test(selection)) await page.locator('.detail .table', { hasText: 'Worth of improving it' }).waitFor();
    assert.deepEqual(page.errors, []);
    await page.close();
  });

test('switching scenario, year and view is fast once it is loaded', async (t) => {
  const page = await open('view=gains&lang=en');
  await page.waitForTimeout(4000);
  const times = {};
  const timed = async (name, act) => {
    times[name] = await page.evaluate(async (code) => {
      const begin = performance.now();
      new Function(code)();
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - begin;
    }, act);
  };
  const choose = (value) => `const s = document.querySelector('.choices select'); s.value = '${value}'; s.dispatchEvent(new Event('change', { bubbles: true }));`;
  await timed('scenario', choose('gateway'));
  await timed('year', `document.querySelectorAll('.choices .options button')[1].click()`);
  await timed('view', `document.querySelectorAll('nav button')[1].click()`);
  await timed('class', `const s = document.querySelectorAll('.story select')[0]; s.value = 'container'; s.dispatchEvent(new Event('change', { bubbles: true }));`);
  t.diagnostic(JSON.stringify(times));
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('the language switches words and number formats', async () => {
  const page = await open('view=gains&lang=en');
  assert.match(await page.locator('.headline').textContent(), /nobody loses/);
  await page.locator('.language').click();
  assert.match(await page.locator('.headline').textContent(), /tidak ada yang rugi/);
  assert.match(await page.locator('td.bar').first().textContent(), /\d,\d/);
  await page.close();
});

test('tables and charts download with unit, study and version', async () => {
  const page = await open('view=compare&lang=en');
  for (const kind of ['CSV', 'SVG', 'PNG']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.chart').first().getByRole('button', { name: kind }).click()]);
    const bytes = readFileSync(await download.path());
    assert.ok(bytes.length > 500);
    if (kind !== 'PNG') assert.match(bytes.toString('utf8'), /gerbang \d+\.\d+\.\d+ · nusantara · study [0-9a-f]{16}/);
    if (kind === 'CSV') assert.match(bytes.toString('utf8'), /ev_percent \[%\]/);
  }
  await page.close();
});

test('it can be worked with the keyboard alone', async () => {
  const page = await open('view=gains&lang=en');
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip the map/);
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'story');
  await page.locator('td button').first().focus();
  await page.keyboard.press('Enter');
  await page.locator('.detail h2').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.detail').count(), 0);
  await page.close();
});

// ── with a server ──

async function serve(study) {
  const server = spawn(gerbang, ['serve', study, '--port', '0', '--cache', cache, '--saves', join(folder, 'saves'), '--lang', 'en'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((done, failed) => {
    server.stdout.on('data', (text) => {
      const found = /http:\/\/\S+/.exec(String(text));
      if (found) done(found[0]);
    });
    server.on('exit', () => failed(new Error('gerbang serve ended')));
  });
  return { server, address };
}

test('an edit is tried, cancelled, solved and saved; the server may die', async () => {
  const { server, address } = await serve(join(root, 'examples/nusantara'));
  const page = await open('view=try&lang=en&select=service:S1', SIZES[0], address);
  await page.getByRole('button', { name: 'Close it' }).click();
  const solve = page.getByRole('button', { name: 'Solve', exact: true });
  await solve.click();
  await page.locator('.result .headline').waitFor({ timeout: 60_000 });
  assert.match(await page.locator('.result .headline').textContent(), /regions lose/);
  await page.getByLabel('Short name').fill('no-ferry');
  await page.getByLabel('Title').fill('No ferry <b>');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved in').waitFor();
  assert.ok(existsSync(join(folder, 'saves/nusantara-no-ferry/edit.csv')));

  // A new edit, stopped: either the stop or the solve comes first, and the page says which.
  await page.locator('.change input').first().fill(String(1 + Math.random()));
  await page.locator('.change input').first().blur();
  await solve.click();
  const cancel = page.getByRole('button', { name: 'Cancel' });
  await cancel.click({ timeout: 2000 }).catch(() => undefined);
  await solve.waitFor({ timeout: 30_000 });

  server.kill('SIGKILL');
  await new Promise((done) => server.on('exit', done));
  await solve.click();
  await page.getByText('The server does not answer').waitFor();
  await page.getByRole('button', { name: 'Who gains' }).click();
  assert.ok(await page.locator('.headline').textContent());
  await page.close();
});

test('a panel says whose goods a thing carries, and asks what improving it is worth', async () => {
  const { server, address } = await serve(join(root, 'examples/nusantara'));
  const page = await open('view=moves&lang=en&select=service:S1', SIZES[0], address);
  const goods = page.locator('.detail .table', { hasText: 'Whose goods these are' });
  const shares = (await goods.locator('tbody tr td:last-child').allTextContents()).map((text) => parseFloat(text));
  assert.ok(shares.length > 0 && shares.every((share) => share > 0 && share <= 100), String(shares));
  assert.deepEqual(shares, [...shares].sort((a, b) => b - a));
  await page.getByRole('button', { name: 'What would improving it be worth?' }).click();
  const worth = page.locator('.detail .table', { hasText: 'Worth of improving it' });
  await worth.waitFor({ timeout: 120_000 });
  assert.match(await worth.textContent(), /one more sailing a week\s*[+−]?[\d.,]+/);
  assert.deepEqual(page.errors, []);
  await page.close();
  server.kill();
});

test('HTML in names is shown as text', async () => {
  const study = join(folder, 'hostile');
  cpSync(join(root, 'examples/nusantara'), study, { recursive: true });
  const file = join(study, 'region.csv');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(',Kota Balikpapan,Balikpapan,', ',<img src=x onerror=document.title=1>,,'));
  const { server, address } = await serve(study);
  const page = await open('view=gains&lang=en&select=region:balikpapan', SIZES[0], address);
  assert.equal(await page.locator('.detail h2').textContent(), '<img src=x onerror=document.title=1>');
  assert.equal(await page.locator('img').count(), 0);
  assert.notEqual(await page.title(), '1');
  await page.close();
  server.kill();
});
