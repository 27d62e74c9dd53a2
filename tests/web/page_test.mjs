// The page of a report: every view and panel, both languages, links, downloads, keyboard, colours.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { addressHolds, go, open, report, settle, SIZES } from './browser.mjs';
import { faults } from './faults.mjs';
import { apart } from './sight.mjs';

const PANELS = { region: 'region:parepare', service: 'service:S1', terminal: 'terminal:KKT', link: 'link:balikpapan-manggar', lane: 'lane:0' };

test('the report is one file of at most 3 MB that asks the network for nothing', async () => {
  assert.ok(statSync(report).size <= 3e6, `${statSync(report).size} bytes`);
  const page = await open('lang=en');
  assert.deepEqual(page.asked, []);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('the first picture of the map is the map', async () => {
  const keep = () => {
    new MutationObserver((_changes, observer) => {
      const sketch = document.querySelector('.map[data-sketched=true] canvas.sketch');
      if (!sketch) return;
      observer.disconnect();
      window.sketch = sketch.getContext('2d').getImageData(0, 0, sketch.width, sketch.height);
    }).observe(document, { subtree: true, childList: true, attributes: true });
  };
  for (const hash of ['view=gains&lang=en', 'view=gains&lang=en&map=118.5%2C-3.2%2C7.50']) {
    const page = await open(hash, SIZES[0], undefined, { first: keep });
    const [unlike, coloured] = await page.evaluate(() => {
      const { width, height, data } = window.sketch;
      const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
      for (const canvas of document.querySelectorAll('.ground canvas')) pen.drawImage(canvas, 0, 0, width, height);
      const stands = pen.getImageData(0, 0, width, height).data;
      let different = 0;
      const colours = new Set();
      for (let i = 0; i < data.length; i += 4) {
        const isLike = [0, 1, 2].every((k) => Math.abs(data[i + k] - stands[i + k]) <= 24);
        if (isLike) colours.add(`${data[i]} ${data[i + 1]} ${data[i + 2]}`);
        else different += 1;
      }
      return [(4 * different) / data.length, colours.size];
    });
    assert.ok(unlike < 0.01, `${unlike} of all points`); // shores and borders are smoothed differently
    assert.ok(coloured >= 4, `${coloured} colours`);
    assert.equal(await page.locator('canvas.sketch').count(), 0);
    assert.deepEqual(page.errors, []);
    await page.close();
  }
});

// Looks at the same view stand together: its map is then made once.
const LOOKS = [
  'view=gains', 'view=gains&level=group&measure=per_head', 'view=gains&scenario=base', 'view=exact',
  'view=moves', 'view=moves&show=percent&class=container', ...Object.values(PANELS).map((selection) => `view=moves&select=${selection}`),
  'view=compare', 'view=compare&compare=difference&compared=gains',
];
const VIEWS = ['view=gains', 'view=moves', 'view=compare', 'view=exact'];
for (const size of SIZES)
  test(`at ${size.width}×${size.height} nothing is small, cut, or over something else, in any view and language`, async () => {
    const page = await open('view=gains&lang=en', size);
    for (const look of size.width > 1366 ? VIEWS : LOOKS)
      for (const language of ['id', 'en']) {
        await go(page, `${look}&lang=${language}`);
        assert.deepEqual(await faults(page), [], `${look} ${language}`);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= size.width, look);
      }
    assert.deepEqual(page.errors, []);
    await page.close();
  });

test('a link holds the whole view', async () => {
  const page = await open('lang=en');
  for (const hash of [
    'view=moves&scenario=gateway&year=2029&against=base&class=container&mode=sea&show=difference&select=terminal%3AKKT&map=117.000%2C-1.500%2C7.00&lang=en',
    'view=gains&scenario=ikn&year=2034&closure=national_budget&measure=per_head&level=group&lang=id',
    'view=compare&scenario=partners&year=2034&other=ikn&other_year=2029&compare=difference&compared=gains&lang=en',
  ]) {
    await go(page, hash);
    await page.locator('.frame button').first().focus(); // anything that makes the page look at itself once more
    const wanted = Object.fromEntries(new URLSearchParams(hash));
    await page.waitForFunction((held) => {
      const now = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
      return JSON.stringify(Object.entries(now).sort()) === JSON.stringify(Object.entries(held).sort());
    }, wanted);
  }
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('the address follows what is chosen', async () => {
  const page = await open('view=gains&lang=en');
  await page.locator('.choices select').selectOption('gateway');
  await addressHolds(page, 'scenario', 'gateway');
  await page.getByRole('button', { name: 'Groups', exact: true }).click();
  await addressHolds(page, 'level', 'group');
  await page.getByRole('button', { name: 'What moves' }).click();
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByRole('button', { name: 'the base' }).click();
  await addressHolds(page, 'against', 'base');
  await page.close();
});

test('a link is followed though the address is written before the page hears of it', async () => {
  const page = await open('view=gains&lang=en');
  await page.evaluate(() => {
    const written = location.hash; // as a choice made just before does, a little behind it
    location.hash = 'view=exact&lang=id';
    history.replaceState(null, '', written);
  });
  await page.locator('.frame.view-exact').waitFor();
  await addressHolds(page, 'view', 'exact');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'id');
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('a link to nothing says so and shows the rest', async () => {
  const page = await open('view=none&scenario=none&year=1&select=region:nowhere&map=a,b,c&edit=x&on=y&lang=en');
  await page.getByText('The study has nothing by that name.').waitFor();
  assert.deepEqual(page.errors, []);
  await page.close();
});

for (const [kind, selection] of Object.entries(PANELS))
  test(`the panel of a ${kind} opens, and says of which outcome it is`, async () => {
    const page = await open(`view=moves&scenario=partners&year=2034&lang=en&select=${encodeURIComponent(selection)}`);
    assert.ok(await page.locator('.detail h2').textContent());
    assert.match(await page.locator('.detail .when').textContent(), /, 2034$/);
    const rows = await page.locator('.detail tbody tr').count();
    assert.ok(rows > 0);
    if (kind === 'region') for (const title of ['Ten largest flows out', 'Ten largest flows in']) assert.equal(await page.locator('.detail .table', { hasText: title }).locator('tbody tr').count(), 10);
    if (!['region', 'lane'].includes(kind)) await page.locator('.detail .table', { hasText: 'Worth of improving it' }).waitFor();
    if (['service', 'terminal'].includes(kind)) await page.locator('.detail .table', { hasText: 'Whose goods these are' }).waitFor();
    assert.deepEqual(page.errors, []);
    await page.close();
  });

test('a map that says it stands has its roads and lanes', async () => {
  for (const view of ['moves', 'compare']) {
    const page = await open(`view=${view}&lang=en`);
    const shares = await page.evaluate(() =>
      [...document.querySelectorAll('.map[data-idle=true] .ground')].map((ground) => {
        const canvas = [...ground.querySelectorAll('canvas')].at(-1);
        const { width, height } = canvas;
        const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
        pen.drawImage(canvas, 0, 0);
        return pen.getImageData(0, 0, width, height).data.filter((alpha, i) => i % 4 === 3 && alpha > 0).length / (width * height);
      }),
    );
    assert.ok(shares.length > 0);
    for (const share of shares) assert.ok(share > 0.01 && share < 0.5, `${view}: ${share} of the map`);
    await page.close();
  }
});

test('a region that the pointer is on is named until it leaves, and opens its panel when clicked', async () => {
  const page = await open('view=gains&map=119.9,-4.1,9&lang=en'); // regions to every corner
  const name = page.locator('.names span', { hasText: /^Parepare$/ });
  const { x, y, width, height } = await name.boundingBox();
  const place = [x + width / 2, y + height / 2];
  await page.mouse.move(...place);
  await page.locator('.tip', { hasText: /^Parepare: [+−]/ }).waitFor();
  await page.mouse.move(1100, 400); // beside the map
  await page.locator('.tip').waitFor({ state: 'detached' });
  await page.mouse.click(...place);
  assert.match(await page.locator('.detail h2').textContent(), /Parepare/);
  await addressHolds(page, 'select', 'region:parepare');
  await page.close();
});

test('scenario, year, view and goods can be switched, one after the other', async () => {
  const page = await open('view=gains&scenario=partners&year=2034&lang=en');
  const before = await page.locator('.headline').textContent();
  await page.locator('.choices select').selectOption('gateway');
  assert.notEqual(await page.locator('.headline').textContent(), before);
  await page.locator('.choices').getByRole('button', { name: '2029' }).click();
  assert.match(await page.locator('.headline').textContent(), /^In 2029/);
  await page.getByRole('button', { name: 'What moves' }).click();
  await page.getByLabel('Goods').selectOption('container');
  await settle(page);
  assert.ok((await page.locator('.story tbody tr').count()) > 0);
  assert.deepEqual(page.errors, []);
  await page.close();
});

test('a chart out of sight follows a switch as well', async () => {
  const page = await open('view=compare&scenario=base&year=2024&lang=en');
  const chart = () => page.locator('.compare-below .drawing').last();
  const drawn = () => chart().innerHTML();
  assert.ok((await chart().boundingBox()).y > SIZES[0].height, 'the chart is in sight');
  const before = await drawn();
  await page.locator('.choices .choice button', { hasText: '2034' }).click();
  await page.waitForFunction((old) => [...document.querySelectorAll('.compare-below .drawing')].at(-1).innerHTML !== old, before);
  const after = await drawn();
  await page.close();
  const direct = await open('view=compare&scenario=base&year=2034&lang=en');
  assert.equal(await direct.locator('.compare-below .drawing').last().innerHTML(), after);
  await direct.close();
});

test('the language switches words, names on the map, and number formats', async () => {
  const page = await open('view=gains&scenario=partners&year=2034&lang=en');
  const names = () => page.locator('.names').textContent();
  assert.match(await page.locator('.headline').textContent(), /nobody loses/);
  assert.match(await page.locator('.facts').textContent(), /IDR \+\d/);
  const english = await names();
  await page.locator('.language').click();
  assert.match(await page.locator('.headline').textContent(), /tidak ada yang rugi/);
  assert.match(await page.locator('.facts').textContent(), /\+Rp\d/);
  assert.match(await page.locator('td.bar').first().textContent(), /\d,\d/);
  assert.notEqual(await names(), english);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'id');
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
  await page.locator('.detail').waitFor({ state: 'detached' });
  // What can be clicked on the map is found by its name.
  for (const [asked, kind] of [['parepare', 'region'], ['kariangau parepare ferry', 'service'], ['semayang port', 'terminal'], ['manggar road', 'link']]) {
    await page.getByRole('combobox', { name: /^Find/ }).focus();
    await page.keyboard.type(asked);
    await page.keyboard.press('Enter');
    await page.locator('.detail h2').waitFor();
    await page.waitForFunction((wanted) => new URLSearchParams(location.hash.slice(1)).get('select')?.startsWith(`${wanted}:`), kind);
  }
  // Whatever can be pressed can be reached: nothing is clicked that is no button, field or link.
  const unreachable = await page.evaluate(() => [...document.querySelectorAll('button, select, input, a')].filter((e) => e.tabIndex < 0 && !e.disabled).map((e) => e.outerHTML.slice(0, 80)));
  assert.deepEqual(unreachable, []);
  const nameless = await page.evaluate(() => [...document.querySelectorAll('button, select, input, [role=group]')].filter((e) => !(e.ariaLabel || e.textContent.trim() || e.labels?.length)).map((e) => e.outerHTML.slice(0, 80)));
  assert.deepEqual(nameless, []);
  await page.close();
});

test('colours of the legends can be told apart whatever one sees', async () => {
  const page = await open('view=moves&lang=en');
  const colours = (selector) => page.locator(selector).evaluateAll((all) => all.map((e) => (getComputedStyle(e).fill !== 'rgb(0, 0, 0)' ? getComputedStyle(e).fill : getComputedStyle(e).backgroundColor).match(/\d+/g).slice(0, 3).map(Number)));
  const check = (list, least, what) => {
    assert.ok(list.length > 2, what);
    list.forEach((a, i) => list.slice(0, i).forEach((b) => assert.ok(apart(a, b) >= least, `${what}: ${a} and ${b} are ${apart(a, b).toFixed(0)} apart`)));
  };
  check(await colours('.legend .uses i'), 20, 'use over capacity');
  await go(page, 'view=moves&lang=en&select=service:S1');
  check(await colours('.detail .chart span > svg'), 15, 'kinds of goods');
  await go(page, 'view=gains&lang=en');
  check(await colours('.legend .diverging i'), 15, 'gains and losses');
  check(await colours('.people .keys i'), 30, 'verdicts');
  await page.close();
});
