/**
 * A variable that only some deployments have is on each function that reads it. Without a variable that all deployments have, a function
 * does not start. Without one of these it runs, and leaves out what the variable asks for.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Variable } from '../../shared/ground/aws/environment.ts';
import { filled } from '../support/filled.ts';
import { functionNames, functionsIn, theTemplate, type Variant } from './given-template.ts';

/** For each of them: the variant that has the setting, and the functions that read the variable. */
const readers = {
  ALLOW_PRIVATE: ['settings', ['api-destinations', 'dispatch', 'manage-connection', 'serve-lanes']],
  ONE_TRANSFORM: ['settings', ['dispatch', 'serve-lanes']],
  SECRET_TAGS: ['settings', ['api-destinations', 'api-endpoint', 'manage-connection', 'store-delivered-secret']],
  ORIGIN_DIGESTS: ['edge', ['api-self-test', 'authorize', 'authorize-operator']],
  OIDC: ['settings', ['authorize-operator']],
  OIDC_OPERATOR_DAYS: ['settings', ['api-operators']],
  TOKEN_REMINDER_DAYS: ['settings', ['raise-alerts']],
} satisfies Partial<Record<Variable, [Variant, string[]]>>;

const sources = filled(
  ['functions', 'shared'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8')),
  ),
);

test('each variable that the code reads only if it is there is here', () => {
  const reads = /\b(?:isIn|listFrom|optional\w+From)Environment\('(\w+)'/g;
  const found = sources.flatMap((source) => [...source.matchAll(reads)].map(([, name]) => name));
  expect([...new Set(found)].sort()).toEqual(Object.keys(readers).sort());
});

test.each(Object.entries(readers))('%s is on each function that reads it', async (name, [variant, expected]) => {
  const { template } = await theTemplate(variant);
  const names = functionNames(template);
  const having = functionsIn(template).filter(
    ({ properties }) => properties.Environment?.Variables?.[name] !== undefined,
  );
  expect(having.map(({ id }) => names.get(id)).sort()).toEqual(expected);
});
