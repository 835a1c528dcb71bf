import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Esbuild from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The folder with one file for each function. */
export const functionsFolder = join(root, 'functions');

/**
 * Packages that stay out of a function's bundle. Lambda's Node.js has them, and the function loads them when it needs
 * them.
 */
const externalModules: Readonly<Record<string, string[]>> = {
  ingest: ['@aws-sdk/client-s3', '@aws-sdk/client-lambda'],
};

type Bundles = ReadonlyMap<string, Uint8Array>;
let complete: Bundles | undefined;

/**
 * Bundles a file of `functions/` into one file for Lambda.
 * @param name the file, without its ending
 */
export function esbuildBundle(name: string): Uint8Array {
  const external = externalModules[name];
  // One run of esbuild makes all the others, because each run parses the SDK again.
  if (!external) complete ??= build(functionNames(), []);
  const bundles = external ? build([name], external) : complete;
  const bundle = bundles?.get(name);
  if (!bundle) throw new Error(`functions/${name}.ts does not exist`);
  return bundle;
}

/** The names of all functions. */
export const functionNames = (): string[] =>
  readdirSync(functionsFolder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'));

// The package has its functions bundled already, and does not depend on esbuild.
const esbuild = () => createRequire(import.meta.url)('esbuild') as typeof Esbuild;

/** The text of the program that evaluates JSONata. It is run in a context that has nothing but the language. */
export function contextProgram(): string {
  const { outputFiles } = esbuild().buildSync({
    absWorkingDir: root,
    entryPoints: [join(root, 'shared/deliveries/transform/context-program.ts')],
    write: false,
    bundle: true,
    minify: true,
    platform: 'neutral',
    target: 'node24',
    format: 'iife',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

function build(names: string[], external: string[]): Bundles {
  const { buildSync } = esbuild();
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: names.map((name) => join(functionsFolder, `${name}.ts`)),
    outdir: functionsFolder,
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    // CommonJS, without import(): an import of node:http loads undici, which adds about 19 ms to a cold start.
    format: 'cjs',
    supported: { 'dynamic-import': false },
    mainFields: ['module', 'main'],
    external,
    // Each client of the SDK imports its whole package.json, only to name its version in the user agent.
    loader: { '.json': 'empty' },
    define: { contextProgram: JSON.stringify(contextProgram()) },
    alias: {
      '@aws-sdk/credential-provider-node': join(root, 'infra/bundle/lambda-credentials.ts'),
      '@aws-sdk/middleware-endpoint-discovery': join(root, 'infra/bundle/lambda-no-discovery.ts'),
      '@smithy/core/event-streams': join(root, 'infra/bundle/lambda-no-streams.ts'),
    },
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path, '.js'), contents]));
}
