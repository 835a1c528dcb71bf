import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readCloudAssembly } from '../../local/cloudformation/cloud-assembly.ts';
import { isWithin } from '../../tools/bench/budget.ts';
import { bundleOf, sizes } from '../../tools/bench/bundle.ts';
import { assembly } from '../support/given.ts';

test("no bundle imports: only require is documented to find the SDK of Lambda's Node.js, and import of node:http loads undici", () => {
  const bundles = [...readCloudAssembly(assembly()).assets.values()].map((folder) =>
    readFileSync(join(folder, 'index.js'), 'utf8'),
  );
  const imported = bundles.flatMap((code) => code.match(/\bimport\(\s*["'`][^"'`]+["'`]/g) ?? []);
  expect(imported).toEqual([]);
  // The runtime provides the clients that only few deliveries need.
  const required = bundles.flatMap((code) => code.match(/\brequire\("@aws-sdk\/[^"]+"\)/g) ?? []);
  const clients = ['require("@aws-sdk/client-lambda")', 'require("@aws-sdk/client-s3")'];
  expect(required).toEqual(expect.arrayContaining(clients));
});

test('no bundle contains the literals of a preset, which are for tests', () => {
  // Each text is in the literals of a sender, and nowhere else in `shared/`.
  const texts = ['hle_of-the-sender-0123', 'meatyhamhock', 'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u'];
  const bundles = [...readCloudAssembly(assembly()).assets.values()].map((folder) =>
    readFileSync(join(folder, 'index.js'), 'utf8'),
  );
  const found = bundles.flatMap((code) => texts.filter((text) => code.includes(text)));
  expect(found).toEqual([]);
});

test('JSONata is only in the bundles of the functions that have no rights, as text', () => {
  const folders = [...readCloudAssembly(assembly()).assets.values()];
  const withJsonata = folders
    .map((folder) => join(folder, 'index.js'))
    .filter((file) => readFileSync(file, 'utf8').includes('Attempted to invoke a non-function'));
  const allowed = ['transform', 'dry-run-transform'].map((name) => bundleOf(name, assembly()));
  expect(new Set(withJsonata)).toEqual(new Set(allowed));
});

test('the bundles of the public functions are within their budgets', () => {
  const figures = sizes(assembly());
  expect(figures.map(({ what }) => what)).toEqual(['bundle of authorize', 'bundle of ingest']);
  expect(figures.filter((figure) => !isWithin(figure))).toEqual([]);
});

test('the bundles of functions that read no settings have no messages about settings: their schemas are left out', () => {
  const messages = ['has an entry twice; leave one out', 'must be the name of a scheme of the provider'];
  const within = (name: string) => {
    const code = readFileSync(bundleOf(name, assembly()), 'utf8');
    return messages.filter((message) => code.includes(message));
  };
  expect(within('api-endpoint')).toEqual(messages);
  for (const name of ['authorize', 'ingest', 'relay', 'count-events', 'sweep-secrets', 'store-delivered-secret'])
    expect([name, within(name)]).toEqual([name, []]);
});
