/** What a function that imports `hooklatch/consumer` loads at each cold start. */
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** Bundles a module with this text as a user's build would. Lambda's Node.js has the SDK. */
function bundled(contents: string) {
  const { outputFiles, metafile } = buildSync({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    external: ['@aws-sdk/*', '@aws-lambda-powertools/*'],
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

describe('hooklatch/consumer', () => {
  test('has zod alone, and loads S3 only when it needs it', () => {
    const { packages, imports } = bundled("export * from './consumer/consumer.ts';");
    expect(packages).toEqual(['zod']);
    expect(imports).toEqual(['dynamic-import @aws-sdk/client-s3']);
  });

  test('imports Powertools in its entry once alone', () => {
    const { packages, imports, bytes } = bundled("export * from './consumer/once.ts';");
    expect(packages).toEqual([]);
    expect(imports).toEqual(['import-statement @aws-lambda-powertools/idempotency']);
    expect(bytes).toBeLessThanOrEqual(1_000);
  });

  test('is at most 30 KB with webhookFrom and a handler', () => {
    const { bytes } = bundled("export { webhookFrom, handleWebhooks, webhook } from './consumer/consumer.ts';");
    expect(bytes).toBeLessThanOrEqual(30_000);
    expect(bytes).toBeGreaterThan(5_000);
  });
});
