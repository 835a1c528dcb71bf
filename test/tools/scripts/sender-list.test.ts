import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { withSenders } from '../../../tools/scripts/sender-list.ts';

test('the list of senders in docs/senders.md is up to date (npm run providers updates it)', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../../docs/senders.md'), 'utf8');
  expect(withSenders(page)).toBe(page);
});

test('a text without a place for the list is refused', () => {
  expect(() => withSenders('# Hooklatch')).toThrow('no place for the generated part');
});
