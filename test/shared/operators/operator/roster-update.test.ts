import { describe, expect, test } from '@jest/globals';
import { type Operator, type Roster, withOperator } from '../../../../shared/operators/operator/roster.ts';
import type { RosterTable } from '../../../../shared/operators/operator/roster-table.ts';
import {
  closeBootstrap,
  type RosterDecision,
  updateRoster,
} from '../../../../shared/operators/operator/roster-update.ts';

const actor = { by: 'op_boss', now: new Date('2026-03-01T12:00:00.000Z') };

const operator = (name: string): Operator => ({
  id: `op_${name}`,
  name,
  role: 'connection_admin',
  digest: 'd1',
  createdAt: '2026-02-01T12:00:00.000Z',
  createdBy: 'op_boss',
});

/** A table in which another request adds an operator before each of the first `races` writes. */
function tableWith(races: number, first: Roster = { version: 0, operators: [] }) {
  let roster = first;
  let writes = 0;
  const requests: string[] = [];
  const table: RosterTable = {
    readRoster: async () => roster,
    async replaceRoster(next, requestId) {
      writes += 1;
      if (writes <= races) {
        const { version, operators } = roster;
        roster = { ...roster, version: version + 1, operators: [...operators, operator(`other ${writes}`)] };
      }
      if (next.version !== roster.version + 1) return 'lost';
      roster = next;
      requests.push(requestId);
      return 'written';
    },
  };
  return { table, requests, names: () => roster.operators.map(({ name }) => name), roster: () => roster };
}

const addMine = (roster: Roster): RosterDecision => withOperator(roster, operator('mine'), actor);

describe('a change of the roster', () => {
  test('is decided again on the roster of the request that was faster', async () => {
    const { table, names, requests } = tableWith(2);
    expect(await updateRoster(table, 'r1', addMine)).toMatchObject({ kind: 'changed', roster: { version: 3 } });
    expect(names()).toEqual(['other 1', 'other 2', 'mine']);
    expect(requests).toEqual(['r1']);
  });

  test('is refused if the roster of the faster request no longer allows it', async () => {
    const { table, names } = tableWith(1);
    const outcome = await updateRoster(table, 'r1', (roster) => withOperator(roster, operator('other 1'), actor));
    expect(outcome).toEqual({ kind: 'refused', code: 'operator_exists' });
    expect(names()).toEqual(['other 1']);
  });

  test.each([
    ['is made if seven requests in a row are faster', 7, { kind: 'changed' }],
    ['is superseded if eight requests in a row are faster', 8, { kind: 'refused', code: 'superseded' }],
  ])('%s', async (_, races, expected) => {
    const { table, names } = tableWith(races);
    expect(await updateRoster(table, 'r1', addMine)).toMatchObject(expected);
    expect(names().includes('mine')).toBe(expected.kind === 'changed');
  });

  test('writes nothing if nothing has to change', async () => {
    const { table, requests } = tableWith(0);
    expect(await updateRoster(table, 'r1', () => ({ kind: 'same' }))).toEqual({ kind: 'same' });
    expect(requests).toEqual([]);
  });
});

describe('closing the bootstrap token', () => {
  const closedAt = '2026-03-01T12:00:00.000Z';

  test('is written once, in the name of the admin', async () => {
    const { table, roster, requests } = tableWith(0);
    await closeBootstrap(table, 'r1', actor);
    expect(roster()).toMatchObject({ version: 1, bootstrapClosedAt: closedAt, entry: { by: 'op_boss' } });
    await closeBootstrap(table, 'r2', { by: 'op_other', now: new Date('2026-03-02T12:00:00.000Z') });
    expect(roster()).toMatchObject({ version: 1, bootstrapClosedAt: closedAt });
    expect(requests).toEqual(['r1']);
  });

  test('fails if other requests are always faster, so that the token is never thought to be closed', async () => {
    const { table, roster } = tableWith(8);
    await expect(closeBootstrap(table, 'r1', actor)).rejects.toThrow('the bootstrap token could not be closed');
    expect(roster().bootstrapClosedAt).toBeUndefined();
  });
});
