import { describe, expect, test } from '@jest/globals';
import type { SecretValue } from '../../../../shared/endpoints/credential/secret-store.ts';
import { changedValue, rotatedValue, whyUnfit } from '../../../../shared/endpoints/endpoint/replacement-value.ts';
import type { DictatedValues } from '../../../../shared/endpoints/endpoint/secret-value.ts';
import type { LiveValue, ValueHistory } from '../../../../shared/endpoints/endpoint/token-reuse.ts';
import type { Auth } from '../../../../shared/endpoints/settings/auth.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';

const query = { in: 'query' as const, name: 'token' };
const path = { in: 'path' as const };
const hmacWith = (form: 'utf8' | 'hex'): Scheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form },
  encoding: 'hex',
  message: [{ part: 'body' }],
  signatures: [{ in: 'header', name: 'x-signature' }],
});
const text = hmacWith('utf8');
const sns: Scheme = { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:111111111111:orders'] };

const byToken: Auth = { kind: 'token', accept: [query] };
const signed: Auth = { kind: 'signature', scheme: text };
const signedByHex: Auth = { kind: 'signature', scheme: hmacWith('hex') };
const certified: Auth = { kind: 'signature', scheme: sns };
const both: Auth = { kind: 'both', accept: [query], scheme: text };

const live = (holds: LiveValue['holds'], value: SecretValue, more: Partial<LiveValue> = {}): LiveValue => ({
  id: 'v1',
  value,
  holds,
  scheme: text,
  isEarlier: false,
  ...more,
});
const past = (...values: LiveValue[]): ValueHistory => ({ endpointId: 'e1', bearers: [], live: values });

const bearer = live('bearer', { token: 'live token 1' });
const secret = live('secret', { token: 'live secret 1' });
const pair = live('both', { token: 'live token 1', signingSecret: 'live secret 1' });

const newToken = expect.stringMatching(/^hle_[0-9A-Za-z]{49}$/);
const newSecret = expect.stringMatching(/^hls_[0-9A-Za-z]{49}$/);
const newHexSecret = expect.stringMatching(/^[0-9a-f]{64}$/);

describe('a rotation', () => {
  test.each<[string, Auth, ValueHistory, DictatedValues, object]>([
    ['makes a token', byToken, past(bearer), {}, { token: newToken }],
    ['adopts a token', byToken, past(bearer), { value: 'another token' }, { token: 'another token' }],
    ['makes a signing secret', signed, past(secret), {}, { token: newSecret }],
    ['makes a token beside the live secret', both, past(pair), {}, { token: newToken, signingSecret: 'live secret 1' }],
    [
      'adopts a token beside the live secret',
      both,
      past(pair),
      { value: 'another token' },
      { token: 'another token', signingSecret: 'live secret 1' },
    ],
    [
      'adopts a secret beside the live token',
      both,
      past(pair),
      { signingSecret: 'another secret' },
      { token: 'live token 1', signingSecret: 'another secret' },
    ],
    [
      'adopts both',
      both,
      past(pair),
      { value: 'another token', signingSecret: 'another secret' },
      { token: 'another token', signingSecret: 'another secret' },
    ],
    ['makes both if nothing is live', both, past(), {}, { token: newToken, signingSecret: newSecret }],
    ['keeps no secret beside a certificate', { ...both, scheme: sns }, past(pair), {}, { token: newToken }],
  ])('%s', (_, auth, history, dictated, value) => {
    expect(rotatedValue('generic', auth, dictated, { past: history }).value).toEqual(value);
  });
});

describe('a change of auth', () => {
  test.each<[string, Auth, ValueHistory, DictatedValues, object]>([
    [
      'keeps the token for a token and a signature',
      both,
      past(bearer),
      {},
      { token: 'live token 1', signingSecret: newSecret },
    ],
    ['keeps the secret for both', both, past(secret), {}, { token: newToken, signingSecret: 'live secret 1' }],
    ['keeps the token of both', byToken, past(pair), {}, { token: 'live token 1' }],
    ['keeps the secret of both', signed, past(pair), {}, { token: 'live secret 1' }],
    ['keeps no secret as a token', byToken, past(secret), {}, { token: newToken }],
    ['keeps no token as a secret', signed, past(bearer), {}, { token: newSecret }],
    ['keeps no secret of another form', signedByHex, past(secret), {}, { token: newHexSecret }],
    [
      'keeps no token that a placement can not carry',
      { kind: 'token', accept: [path] },
      past(live('bearer', { token: 'live/token/1' })),
      {},
      { token: newToken },
    ],
    // `Q1zSfo__jiI` is the digest of `former token`.
    [
      'keeps no secret that was a token',
      signed,
      { ...past(live('secret', { token: 'former token' })), bearers: ['Q1zSfo__jiI'] },
      {},
      { token: newSecret },
    ],
    ['makes what is needed if nothing is live', both, past(), {}, { token: newToken, signingSecret: newSecret }],
    ['adopts a value', byToken, past(bearer), { value: 'another token' }, { token: 'another token' }],
    ['to a certificate makes a value that nobody uses', certified, past(bearer), {}, { token: newSecret }],
    [
      'to a token and a certificate keeps the token',
      { ...both, scheme: sns },
      past(bearer),
      {},
      { token: 'live token 1' },
    ],
  ])('%s', (_, auth, history, dictated, value) => {
    expect(changedValue('generic', auth, dictated, { past: history }).value).toEqual(value);
  });

  test('says how the new version is used, and which tokens to remember', () => {
    expect(changedValue('generic', certified, {}, { past: past(bearer) })).toMatchObject({
      holds: 'secret',
      bearers: ['9W6sXmQeGRU'],
    });
  });

  test('to a certificate adopts no value', () => {
    const adopting = () => changedValue('generic', certified, { value: 'another secret' }, { past: past() });
    expect(adopting).toThrow(Refusal);
    expect(adopting).toThrow('this sender signs with its own private key');
  });
});

describe('a live value under another auth', () => {
  const signer = live('secret', { token: 'live token 1' }, { isEarlier: true });
  const noSlash = 'a path segment cannot contain a "/"';
  const slashed = live('bearer', { token: 'live/token/1' });

  test.each<[string, Auth, LiveValue, ValueHistory, unknown]>([
    ['may stay a token', byToken, bearer, past(bearer), undefined],
    ['may stay a secret', signed, secret, past(secret), undefined],
    ['may stay both', both, pair, past(pair), undefined],
    ['of both may be the token alone', byToken, pair, past(pair), undefined],
    ['of both may be the secret alone', signed, pair, past(pair), undefined],
    ['is no token that a placement can not carry', { kind: 'token', accept: [path] }, slashed, past(slashed), noSlash],
    [
      'is no token of both that a placement can not carry',
      { ...both, accept: [path] },
      slashed,
      past(slashed),
      noSlash,
    ],
    [
      'is no token while an earlier version signs with it',
      byToken,
      bearer,
      past(bearer, signer),
      expect.stringContaining('signatures made with it are accepted until the grace ends'),
    ],
    [
      'may be a token if the version that signs with it is not earlier',
      byToken,
      bearer,
      past(bearer, { ...signer, isEarlier: false }),
      undefined,
    ],
    [
      'is no secret if it was a token',
      signed,
      bearer,
      past(bearer),
      'it was used as a token, so it must not become a signing secret',
    ],
    ['has no secret beside a token', both, bearer, past(bearer), 'it has no signing secret besides the token'],
    ['has no token beside a secret', both, secret, past(secret), 'it has no signing secret besides the token'],
    [
      'is no secret in another form',
      signedByHex,
      secret,
      past(secret),
      "this sender's secrets are written as hexadecimal",
    ],
    ['needs nothing for a certificate', certified, bearer, past(bearer), undefined],
  ])('%s', (_, auth, one, history, expected) => {
    expect(whyUnfit('generic', auth, one, history)).toEqual(expected);
  });
});
