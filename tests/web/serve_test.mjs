// The page with a server: an edit is tried, cancelled, solved and saved; the server may demand a token, or die.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { addressHolds, folder, open, serve, SIZES } from './browser.mjs';
import { faults } from './faults.mjs';

const CLOSED = 'view=try&scenario=partners&year=2034&lang=en&edit=service%2FS1%2Fis_present%3D0';
let shared;
before(async () => {
  shared = await serve();
});
after(() => shared.server.kill('SIGKILL'));

const solveButton = (page) => page.getByRole('button', { name: 'Solve', exact: true });
const headline = (page) => page.locator('.result .headline');

test('an edit is solved, and saved as a scenario of a copy', async () => {
  const page = await open('view=try&scenario=partners&year=2034&lang=en&select=service:S1', SIZES[0], shared.address);
  await page.getByRole('button', { name: 'Close it' }).click();
  await addressHolds(page, 'edit', 'service/S1/is_present=0');
  await solveButton(page).click();
  await headline(page).waitFor();
  assert.match(await headline(page).textContent(), /regions lose/);
  assert.match(await page.locator('.edits li').textContent(), /closed/);
  await page.getByLabel('Short name').fill('no-ferry');
  await page.getByLabel('Title').fill('No ferry <b>');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Saved in').waitFor();
  assert.match(readFileSync(join(folder, 'saves/nusantara-no-ferry/edit.csv'), 'utf8'), /try-no-ferry,service,S1,is_present,set,0,/);
  // Once more under the same name: refused, beside the form, and what was solved stays.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('.save [role=alert]').waitFor();
  assert.ok(await headline(page).textContent());
  await page.close();
});

for (const size of SIZES)
  test(`Try at ${size.width}×${size.height}: nothing small, cut, or over something else`, async () => {
    for (const language of ['id', 'en']) {
      const page = await open(CLOSED.replace('lang=en', `lang=${language}`) + '&select=service:S1', size, shared.address);
      assert.deepEqual(await faults(page), []);
      await page.locator('button.strong').click();
      await headline(page).waitFor();
      assert.deepEqual(await faults(page), []);
      assert.deepEqual(page.errors, []);
      await page.close();
    }
  });

test('a link holds the edits that are tried', async () => {
  const page = await open(`${CLOSED}&edit=service%2FS2%2Ftariff_factor%3D0.5&run=short`, SIZES[0], shared.address);
  assert.equal(await page.locator('.edits li').count(), 2);
  assert.equal(await page.getByRole('button', { name: /short run/ }).getAttribute('aria-pressed'), 'true');
  await page.close();
});

test('what was solved for one scenario is not shown beside another', async () => {
  const page = await open(CLOSED, SIZES[0], shared.address);
  await solveButton(page).click();
  await headline(page).waitFor();
  await page.locator('.choices select').selectOption('gateway');
  await headline(page).waitFor({ state: 'detached' });
  await page.locator('.choices select').selectOption('partners');
  await headline(page).waitFor();
  await page.getByRole('button', { name: /^Remove/ }).first().click();
  await page.getByText('Your changes are others now').waitFor();
  await page.close();
});

test('an edit that waits or is solved can be cancelled', async () => {
  const page = await open(CLOSED, SIZES[0], shared.address);
  // Others are solved before it.
  const edit = (k) => ({ table: 'service', row: 'S1', column: 'departures_per_week', operation: 'set', value: 2 + k / 7 });
  const others = await page.evaluate(async (edits) => {
    const ids = [];
    for (const one of edits) {
      const response = await fetch('/api/evaluations', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ scenario: 'partners', year: 2034, edits: [one] }) });
      ids.push((await response.json()).id);
    }
    return ids;
  }, [1, 2, 3, 4, 5, 6].map(edit));
  await solveButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Cancelled.').waitFor();
  await solveButton(page).waitFor();
  const states = await page.evaluate((ids) => Promise.all(ids.map(async (id) => (await (await fetch(`/api/evaluations/${id}`, { method: 'DELETE' })).json()).status)), others);
  assert.equal(states.length, 6);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('a cancel before the server has answered is kept until it has', async () => {
  const page = await open(CLOSED, SIZES[0], shared.address);
  let answer;
  const held = new Promise((done) => {
    answer = done;
  });
  await page.route('**/api/evaluations', async (route) => {
    await held;
    await route.continue();
  });
  const stopped = page.waitForRequest((request) => request.method() === 'DELETE');
  await solveButton(page).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  answer();
  assert.match((await stopped).url(), /\/api\/evaluations\/\d+$/);
  await solveButton(page).waitFor();
  await page.close();
});

test('a panel says whose goods a thing carries, and asks what improving it is worth', async () => {
  const page = await open('view=moves&lang=en&select=service:S1', SIZES[0], shared.address);
  const goods = page.locator('.detail .table', { hasText: 'Whose goods these are' });
  await goods.waitFor();
  const shares = (await goods.locator('tbody tr td:last-child').allTextContents()).map((text) => parseFloat(text));
  assert.ok(shares.length > 0 && shares.every((share) => share > 0 && share <= 100), String(shares));
  assert.deepEqual(shares, [...shares].sort((a, b) => b - a));
  await page.getByRole('button', { name: 'What would improving it be worth?' }).click();
  const worth = page.locator('.detail .table', { hasText: 'Worth of improving it' });
  await worth.waitFor();
  assert.match(await worth.textContent(), /one more sailing a week\s*[+−]?[\d.,]+/);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('a server with a token shows its page to who has the address it printed', async () => {
  const { server, address, ended } = await serve(undefined, ['--token', '0123456789abcdef']);
  assert.match(address, /#token=0123456789abcdef$/);
  const [place, token] = address.split('#');
  const page = await open(`${token}&view=gains&lang=en`, SIZES[0], place);
  assert.ok(await page.locator('.headline').textContent());
  assert.ok(!page.url().includes('token'), page.url());
  const stranger = await page.context().browser().newPage();
  await stranger.goto(place);
  await stranger.getByText('This server demands its token').waitFor();
  await stranger.close();
  await page.close();
  server.kill();
  await ended;
});

test('a server that dies while it solves: the page says so, and stays readable', async () => {
  const { server, address, ended } = await serve();
  const page = await open(CLOSED, SIZES[0], address);
  await page.waitForFunction(() => performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/api/outcomes/')).length >= 12);
  await solveButton(page).click();
  server.kill('SIGKILL');
  await ended;
  await page.getByText('The server does not answer').first().waitFor();
  await solveButton(page).click();
  await page.getByText('The server does not answer').first().waitFor();
  await page.getByRole('button', { name: 'Who gains' }).click();
  assert.ok(await page.locator('.headline').textContent());
  await page.getByRole('button', { name: 'What moves' }).click();
  assert.ok((await page.locator('.story tbody tr').count()) > 0);
  await page.close();
});

test('a server that dies before everything is read: the page says what it cannot show', async () => {
  const { server, address, ended } = await serve();
  const page = await open('view=gains&scenario=partners&year=2034&lang=en', SIZES[0], address, { withheld: '**/api/outcomes/ikn-*' });
  server.kill('SIGKILL');
  await ended;
  await page.locator('.choices select').selectOption('ikn');
  await page.getByRole('button', { name: 'What moves' }).click();
  await page.getByText('The server does not answer').waitFor();
  await page.close();
});
