import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const functions = join(root, 'functions');

/**
 * Bundles a file of `functions/` into one file for Lambda.
 * @param name the file, without its ending
 * @param external packages that stay out of the bundle, because Lambda's Node.js has them
 */
export function bundledCode(name: string, external: string[]): Code {
  return Code.fromAsset(functions, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK needs these two properties to distinguish bundles. CDK never runs them, because `local` always succeeds.
      image: DockerImage.fromRegistry('unused'),
      command: [name],
      local: {
        tryBundle(folder) {
          // CDK opens this folder to everybody, so that a container can write to it.
          chmodSync(folder, 0o700);
          const file = join(folder, 'index.js');
          writeFileSync(file, bundleOf(name, external));
          // Others may read the file: the zip keeps this mode, and Lambda runs the code as another user. On this machine, the
          // mode of the folder keeps others out.
          chmodSync(file, 0o644);
          return true;
        },
      },
    },
  });
}

type Bundles = ReadonlyMap<string, Uint8Array>;
let complete: Bundles | undefined;

/** Makes all bundles without externals in one run of esbuild, because each run parses the SDK again. */
function bundleOf(name: string, external: string[]): Uint8Array {
  if (external.length === 0) complete ??= build(functionNames(), []);
  const bundles = external.length === 0 ? complete : build([name], external);
  const bundle = bundles?.get(name);
  if (!bundle) throw new Error(`functions/${name}.ts does not exist`);
  return bundle;
}

const functionNames = () =>
  readdirSync(functions)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'));

function build(names: string[], external: string[]): Bundles {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: names.map((name) => join(functions, `${name}.ts`)),
    outdir: functions,
    write: false,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    // CommonJS: in an ES module, the import of node:http loads undici, which adds about 19 ms to a cold start.
    format: 'cjs',
    mainFields: ['module', 'main'],
    external,
    alias: {
      '@aws-sdk/credential-provider-node': join(root, 'infra/bundle/lambda-credentials.ts'),
      '@aws-sdk/middleware-endpoint-discovery': join(root, 'infra/bundle/lambda-no-discovery.ts'),
      '@smithy/core/event-streams': join(root, 'infra/bundle/lambda-no-streams.ts'),
    },
    logLevel: 'silent',
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path, '.js'), contents]));
}
