/** Changes of a connection's record: which are refused, and how often a lost race is decided again. */
import { describe, expect, test } from '@jest/globals';
import { type Connection, newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { ConflictCode } from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import type { StateTable } from '../../../../shared/endpoints/endpoint/state-table.ts';
import { viewAnswer } from '../../../../shared/operators/api/connection-answer.ts';
import { problemOf } from '../../../../shared/operators/api/problem.ts';
import {
  applyCommand,
  conflict,
  decisionOf,
  type UpdateDecision,
  updateConnection,
} from '../../../../shared/operators/operation/update-connection.ts';
import { tokenGuard } from '../../endpoints/endpoint/given-record.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const actor = { id: 'op_1', role: 'connection_admin' } as const;
const fresh = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_0', now });
const context = (more: object = {}) => ({ actor, requestId: 'r1', now, ...more });

/** A table in which another request writes first, before each of the first `races` writes. */
function tableWith(races: number) {
  let stored: Connection = { ...fresh, version: 3 };
  const reads: string[] = [];
  let writes = 0;
  const table: Pick<StateTable, 'readConnection' | 'replaceConnection'> = {
    async readConnection(name) {
      reads.push(name);
      return name === 'orders' ? stored : undefined;
    },
    async replaceConnection(next) {
      writes += 1;
      if (writes <= races) stored = { ...stored, version: stored.version + 1 };
      if (next.version !== stored.version + 1) return 'lost';
      stored = next;
      return 'written';
    },
  };
  return { table: table as StateTable, reads, stored: () => stored };
}

const edited = (connection: Connection): UpdateDecision => ({
  kind: 'changed',
  change: { description: `after version ${connection.version}` },
  entry: { verb: 'edit', by: 'op_1', at: now.toISOString(), from: 'unconfigured', to: 'unconfigured' },
});

async function refusalOf(request: Promise<unknown>): Promise<unknown[]> {
  try {
    await request;
  } catch (error) {
    const { status, code, more } = problemOf(error) ?? {};
    if (code === undefined) throw error;
    return [status, code, more];
  }
  throw new Error('not refused');
}

describe('a change of a connection', () => {
  test.each([0, 1, 7])('is decided again on the record of each of %i faster requests', async (races) => {
    const { table, stored } = tableWith(races);
    const changed = await updateConnection('orders', context(), { store: table }, edited);
    expect(changed).toMatchObject({ version: 4 + races, description: `after version ${3 + races}`, updatedBy: 'op_1' });
    expect(stored()).toEqual(changed);
  });

  test('says by which program it was made, if the program said so', async () => {
    const { table } = tableWith(0);
    const byAgent = context({ actor: { ...actor, via: 'mcp' } });
    expect((await updateConnection('orders', byAgent, { store: table }, edited)).entry).toMatchObject({
      by: 'op_1',
      via: 'mcp',
    });
    expect((await updateConnection('orders', context(), { store: table }, edited)).entry).not.toHaveProperty('via');
  });

  test('is superseded if eight requests in a row are faster', async () => {
    const { table, stored } = tableWith(8);
    expect(await refusalOf(updateConnection('orders', context(), { store: table }, edited))).toEqual([
      409,
      'superseded',
      {},
    ]);
    expect(stored().description).toBe('');
  });

  test('that changes nothing returns the record as it is', async () => {
    const { table, stored } = tableWith(0);
    expect(await updateConnection('orders', context(), { store: table }, () => ({ kind: 'same' }))).toEqual({
      ...fresh,
      version: 3,
    });
    expect(stored().version).toBe(3);
  });

  test.each([
    [undefined, 4],
    [3, 4],
  ])('with If-Match %s is made', async (ifVersion, version) => {
    expect(
      await updateConnection('orders', context({ ifVersion }), { store: tableWith(0).table }, edited),
    ).toMatchObject({ version });
  });

  test.each([2, 4])('with If-Match %i of another version is refused', async (ifVersion) => {
    const { table, stored } = tableWith(0);
    const expected = [412, 'version_mismatch', { version: 3, wanted: ifVersion }];
    expect(await refusalOf(updateConnection('orders', context({ ifVersion }), { store: table }, edited))).toEqual(
      expected,
    );
    expect(stored().version).toBe(3);
  });

  test('with If-Match is not made on the record of a faster request', async () => {
    const request = updateConnection('orders', context({ ifVersion: 3 }), { store: tableWith(1).table }, edited);
    expect(await refusalOf(request)).toEqual([412, 'version_mismatch', { version: 4, wanted: 3 }]);
    await expect(request).rejects.toThrow('If-Match has version 3, but the connection has version 4. Read it again.');
  });

  test('is refused if the provider has changed since the command was made', async () => {
    const change = (provider: string) =>
      applyCommand('orders', { verb: 'hold', holdId: 'h1' }, context(), { store: tableWith(0).table }, (record) =>
        record.provider === provider ? undefined : 'superseded',
      );
    expect((await refusalOf(change('github')))[1]).toBe('superseded');
    expect((await refusalOf(change('generic')))[1]).toBe('action_not_allowed');
  });
});

describe('a connection', () => {
  test('that does not exist is not found', async () => {
    const { table, reads } = tableWith(0);
    const find = (name: string) => refusalOf(updateConnection(name, context(), { store: table }, edited));
    expect(await find('invoices')).toEqual([404, 'connection_not_found', {}]);
    expect(await find('')).toEqual([404, 'connection_not_found', {}]);
    await expect(updateConnection('invoices', context(), { store: table }, edited)).rejects.toThrow(
      'There is no connection of this name.',
    );
    reads.pop();
    // A name that no connection can have costs no read.
    expect(await find('Orders')).toEqual([404, 'connection_not_found', {}]);
    expect(reads).toEqual(['invoices']);
  });

  test('is answered with its version as the ETag', () => {
    const answer = viewAnswer({ ...fresh, version: 3 }, { actor, now }, 'https://h.example', 201);
    expect(answer).toMatchObject({ status: 201, headers: { etag: '"3"' }, body: { name: 'orders', version: 3 } });
    expect(viewAnswer(fresh, { actor, now }, 'https://h.example').status).toBe(200);
  });
});

test('a refused verb is answered with the status and the allowed actions of the role', () => {
  const refusal = conflict({ code: 'action_not_allowed', verb: 'activate' }, fresh, { actor, now });
  expect([refusal.code, refusal.message]).toEqual([
    'action_not_allowed',
    'There is no endpoint. First configure one (PUT …/endpoint).',
  ]);
  expect(refusal.facts).toEqual({
    endpointStatus: 'unconfigured',
    cause: 'unconfigured',
    allowedActions: ['edit', 'delete', 'configure'],
    steps: [{ verb: 'configure' }],
  });
  const designer = { ...actor, role: 'flow_designer' } as const;
  expect(conflict({ code: 'superseded' }, fresh, { actor: designer, now }).facts).toMatchObject({ allowedActions: [] });
});

test.each<[Exclude<ConflictCode, 'action_not_allowed'>, RegExp]>([
  ['token_exists', /^There is a token already\. To replace it, rotate it/],
  ['token_required', /^There is no token\. Generate one/],
  ['rotation_in_progress', /^The grace of the previous token is still running/],
  ['held', /^The endpoint is held\. Release it first/],
  ['nothing_delivered', /^There is no delivered secret to confirm/],
  ['window_closed', /^No handshake window is open/],
  ['superseded', /^Another operator changed this connection/],
])('the conflict %s says what to do', (code, detail) => {
  expect(conflict({ code }, fresh, { actor, now }).message).toMatch(detail);
});

describe('the advice for a deconfiguration', () => {
  const token = { id: 't1', createdAt: now.toISOString(), createdBy: 'op_1', holds: 'bearer' } as const;
  const endpoint = { id: 'e1', status: 'inactive', settings: {}, guard: tokenGuard, tokens: [token] } as const;
  const held: Connection = {
    ...fresh,
    endpoint: { ...endpoint, tokens: [token], hold: { id: 'h1', since: now.toISOString() } },
  };
  const advice = (refused: Parameters<typeof conflict>[0]) => conflict(refused, held, { actor, now }).message;

  test('lists each step if a token prevents it', () => {
    const discard = { code: 'token_exists', verb: 'deconfigure', discardHeld: true } as const;
    expect(advice(discard)).toBe('First remove the token (DELETE …/endpoint/token), then repeat this.');
    expect(advice({ ...discard, discardHeld: false })).toMatch(/^First remove the token .*release the endpoint/);
    expect(advice({ ...discard, code: 'action_not_allowed' })).toBe(advice(discard));
  });

  test('is that of its code if another verb, or something else, prevents it', () => {
    expect(advice({ code: 'token_exists', verb: 'generateToken' })).toMatch(/^There is a token already/);
    expect(advice({ code: 'held', verb: 'deconfigure' })).toMatch(/^The endpoint is held\. Release it first/);
  });
});

describe('the decision about an outcome', () => {
  const entry = { verb: 'hold', by: 'op_1', at: now.toISOString(), from: 'active', to: 'active' } as const;
  const refused = { kind: 'refused', code: 'held' } as const;

  test.each<[Parameters<typeof decisionOf>[0], Parameters<typeof decisionOf>[1], UpdateDecision]>([
    [{ kind: 'same' }, { verb: 'hold' }, { kind: 'same' }],
    [
      { kind: 'changed', endpoint: null, entry },
      { verb: 'hold' },
      { kind: 'changed', change: { endpoint: null, routes: undefined }, entry, endpoint: null } as UpdateDecision,
    ],
    [refused, { verb: 'deconfigure' }, { ...refused, verb: 'deconfigure', discardHeld: false }],
    [refused, { verb: 'deconfigure', discardHeld: false }, { ...refused, verb: 'deconfigure', discardHeld: false }],
    [refused, { verb: 'deconfigure', discardHeld: true }, { ...refused, verb: 'deconfigure', discardHeld: true }],
  ])('%j of %j is %j', (outcome, command, decision) => {
    expect(decisionOf(outcome, command)).toEqual(decision);
  });
});

test('a command is noted with its operator and its time', async () => {
  const settings = { settings: {}, guardOf: () => tokenGuard };
  const command = { verb: 'configure', endpointId: 'e1', ...settings } as const;
  const { entry, endpoint } = await applyCommand('orders', command, context(), { store: tableWith(0).table });
  expect(entry).toMatchObject({ verb: 'configure', by: 'op_1', at: now.toISOString(), from: 'unconfigured' });
  expect(endpoint).toMatchObject({ id: 'e1', status: 'configured' });
});

test('the routes stay with the endpoint, and go when it is deconfigured', async () => {
  const { table, stored } = tableWith(0);
  const at = { by: 'op_1', at: now.toISOString(), from: 'unconfigured', to: 'unconfigured' } as const;
  const routed = { kind: 'changed', change: { routes: 'v1' }, entry: { verb: 'setRoutes', ...at } } as const;
  await updateConnection('orders', context(), { store: table }, () => routed);
  const settings = { settings: {}, guardOf: () => tokenGuard };
  await applyCommand('orders', { verb: 'configure', endpointId: 'e1', ...settings }, context(), { store: table });
  expect(stored()).toMatchObject({ version: 5, routes: 'v1' });
  await applyCommand('orders', { verb: 'deconfigure', discardHeld: false }, context(), { store: table });
  expect(stored()).toMatchObject({ version: 6, endpoint: null });
  expect(JSON.stringify(stored())).not.toContain('routes');
});

test('a record that would be too large is not written', async () => {
  const { table, stored } = tableWith(0);
  const large = { ...edited(fresh), change: { description: 'a'.repeat(5000) } } as UpdateDecision;
  expect((await refusalOf(updateConnection('orders', context(), { store: table }, () => large))).slice(0, 2)).toEqual([
    422,
    'record_too_large',
  ]);
  expect(stored().version).toBe(3);
});
