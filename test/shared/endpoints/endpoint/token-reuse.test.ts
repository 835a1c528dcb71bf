import { describe, expect, test } from '@jest/globals';
import { newConnection } from '../../../../shared/endpoints/endpoint/connection.ts';
import type { Holds, Token } from '../../../../shared/endpoints/endpoint/endpoint-record.ts';
import {
  bearersToRemember,
  equivalentSecrets,
  halvesOf,
  holdsFor,
  type LiveValue,
  liveValueOf,
  type ValueHistory,
  whyMayNotSign,
  whySigns,
} from '../../../../shared/endpoints/endpoint/token-reuse.ts';
import type { AuthPolicy } from '../../../../shared/endpoints/settings/auth.ts';
import type { Scheme, SecretForm } from '../../../../shared/endpoints/signature/scheme.ts';
import { tokenGuard } from './given-record.ts';

const hmacWith = (key: SecretForm): Scheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key,
  encoding: 'hex',
  message: [{ part: 'body' }],
  signatures: [{ in: 'header', name: 'x-signature' }],
});
const text = hmacWith({ form: 'utf8' });
const sns: Scheme = { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:111111111111:orders'] };

// A token of zeros, with its checksum.
const generated = `hle_${'0'.repeat(43)}2CZclj`;

const live = (token: string, holds: Holds = 'secret', more: Partial<LiveValue> = {}): LiveValue => ({
  id: 'v1',
  value: { token },
  holds,
  scheme: text,
  isEarlier: false,
  ...more,
});
const past = (more: Partial<ValueHistory> = {}): ValueHistory => ({ endpointId: 'e1', bearers: [], live: [], ...more });

describe('the texts that are the same key', () => {
  test('are all its encodings, without zeros at the end, and each also with a prefix', () => {
    expect([...equivalentSecrets(hmacWith({ form: 'hex', prefix: 'k_' }), 'k_fbff4100')].sort()).toEqual(
      [
        'k_fbff4100',
        ...['\ufffd\ufffdA', 'fbff41', 'FBFF41', '+/9B', '-_9B'],
        ...['whsec_\ufffd\ufffdA', 'whsec_fbff41', 'whsec_FBFF41', 'whsec_+/9B', 'whsec_-_9B'],
        ...['k_\ufffd\ufffdA', 'k_fbff41', 'k_FBFF41', 'k_+/9B', 'k_-_9B'],
      ].sort(),
    );
  });

  test('have no further prefix if the scheme has none', () => {
    expect([...equivalentSecrets(text, 'A~')].sort()).toEqual(
      ['A~', '417e', '417E', 'QX4=', 'QX4', 'whsec_A~', 'whsec_417e', 'whsec_417E', 'whsec_QX4=', 'whsec_QX4'].sort(),
    );
  });

  test('are only the text itself if it is no secret of the scheme', () => {
    expect([...equivalentSecrets(hmacWith({ form: 'hex' }), 'not hex')]).toEqual(['not hex']);
    expect([...equivalentSecrets(sns, 'any text')]).toEqual(['any text']);
  });
});

describe('a signing secret', () => {
  // SHA-256 of the endpoint id, a space and `former token`, by Python.
  const remembered = past({ bearers: ['Q1zSfo__jiI'] });
  const wasToken = expect.stringContaining('it was used as a token or has the form of one');
  const prefixed = hmacWith({ form: 'utf8', prefix: 'k_' });

  test.each<[string, Scheme, string, ValueHistory, unknown]>([
    ['may be a new text', text, 'another token', remembered, undefined],
    ['is not a former token', text, 'former token', remembered, wasToken],
    ['may be a former token of another endpoint', text, 'former token', { ...remembered, endpointId: 'e2' }, undefined],
    ['is not a former token in hex', hmacWith({ form: 'hex' }), '666f726d657220746f6b656e', remembered, wasToken],
    ['is not a live token', text, 'live token 1', past({ live: [live('live token 1', 'bearer')] }), wasToken],
    ['may be a live secret', text, 'live secret 1', past({ live: [live('live secret 1')] }), undefined],
    ['has not the form of a generated token', text, generated, past(), wasToken],
    ['has not the form of a generated token after its prefix', prefixed, `k_${generated}`, past(), wasToken],
    [
      'does not stay what it is if its spelling has the form of a token',
      prefixed,
      `k_${generated}`,
      past({ live: [live(`k_${generated}`)] }),
      wasToken,
    ],
    [
      'is not accepted if the record forgot former tokens',
      text,
      'another token',
      past({ bearers: ['*'] }),
      expect.stringContaining('more adopted tokens than its record can remember'),
    ],
    ['has not the form of a token beside other secrets', text, generated, past({ live: [live('another')] }), wasToken],
    [
      'may be a live secret even if the record forgot former tokens',
      text,
      'live secret 1',
      past({ bearers: ['*'], live: [live('live secret 1')] }),
      undefined,
    ],
  ])('%s', (_, scheme, secret, history, expected) => {
    expect(whyMayNotSign(scheme, secret, history)).toEqual(expected);
  });
});

describe('a token', () => {
  const signs = expect.stringContaining('signatures made with it are accepted until the grace ends');

  test.each<[string, string, LiveValue[], unknown]>([
    ['is not a live secret', 'live secret 1', [live('another one 1'), live('live secret 1')], signs],
    ['is not a live secret in hex', '6c697665', [live('live')], signs],
    ['may be another text', 'live token 1', [live('live secret 1')], undefined],
    ['may be a live token', 'live token 1', [live('live token 1', 'bearer')], undefined],
    ['may be a value that signs nothing', 'a', [live('a', 'secret', { scheme: undefined })], undefined],
    ['may be new if nothing is live', 'live token 1', [], undefined],
  ])('%s', (_, token, values, expected) => {
    expect(whySigns(token, values)).toEqual(expected);
  });
});

test.each([
  ['bearer', { token: 'a' }, { token: 'a' }],
  ['secret', { token: 'a' }, { secret: 'a' }],
  ['both', { token: 'a', signingSecret: 'b' }, { token: 'a', secret: 'b' }],
] as const)('a value that holds %s has its halves', (holds, value, halves) => {
  expect(halvesOf({ value, holds })).toEqual(halves);
});

test.each([
  ['token', undefined, 'bearer'],
  ['signature', undefined, 'secret'],
  ['both', undefined, 'bearer'],
  ['both', 'a secret', 'both'],
] as const)('under auth.kind %s, a value with the signing secret %s holds %s', (kind, signingSecret, holds) => {
  expect(holdsFor(kind, { token: 'a', signingSecret })).toBe(holds);
});

test('a record remembers its live tokens and the new one, but no secret and no generated token', () => {
  const history = past({ live: [live('former token', 'bearer'), live('a secret'), live(generated, 'bearer')] });
  expect(bearersToRemember(history, 'live token 1')).toEqual(['Q1zSfo__jiI', '9W6sXmQeGRU']);
  expect(bearersToRemember(history)).toEqual(['Q1zSfo__jiI']);
});

describe('a live value', () => {
  const version: Token = { id: 'v1', createdAt: '2026-03-01T12:00:00.000Z', createdBy: 'op_1', holds: 'secret' };
  const bySignature = { ...tokenGuard, kind: 'signature' } as const;
  const connection = (scheme: Scheme) => ({
    ...newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', { by: 'op_1', now: new Date(0) }),
    endpoint: {
      id: 'e1',
      status: 'active' as const,
      settings: { auth: { kind: 'signature' as const, scheme } },
      guard: bySignature,
      tokens: [version],
    },
  });
  const under: AuthPolicy = { guard: tokenGuard, auth: { kind: 'token', accept: tokenGuard.accept } };

  test.each<[string, Scheme, Token, object, object]>([
    ['signs under its auth', text, version, {}, { holds: 'secret', scheme: text, isEarlier: false }],
    [
      'is a token under an earlier auth, and does not sign',
      ...([text, { ...version, under, holds: 'bearer' }, {}] as const),
      { holds: 'bearer', scheme: undefined, isEarlier: true },
    ],
    ['has no secret beside a certificate', sns, version, {}, { holds: 'secret', scheme: undefined, isEarlier: false }],
    ['is what its record says', text, { ...version, holds: 'bearer' }, {}, { holds: 'bearer' }],
    ['is both if it has both', text, version, { signingSecret: 'b' }, { holds: 'both', scheme: text }],
  ])('%s', (_, scheme, token, more, expected) => {
    const value = { token: 'a', ...more };
    expect(liveValueOf(connection(scheme), token, value)).toMatchObject({ id: 'v1', value, ...expected });
  });

  test('needs an endpoint', () => {
    expect(() => liveValueOf({ ...connection(text), endpoint: null }, version, { token: 'a' })).toThrow(
      'an unconfigured endpoint has no values',
    );
  });
});
