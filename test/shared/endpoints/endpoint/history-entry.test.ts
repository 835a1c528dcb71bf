import { expect, test } from '@jest/globals';
import { historyEntrySchema } from '../../../../shared/endpoints/endpoint/history-entry.ts';

const entry = { by: 'op_1', at: '2026-03-01T12:00:00.000Z', from: 'active', to: 'active' };

test.each([
  ...['create', 'edit', 'delete', 'adopt', 'detach', 'configure', 'changeAuth', 'generateToken', 'rotateToken'],
  ...['endGrace', 'removeToken', 'activate', 'deactivate', 'hold', 'release', 'deconfigure', 'setRoutes'],
])('the history has entries of %s', (verb) => {
  expect(historyEntrySchema.parse({ ...entry, verb })).toEqual({ ...entry, verb });
});

test.each(['', 'attach', 'Adopt'])('the history has no entries of %j', (verb) => {
  expect(historyEntrySchema.safeParse({ ...entry, verb }).success).toBe(false);
});
