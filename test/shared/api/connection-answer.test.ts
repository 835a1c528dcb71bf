import { expect, test } from '@jest/globals';
import { recordAnswer } from '../../../shared/api/connection-answer.ts';
import type { ConnectionCall } from '../../../shared/api/connection-update.ts';
import { newConnection } from '../../../shared/endpoint/connection.ts';

const now = new Date('2026-03-12T19:03:58Z');
const call: ConnectionCall = {
  params: { name: 'orders' },
  operator: { id: 'op_1', name: 'ada', role: 'connection_admin' },
  requestId: 'r1',
  now,
  ifMatch: undefined,
};

test('a verb whose counts can not be read is answered with a note, and the fault is logged as a warning', async () => {
  const lines: unknown[] = [];
  const connection = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
  const answer = await recordAnswer(connection, call, {
    usage: {
      lastUse: async () => {
        throw Object.assign(new Error('a fake cause'), { name: 'ThrottlingException' });
      },
    },
    countHeld: async () => ({ count: 0, complete: true }),
    publicUrl: 'https://hooks.example.com',
    log: (line, level = 'info') => lines.push({ level, ...line }),
  });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    name: 'orders',
    note: 'The change is made. Last uses and counts could not be read. Read the connection again.',
  });
  const fault = 'ThrottlingException';
  expect(lines).toEqual([{ level: 'warn', warning: 'record_not_observed', fault, requestId: 'r1' }]);
});
