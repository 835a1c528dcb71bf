/** Access tokens by OAuth 2 client credentials: what is asked, what is kept, and for how long. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { OAuthClient } from '../../../../shared/deliveries/destination/destination-auth.ts';
import {
  type AccessToken,
  accessTokens,
  type GetToken,
} from '../../../../shared/deliveries/destination/oauth-token.ts';
import type { OutboundLimits } from '../../../../shared/ground/outbound/exchange.ts';
import type { OutboundRequest, OutboundResult } from '../../../../shared/ground/outbound/outbound-request.ts';
import { aMoment } from '../../../support/a-moment.ts';
import { answered } from './given-destination.ts';

const client: OAuthClient = {
  kind: 'oauth2',
  tokenUrl: 'https://id.example.com/token',
  clientId: 'a client',
  clientSecret: 's&cret:',
  clientAuthentication: 'basic',
};

let asked: (OutboundRequest & OutboundLimits)[];
let results: OutboundResult[];
let now: number;
let getToken: GetToken;
beforeEach(() => {
  asked = [];
  results = [];
  now = 1_000_000;
  getToken = accessTokens({
    async send(request, limits) {
      const turn = asked.push({ ...request, ...limits });
      await aMoment();
      return results.shift() ?? granted(`token-${turn}`);
    },
    clock: () => now,
  });
});

const granted = (token: string, more: object = { expires_in: 3600 }): OutboundResult =>
  answered(200, JSON.stringify({ access_token: token, token_type: 'Bearer', ...more }));
const get = (refused?: AccessToken, valueId = 'v1') => getToken(valueId, client, refused);
const textOf = async (found: ReturnType<typeof get>) => {
  const result = await found;
  return 'token' in result ? result.token : result.fault;
};

describe('the request for a token', () => {
  test('has the credentials as Basic, each as in a form', async () => {
    expect(await get()).toMatchObject({ token: 'token-1', obtainedAt: 1_000_000 });
    expect(asked).toEqual([
      {
        url: 'https://id.example.com/token',
        method: 'POST',
        timeoutMs: 10_000,
        maxBodyBytes: 65_536,
        headers: {
          'user-agent': 'Hooklatch',
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          // `a+client:s%26cret%3A`
          authorization: 'Basic YStjbGllbnQ6cyUyNmNyZXQlM0E=',
        },
        body: Buffer.from('grant_type=client_credentials'),
      },
    ]);
  });

  test('has them in the body if the issuer wants that, and the scope', async () => {
    await getToken('v1', { ...client, clientAuthentication: 'body', scope: 'a b' });
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
    expect(Buffer.from(asked[0]?.body ?? []).toString()).toBe(
      'grant_type=client_credentials&scope=a+b&client_id=a+client&client_secret=s%26cret%3A',
    );
  });
});

describe('a token', () => {
  test.each<[string, object, number]>([
    ['that says so', { expires_in: 3600 }, 3_570_000],
    ['that says so in a text', { expires_in: '3600' }, 3_570_000],
    ['that does not say', {}, 300_000],
    ['that says nothing of use', { expires_in: 'soon' }, 300_000],
    ['that ended already', { expires_in: 0 }, 300_000],
  ])('%s is kept until shortly before its end', async (_, more, kept) => {
    results = [granted('first', more)];
    await get();
    now += kept - 1;
    expect(await textOf(get())).toBe('first');
    now += 1;
    expect(await textOf(get())).toBe('token-2');
  });

  test('that lives for seconds serves all who waited for it', async () => {
    results = [granted('first', { expires_in: 10 })];
    const first = get();
    await Promise.resolve();
    expect([await textOf(first), await textOf(get())]).toEqual(['first', 'token-2']);
    results = [granted('third', { expires_in: 10 })];
    now += 3_600_000;
    const third = get();
    await Promise.resolve();
    expect(await Promise.all([textOf(third), textOf(get())])).toEqual(['third', 'third']);
  });

  test('that lives for seconds is used once', async () => {
    results = [granted('first', { expires_in: 10 })];
    expect([await textOf(get()), await textOf(get())]).toEqual(['first', 'token-2']);
  });

  test('is asked for once by requests at the same time', async () => {
    expect(await Promise.all([textOf(get()), textOf(get()), textOf(get())])).toEqual(['token-1', 'token-1', 'token-1']);
    now += 3_600_000;
    expect(await Promise.all([textOf(get()), textOf(get()), textOf(get())])).toEqual(['token-2', 'token-2', 'token-2']);
  });

  test('is that of one version of the credentials', async () => {
    expect([await textOf(get()), await textOf(get(undefined, 'v2')), await textOf(get())]).toEqual([
      ...['token-1', 'token-2', 'token-1'],
    ]);
  });

  describe('is one of at most a thousand that are kept', () => {
    beforeEach(async () => {
      for (let each = 0; each < 1000; each += 1) await get(undefined, `v${each}`);
    });

    test('so the next one begins anew', async () => {
      expect(await textOf(get(undefined, 'v0'))).toBe('token-1');
      await get(undefined, 'v1000');
      expect(await textOf(get(undefined, 'v0'))).toBe('token-1002');
    });

    test('also if the next one begins while another one is looked up', async () => {
      now += 3_600_000;
      expect(await Promise.all([textOf(get(undefined, 'v1000')), textOf(get(undefined, 'v0'))])).toEqual([
        ...['token-1001', 'token-1002'],
      ]);
    });
  });
});

describe('a token that a receiver refused', () => {
  test('is replaced once it is a minute old, by one request for all', async () => {
    const first = (await get()) as AccessToken;
    now += 59_999;
    expect(await textOf(get(first))).toBe('token-1');
    now += 1;
    expect(await Promise.all([textOf(get(first)), textOf(get(first))])).toEqual(['token-2', 'token-2']);
    // Whoever comes late with the old one gets the new one too.
    expect(await textOf(get(first))).toBe('token-2');
    expect(asked).toHaveLength(2);
  });

  test('may come again', async () => {
    results = [granted('same'), granted('same')];
    const first = (await get()) as AccessToken;
    now += 60_000;
    expect(await textOf(get(first))).toBe('same');
  });
});

describe('no token', () => {
  const noToken = 'the answer has no access_token of at most 6144 characters';
  test.each<[string, OutboundResult, string]>([
    ['another status', answered(401, '{"access_token":"t"}'), 'the answer was 401'],
    ['no JSON', answered(200, 'hello, a secret'), noToken],
    ['no token in it', answered(200, '{"error":"invalid_client"}'), noToken],
    ['a token that no header can have', answered(200, '{"access_token":"a b"}'), noToken],
    ['a token with a line break', answered(200, '{"access_token":"a\\nb: c"}'), noToken],
    ['a token that is too long', answered(200, `{"access_token":"${'t'.repeat(6_145)}"}`), noToken],
    ['an empty token', answered(200, '{"access_token":""}'), noToken],
    ['nobody', { outcome: 'dns', reason: 'the host has no address', leftOut: [] }, 'the host has no address'],
  ])('comes from %s, and the next request asks again', async (_, result, fault) => {
    results = [result];
    expect(await textOf(get())).toBe(fault);
    expect(await textOf(get())).toBe('token-2');
  });

  test('is the result of everybody who waited for it, so that nobody waits twice', async () => {
    results = [answered(503), answered(503)];
    const first = get();
    await Promise.resolve();
    expect(await Promise.all([textOf(first), textOf(get())])).toEqual(['the answer was 503', 'the answer was 503']);
    expect(asked).toHaveLength(1);
  });

  test('within ten seconds is none, for a renewal too', async () => {
    const old = (await get()) as AccessToken;
    now += 60_000;
    await Promise.all([get(old), get(old)]);
    expect(asked.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 10_000]);
  });

  test('of an earlier request does not push out the token of a later one', async () => {
    const first = (await get()) as AccessToken;
    now += 3_600_000;
    results = [answered(500)];
    expect(await Promise.all([textOf(get()), textOf(get())])).toEqual(['the answer was 500', 'the answer was 500']);
    expect(await textOf(get(first))).toBe('token-3');
    expect(await textOf(get())).toBe('token-3');
  });
});
