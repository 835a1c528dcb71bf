import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  emptyRoster,
  isBootstrapOpen,
  type Operator,
  type Roster,
  type RosterOutcome,
  rosterSchema,
  withBootstrapClosed,
  withOperator,
  withoutOperator,
  withResetAdmin,
} from '../../../../shared/operators/operator/roster.ts';

const noon = new Date('2026-03-01T12:00:00.000Z');
const actor = { by: 'op_boss', now: noon };

const operator = (id: string, more: Partial<Operator> = {}): Operator => ({
  ...{
    id,
    name: id,
    role: 'connection_admin',
    digest: 'd1',
    createdAt: '2026-02-01T12:00:00.000Z',
    createdBy: 'op_boss',
  },
  ...more,
});
const rosterOf = (...operators: Operator[]): Roster => ({ version: 7, operators });
const temporary = { expiresAt: '2026-03-02T12:00:00.000Z' };

/** The ids in the roster that a change made. */
const idsAfter = (outcome: RosterOutcome): unknown =>
  outcome.kind === 'refused' ? outcome.code : outcome.roster.operators.map(({ id }) => id);

describe('a new operator', () => {
  test('comes last, and the entry shows no digest', () => {
    const outcome = withOperator(rosterOf(operator('a')), operator('b', temporary), actor);
    expect(outcome).toEqual({
      kind: 'changed',
      roster: {
        version: 8,
        operators: [operator('a'), operator('b', temporary)],
        entry: {
          verb: 'createOperator',
          by: 'op_boss',
          at: '2026-03-01T12:00:00.000Z',
          operator: { id: 'b', name: 'b', role: 'connection_admin', expiresAt: '2026-03-02T12:00:00.000Z' },
        },
      },
    });
  });

  test('is refused if its name exists', () => {
    expect(idsAfter(withOperator(rosterOf(operator('a')), operator('b', { name: 'a' }), actor))).toBe(
      'operator_exists',
    );
  });

  test('is refused if there are a hundred', () => {
    const many = (count: number) => rosterOf(...Array.from({ length: count }, (_, n) => operator(`op_${n}`)));
    expect(withOperator(many(99), operator('b'), actor).kind).toBe('changed');
    expect(idsAfter(withOperator(many(100), operator('b'), actor))).toBe('too_many_operators');
  });
});

describe('a revocation', () => {
  test.each([
    ['of an unknown id is refused', rosterOf(operator('b')), 'operator_not_found'],
    ['of the only operator is refused', rosterOf(operator('a')), 'last_admin'],
    ['is refused if the other admin expires', rosterOf(operator('a'), operator('b', temporary)), 'last_admin'],
    [
      'is refused if the other operator is no admin',
      rosterOf(operator('a'), operator('b', { role: 'flow_designer' })),
      'last_admin',
    ],
    ['removes one of two admins', rosterOf(operator('a'), operator('b')), ['b']],
    ['removes an admin that expires', rosterOf(operator('a', temporary)), []],
    ['removes a flow_designer', rosterOf(operator('b'), operator('a', { role: 'flow_designer' })), ['b']],
  ])('%s', (_, roster, expected) => {
    expect(idsAfter(withoutOperator(roster, 'a', actor))).toEqual(expected);
  });

  test('names the revoked operator in the entry', () => {
    const outcome = withoutOperator(rosterOf(operator('a'), operator('b')), 'a', actor);
    expect(outcome).toMatchObject({
      roster: {
        version: 8,
        entry: {
          verb: 'revokeOperator',
          by: 'op_boss',
          at: '2026-03-01T12:00:00.000Z',
          operator: { id: 'a', name: 'a', role: 'connection_admin' },
        },
      },
    });
  });
});

test('closing the bootstrap token keeps the operators, and notes when and by whom', () => {
  expect(withBootstrapClosed(rosterOf(operator('a')), actor)).toEqual({
    version: 8,
    operators: [operator('a')],
    bootstrapClosedAt: '2026-03-01T12:00:00.000Z',
    entry: { verb: 'closeBootstrap', by: 'op_boss', at: '2026-03-01T12:00:00.000Z' },
  });
});

describe('a reset', () => {
  const roster = rosterOf(operator('a'), operator('b', { name: 'reset' }));
  const reset = (revokeAll: boolean) => withResetAdmin(roster, operator('new', { name: 'reset' }), revokeAll, actor);

  test('replaces the operator of the same name', () => {
    expect(reset(false).operators.map(({ id }) => id)).toEqual(['a', 'new']);
    expect(reset(false).entry).toMatchObject({ verb: 'resetOperators', operator: { id: 'new' }, revoked: ['b'] });
  });

  test('revokes all others on request', () => {
    expect(reset(true).operators.map(({ id }) => id)).toEqual(['new']);
    expect(reset(true).entry).toMatchObject({ revoked: ['a', 'b'] });
  });

  test('that revokes all others closes the bootstrap token in the same change, and the entry says so', () => {
    expect(reset(true)).toMatchObject({
      version: 8,
      bootstrapClosedAt: '2026-03-01T12:00:00.000Z',
      entry: { verb: 'resetOperators', revoked: ['a', 'b'], bootstrapClosed: true },
    });
  });

  test('keeps the time at which the bootstrap token was closed before', () => {
    const closed = { ...roster, bootstrapClosedAt: '2026-02-01T12:00:00.000Z' };
    const changed = withResetAdmin(closed, operator('new'), true, actor);
    expect(changed.bootstrapClosedAt).toBe('2026-02-01T12:00:00.000Z');
    expect(changed.entry).not.toHaveProperty('bootstrapClosed');
  });

  test('that keeps the other operators keeps the bootstrap token open, in case the answer is lost', () => {
    expect(reset(false)).not.toHaveProperty('bootstrapClosedAt');
    expect(reset(false).entry).not.toHaveProperty('bootstrapClosed');
  });
});

test('a new deployment has no operators', () => {
  expect(emptyRoster).toEqual({ version: 0, operators: [] });
});

describe('a stored roster', () => {
  const entry = { by: 'op_boss', at: '2026-03-01T12:00:00.000Z' };
  const shown = { id: 'b', name: 'b', role: 'flow_designer', expiresAt: '2026-03-02T12:00:00.000Z' };

  test.each([
    { ...entry, verb: 'createOperator', operator: shown },
    { ...entry, verb: 'revokeOperator', operator: shown },
    { ...entry, verb: 'closeBootstrap' },
    { ...entry, verb: 'resetOperators', operator: shown, revoked: ['a'] },
    { ...entry, verb: 'resetOperators', operator: shown, revoked: ['a'], bootstrapClosed: true },
  ])('is read with its last change: %j', (last) => {
    const roster = { ...rosterOf(operator('a')), bootstrapClosedAt: '2026-03-01T12:00:00.000Z', entry: last };
    expect(rosterSchema.parse(roster)).toEqual(roster);
  });

  test('shows no digest in its last change', () => {
    const roster = { ...rosterOf(), entry: { ...entry, verb: 'createOperator', operator: { ...shown, digest: 'd1' } } };
    expect(rosterSchema.parse(roster).entry?.operator).toEqual(shown);
  });

  test('is not read if the verb of its last change is unknown', () => {
    expect(rosterSchema.safeParse({ ...rosterOf(), entry: { ...entry, verb: 'rename' } }).success).toBe(false);
  });
});

/** A step of an operator who does not wait for others. */
const step = fc.oneof(
  fc.record({
    does: fc.constant('add' as const),
    id: fc.nat(9),
    isAdmin: fc.boolean(),
    expires: fc.boolean(),
  }),
  fc.record({ does: fc.constant('revoke' as const), id: fc.nat(9) }),
  fc.record({ does: fc.constant('use' as const), id: fc.nat(9) }),
  fc.record({ does: fc.constant('reset' as const), id: fc.nat(9), revokeAll: fc.boolean() }),
);

test('after any steps, at least one token without an expiry works: the bootstrap token or a token of an admin', () => {
  fc.assert(
    fc.property(fc.array(step, { size: 'max', maxLength: 60 }), (steps) => {
      let roster = emptyRoster;
      for (const each of steps) {
        const id = `op_${each.id}`;
        if (each.does === 'use') {
          const user = roster.operators.find((one) => one.id === id);
          const closes = user?.role === 'connection_admin' && user.expiresAt === undefined;
          if (closes && isBootstrapOpen(roster)) roster = withBootstrapClosed(roster, actor);
          continue;
        }
        if (each.does === 'reset') {
          roster = withResetAdmin(roster, operator(id), each.revokeAll, actor);
          continue;
        }
        const role = each.does === 'add' && each.isAdmin ? 'connection_admin' : 'flow_designer';
        const outcome =
          each.does === 'add'
            ? withOperator(roster, operator(id, { role, ...(each.expires ? temporary : {}) }), actor)
            : withoutOperator(roster, id, actor);
        if (outcome.kind === 'changed') roster = outcome.roster;
      }
      const permanent = roster.operators.filter(
        ({ role, expiresAt }) => role === 'connection_admin' && expiresAt === undefined,
      );
      expect(roster.bootstrapClosedAt === undefined || permanent.length > 0).toBe(true);
    }),
  );
});
