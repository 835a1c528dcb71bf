/** What a function that imports `hooklatch/consumer` loads at each cold start. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { build, type Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '../../..');

/** As `dist/package.json` says it: a module of which nothing is used is left out. */
const withoutSideEffects: Plugin = {
  name: 'without-side-effects',
  setup: ({ onResolve, resolve }) =>
    onResolve({ filter: /^\./ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === 'resolved') return undefined;
      return { ...(await resolve(path, { ...from, pluginData: 'resolved' })), sideEffects: false };
    }),
};

/** Bundles a module with this text as a user's build would. Lambda's Node.js has the SDK. */
async function bundled(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['@aws-sdk/*', '@aws-lambda-powertools/*'],
    plugins: [withoutSideEffects],
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const packages = Object.keys(output?.inputs ?? {}).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
  const imports = (output?.imports ?? []).map(({ kind, path }) => `${kind} ${path}`);
  return {
    bytes: outputFiles[0]?.contents.length,
    packages: [...new Set(packages)],
    imports: [...new Set(imports)].filter((each) => !each.includes(' node:')),
  };
}

const s3 = 'dynamic-import @aws-sdk/client-s3';
const powertools = 'import-statement @aws-lambda-powertools/idempotency';
const handler = 'webhookFrom, handleWebhooks, webhook';

/** What each entry of the package bundles and imports, but for the constructs, which need the CDK, and what is no code. */
const entries: Record<string, [packages: string[], imports: string[]]> = {
  './client': [[], []],
  './consumer': [['zod'], [s3]],
  './consumer/once': [[], [powertools, `${powertools}/persistence`]],
  './consumer/stripe': [[], []],
  './consumer/github': [[], []],
  // The nearest name, for one that is mistyped.
  './testing': [['fastest-levenshtein'], []],
};
const { exports } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));

test('each entry is in the table', () => {
  const modules = Object.keys(exports).filter((name) => !name.endsWith('.json'));
  expect(modules.sort()).toEqual(['.', './infra', ...Object.keys(entries)].sort());
});

describe('an entry has no CDK, no React, no runner of tests and no optional peer but its own, and loads S3 only when it needs it', () => {
  test.each(Object.entries(entries))('%s', async (name, [packages, imports]) => {
    const source = exports[name].default.replace('./dist/', './').replace(/js$/, 'ts');
    const found = await bundled(`export * from '${source}';`);
    expect([found.packages, found.imports]).toEqual([packages, imports]);
  });
});

test.each<[string, string, number]>([
  ['a handler', `export { ${handler} } from './clients/consumer/consumer.ts';`, 30_000],
  ['a handler that verifies', `export { ${handler}, verify } from './clients/consumer/consumer.ts';`, 60_000],
  ['once', "export { once } from './clients/consumer/once.ts';", 1_000],
  ['once and its store in memory', "export * from './clients/consumer/once.ts';", 1_500],
  ['the types of Stripe', "export * from './clients/consumer/stripe.ts';", 1_000],
  ['the types of GitHub', "export * from './clients/consumer/github.ts';", 1_000],
])('%s is at most its bytes', async (_, text, most) => {
  const { bytes } = await bundled(text);
  expect(bytes).toBeGreaterThan(100);
  expect(bytes).toBeLessThanOrEqual(most);
});
