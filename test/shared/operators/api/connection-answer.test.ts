import { describe, expect, test } from '@jest/globals';
import { type Connection, newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import {
  observedAnswer,
  type RecordAnswerDeps,
  recordAnswer,
  viewAnswer,
} from '../../../../shared/operators/api/connection-answer.ts';
import type { OperationContext } from '../../../../shared/operators/operation/operation.ts';
import { tokenGuard } from '../../endpoints/endpoint/given-record.ts';

const now = new Date('2026-03-12T19:03:58Z');
const call: OperationContext = { actor: { id: 'op_1', role: 'connection_admin' }, requestId: 'r1', now };

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

const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now });
const hold = { id: 'h1', since: '2026-03-12T18:00:00.000Z' };
const endpoint = { id: 'e1', status: 'active', settings: {}, guard: tokenGuard, tokens: [] } as const;
const active: Connection = { ...opened, endpoint: { ...endpoint, tokens: [] } };
const held: Connection = { ...opened, endpoint: { ...endpoint, tokens: [], hold } };
const released: Connection = {
  ...active,
  entry: { verb: 'release', by: 'op_1', at: now.toISOString(), from: 'active', to: 'active', hold: 'h1' },
};

const counted: [string, object, Date][] = [];
const deps: RecordAnswerDeps = {
  usage: { lastUse: async () => ({ tokens: new Map(), lastEventAt: null, handshakes: undefined }) },
  countHeld: async (...counts) => {
    counted.push(counts);
    return { count: 3, complete: false };
  },
  publicUrl: 'https://hooks.example.com',
  log: () => {},
};
const failing = { ...deps, usage: { lastUse: async () => Promise.reject(new Error('a fake cause')) } };
const progress =
  'The held events are being published, the oldest first. See the progress: GET /v1/connections/orders/replays/release-h1';

describe('the record of a connection', () => {
  test('has the number of held events if it is held', async () => {
    expect((await observedAnswer(held, call, deps)).body.endpoint).toMatchObject({
      heldCount: 3,
      heldCountComplete: false,
    });
    expect(counted).toEqual([['c1', hold, now]]);
  });

  test('has no number of held events if it is not held, or has no endpoint', async () => {
    expect((await observedAnswer(active, call, deps)).body).toEqual(viewAnswer(active, call, deps.publicUrl).body);
    expect((await observedAnswer(opened, call, deps)).body.endpoint).toBeNull();
  });
});

describe('the note of an answer', () => {
  const noteOf = async (connection: Connection, given = deps) =>
    (await recordAnswer(connection, call, given)).body.note;

  test('says where to see the progress of a release', async () => {
    expect(await noteOf(released)).toBe(progress);
    const unobserved = 'The change is made. Last uses and counts could not be read. Read the connection again.';
    expect(await noteOf(released, failing)).toBe(`${progress} ${unobserved}`);
  });

  test('keeps the note of the record', async () => {
    const made: Connection = {
      ...active,
      endpoint: { ...endpoint, status: 'inactive', tokens: [] },
      entry: { verb: 'generateToken', by: 'op_1', at: now.toISOString(), from: 'inactive', to: 'inactive' },
    };
    const note = 'The endpoint stays inactive and rejects every webhook until you activate it.';
    expect(await noteOf(made)).toBe(note);
    expect(await noteOf(made, failing)).toBe(
      `${note} The change is made. Last uses and counts could not be read. Read the connection again.`,
    );
  });

  test('is absent after other verbs, and if nothing was held', async () => {
    const { hold: _, ...entry } = released.entry;
    expect((await recordAnswer(active, call, deps)).body).toEqual(viewAnswer(active, call, deps.publicUrl).body);
    expect(await noteOf({ ...released, entry })).toBeUndefined();
    expect(await noteOf({ ...released, entry: { ...released.entry, verb: 'deconfigure' } })).toBeUndefined();
  });
});
