/**
 * `npm run pack:lite`: writes the package `hooklatch-lite` to `dist-lite/`, for `npm pack`. It has what programs of others import, from the same
 * sources as the large one: no constructs, no command line, no console, no functions.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist-lite');

interface Manifest {
  version: string;
  license: string;
  engines: object;
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, object>;
}

/** What it exports, under the same names as the large package does. */
const entries = ['./client', './testing', './consumer', './consumer/once', './consumer/stripe', './consumer/github'];
/** What its code imports. A test compares that. */
const dependencies = ['fastest-levenshtein', 'zod'];
const peers = ['@aws-lambda-powertools/idempotency', '@octokit/openapi-webhooks-types', 'stripe'];
/** What the large package depends on, and a function of the consumer's has only if it reads large bodies. The runtime of Lambda has it. */
const bodyReader = '@aws-sdk/client-s3';

const some = <Value>(all: Record<string, Value>, names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));

/** The large package has its files in `dist/`, this one at its top. */
const atTop = (entry: Manifest['exports'][string] = ''): unknown =>
  JSON.parse(JSON.stringify(entry).replaceAll('./dist/', './'));

const large = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const manifest = {
  name: 'hooklatch-lite',
  version: large.version,
  description:
    'The parts of hooklatch that a program imports: waiting for webhooks in tests, handling them, the client of the API',
  type: 'module',
  license: large.license,
  sideEffects: false,
  engines: large.engines,
  exports: {
    ...Object.fromEntries(entries.map((entry) => [entry, atTop(large.exports[entry])])),
    './package.json': './package.json',
  },
  dependencies: some(large.dependencies, dependencies),
  peerDependencies: { ...some(large.peerDependencies, peers), [bodyReader]: '^3' },
  peerDependenciesMeta: { ...some(large.peerDependenciesMeta, peers), [bodyReader]: { optional: true } },
};

/** The files that these import, themselves included. An import of types in code does not stand in what was compiled. */
function reachedFrom(files: readonly string[]): Set<string> {
  const reached = new Set(files);
  for (const file of reached)
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(
      /(?:from |import\(?)['"](\.{1,2}\/[^'"]+)\.[jt]s['"]/g,
    ))
      reached.add(join(dirname(file), path + (file.endsWith('.d.ts') ? '.d.ts' : '.js')));
  return reached;
}

/** The compiler writes all that it reads. What no entry leads to goes. */
function removeUnused(): void {
  const targets = entries.flatMap((entry) => Object.values(atTop(large.exports[entry]) as Record<string, string>));
  const reached = reachedFrom(targets.map((file) => join(dist, file)));
  for (const { parentPath, name } of readdirSync(dist, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  ))
    if (!reached.has(join(parentPath, name))) rmSync(join(parentPath, name));
}

rmSync(dist, { recursive: true, force: true });
const { status } = spawnSync('tsc', ['--project', 'tsconfig.lite.json'], { cwd: root, stdio: 'inherit' });
if (status !== 0) throw new Error('The package could not be compiled');
removeUnused();
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync(join(root, 'LICENSE'), join(dist, 'LICENSE'));
copyFileSync(join(root, 'docs/lite.md'), join(dist, 'README.md'));
