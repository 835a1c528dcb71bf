import { describe, expect, test } from '@jest/globals';
import { operatorViewOf, operatorViewSchema } from '../../../../shared/operators/operator/operator-view.ts';
import type { Operator } from '../../../../shared/operators/operator/roster.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const digest = 'fake-digest';
const ada = {
  id: 'op_1',
  name: 'ada',
  role: 'connection_admin',
  createdAt: '2026-02-01T12:00:00.000Z',
  createdBy: 'bootstrap',
} as const;
const withDigest = (more: Partial<Operator> = {}): Operator => ({ ...ada, digest, ...more });

describe('an operator in the list', () => {
  test('is shown with the last use, and without the digest of the token', () => {
    expect(operatorViewOf(withDigest(), '2026-03-01T11:00:00.000Z', now)).toEqual({
      ...ada,
      expired: false,
      lastUsedAt: '2026-03-01T11:00:00.000Z',
    });
    expect(operatorViewOf(withDigest(), undefined, now).lastUsedAt).toBeNull();
  });

  test.each([
    ['2026-03-01T12:00:00.001Z', false],
    ['2026-03-01T12:00:00.000Z', true],
    ['2026-02-28T12:00:00.000Z', true],
  ])('whose token ends at %s is shown as expired: %s', (expiresAt, expired) => {
    const view = operatorViewOf(withDigest({ expiresAt }), undefined, now);
    expect(view).toEqual({ ...ada, expiresAt, expired, lastUsedAt: null });
  });

  test('has exactly these fields in the answer, so that a digest can not leak', () => {
    const view = { ...ada, expiresAt: '2026-03-02T12:00:00.000Z', expired: false, lastUsedAt: null };
    expect(operatorViewSchema.parse({ ...view, digest })).toEqual(view);
  });
});
