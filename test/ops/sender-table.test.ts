import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { withSenderTable } from '../../ops/sender-table.ts';

test('the table of senders in the README is up to date: else run npm run providers', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8');
  expect(withSenderTable(readme)).toBe(readme);
});

test('a text without a place for the table is left alone', () => {
  expect(() => withSenderTable('# Hooklatch')).toThrow('no place for the table');
});
