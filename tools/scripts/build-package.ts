/** `npm pack` runs this: it writes everything that the package needs to `dist/`. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeBundle } from '../../infra/bundle/bundle-folder.ts';
import { functionNames } from '../../infra/bundle/esbuild-bundle.ts';
import { version } from '../../shared/ground/base/version.ts';
import { openApiDocument } from '../../shared/operators/api/openapi-document.ts';
import { manifestJsonSchema } from '../../shared/operators/manifest/manifest-json-schema.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');

/** Compiles what the package exports, with its types. */
function compile(): void {
  const { status } = spawnSync('tsc', ['--project', 'tsconfig.package.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The package could not be compiled');
}

/** Bundles the functions, where `infra/bundle/bundle.ts` finds them. */
function bundleFunctions(): void {
  for (const name of functionNames()) {
    writeBundle(name, join(dist, 'bundles', name));
  }
}

const writeJson = (name: string, value: unknown): void =>
  writeFileSync(join(dist, name), `${JSON.stringify(value, null, 2)}\n`);

rmSync(dist, { recursive: true, force: true });
compile();
bundleFunctions();
writeJson('openapi.json', openApiDocument({ version, url: 'https://hooks.example.com' }));
writeJson('hooklatch.schema.json', manifestJsonSchema());
// `shared/ground/base/version.ts` finds the version three folders above its own, in a clone as here. Bundlers read `sideEffects` of the nearest
// package.json. That of the clone can't say it, because of the console's style sheets.
writeJson('package.json', { type: 'module', version, sideEffects: false });
