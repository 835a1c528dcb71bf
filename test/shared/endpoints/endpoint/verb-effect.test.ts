/** What verbs change in an endpoint besides its status. */
import { describe, expect, test } from '@jest/globals';
import type { Command } from '../../../../shared/endpoints/endpoint/command.ts';
import type { Endpoint, Token } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import { transition } from '../../../../shared/endpoints/endpoint/transition.ts';
import type { Guard } from '../../../../shared/endpoints/settings/auth.ts';
import { tokenGuard } from './given-record.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const earlier = '2026-03-01T11:00:00.000Z';
const later = '2026-03-01T12:10:00.000Z';

const window = { id: 'w1', until: later };
const delivered = { tokenId: 'v3', at: earlier, sourceIp: '192.0.2.1' };
const pending = { secret: '', tokenId: 'v4', since: now.toISOString() };
const current: Token = { id: 'v2', createdAt: earlier, createdBy: 'op_0', holds: 'bearer' };
const old: Token = { ...current, id: 'v1', expiresAt: later };

const signatureGuard: Guard = { kind: 'signature', accept: [], secretFrom: 'handshake', handshakes: [] };

const anEndpoint = (more: Partial<Endpoint> = {}): Endpoint => ({
  id: 'e1',
  status: 'active',
  settings: {},
  guard: tokenGuard,
  secret: 'arn',
  tokens: [current],
  ...more,
});

/** The endpoint after a verb. */
function changedBy(endpoint: Endpoint, command: Command): Endpoint {
  const outcome = transition(endpoint, command, { by: 'op_1', now });
  if (outcome.kind === 'changed' && outcome.endpoint) return outcome.endpoint;
  throw new Error(`not changed: ${JSON.stringify(outcome)}`);
}

describe('a delivered secret that waits beside the window', () => {
  const handshake = { verifyToken: 'vt', window, delivered };
  const waiting = anEndpoint({ guard: signatureGuard, handshake });

  test('becomes the signing secret when an operator confirms it, and the previous secret has a grace', () => {
    const confirmed = changedBy(waiting, { verb: 'confirmHandshake', graceSeconds: 600, force: false });
    expect(confirmed.tokens).toEqual([
      { id: 'v3', createdAt: now.toISOString(), createdBy: 'op_1', holds: 'secret' },
      { ...current, expiresAt: later },
    ]);
    expect(confirmed.handshake).toEqual({ verifyToken: 'vt', window });
  });

  test('is dropped together with the window when the operator closes the handshake', () => {
    expect(changedBy(waiting, { verb: 'closeHandshake' })).toEqual({ ...waiting, handshake: { verifyToken: 'vt' } });
    const { handshake: _, ...bare } = waiting;
    expect(changedBy({ ...bare, handshake: { window, delivered } }, { verb: 'closeHandshake' })).toEqual(bare);
  });

  test('is dropped when the token is removed', () => {
    expect(changedBy(waiting, { verb: 'removeToken' }).handshake).toEqual({ verifyToken: 'vt', window });
  });

  test('is dropped when a rotation begins', () => {
    const begun = changedBy(waiting, { verb: 'rotateToken', step: 'begin', pending, force: false });
    expect(begun.handshake).toEqual({ verifyToken: 'vt', window });
    expect(Object.keys(begun.pending ?? {})).toEqual(['secret', 'tokenId', 'since']);
  });
});

test('a self-test leaves its mark, and the next test replaces the mark', () => {
  const mark = { digest: 'd1', until: later, publish: false };
  const tested = changedBy(anEndpoint(), { verb: 'test', mark });
  expect(tested).toEqual(anEndpoint({ test: mark }));
  expect(changedBy(tested, { verb: 'test', mark: { ...mark, digest: 'd2' } }).test).toEqual({ ...mark, digest: 'd2' });
});

describe('the verify token', () => {
  const configure: Command = {
    verb: 'configure',
    endpointId: 'e9',
    settings: {},
    guardOf: () => tokenGuard,
    verifyToken: 'vt',
  };

  test('is stored by the first change of settings', () => {
    expect(changedBy(anEndpoint(), configure).handshake).toEqual({ verifyToken: 'vt' });
    expect(changedBy(anEndpoint({ handshake: { window } }), configure).handshake).toEqual({
      verifyToken: 'vt',
      window,
    });
  });

  test('never changes, because the sender has it', () => {
    const command = { ...configure, settings: { retentionDays: 7 }, verifyToken: 'another' };
    expect(changedBy(anEndpoint({ handshake: { verifyToken: 'vt' } }), command).handshake).toEqual({
      verifyToken: 'vt',
    });
  });
});

describe('after a change of settings, the record says how each version is used', () => {
  const secret = { ...current, holds: 'secret' } as const;
  const previous: Token = {
    ...old,
    holds: 'secret',
    under: { guard: signatureGuard, auth: { kind: 'signature', scheme: 'github' } },
  };
  const bySignature = { ...signatureGuard, secretFrom: 'operator' } as const;
  const holdsAfter = (
    tokens: Token[],
    before: Guard,
    next: Guard,
    held?: Record<string, 'bearer' | 'secret' | 'both'>,
  ) =>
    changedBy(anEndpoint({ guard: before, tokens }), {
      verb: 'configure',
      endpointId: 'e9',
      settings: { retentionDays: 7 },
      guardOf: () => next,
      ...(held && { held }),
    }).tokens.map(({ holds }) => holds);

  test.each<[string, Token[], Guard, Guard, string[]]>([
    ['a secret that is now accepted as a token is a bearer', [secret], bySignature, tokenGuard, ['bearer']],
    ['a bearer stays a bearer', [current], tokenGuard, bySignature, ['bearer']],
    ['a secret stays a secret under the same kind', [secret], bySignature, bySignature, ['secret']],
    ['a previous version keeps its own auth', [secret, previous], bySignature, tokenGuard, ['bearer', 'secret']],
  ])('%s', (_, tokens, before, next, expected) => {
    expect(holdsAfter(tokens, before, next)).toEqual(expected);
  });

  test('as the command found it in the value, even if the kind is unchanged', () => {
    expect(holdsAfter([secret], bySignature, bySignature, { v2: 'bearer' })).toEqual(['bearer']);
    expect(holdsAfter([current, old], tokenGuard, tokenGuard, { v2: 'both' })).toEqual(['both', 'bearer']);
  });
});

describe('the tokens to remember', () => {
  const endGrace: Command = { verb: 'endGrace' };
  const graced = anEndpoint({ tokens: [current, old] });

  test.each<[string, string[] | undefined, string[] | undefined, string[] | undefined]>([
    ['are stored with the change that ends them', undefined, ['d1'], ['d1']],
    ['come after those of earlier changes', ['d1'], ['d2'], ['d1', 'd2']],
    ['stay if a change ends none', ['d1'], [], ['d1']],
    ['stay if a change names none', ['d1'], undefined, ['d1']],
    ['are not there if there are none', undefined, [], undefined],
  ])('%s', (_, before, ended, after) => {
    const endpoint = { ...graced, ...(before && { bearers: before }) };
    const changed = changedBy(endpoint, { ...endGrace, ...(ended && { bearers: ended }) });
    expect(changed).toEqual({ ...anEndpoint(), ...(after && { bearers: after }) });
    expect('bearers' in changed).toBe(after !== undefined);
  });
});
