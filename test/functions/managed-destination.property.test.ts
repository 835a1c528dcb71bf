/**
 * Any sequence of deployments, failed deployments, removals and operators' edits of a destination ends where the model of a stack says,
 * wherever the function is killed.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type Destination,
  type DestinationRecord,
  isFinished,
} from '../../shared/deliveries/destination/destination.ts';
import { newDestinationSchema } from '../../shared/deliveries/destination/destination-request.ts';
import { createDestination } from '../../shared/operators/operation/create-destination.ts';
import { deleteDestination } from '../../shared/operators/operation/delete-destination.ts';
import { editDestination } from '../../shared/operators/operation/edit-destination.ts';
import { pauseDestination } from '../../shared/operators/operation/pause-destination.ts';
import { aStateTable } from '../shared/endpoints/endpoint/given-state-table.ts';
import { count } from '../support/full-counts.ts';
import { aDeployment, aRoutingState, aStackResource, destinationPropertiesOf, stackId } from './given-stack.ts';
import { anyId, anyKillsWithin, type Kills, type Known, type Records, stackModel } from './stack-model.ts';

const names = ['shop', 'books'] as const;
type Name = (typeof names)[number];

const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
const sources = { [arnOf('one')]: 'token-one', [arnOf('two')]: '{"token":"token-two"}' };
const references = { one: { fromSecret: arnOf('one') }, two: { fromSecret: arnOf('two'), field: 'token' } };

/** What a template says. */
interface Wanted {
  name: Name;
  timeoutSeconds: number | null;
  token: keyof typeof references | null;
  adopt: boolean;
}

type Verb = 'open' | 'edit' | 'pause' | 'delete';
type Op =
  | ({ op: 'deploy'; othersFail: boolean; kills: Kills } & Wanted)
  | { op: 'remove'; kills: Kills }
  | { op: 'operator'; name: Name; verb: Verb };

const anyKills: fc.Arbitrary<Kills> = anyKillsWithin(12);

const anOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('deploy' as const),
      name: fc.constantFrom(...names),
      timeoutSeconds: fc.constantFrom(null, 5, 6),
      token: fc.constantFrom(null, 'one' as const, 'two' as const),
      adopt: fc.constantFrom(false, false, true),
      othersFail: fc.boolean(),
      kills: anyKills,
    }),
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove' as const), kills: anyKills }) },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('operator' as const),
      name: fc.constantFrom(...names),
      verb: fc.constantFrom('open' as const, 'edit' as const, 'pause' as const, 'delete' as const),
    }),
  },
);

/** A destination in the model. */
interface Modelled {
  id: string;
  owner: 'stack' | 'adopted' | 'operator';
  timeoutSeconds: number;
  token: string | null;
  status: string;
}

const ownerOf = ({ managedBy }: Destination): Modelled['owner'] => {
  if (managedBy?.kind !== 'stack' || managedBy.stackId !== stackId) return 'operator';
  return managedBy.adopted ? 'adopted' : 'stack';
};

const defaultTimeout = 15;
const tokenOf = ({ token }: Wanted): string | null => token && `token-${token}`;

/** The destination after the template changed from `before` to `after`. */
function between(one: Modelled, before: Wanted | undefined, after: Wanted): Modelled {
  const isNamed = (setting: 'timeoutSeconds' | 'token') =>
    before ? before[setting] !== after[setting] : after[setting] !== null;
  return {
    ...one,
    timeoutSeconds: isNamed('timeoutSeconds') ? (after.timeoutSeconds ?? defaultTimeout) : one.timeoutSeconds,
    token: isNamed('token') ? tokenOf(after) : one.token,
  };
}

const model = stackModel<Wanted, Modelled>({
  created: { id: anyId, owner: 'stack', timeoutSeconds: defaultTimeout, token: null, status: 'active' },
  between,
  returned: (one, _, to) => between(one, undefined, to),
  isUnchanged: (_, before, after) => before.timeoutSeconds === after.timeoutSeconds && before.token === after.token,
});

/** A stack and an operator on one table. */
function aWorld() {
  const routing = aRoutingState();
  const store = aStateTable();
  const type = 'Custom::HooklatchDestination' as const;
  const kills: Kills = [];
  const killedAfter = () => kills.shift() ?? undefined;
  const stack = aDeployment(aStackResource(store, { type, routing, sources, killedAfter }));
  const { destinations, store: destinationSecrets, readRoutes, routeUse } = routing;
  let made = 0;

  async function operate(name: Name, verb: Verb): Promise<void> {
    made += 1;
    const now = new Date('2026-03-01T12:00:00.000Z');
    const context = { actor: { id: 'op_1', role: 'connection_admin' }, requestId: `operator-${made}`, now } as const;
    const ports = {
      ...{ destinations, destinationSecrets, readRoutes, routeUse, store, secretPrefix: 'hooklatch/dev' },
      ...{ newDestinationId: () => `operator-${made}`, whyUrlRefused: () => undefined, log: () => undefined },
    };
    const wanted = newDestinationSchema.parse({ name, url: 'https://operator.example.com/' });
    const verbs: Record<Verb, () => Promise<unknown>> = {
      open: () => createDestination(wanted, context, ports),
      edit: () => editDestination({ name, timeoutSeconds: 9 }, context, ports),
      pause: () => pauseDestination({ name }, context, ports),
      delete: () => deleteDestination({ name, force: false }, context, ports),
    };
    // What is refused changes nothing.
    await verbs[verb]().catch(() => undefined);
  }

  async function modelled(record: Destination): Promise<Modelled> {
    const { id, timeoutSeconds, status, secret, valueId } = record;
    const { auth } = await destinationSecrets.read(secret, valueId);
    const token = auth.kind === 'bearer' ? auth.token : null;
    return { id, owner: ownerOf(record), timeoutSeconds, token, status };
  }

  async function observe(): Promise<Records<Modelled>> {
    const found: (DestinationRecord | undefined)[] = await Promise.all(names.map((name) => destinations.read(name)));
    const all = found.filter(isFinished).map(async (record) => [record.name, await modelled(record)] as const);
    return Object.fromEntries(await Promise.all(all));
  }
  return { stack, operate, observe, kills, propertiesOf: templateOf };
}

function templateOf({ name, timeoutSeconds, token, adopt }: Wanted): Record<string, unknown> {
  const auth = token && { kind: 'bearer', token: references[token] };
  const settings = { ...(timeoutSeconds && { timeoutSeconds }), ...(auth && { auth }) };
  return destinationPropertiesOf(settings, { Name: name, Adopt: String(adopt) });
}

const isSame = (wanted: Wanted, known: Known<Wanted> | undefined): boolean =>
  JSON.stringify(wanted) === JSON.stringify(known?.wanted);

test('every destination is as the model says, after any sequence', async () => {
  const isAny = fc.asyncProperty(fc.array(anOp, { maxLength: 12, size: 'max' }), async (ops) => {
    const world = aWorld();
    let known: Known<Wanted> | undefined;
    for (const op of ops) {
      if (op.op === 'operator') await world.operate(op.name, op.verb);
      else if (op.op === 'remove') {
        world.kills.splice(0, Infinity, ...op.kills);
        known = await model.remove(world, known).then(() => undefined);
      } else {
        const { op: _, othersFail, kills, ...wanted } = op;
        world.kills.splice(0, Infinity, ...kills);
        if (!isSame(wanted, known)) known = await model.deploy(world, wanted, othersFail, known);
      }
    }
    expect(world.stack.deployed()?.physicalId).toBe(known?.id);
  });
  await fc.assert(isAny, { numRuns: count({ usual: 60, full: 3_000 }) });
});
