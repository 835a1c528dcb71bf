/** The steps out of each refusal: what they are, and that they lead there. */
import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../../shared/endpoints/endpoint/command.ts';
import { adviceFor, type RefusedVerb } from '../../../../shared/endpoints/endpoint/conflict-advice.ts';
import type { Endpoint } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { resolveVerb, type Verb, verbs } from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import { type Step, type Ways, waysOf } from '../../../../shared/endpoints/endpoint/step.ts';
import { transition } from '../../../../shared/endpoints/endpoint/transition.ts';
import { filled } from '../../../support/filled.ts';
import { tokenGuard } from './given-record.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();
const author = { by: 'op_1', now };

const current = { id: 'v2', createdAt: at(-60), createdBy: 'op_0', holds: 'bearer' } as const;
const previous = { ...current, id: 'v1', expiresAt: at(60) } as const;
const hold = { id: 'h1', since: at(-30) };
const delivered = { tokenId: 'v3', at: at(-5), sourceIp: '192.0.2.1' };
const byHandshake = { guard: { ...tokenGuard, secretFrom: 'handshake' } } as const;

const an = (status: Endpoint['status'], more: Partial<Endpoint> = {}): Endpoint => ({
  id: 'e1',
  status,
  settings: {},
  guard: tokenGuard,
  tokens: [],
  ...(more.tokens && { secret: 'arn' }),
  ...more,
});

/** Each refused verb with its ways. A way is `step > step`, other ways follow after a bar, and no way is empty. */
const refusals: [string, Endpoint | null, Partial<Record<Verb, string>>][] = [
  [
    'unconfigured',
    null,
    {
      generateToken: 'configure',
      revealToken: 'configure',
      rotateToken: 'configure',
      changeAuth: 'configure:without_values > generateToken',
      endGrace: 'configure',
      removeToken: 'configure',
      activate: 'configure',
      deactivate: 'configure',
      hold: 'configure',
      release: 'configure',
      openHandshake: 'configure',
      confirmHandshake: 'configure',
      closeHandshake: 'configure',
      test: 'configure',
    },
  ],
  [
    'configured without a token',
    an('configured'),
    {
      delete: 'deconfigure:ends_url > delete',
      revealToken: 'generateToken > revealToken',
      rotateToken: 'generateToken',
      changeAuth: 'generateToken > changeAuth',
      activate: 'generateToken > activate',
      openHandshake: '',
      confirmHandshake: '',
      test: 'generateToken > activate > test',
    },
  ],
  [
    'configured with a token',
    an('configured', { tokens: [current] }),
    {
      delete: 'removeToken > deconfigure:ends_url > delete',
      generateToken: 'rotateToken | removeToken:closes_endpoint > generateToken',
      openHandshake: '',
      confirmHandshake: '',
      test: 'activate > test',
      deconfigure: 'removeToken > deconfigure',
    },
  ],
  [
    'active with a token',
    an('active', { tokens: [current] }),
    {
      delete: 'deactivate > removeToken > deconfigure:ends_url > delete',
      generateToken: 'rotateToken | removeToken:closes_endpoint > generateToken',
      openHandshake: '',
      confirmHandshake: '',
      deconfigure: 'deactivate > removeToken > deconfigure',
    },
  ],
  [
    'active in a grace',
    an('active', { tokens: [current, previous] }),
    {
      delete: 'deactivate > removeToken > deconfigure:ends_url > delete',
      generateToken: 'endGrace > rotateToken | removeToken:closes_endpoint > generateToken',
      rotateToken: 'endGrace > rotateToken | rotateToken:ends_grace',
      changeAuth: 'endGrace > changeAuth | changeAuth:ends_grace',
      openHandshake: '',
      confirmHandshake: '',
      deconfigure: 'deactivate > removeToken > deconfigure',
    },
  ],
  [
    'active, and its sender has delivered no secret',
    an('active', byHandshake),
    {
      delete: 'deactivate > deconfigure:ends_url > delete',
      revealToken: 'generateToken > revealToken',
      rotateToken: 'generateToken',
      changeAuth: 'generateToken > changeAuth',
      confirmHandshake: 'openHandshake:start_at_sender > confirmHandshake',
      deconfigure: 'deactivate > deconfigure',
    },
  ],
  [
    'inactive, and its sender has delivered no secret',
    an('inactive', byHandshake),
    {
      delete: 'deconfigure:ends_url > delete',
      revealToken: 'generateToken > revealToken',
      rotateToken: 'generateToken',
      changeAuth: 'generateToken > changeAuth',
      openHandshake: 'activate > openHandshake',
      confirmHandshake: 'activate > openHandshake:start_at_sender > confirmHandshake',
      test: 'activate > test',
    },
  ],
  [
    'active in a grace, and a delivered secret waits',
    an('active', { ...byHandshake, tokens: [current, previous], handshake: { delivered } }),
    {
      delete: 'deactivate > removeToken > deconfigure:ends_url > delete',
      generateToken: 'endGrace > rotateToken | removeToken:closes_endpoint > generateToken',
      rotateToken: 'endGrace > rotateToken | rotateToken:ends_grace',
      changeAuth: 'endGrace > changeAuth | changeAuth:ends_grace',
      confirmHandshake: 'endGrace > confirmHandshake | confirmHandshake:ends_grace',
      deconfigure: 'deactivate > removeToken > deconfigure',
    },
  ],
  [
    'inactive and held, without a token',
    an('inactive', { hold }),
    {
      delete: 'release:publishes_held > deconfigure:ends_url > delete | deconfigure:discards_held > delete',
      revealToken: 'generateToken > revealToken',
      rotateToken: 'generateToken',
      changeAuth: 'generateToken > changeAuth',
      activate: 'generateToken > activate',
      openHandshake: '',
      confirmHandshake: '',
      test: 'generateToken > activate > test',
      deconfigure: 'release:publishes_held > deconfigure | deconfigure:discards_held',
    },
  ],
  [
    'active and held, with a token',
    an('active', { tokens: [current], hold }),
    {
      delete:
        'deactivate > removeToken > release:publishes_held > deconfigure:ends_url > delete | deactivate > removeToken > deconfigure:discards_held > delete',
      generateToken: 'rotateToken | removeToken:closes_endpoint > generateToken',
      openHandshake: '',
      confirmHandshake: '',
      deconfigure:
        'deactivate > removeToken > release:publishes_held > deconfigure | deactivate > removeToken > deconfigure:discards_held',
    },
  ],
];

/** The commands of a step. A new value takes two. Without a reason, nothing is forced or discarded. */
function commandsOf({ verb, reason }: Step): Command[] {
  const pending = { secret: 'name', tokenId: 'v9', since: at(0) };
  const force = reason === 'ends_grace';
  const made = { step: 'finish', tokenId: 'v9', holds: 'bearer' } as const;
  const settings = { settings: { retentionDays: 7 }, guardOf: () => tokenGuard };
  switch (verb) {
    case 'edit':
    case 'delete':
      return [];
    case 'configure':
      return [{ verb, endpointId: 'e2', ...settings }];
    case 'generateToken':
      return [
        { verb, step: 'begin', pending },
        { verb, secret: 'arn', ...made },
      ];
    case 'rotateToken':
      return [
        { verb, step: 'begin', pending, force },
        { verb, graceSeconds: 60, force, ...made },
      ];
    case 'changeAuth':
      return [{ verb, step: 'begin', pending, force }];
    case 'confirmHandshake':
      return [{ verb, graceSeconds: 60, force }];
    case 'hold':
      return [{ verb, holdId: 'h2' }];
    case 'openHandshake':
      return [{ verb, window: { id: 'w2', until: at(600) } }];
    case 'test':
      return [{ verb, mark: { digest: 'd', until: at(60), publish: false } }];
    case 'deconfigure':
      return [{ verb, discardHeld: reason === 'discards_held' }];
    default:
      return [{ verb }];
  }
}

/** Why a step is refused, or the endpoint after it. After the start at the sender, the delivered secret waits. */
function after(endpoint: Endpoint | null, step: Step): { refused: string } | { endpoint: Endpoint | null } {
  const said = resolveVerb(endpoint, step.verb, now);
  if (said !== 'same' && 'refused' in said) return said as { refused: string };
  let next = endpoint;
  for (const command of commandsOf(step)) {
    const outcome = transition(next, command, author);
    if (outcome.kind === 'refused') return { refused: outcome.code };
    if (outcome.kind === 'changed') next = outcome.endpoint;
  }
  return { endpoint: step.reason === 'start_at_sender' && next ? { ...next, handshake: { delivered } } : next };
}

/** The steps of a way up to the first that is refused. */
function walked(endpoint: Endpoint | null, way: readonly Step[]): string[] {
  let here = endpoint;
  return way.map((step) => {
    const result = after(here, step);
    here = 'endpoint' in result ? result.endpoint : here;
    return 'refused' in result ? `${step.verb}: ${result.refused}` : step.verb;
  });
}

const shown = ({ steps, alternatives = [] }: Ways): string =>
  [steps, ...alternatives]
    .map((way) => way.map(({ verb, reason }) => (reason ? `${verb}:${reason}` : verb)).join(' > '))
    .join(' | ');

/** The ways of each verb that is refused. */
const waysFrom = (endpoint: Endpoint | null): [Verb, Ways][] =>
  verbs.flatMap((verb): [Verb, Ways][] => {
    const result = after(endpoint, { verb });
    if ('endpoint' in result) return [];
    return [[verb, adviceFor({ code: result.refused, verb } as RefusedVerb, endpoint, now)]];
  });

describe.each(refusals)('%s', (_, endpoint, expected) => {
  const found = waysFrom(endpoint);

  test('each refused verb has its steps', () => {
    expect(Object.fromEntries(found.map(([verb, ways]) => [verb, shown(ways)]))).toEqual(expected);
  });

  test('each step is possible when its turn comes', () => {
    const ways = filled(found.flatMap(([, { steps, alternatives = [] }]) => [steps, ...alternatives]));
    expect(ways.map((way) => walked(endpoint, way))).toEqual(ways.map((way) => way.map(({ verb }) => verb)));
  });
});

test('another provider needs a connection without an endpoint', () => {
  const edit = { code: 'action_not_allowed', verb: 'edit' } as const;
  expect(shown(adviceFor(edit, an('active', { tokens: [current] }), now))).toBe(
    'deactivate > removeToken > deconfigure:ends_url > edit',
  );
});

test('a request that may discard the held events is repeated as it was', () => {
  const refused = { code: 'token_exists', verb: 'deconfigure', discardHeld: true } as const;
  expect(shown(adviceFor(refused, an('inactive', { tokens: [current], hold }), now))).toBe(
    'removeToken > deconfigure:discards_held',
  );
});

test.each<[string, RefusedVerb, Endpoint | null, string]>([
  ['of the sender', { code: 'window_closed' }, an('active', byHandshake), 'openHandshake:start_at_sender'],
  ['of the sender', { code: 'window_closed' }, an('inactive', byHandshake), 'activate > openHandshake:start_at_sender'],
  ['of the sender', { code: 'window_closed' }, null, ''],
  ['of two operators', { code: 'superseded' }, an('active'), ''],
  ['of no verb', { code: 'token_required' }, an('configured'), 'generateToken'],
  ['of no verb', { code: 'rotation_in_progress' }, an('active'), 'endGrace'],
  ['of no verb', { code: 'held' }, an('active'), 'release:publishes_held'],
  ['of no verb', { code: 'token_exists' }, an('active'), 'rotateToken | removeToken:closes_endpoint'],
])('a refusal %s, %j, names what is possible', (_, refused, endpoint, expected) => {
  expect(shown(adviceFor(refused, endpoint, now))).toBe(expected);
});

describe('a client', () => {
  const known = <T extends string>(list: readonly T[]) =>
    Object.fromEntries(list.map((key) => [key, ''])) as Record<T, string>;
  const steps = [{ verb: 'removeToken', reason: 'closes_endpoint' }, { verb: 'deconfigure' }];
  const others = [[{ verb: 'deconfigure', reason: 'discards_held' }]];

  test('reads the steps of a problem', () => {
    expect(waysOf({ code: 'held', steps }, known(verbs))).toEqual({ steps, alternatives: [] });
    expect(waysOf({ code: 'held', steps, alternatives: others }, known(verbs))).toEqual({
      steps,
      alternatives: others,
    });
  });

  test.each([
    {},
    { steps: [] },
    { steps: 'deconfigure' },
    { steps: ['deconfigure'] },
    { steps: [null] },
    { steps: [{}] },
    { steps: [{ verb: 'explode' }] },
    { steps: [{ verb: 'toString' }] },
    { steps: [{ verb: ['test'] }] },
    { steps: [{ verb: 'deconfigure', reason: 'unheard_of' }] },
    { steps, alternatives: 'none' },
    { steps, alternatives: [[{ verb: 'explode' }]] },
  ])('leaves %j to the text', (problem) => {
    expect(waysOf(problem, known(verbs))).toBeUndefined();
  });
});
