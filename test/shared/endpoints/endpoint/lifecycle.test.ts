import { describe, expect, test } from '@jest/globals';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import { basisOf, type Command } from '../../../../shared/endpoints/endpoint/command.ts';
import { type Endpoint, isLiveToken, placementsOf } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import {
  allowedActions,
  resolveVerb,
  type Status,
  type Verb,
  verbs,
} from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import { type TransitionOutcome, transition } from '../../../../shared/endpoints/endpoint/transition.ts';
import type { Auth, Guard, NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import { filled } from '../../../support/filled.ts';
import { type Having, leads, situations } from '../../../support/lifecycle-table.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const at = (seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString();
const actor = { by: 'op_1', now };
const newest = { id: 'v2', createdAt: at(-60), createdBy: 'op_0', holds: 'bearer' } as const;
const oldest = { id: 'v1', createdAt: at(-120), createdBy: 'op_0', holds: 'bearer' } as const;
const hold = { id: 'h1', since: at(-30) };
const guard: Guard = {
  kind: 'token',
  accept: [{ in: 'query', name: 'token' }],
  secretFrom: 'operator',
  handshakes: [],
};
const guardOf = () => guard;
const window = { id: 'w1', until: at(60) };
const delivered = { tokenId: 'v3', at: at(-5), sourceIp: '192.0.2.1' };
const pending = { secret: 'name', tokenId: 'v3', since: at(0) };

/** An endpoint with this status, tokens and pending secret. */
function anEndpoint(status: Status, having: Having = 'a token'): Endpoint | null {
  if (status === 'unconfigured') return null;
  const secretFrom =
    ({ "sender's secret": 'sender', 'a window': 'handshake', 'a delivery': 'handshake' } as const)[
      having as 'a window'
    ] ?? 'operator';
  const bare: Endpoint = { id: 'e1', status, settings: {}, guard: { ...guard, secretFrom }, tokens: [] };
  if (having === 'a token') return { ...bare, secret: 'arn', tokens: [newest] };
  if (having === 'a hold') return { ...bare, secret: 'arn', tokens: [newest], hold };
  if (having === 'a grace') return { ...bare, secret: 'arn', tokens: [newest, { ...oldest, expiresAt: at(60) }] };
  if (having === 'a window') return { ...bare, handshake: { window } };
  if (having === 'a delivery') return { ...bare, secret: 'arn', tokens: [newest], handshake: { delivered } };
  return bare;
}

const commands: Record<Exclude<Verb, 'edit' | 'delete'>, Command> = {
  configure: { verb: 'configure', endpointId: 'e2', settings: { retentionDays: 7 }, guardOf },
  generateToken: { verb: 'generateToken', step: 'begin', pending },
  revealToken: { verb: 'revealToken' },
  rotateToken: { verb: 'rotateToken', step: 'begin', pending, force: true },
  changeAuth: { verb: 'changeAuth', step: 'begin', pending, force: true },
  endGrace: { verb: 'endGrace' },
  removeToken: { verb: 'removeToken' },
  activate: { verb: 'activate' },
  deactivate: { verb: 'deactivate' },
  hold: { verb: 'hold', holdId: 'h2' },
  release: { verb: 'release' },
  openHandshake: { verb: 'openHandshake', window: { id: 'w2', until: at(600) } },
  confirmHandshake: { verb: 'confirmHandshake', graceSeconds: 60, force: false },
  closeHandshake: { verb: 'closeHandshake' },
  test: { verb: 'test', mark: { digest: 'd', until: at(60), publish: false } },
  deconfigure: { verb: 'deconfigure', discardHeld: true },
};

/** The endpoint after a command. */
function endpointOf(outcome: TransitionOutcome): Endpoint | null {
  if (outcome.kind === 'changed') return outcome.endpoint;
  throw new Error(`not changed: ${JSON.stringify(outcome)}`);
}

describe.each(situations)('$status with $having', ({ status, having, cells, offered }) => {
  const endpoint = anEndpoint(status, having);

  test.each(verbs)('the verb %s is resolved as in the table', (verb) => {
    const cell = cells[verb];
    expect(resolveVerb(endpoint, verb, now)).toEqual(
      cell === 'same' ? cell : leads(cell) ? { to: cell } : { refused: cell },
    );
  });

  test.each(Object.values(commands))('the verb $verb changes the status as in the table', (command) => {
    const cell = cells[command.verb];
    const outcome = transition(endpoint, command, actor);
    if (!leads(cell))
      return expect(outcome).toEqual(cell === 'same' ? { kind: cell } : { kind: 'refused', code: cell });
    const entry = { verb: command.verb, by: 'op_1', at: at(0), from: status, to: cell };
    expect(outcome).toMatchObject({ kind: 'changed', entry });
    return expect(endpointOf(outcome)?.status ?? 'unconfigured').toBe(cell);
  });

  test('a connection_admin may use the listed actions, and a flow_designer none', () => {
    expect(allowedActions(endpoint, 'connection_admin', now).join(' ')).toBe(offered);
    expect(allowedActions(endpoint, 'flow_designer', now)).toEqual([]);
  });
});

describe('a change of settings', () => {
  const configure = (settings: object, endpoint: Endpoint | null) =>
    transition(endpoint, { ...commands.configure, settings } as Command, actor);
  const namesIn = (outcome: TransitionOutcome) => outcome.kind === 'changed' && outcome.entry.settings;

  test('is named in its entry: what is new, what differs and what is gone, but no value', () => {
    const before = endpointOf(configure({ retentionDays: 3, methods: ['POST'], answer: { status: 200 } }, null));
    const after = configure({ retentionDays: 4, methods: ['POST'], answer: null, allowFrom: ['192.0.2.1'] }, before);
    expect(namesIn(after)).toEqual(['allowFrom', 'answer', 'retentionDays']);
  });

  test('has no names without settings, nor has another verb', () => {
    expect(namesIn(configure({}, null))).toBeUndefined();
    expect(namesIn(transition(anEndpoint('active', 'a token'), { verb: 'deactivate' }, actor))).toBeUndefined();
  });
});

describe('the grace of a rotation', () => {
  const graced = anEndpoint('active', 'a grace');

  test('ends exactly at its end time, to the millisecond', () => {
    const [, old] = graced?.tokens ?? [];
    if (!old) throw new Error('no previous token');
    expect(isLiveToken(old, new Date(now.getTime() + 59_999))).toBe(true);
    expect(isLiveToken(old, new Date(now.getTime() + 60_000))).toBe(false);
    expect(resolveVerb(graced, 'endGrace', new Date(now.getTime() + 60_000))).toBe('same');
  });

  test.each([1, 2])('blocks step %d of another rotation without force', (step) => {
    const begun = graced && { ...graced, pending };
    const command = { verb: 'rotateToken', force: false } as const;
    const steps: Command[] = [
      { ...command, step: 'begin', pending },
      { ...command, step: 'finish', tokenId: 'v3', holds: 'bearer', graceSeconds: 60 },
    ];
    const refused = { kind: 'refused', code: 'rotation_in_progress' };
    expect(transition(begun, steps[step - 1] as Command, actor)).toEqual(refused);
  });

  test('no longer blocks a rotation after its end', () => {
    const later = { by: 'op_1', now: new Date(now.getTime() + 61_000) };
    const command: Command = { verb: 'rotateToken', step: 'begin', pending, force: false };
    expect(transition(graced, command, later)).toMatchObject({ kind: 'changed' });
  });

  test('can be ended by the operator, together with the previous token', () => {
    expect(endpointOf(transition(graced, { verb: 'endGrace' }, actor))?.tokens).toEqual([newest]);
  });
});

describe('a new token', () => {
  const finish = (force = false, graceSeconds = 60): Command => ({
    verb: 'rotateToken',
    step: 'finish',
    tokenId: 'v3',
    holds: 'bearer',
    graceSeconds,
    force,
  });
  const made = { id: 'v3', createdAt: at(0), createdBy: 'op_1', holds: 'bearer' };

  test('is not live before the second step', () => {
    const first = transition(anEndpoint('active', 'no token'), commands.generateToken, actor);
    expect(first).toMatchObject({ kind: 'changed', entry: { step: 'begin' } });
    const begun = endpointOf(first);
    expect(begun).toMatchObject({ tokens: [], pending: { tokenId: 'v3' } });
    const generated: Command = { verb: 'generateToken', step: 'finish', tokenId: 'v3', holds: 'bearer', secret: 'arn' };
    const finished = transition(begun, generated, actor);
    const entry = { verb: 'generateToken', by: 'op_1', at: at(0), from: 'active', to: 'active' };
    expect(finished).toEqual({
      kind: 'changed',
      endpoint: { id: 'e1', status: 'active', settings: {}, guard, secret: 'arn', tokens: [made] },
      // Only the first of the two writes has a step in the history.
      entry,
    });
  });

  test('cannot become live after it was abandoned', () => {
    const begun = endpointOf(transition(anEndpoint('active', 'no token'), commands.generateToken, actor));
    const abandoned = transition(begun, { verb: 'generateToken', step: 'abandon', tokenId: 'v3' }, actor);
    expect(abandoned).toMatchObject({ kind: 'changed', entry: { verb: 'generateToken', step: 'abandon' } });
    expect(endpointOf(abandoned)).toEqual(anEndpoint('active', 'no token'));
    const generated: Command = { verb: 'generateToken', step: 'finish', tokenId: 'v3', holds: 'bearer', secret: 'arn' };
    const refused = { kind: 'refused', code: 'superseded' };
    expect(transition(endpointOf(abandoned) ?? null, generated, actor)).toEqual(refused);
    expect(transition(begun, { verb: 'generateToken', step: 'abandon', tokenId: 'v4' }, actor)).toEqual(refused);
  });

  test('keeps the old token live until the grace of the rotation ends', () => {
    const begun = endpointOf(transition(anEndpoint('active'), commands.rotateToken, actor));
    expect(begun?.tokens).toEqual([newest]);
    const previous = { ...newest, expiresAt: at(60) };
    expect(endpointOf(transition(begun, finish(), actor))?.tokens).toEqual([made, previous]);
    expect(endpointOf(transition(begun, finish(false, 0), actor))?.tokens).toEqual([made]);
  });

  test('ends the previous token if the rotation is forced, because at most two tokens are live', () => {
    const begun = endpointOf(transition(anEndpoint('active', 'a grace'), commands.rotateToken, actor));
    const previous = { ...newest, expiresAt: at(60) };
    expect(endpointOf(transition(begun, finish(true), actor))?.tokens).toEqual([made, previous]);
  });

  test.each([undefined, { ...pending, tokenId: 'other' }])(
    'does not become live if the pending value is now %j',
    (other) => {
      const begun = { ...(anEndpoint('active') as Endpoint), ...(other && { pending: other }) };
      expect(transition(begun, finish(), actor)).toEqual({ kind: 'refused', code: 'superseded' });
    },
  );
});

describe('a change of auth with its values', () => {
  const authOf = ({ auth }: { auth?: NamedAuth }): Auth =>
    auth?.kind === 'signature' ? { kind: 'signature', scheme: 'github' } : { kind: 'token', accept: guard.accept };
  const signed: NamedAuth = { kind: 'signature' };
  const finish = (graceSeconds: number, auth: NamedAuth): Command => ({
    ...{
      verb: 'changeAuth',
      step: 'finish',
      tokenId: 'v3',
      holds: 'bearer',
      graceSeconds,
      force: false,
      settings: { auth },
    },
    guardOf,
    authOf,
  });
  const begun = endpointOf(transition(anEndpoint('active'), commands.changeAuth, actor));
  const made = { id: 'v3', createdAt: at(0), createdBy: 'op_1', holds: 'bearer' };
  const way = { guard, auth: { kind: 'token', accept: guard.accept } };

  test('does not take effect when it begins', () => {
    expect(begun).toEqual({ ...anEndpoint('active'), pending });
  });

  test.each<[string, number, NamedAuth, object[]]>([
    [
      'keeps the earlier auth, and its token, until the grace ends',
      60,
      signed,
      [{ ...newest, expiresAt: at(60), under: way }],
    ],
    ['keeps nothing of the earlier auth if there is no grace', 0, signed, []],
    ['is a rotation if the auth is equal', 60, { kind: 'token' }, [{ ...newest, expiresAt: at(60) }]],
  ])('%s', (_, graceSeconds, auth, previous) => {
    const changed = endpointOf(transition(begun, finish(graceSeconds, auth), actor));
    expect(changed).toEqual({ ...anEndpoint('active'), settings: { auth }, tokens: [made, ...previous] });
  });
});

describe('a change of auth after a certificate', () => {
  const byCertificate: Guard = { kind: 'signature', accept: [], secretFrom: 'nobody', handshakes: [] };
  const sns: NamedAuth & Auth = { kind: 'signature', scheme: { kind: 'sns', topicArns: ['arn:aws:sns:a:1:b'] } };
  const bare: Endpoint = { id: 'e1', status: 'active', settings: { auth: sns }, guard: byCertificate, tokens: [] };
  const finish = (graceSeconds: number): Command => ({
    verb: 'changeAuth',
    step: 'finish',
    tokenId: 'v3',
    holds: 'bearer',
    graceSeconds,
    force: false,
    settings: { auth: { kind: 'token' } },
    standIn: { secret: 'arn', tokenId: 'v2' },
    guardOf: ({ auth }) => (auth?.kind === 'signature' ? byCertificate : guard),
    authOf: ({ auth }) => (auth?.kind === 'signature' ? sns : { kind: 'token', accept: guard.accept }),
  });
  const begun = endpointOf(transition(bare, commands.changeAuth, actor));

  test('needs no token, and does not take effect when it begins', () => {
    expect(begun).toEqual({ ...bare, pending });
    expect(allowedActions(bare, 'connection_admin', now)).toContain('changeAuth');
  });

  test.each<[string, number, object[]]>([
    [
      'keeps a version for the certificate, so that the operator can end it',
      60,
      [{ id: 'v2', createdAt: at(0), createdBy: 'op_1', holds: 'secret', expiresAt: at(60) }].map((one) => ({
        ...one,
        under: { guard: byCertificate, auth: sns },
      })),
    ],
    ['keeps nothing without a grace', 0, []],
  ])('%s', (_, graceSeconds, previous) => {
    const made = { id: 'v3', createdAt: at(0), createdBy: 'op_1', holds: 'bearer' };
    expect(endpointOf(transition(begun, finish(graceSeconds), actor))).toEqual({
      id: 'e1',
      status: 'active',
      settings: { auth: { kind: 'token' } },
      guard,
      secret: 'arn',
      tokens: [made, ...previous],
    });
  });

  test.each<[string, Guard]>([
    ['the earlier auth demands a token too', { ...byCertificate, kind: 'both' }],
    ['the sender makes a secret', { ...byCertificate, secretFrom: 'sender' }],
  ])('is refused without a token if %s', (_, guard) => {
    const outcome = transition({ ...bare, guard }, commands.changeAuth, actor);
    expect(outcome).toEqual({ kind: 'refused', code: 'token_required' });
  });
});

describe('the basis of a command', () => {
  const endpoint = anEndpoint('active');
  const superseded = { kind: 'refused', code: 'superseded' };
  const by = (basis: string): Command[] => [
    { ...commands.configure, basis } as Command,
    { ...commands.rotateToken, basis } as Command,
    { ...commands.changeAuth, basis } as Command,
  ];

  test('allows the command if it is unchanged, and else the command is superseded', () => {
    for (const command of filled(by(basisOf(endpoint))))
      expect(transition(endpoint, command, actor).kind).toBe('changed');
    for (const command of filled(by(basisOf(anEndpoint('active', 'a grace')))))
      expect(transition(endpoint, command, actor)).toEqual(superseded);
  });

  test('changes with the settings, so that the pending value is superseded', () => {
    const begun = endpointOf(transition(endpoint, commands.rotateToken, actor));
    const set = (settings: object) => endpointOf(transition(begun, { ...configure, settings }, actor));
    const configure = { verb: 'configure', endpointId: 'e9', guardOf } as const;
    expect(set({ retentionDays: 9 })?.pending).toEqual(pending);
    expect(set({ auth: { kind: 'signature' } })).not.toHaveProperty('pending');
  });

  test('changes with the settings, so that a secret delivered for the earlier auth is dropped', () => {
    const endpoint = {
      ...(anEndpoint('active', 'a delivery') as Endpoint),
      handshake: { verifyToken: 'vt', delivered },
    };
    const configure = { verb: 'configure', endpointId: 'e9', guardOf: () => endpoint.guard } as const;
    const set = (settings: object) => endpointOf(transition(endpoint, { ...configure, settings }, actor));
    expect(set({ retentionDays: 9 })?.handshake).toEqual({ verifyToken: 'vt', delivered });
    expect(set({ auth: { kind: 'signature' } })?.handshake).toEqual({ verifyToken: 'vt' });
  });
});

test('removing the token drops both tokens, the pending value and the secret', () => {
  const graced = { ...(anEndpoint('inactive', 'a grace') as Endpoint), pending };
  const bare = { id: 'e1', status: 'inactive', settings: {}, guard, tokens: [] };
  expect(endpointOf(transition(graced, { verb: 'removeToken' }, actor))).toEqual(bare);
});

describe('a hold', () => {
  const held = anEndpoint('active', 'a hold');
  const entryOf = (outcome: TransitionOutcome) => (outcome.kind === 'changed' ? outcome.entry : undefined);

  test('has an id and a time, and the history has its id at the beginning and the end', () => {
    const begun = transition(anEndpoint('active'), commands.hold, actor);
    expect(endpointOf(begun)).toEqual({ ...anEndpoint('active'), hold: { id: 'h2', since: at(0) } });
    expect(entryOf(begun)).toMatchObject({ hold: 'h2', heldSince: at(0) });
    const ended = transition(held, commands.release, actor);
    expect(endpointOf(ended)).toEqual(anEndpoint('active'));
    expect(entryOf(ended)).toMatchObject({ hold: hold.id, heldSince: hold.since });
  });

  test('stays in force during other changes of the endpoint', () => {
    const meanwhile: Command[] = [
      commands.deactivate,
      commands.configure,
      commands.removeToken,
      commands.generateToken,
      { verb: 'generateToken', step: 'finish', tokenId: 'v3', holds: 'bearer', secret: 'arn' },
      commands.activate,
      commands.rotateToken,
      { verb: 'rotateToken', step: 'finish', tokenId: 'v3', holds: 'bearer', graceSeconds: 60, force: false },
      commands.endGrace,
    ];
    let endpoint = held;
    for (const command of meanwhile) {
      const outcome = transition(endpoint, command, actor);
      endpoint = endpointOf(outcome);
      expect(endpoint?.hold).toEqual(hold);
      expect(entryOf(outcome)).not.toHaveProperty('hold');
    }
  });

  test.each(['configured', 'inactive'] as const)(
    'of an %s endpoint blocks deconfiguring without discardHeld',
    (status) => {
      const bare = { ...(anEndpoint(status, 'no token') as Endpoint), hold };
      const deconfigure = { verb: 'deconfigure', discardHeld: false } as const;
      expect(transition(bare, deconfigure, actor)).toEqual({ kind: 'refused', code: 'held' });
      expect(endpointOf(transition(bare, commands.deconfigure, actor))).toBeNull();
      // Other obstacles are reported first, with or without discardHeld.
      const withToken = anEndpoint(status, 'a hold');
      for (const command of [deconfigure, commands.deconfigure])
        expect(transition(withToken, command, actor)).toEqual({ kind: 'refused', code: 'token_exists' });
    },
  );
});

test('absent settings keep their values, null restores the default, and equal settings change nothing', () => {
  const set = (endpoint: Endpoint | null, settings: object) =>
    transition(endpoint, { verb: 'configure', endpointId: 'e9', settings, guardOf }, actor);
  const first = endpointOf(set(null, { retentionDays: 7, methods: ['POST'] }));
  expect(first).toEqual({
    id: 'e9',
    status: 'configured',
    settings: { retentionDays: 7, methods: ['POST'] },
    guard,
    tokens: [],
  });
  expect(set(first, {})).toEqual({ kind: 'same' });
  expect(set(first, { retentionDays: 7 })).toEqual({ kind: 'same' });
  const second = endpointOf(set(first, { retentionDays: null, secretFrom: 'sender' })) as Endpoint;
  expect(second.settings).toEqual({ methods: ['POST'], secretFrom: 'sender' });
});

describe('a former placement', () => {
  const accepting = (...accept: Placement[]) => ({ ...guard, accept });
  const agent: Placement = { in: 'header', name: 'user-agent' };
  const query: Placement = { in: 'query', name: 'token' };
  const configured = (endpoint: Endpoint | null, ...accept: Placement[]) =>
    endpointOf(
      transition(
        endpoint,
        { verb: 'configure', endpointId: 'e2', settings: {}, guardOf: () => accepting(...accept) },
        actor,
      ),
    ) ?? null;

  test('is stored while it is not accepted, and dropped when it is accepted again', () => {
    const moved = configured(anEndpoint('active'), agent);
    expect(moved?.formerly).toEqual([query]);
    const back = configured(moved, query);
    expect(back?.formerly).toEqual([agent]);
    expect(back && placementsOf(back)).toEqual([query, agent]);
  });

  test('is not stored if the endpoint had no token at the change', () => {
    expect(configured(anEndpoint('configured', 'no token'), agent)).not.toHaveProperty('formerly');
  });

  test('is dropped if it is the oldest of nine', () => {
    const places = Array.from({ length: 10 }, (_, at): Placement => ({ in: 'header', name: `x-${at}` }));
    const last = places.reduce((endpoint, place) => configured(endpoint, place), anEndpoint('active'));
    expect(last?.formerly).toEqual(places.slice(1, 9));
  });
});

describe('the window in which a sender delivers its secret', () => {
  const open: Endpoint = {
    id: 'e1',
    status: 'active',
    settings: {},
    guard: { ...guard, secretFrom: 'handshake' },
    tokens: [],
    handshake: { window },
  };
  const begin: Command = { verb: 'generateToken', step: 'begin', pending, windowId: window.id };
  const finish = (tokenId: string): Command => ({
    verb: 'generateToken',
    step: 'finish',
    tokenId,
    secret: 'arn',
    holds: 'secret',
  });
  const applied = (endpoint: Endpoint | null | undefined, command: Command) =>
    endpointOf(transition(endpoint ?? null, command, actor));

  test('stays open until the secret is stored, even after a crash', () => {
    const begun = applied(open, begin);
    expect(begun?.handshake).toEqual({ window });
    const again = applied(begun, { ...begin, pending: { ...pending, tokenId: 'v4' } });
    expect(again?.pending?.tokenId).toBe('v4');
    expect(transition(again ?? null, finish('v3'), actor)).toMatchObject({ code: 'superseded' });
    const taken = applied(again, finish('v4'));
    expect(taken?.tokens).toMatchObject([{ id: 'v4' }]);
    expect(taken).not.toHaveProperty('handshake');
    expect(taken).not.toHaveProperty('pending');
  });

  test.each<[string, number, object]>([
    ['is open until a millisecond before its end', 59_999, { kind: 'changed' }],
    ['is closed at its end', 60_000, { kind: 'refused', code: 'window_closed' }],
    ['is closed later', 3_600_000, { kind: 'refused', code: 'window_closed' }],
  ])('%s, for the first secret and for a further secret', (_, ms, expected) => {
    const then = { ...actor, now: new Date(now.getTime() + ms) };
    const beside: Command = { verb: 'rotateToken', step: 'begin', pending, force: true, windowId: window.id };
    expect(transition(open, begin, then)).toMatchObject(expected);
    expect(transition({ ...open, secret: 'arn', tokens: [newest] }, beside, then)).toMatchObject(expected);
  });

  test('needs no closing after its end', () => {
    const close = (seconds: number) =>
      transition(open, { verb: 'closeHandshake' }, { ...actor, now: new Date(at(seconds)) });
    expect(close(59).kind).toBe('changed');
    expect(close(60).kind).toBe('same');
  });

  test('accepts no secret for another window, or while the endpoint is not active', () => {
    const closed = { kind: 'refused', code: 'window_closed' };
    expect(transition(open, { ...begin, windowId: 'w2' }, actor)).toEqual(closed);
    expect(transition({ ...open, status: 'inactive' }, begin, actor)).toEqual(closed);
    expect(transition({ ...open, guard }, begin, actor)).toEqual(closed);
    const { handshake: _, ...unopened } = open;
    expect(transition(unopened, begin, actor)).toEqual(closed);
    expect(transition({ ...unopened, handshake: { verifyToken: 'vt' } }, begin, actor)).toEqual(closed);
  });

  test('closes when a delivered secret waits for confirmation by the operator', () => {
    const beside = { ...open, secret: 'arn', tokens: [newest] };
    const begun = applied(beside, { verb: 'rotateToken', step: 'begin', pending, force: true, windowId: window.id });
    expect(begun?.handshake).toEqual({ window });
    const delivery = {
      verb: 'rotateToken',
      step: 'deliver',
      tokenId: 'v3',
      sourceIp: '192.0.2.1',
      force: true,
    } as const;
    expect(applied(begun, delivery)?.handshake).toEqual({
      delivered: { tokenId: 'v3', at: at(0), sourceIp: '192.0.2.1' },
    });
  });

  test('stays open after a delivery for an earlier window', () => {
    const next = { id: 'w2', until: at(600) };
    const reopened = applied(applied(open, begin), { verb: 'openHandshake', window: next });
    expect(applied(reopened, finish('v3'))?.handshake).toEqual({ window: next });
  });
});
