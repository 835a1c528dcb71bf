import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { writeBundle } from './bundle-folder.ts';
import { functionsFolder } from './esbuild-bundle.ts';

/** The functions as `npm pack` bundles them. A clone does not have this folder. */
const packedFolder = fileURLToPath(new URL('../../bundles', import.meta.url));

/**
 * The code of a function, as one file for Lambda.
 * @param name the function's file in `functions/`, without its ending
 * @param leftOut sites that are left out of the bundle, unless it is a packed one
 */
export function bundledCode(name: string, leftOut: readonly string[] = []): Code {
  const packed = join(packedFolder, name);
  return existsSync(packed) ? Code.fromAsset(packed) : codeOfClone(name, leftOut);
}

function codeOfClone(name: string, leftOut: readonly string[]): Code {
  return Code.fromAsset(functionsFolder, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK needs these two properties to distinguish bundles. CDK never runs them, because `local` always succeeds.
      image: DockerImage.fromRegistry('unused'),
      command: [name, ...leftOut],
      local: {
        tryBundle(folder) {
          // CDK opens this folder to everybody, so that a container can write to it.
          chmodSync(folder, 0o700);
          writeBundle(name, folder, leftOut);
          return true;
        },
      },
    },
  });
}
