/** The code of docs/consumers.md, of docs/handling-webhooks.md and of `examples/` imports only what the package's entries export. `test/package/` runs it. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { type BuildFailure, buildSync } from 'esbuild';
import { blocksOf } from '../../docs/given-pages.ts';

const root = resolve(import.meta.dirname, '../../..');
const pages = ['docs/consumers.md', 'docs/handling-webhooks.md'];

const sourceOf = (name: string): string => resolve(root, `clients/consumer/${name}.ts`);
const entries = {
  hooklatch: resolve(root, 'infra/constructs.ts'),
  'hooklatch/client': resolve(root, 'shared/operators/api/client.ts'),
  'hooklatch/consumer': sourceOf('consumer'),
  'hooklatch/consumer/once': sourceOf('once'),
  'hooklatch/consumer/stripe': sourceOf('stripe'),
  'hooklatch/consumer/github': sourceOf('github'),
};

/** What is wrong with a block, as a module. esbuild refuses an import of what its module does not export. */
function errorsIn(contents: string, resolveDir = root): string[] {
  try {
    const { warnings } = buildSync({
      stdin: { contents, resolveDir, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      alias: entries,
      external: [
        '@aws-sdk/*',
        '@aws-lambda-powertools/*',
        '@middy/core',
        'standardwebhooks',
        'aws-cdk-lib',
        'aws-cdk-lib/*',
        './handler.js',
      ],
      write: false,
      logLevel: 'silent',
    });
    return warnings.map(({ text }) => text);
  } catch (error) {
    return (error as BuildFailure).errors.map(({ text }) => text);
  }
}

test('each block imports what exists', () => {
  const blocks = pages.flatMap((page) => [...blocksOf(page, 'js'), ...blocksOf(page, 'ts')]);
  expect(blocks).toHaveLength(9);
  expect(blocks.flatMap((block) => errorsIn(block))).toEqual([]);
});

test('each file of an example imports what exists', () => {
  const files = globSync('examples/*/*.{js,ts}', { cwd: root });
  expect(files.sort()).toEqual([
    'examples/http-server/app.ts',
    'examples/http-server/server.js',
    'examples/http-server/start.js',
    'examples/lambda/app.ts',
    'examples/lambda/handler.ts',
  ]);
  const errors = files.flatMap((file) =>
    errorsIn(readFileSync(resolve(root, file), 'utf8'), resolve(root, dirname(file))),
  );
  expect(errors).toEqual([]);
});

test('a block that imports what does not exist is noticed', () => {
  expect(errorsIn("import { handleWebhook } from 'hooklatch/consumer'; handleWebhook();")).toEqual([
    'No matching export in "clients/consumer/consumer.ts" for import "handleWebhook"',
  ]);
});
