import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { assembly } from '../support/given.ts';
import { closed, modesIn } from './given-assembly.ts';
import { functionsIn } from './given-template.ts';

test('an assembly is private to the user, so nobody else can replace the code that is run or deployed', () => {
  expect(modesIn(assembly())).toEqual(closed);
});

test('an assembly contains separate code for each function', () => {
  const template = JSON.parse(readFileSync(join(assembly(), 'hooklatch-dev.template.json'), 'utf8'));
  const keys = functionsIn(template).map(({ properties }) => properties.Code.S3Key);
  // Only an app with a WebhookConnection has the first, and the code of the second is that of transform.ts.
  const others = ['manage-connection.ts', 'dry-run-transform.ts'];
  const functions = readdirSync('functions').filter((file) => file.endsWith('.ts') && !others.includes(file));
  expect(new Set(keys).size).toBe(functions.length);
});
