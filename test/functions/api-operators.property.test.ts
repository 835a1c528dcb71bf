import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { variables } from '../../shared/ground/aws/environment.ts';
import { type Identity, identifier } from '../../shared/operators/operator/operator.ts';
import { emptyRoster, type Roster } from '../../shared/operators/operator/roster.ts';
import type { RosterTable } from '../../shared/operators/operator/roster-table.ts';
import { closeBootstrap } from '../../shared/operators/operator/roster-update.ts';
import { count } from '../support/full-counts.ts';
import { anOperator, noon } from './given-operator.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['OIDC_OPERATOR_DAYS'] = '';
for (const name of variables) process.env[name] ??= 'unused';
const { apiOperators } = await import('../../functions/api-operators.ts');

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const bootstrapToken = 'b'.repeat(64);

/** The caller of a step: the bootstrap token, a token of the issuer, or the token of an operator that was added before. */
const caller = fc.oneof(
  { weight: 1, arbitrary: fc.constant('bootstrap' as const) },
  { weight: 1, arbitrary: fc.constant('issuer' as const) },
  { weight: 5, arbitrary: fc.nat(6) },
);

/** The expiry that a caller asks for: none, some hours from now, or about the latest that may be allowed. */
const wish = fc.oneof(
  fc.constant('never' as const),
  fc.record({ hours: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ beyondOwn: fc.constantFrom(-1, 0, 1) }),
  fc.record({ beyondDays: fc.constantFrom(-1, 0, 1) }),
);

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('add' as const), by: caller, isAdmin: fc.boolean(), wish }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('revoke' as const), by: caller, whom: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;
type Caller = typeof caller extends fc.Arbitrary<infer C> ? C : never;

/** A deployment in memory. Each call goes through the check of its token, as it does behind API Gateway. */
function aDeployment(oidcOperatorDays: number) {
  const world = { roster: emptyRoster as Roster, now: noon.getTime() };
  const table: RosterTable = {
    readRoster: async () => world.roster,
    async replaceRoster(next) {
      world.roster = next;
      return 'written';
    },
  };
  const now = () => new Date(world.now);
  const identify = identifier({
    readRoster: table.readRoster,
    readBootstrap: async () => bootstrapToken,
    closeBootstrap: (by, requestId) => closeBootstrap(table, requestId, { by, now: now() }),
    now,
  });
  let made = 0;
  const { ask, clock } = anOperator(
    apiOperators({
      roster: table,
      history: { list: async () => ({ lines: [], next: undefined }) },
      uses: { lastUses: async () => new Map() },
      newId: () => `op_${made}`,
      newToken: () => `hlo_${++made}`,
      oidcOperatorDays,
    }),
  );
  /** Undefined if the token is refused. */
  async function send(identity: Identity | undefined, route: string, request: object) {
    if (!identity) return undefined;
    clock.now = now();
    const { id: operator, role, expiresAt } = identity;
    return ask(route, { ...request, operator, role, ...(expiresAt && { expiresAt }) });
  }
  return { world, identify, send };
}

/** How long, at most, whoever was added may stay. The model knows only who added whom, and never looks at the roster. */
interface Added {
  id: string;
  token: string;
  expiresAt: number;
  bound: number;
}

async function play(steps: Step[], oidcOperatorDays: number) {
  const { world, identify, send } = aDeployment(oidcOperatorDays);
  const added: Added[] = [];
  const byBounded: (Added & { by: Caller })[] = [];
  const ofCaller = (by: Caller) => (typeof by === 'number' ? added[by] : undefined);

  async function identityOf(by: Caller): Promise<Identity | undefined> {
    if (by === 'bootstrap') return identify(bootstrapToken, 'r');
    // Somebody at the issuer always has a token, which ends within the hour.
    const expiresAt = new Date(world.now + hourMs / 2).toISOString();
    if (by === 'issuer') return { id: 'oidc:eve', name: 'oidc:eve', role: 'connection_admin', expiresAt };
    const token = added[by]?.token;
    return token === undefined ? undefined : identify(token, 'r');
  }

  function boundOf(by: Caller): number {
    if (by === 'issuer') return world.now + oidcOperatorDays * dayMs;
    const adder = ofCaller(by);
    return adder ? Math.min(adder.expiresAt, adder.bound) : Number.POSITIVE_INFINITY;
  }

  function wishedExpiry(by: Caller, wanted: Extract<Step, { does: 'add' }>['wish']): number | undefined {
    if (wanted === 'never') return undefined;
    if ('hours' in wanted) return world.now + wanted.hours * hourMs;
    if ('beyondDays' in wanted) return world.now + oidcOperatorDays * dayMs + wanted.beyondDays;
    const own = ofCaller(by)?.expiresAt ?? world.now + hourMs / 2;
    return Number.isFinite(own) ? own + wanted.beyondOwn : undefined;
  }

  async function add({ by, isAdmin, wish: wanted }: Extract<Step, { does: 'add' }>) {
    const at = wishedExpiry(by, wanted);
    const role = isAdmin ? 'connection_admin' : 'flow_designer';
    const body = { name: `n${added.length}`, role, ...(at && { expiresAt: new Date(at).toISOString() }) };
    const answer = await send(await identityOf(by), 'POST /v1/operators', { body });
    if (answer?.status !== 201) return;
    const { token, operator } = answer.body;
    const one = { id: operator.id, token, expiresAt: at ?? Number.POSITIVE_INFINITY, bound: boundOf(by) };
    added.push(one);
    if (Number.isFinite(one.bound)) byBounded.push({ ...one, by });
  }

  for (const each of steps) {
    if (each.does === 'wait') world.now += each.hours * hourMs;
    else if (each.does === 'add') await add(each);
    else {
      const params = { id: added[each.whom]?.id ?? 'op_absent' };
      await send(await identityOf(each.by), 'DELETE /v1/operators/{id}', { params });
    }
  }
  return { world, identify, byBounded };
}

/** The first step. Without it, most plays would have no admin that expires. */
const aTemporaryAdmin: Step = { does: 'add', by: 'bootstrap', isAdmin: true, wish: { hours: 60 } };

test('whatever operators do, nobody outlives the expiry of an admin who added them, or who added those', async () => {
  const seen = { byIssuer: 0, byOperators: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }),
      fc.constantFrom(0, 1, 2),
      async (steps, days) => {
        const { world, identify, byBounded } = await play([aTemporaryAdmin, ...steps], days);
        const outliving: unknown[] = [];
        for (const { id, token, bound, by } of byBounded) {
          seen[by === 'issuer' ? 'byIssuer' : 'byOperators'] += 1;
          const stored = world.roster.operators.find((each) => each.id === id);
          if (stored && !(Date.parse(stored.expiresAt ?? '') <= bound)) outliving.push(stored);
          world.now = Math.max(world.now, bound);
          const identity = await identify(token, 'r');
          if (identity) outliving.push(identity);
        }
        expect(outliving).toEqual([]);
      },
    ),
    { numRuns: count({ usual: 150, full: 3_000 }) },
  );
  // Without additions by admins that expire, the property would hold for nothing.
  expect(Math.min(seen.byIssuer, seen.byOperators)).toBeGreaterThan(20);
});
