// The server answers what api/openapi.yaml says it answers, and the page can be shown what the file describes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { folder, gerbang, go, open, serve, SIZES } from './browser.mjs';
import { contract, misfits, schemaOf } from './contract.mjs';
import { root } from './place.mjs';

let server;
before(async () => {
  server = await serve();
});
after(() => server.server.kill('SIGKILL'));

const at = (path) => new URL(path, server.address).href;
async function get(path, status = 200) {
  const response = await fetch(at(path));
  assert.equal(response.status, status, path);
  return response;
}
const post = (path, body) => fetch(at(path), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
const operations = Object.entries(contract.paths).flatMap(([path, methods]) => ['get', 'post', 'delete'].filter((method) => methods[method]).map((method) => ({ path, method, operation: methods[method] })));
const schemaFor = (operation, status) => operation.responses[status].content['application/json']?.schema;
const asked = new Set();
const operation = (method, path) => {
  asked.add(`${method} ${path}`);
  return contract.paths[path][method];
};
const fits = (document, schema, what) => assert.deepEqual(misfits(document, schema), [], what);

test('every document fits its schema', async () => {
  for (const path of ['/api/study', '/api/scenarios', '/api/outcomes', '/api/tables']) fits(await (await get(path)).json(), schemaFor(operation('get', path), 200), path);
  const study = await (await get('/api/study')).json();
  for (const { scenario, year } of study.outcomes.filter((o) => o.closure === 'fixed')) fits(await (await get(`/api/outcomes/${scenario}-${year}`)).json(), schemaFor(operation('get', '/api/outcomes/{name}'), 200), `${scenario} ${year}`);
});

test('every table can be downloaded, with the columns that are described', async () => {
  operation('get', '/api/tables/{name}');
  for (const { name, columns, rows } of await (await get('/api/tables')).json()) {
    const response = await get(`/api/tables/${name}.csv`);
    assert.match(response.headers.get('content-type'), /^text\/csv/);
    const text = await response.text();
    assert.equal(text.slice(0, text.search(/\r?\n/)), columns.map((column) => column.name).join(','), name);
    assert.ok(text.split('\n').length > rows, name);
    assert.ok(columns.every((column) => column.description), name);
  }
});

test('an evaluation, its progress and a rank fit their schemas', async () => {
  const edits = [{ table: 'service', row: 'S1', column: 'tariff_factor', operation: 'set', value: 0.9 }];
  for (const [path, body] of [['/api/evaluations', { scenario: 'partners', year: 2034, edits }], ['/api/ranks', { scenario: 'partners', year: 2034 }]]) {
    fits(body, operation('post', path).requestBody.content['application/json'].schema, path);
    const started = await post(path, body);
    assert.equal(started.status, 202);
    const state = await started.json();
    fits(state, schemaFor(operation('post', path), 202), path);
    operation('get', '/api/evaluations/{id}/events');
    const events = (await (await get(`/api/evaluations/${state.id}/events`)).text()).trim().split('\n\n').map((event) => JSON.parse(event.replace(/^data: /, '')));
    events.forEach((event) => fits(event, schemaOf('Evaluation'), 'event'));
    assert.equal(events.at(-1).status, 'done');
    assert.deepEqual(events.map((event) => event.progress.round), events.map((event) => event.progress.round).sort((a, b) => a - b));
    const done = await (await get(`/api/evaluations/${state.id}`)).json();
    fits(done, schemaFor(operation('get', '/api/evaluations/{id}'), 200), path);
    assert.ok(done.result ?? done.rank);
    const late = await (await fetch(at(`/api/evaluations/${state.id}`), { method: 'DELETE' })).json();
    fits(late, schemaFor(operation('delete', '/api/evaluations/{id}'), 200), 'cancel');
    assert.equal(late.status, 'done');
  }
});

test('a scenario that is saved fits its schema', async () => {
  const body = { scenario_id: 'contract', name: 'Contract', evaluation: { scenario: 'partners', year: 2034, edits: [{ table: 'service', row: 'S1', column: 'is_present', operation: 'set', value: 0 }] } };
  fits(body, schemaOf('NewScenario'), 'request');
  const saved = await post('/api/scenarios', body);
  assert.equal(saved.status, 201);
  const answer = await saved.json();
  fits(answer, schemaFor(operation('post', '/api/scenarios'), 201), 'answer');
  assert.ok(existsSync(join(answer.folder, 'edit.csv')));
});

test('what is refused is refused in the words of the contract', async () => {
  for (const response of [await get('/api/outcomes/none-1', 404), await get('/api/tables/none.csv', 404), await get('/api/evaluations/none', 404), await post('/api/evaluations', {}), await post('/api/ranks', { scenario: 'none', year: 2034 })]) {
    assert.ok(response.status >= 400 && response.status < 500);
    const refusal = await response.json();
    fits(refusal, schemaOf('Refusal'), response.url);
    assert.ok(refusal.error.length > 8);
  }
});

test('no operation of the contract was left out', () => {
  assert.deepEqual(operations.map(({ method, path }) => `${method} ${path}`).filter((name) => !asked.has(name)), []);
});

test('a page made of the contract alone opens: another study, without a solve', async () => {
  const out = join(folder, 'large.html');
  const made = spawnSync(process.execPath, [join(root, 'bench/page/large.mjs'), join(gerbang, '../page.html'), out, '--regions', '60', '--links', '900'], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  const document = (name) => JSON.parse(gunzipSync(Buffer.from(new RegExp(`id="document-${name}">([^<]*)`).exec(readFileSync(out, 'utf8'))[1], 'base64')));
  fits(document('study'), schemaOf('Study'), 'study');
  fits(document('outcome-partners-2034'), schemaOf('Outcome'), 'outcome');
  const page = await open('view=gains&lang=en', SIZES[0], pathToFileURL(out).href);
  for (const view of ['moves', 'compare', 'exact']) await go(page, `view=${view}&lang=en`);
  await go(page, 'view=moves&lang=en&select=link:l5');
  assert.ok(await page.locator('.detail h2').textContent());
  assert.deepEqual(page.errors, []);
  await page.close();
});
