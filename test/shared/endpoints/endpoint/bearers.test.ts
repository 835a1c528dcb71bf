import { describe, expect, test } from '@jest/globals';
import {
  bearerDigest,
  bearerDigests,
  holdsUnder,
  isProofDifferent,
  maySign,
  withBearerDigests,
} from '../../../../shared/endpoints/endpoint/bearer-digest.ts';
import type { Holds } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import type { Guard } from '../../../../shared/endpoints/settings/auth.ts';
import { tokenGuard } from './given-record.ts';

const guard = (kind: Guard['kind'], secretFrom: Guard['secretFrom'] = 'operator'): Guard => ({
  ...tokenGuard,
  kind,
  secretFrom,
});

test('a digest is of the endpoint and the value, so two endpoints have different digests', () => {
  // 8 bytes of SHA-256 of `e1 former token` and `e2 former token`, by Python.
  expect(bearerDigest('e1', 'former token')).toBe('Q1zSfo__jiI');
  expect(bearerDigest('e2', 'former token')).toBe('NqxnquafwoE');
});

test('a generated token needs no digest, because its form shows what it is', () => {
  expect(bearerDigests('e1', [`hle_${'0'.repeat(43)}2CZclj`, 'former token'])).toEqual(['Q1zSfo__jiI']);
});

describe('the list of digests', () => {
  const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => String(from + n));

  test.each<[string, string[], string[], string[]]>([
    ['grows at its end', ['1', '2'], ['3'], ['1', '2', '3']],
    ['has each digest once', ['1', '2'], ['2', '3', '3'], ['1', '2', '3']],
    ['can have sixteen', numbers(1, 15), ['16'], numbers(1, 16)],
    ['keeps the oldest, and says that there were more', numbers(1, 16), ['17'], [...numbers(1, 16), '*']],
    ['still says that there were more', [...numbers(1, 16), '*'], ['17', '18'], [...numbers(1, 16), '*']],
    ['says it at its end', ['1', '*'], ['2'], ['1', '2', '*']],
  ])('%s', (_, list, digests, expected) => {
    expect(withBearerDigests(list, digests)).toEqual(expected);
  });
});

test.each<[Guard, Guard, boolean]>([
  [guard('token'), guard('token'), false],
  [guard('token'), guard('both'), true],
  [guard('both'), guard('signature'), true],
  [guard('signature'), guard('signature', 'sender'), false],
  [guard('signature'), guard('signature', 'nobody'), true],
  [guard('signature', 'nobody'), guard('signature'), true],
  [guard('signature', 'nobody'), guard('signature', 'nobody'), false],
])('%j needs another proof than %j: %p', (one, other, expected) => {
  expect(isProofDifferent(one, other)).toBe(expected);
});

test.each<[Holds, Guard['kind'], Holds]>([
  ['secret', 'signature', 'secret'],
  ['secret', 'token', 'bearer'],
  ['secret', 'both', 'bearer'],
  ['bearer', 'signature', 'bearer'],
  ['both', 'token', 'both'],
  ['both', 'signature', 'both'],
])('a %s under auth.kind %s is a %s', (holds, kind, expected) => {
  expect(holdsUnder(holds, { kind })).toBe(expected);
});

test.each<[Holds, boolean]>([
  ['secret', true],
  ['both', true],
  ['bearer', false],
])('a version may verify signatures unless it is a bearer: %s %p', (holds, expected) => {
  expect(maySign({ id: 'v1', createdAt: '2026-03-01T12:00:00.000Z', createdBy: 'op_1', holds })).toBe(expected);
});
