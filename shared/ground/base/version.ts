import { readFileSync } from 'node:fs';

const { version: packageVersion } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as { version: string };

/** The version of this package. Not for functions: their bundles have no package.json, so they get it by a variable. */
export const version: string = packageVersion;
