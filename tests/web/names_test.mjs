// HTML in the names of a study is shown as text, wherever they stand.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { folder, go, open, report, SIZES } from './browser.mjs';

const MARK = '<img src=x onerror="window.hasRun=1"><script>window.hasRun=1</script>';
const NAMED = /^(name|name_en|title|title_en|from_name|from_name_en|to_name|to_name_en|carrier|carrier_en|source|party|party_en|group|group_en)$/;

function marked(value, key = '') {
  if (Array.isArray(value)) return value.map((entry) => marked(entry, /^groups(_en)?$/.test(key) ? 'name' : key === 'regions' ? 'rows' : ''));
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, marked(entry, name)]));
  return typeof value === 'string' && NAMED.test(key) ? `${MARK}${value}` : value;
}

test('HTML in names is shown as text', async () => {
  const html = readFileSync(report, 'utf8').replace(/(id="document-study">)([^<]*)/, (_, begin, packed) => {
    const study = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')));
    return begin + gzipSync(JSON.stringify(marked(study))).toString('base64');
  });
  const hostile = join(folder, 'hostile.html');
  writeFileSync(hostile, html);
  const page = await open('view=gains&lang=en', SIZES[0], pathToFileURL(hostile).href);
  for (const look of ['view=gains', 'view=gains&level=group', 'view=moves', 'view=compare', 'view=exact', ...['region:balikpapan', 'service:S1', 'terminal:KKT', 'link:balikpapan-manggar', 'lane:0'].map((thing) => `view=moves&select=${thing}`)])
    for (const language of ['id', 'en']) {
      await go(page, `${look}&lang=${language}`);
      assert.equal(await page.locator('img, #page script').count(), 0, look);
      assert.equal(await page.evaluate(() => window.hasRun), undefined, look);
    }
  assert.match(await page.locator('h1').textContent(), /^<img src=x/);
  assert.match(await page.locator('.detail h2').textContent(), /<img src=x/);
  assert.deepEqual(page.errors, []);
  await page.close();
});
