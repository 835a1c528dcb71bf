/** What the console says of a file: only of the fields that it has. */
import { expect, test } from '@jest/globals';
import { managedByFileText } from '../../../clients/console/text/managed.ts';

const file = { kind: 'file' as const, name: 'shop' };
const rest = '. What you change of that here differs from the file, and its next hooklatch apply may change it back.';

test.each([
  ['connection' as const, { ...file, routes: true }, 'description, settings, routes'],
  ['connection' as const, { ...file, routes: false }, 'description, settings'],
  ['connection' as const, { ...file, routes: false, closed: true as const }, 'description, settings, status'],
  // A record of an earlier release does not say what it leaves out.
  ['connection' as const, file, 'description, settings, routes'],
  ['destination' as const, file, 'settings, URL, headers, credentials'],
  ['destination' as const, { ...file, said: { url: 'env:URL' } }, 'settings, URL, headers, credentials'],
  ['destination' as const, { ...file, adopted: true as const, said: {} }, 'settings'],
  [
    'destination' as const,
    { ...file, adopted: true as const, said: { 'headers.x-key': 'env:KEY', 'auth.kind': 'none' } },
    'settings, headers, credentials',
  ],
  // To a designer, the record does not say which.
  ['destination' as const, { ...file, adopted: true as const }, 'settings, URL, headers, credentials'],
])('of a %s with the record %j: %s', (kind, manager, fields) => {
  expect(managedByFileText(kind, manager)).toBe(`The file shop manages of this ${kind}: ${fields}${rest}`);
});
