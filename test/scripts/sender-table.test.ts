import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { withSenderTable } from '../../scripts/sender-table.ts';

test('the table of senders in docs/senders.md is up to date (npm run providers updates it)', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/senders.md'), 'utf8');
  expect(withSenderTable(page)).toBe(page);
});

test('a text without a place for the table is refused', () => {
  expect(() => withSenderTable('# Hooklatch')).toThrow('no place for the generated part');
});
