// Every chart, table and map of every view can be downloaded, and says on itself what it is of and in which units.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { go, open } from './browser.mjs';

const STAMP = /gerbang \d+\.\d+\.\d+ · nusantara · study [0-9a-f]{16} · results [0-9a-f]{16}/;

async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

// RFC 4180, as far as these files use it.
function cells(line) {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1).map(([, cell]) => cell.replace(/^"|"$/g, ''));
}
function checkCsv(name, text) {
  const [stamp, about, head, ...rows] = text.replace(/^\uFEFF/, '').trim().split('\r\n');
  assert.match(stamp, STAMP, name);
  assert.ok(about.startsWith('# ') && about.length > 8, `${name}: ${about}`);
  assert.ok(rows.length > 0, name);
  const columns = cells(`${head},`);
  rows.forEach((row) => {
    cells(`${row},`).forEach((cell, i) => {
      const isNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(cell) && columns[i] !== 'year' && columns[i] !== 'region';
      assert.ok(!isNumber || / \[.+\]$/.test(columns[i]), `${name}: ${columns[i]} has figures and no unit`);
    });
  });
}
function check({ name, bytes }) {
  if (name.endsWith('.png')) return assert.equal(bytes.subarray(1, 4).toString(), 'PNG', name);
  const text = bytes.toString('utf8');
  if (name.endsWith('.csv')) return checkCsv(name, text);
  assert.ok(name.endsWith('.svg'), name);
  assert.match(text, STAMP, name);
  return assert.match(text, /^<svg xmlns=/, name);
}

const BUTTONS = '.downloads button, .map-buttons button[aria-label]';
async function opened(look) {
  const page = await open('view=gains&lang=en');
  await go(page, `${look}&lang=en`);
  if (/service|terminal|link/.test(look)) await page.locator('.detail .table', { hasText: 'Worth of improving it' }).waitFor();
  return page;
}

const AT_ONCE = 8; // Chromium takes ten downloads of a page, and asks somebody who is not there before it takes more
const THINGS = ['region:parepare', 'service:S1', 'terminal:KKT', 'link:balikpapan-manggar', 'lane:0'];
for (const look of ['view=gains', 'view=gains&measure=per_head', 'view=moves', 'view=compare', 'view=exact', ...THINGS.map((thing) => `view=moves&select=${thing}`)])
  test(`what ${look} shows downloads with its unit, study, results and version`, async () => {
    let count = 1;
    for (let first = 0; first < count; first += AT_ONCE) {
      const page = await opened(look);
      const buttons = page.locator(BUTTONS);
      count = await buttons.count();
      assert.ok(count > first);
      for (let i = first; i < Math.min(count, first + AT_ONCE); i += 1) check(await download(page, buttons.nth(i)));
      assert.deepEqual(page.errors, []);
      await page.close();
    }
  });
