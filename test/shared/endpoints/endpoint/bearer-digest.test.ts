import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import type { Connection } from '../../../../shared/endpoints/endpoint/connection.ts';
import { schemeOf, settingsOf } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import type { AuthPolicy, NamedAuth } from '../../../../shared/endpoints/settings/auth.ts';
import type { Scheme, SecretForm } from '../../../../shared/endpoints/signature/scheme.ts';
import { keyFormOf } from '../../../../shared/endpoints/signature/scheme-check.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';
import { count } from '../../../support/full-counts.ts';
import { aLifecycle, type Lifecycle, publicUrl } from './given-lifecycle.ts';

const runs = { numRuns: count({ usual: 40, full: 300 }) };

const query: Placement = { in: 'query', name: 'token' };
const header: Placement = { in: 'header', name: 'x-token' };
const inBody: Placement = { in: 'body', path: '/token' };

const own = (form: SecretForm['form'], prefix?: string): Scheme => ({
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form, ...(prefix === undefined ? {} : { prefix }) },
  encoding: 'hex',
  signatures: [{ in: 'header', name: 'x-signature' }],
  message: [{ part: 'body' }],
});
const sns: Scheme = { kind: 'sns', topicArns: ['arn:aws:sns:eu-central-1:111111111111:orders'] };
const paypal: Scheme = { kind: 'paypal', webhookId: '8PT597110X687430LKGECATA' };

const token = (accept: Placement): NamedAuth => ({ kind: 'token', accept: [accept] });
const signature = (scheme: Scheme | string): NamedAuth => ({ kind: 'signature', scheme });
const both = (scheme: Scheme | string): NamedAuth => ({ kind: 'both', accept: [query], scheme });

const auths: Record<string, readonly NamedAuth[]> = {
  generic: [
    ...[token(query), token(header), token(inBody), signature(own('utf8')), signature(own('hex'))],
    ...[signature(own('base64', 'whsec_')), signature(sns), signature(paypal), both(own('utf8')), both(sns)],
  ],
  github: [
    ...[token(query), signature('github'), signature('github-sha1'), signature(own('utf8')), signature(paypal)],
    ...[both('github'), both(own('hex'))],
  ],
  asana: [token(query), signature('asana'), signature(own('utf8')), signature(sns), both('asana')],
};

// Each can be a token, and a key in several forms: text, hexadecimal and base64.
const text = 'abcdef0123456789abcdef01';
const dictated = [
  text,
  Buffer.from(text).toString('hex'),
  `whsec_${Buffer.from(text).toString('base64')}`,
  'another dictated value',
];

/** A value from an operator: absent, one of a few texts, or copied from an earlier live value. */
type Wish = { dictated: number } | { copied: number } | null;
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.constant(null),
  fc.record({ dictated: fc.nat(dictated.length - 1) }),
  fc.record({ copied: fc.nat(5) }),
);
const grace = fc.constantFrom(0, 60);
const wishes = { value: wish, signingSecret: wish };

const step = fc.oneof(
  fc.record({ verb: fc.constant('settings' as const), auth: fc.nat(9) }),
  fc.record({ verb: fc.constant('change' as const), auth: fc.nat(9), ...wishes, grace }),
  fc.record({ verb: fc.constant('generate' as const), ...wishes }),
  fc.record({ verb: fc.constant('rotate' as const), ...wishes, grace }),
  fc.record({ verb: fc.constant('deliver' as const), value: wish, grace }),
  fc.record({ verb: fc.constantFrom('remove' as const, 'endGrace' as const, 'wait' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const endpoint = '/v1/connections/{name}/endpoint';

/** The texts of all earlier values, newest first. */
const textsOf = ({ values }: Lifecycle): string[] => [
  ...new Set([...values.values()].flatMap(({ token, signingSecret }) => [token, signingSecret ?? token]).reverse()),
];

function chosen(lifecycle: Lifecycle, one: Wish): string | undefined {
  if (one === null) return undefined;
  return 'dictated' in one ? dictated[one.dictated] : textsOf(lifecycle)[one.copied];
}

const named = (lifecycle: Lifecycle, { value, signingSecret }: { value: Wish; signingSecret: Wish }) => ({
  value: chosen(lifecycle, value),
  signingSecret: chosen(lifecycle, signingSecret),
});

async function perform(lifecycle: Lifecycle, choices: readonly NamedAuth[], step: Step): Promise<unknown> {
  const { operate, clock } = lifecycle;
  const authAt = (at: number) => choices[at % choices.length];
  switch (step.verb) {
    case 'settings':
      return operate(`PUT ${endpoint}`, { auth: authAt(step.auth) });
    case 'change': {
      const values = { ...named(lifecycle, step), graceSeconds: step.grace, force: true };
      return operate(`PUT ${endpoint}`, { auth: authAt(step.auth), values });
    }
    case 'generate':
      return operate(`POST ${endpoint}/token`, named(lifecycle, step));
    case 'rotate':
      return operate(`POST ${endpoint}/token/rotate`, {
        ...named(lifecycle, step),
        graceSeconds: step.grace,
        force: true,
      });
    case 'deliver':
      await operate(`POST ${endpoint}/handshake`, { minutes: 10 });
      await lifecycle.deliverSecret(chosen(lifecycle, step.value) ?? 'delivered by the sender');
      return operate(`POST ${endpoint}/handshake/confirm`, { graceSeconds: step.grace, force: true });
    case 'remove':
      return operate(`DELETE ${endpoint}/token`);
    case 'endGrace':
      return operate(`DELETE ${endpoint}/token/previous`);
    default:
      clock.now = new Date(clock.now.getTime() + 61_000);
      return undefined;
  }
}

/** The auth policies that accept deliveries now. */
function waysOf(connection: Connection): AuthPolicy[] {
  const present = connection.endpoint && { guard: connection.endpoint.guard, auth: settingsOf(connection).auth };
  const earlier = connection.endpoint?.tokens.flatMap(({ under }) => under ?? []) ?? [];
  return present ? [present, ...earlier] : earlier;
}

function requestTo({ endpoint }: Connection, now: Date, carried?: { at: Placement; token: string }): Signable {
  const bare = {
    method: 'POST',
    url: `${publicUrl}/hooks/orders/${endpoint?.id}`,
    headers: { 'content-type': 'application/json' } as Record<string, string>,
    body: Buffer.from('{"id":"evt_1"}'),
    now,
  };
  if (!carried) return bare;
  const { at, token } = carried;
  if (at.in === 'query') return { ...bare, url: `${bare.url}?${at.name}=${encodeURIComponent(token)}` };
  if (at.in === 'header') return { ...bare, headers: { ...bare.headers, [at.name]: token } };
  return { ...bare, body: Buffer.from(JSON.stringify({ token })) };
}

/** A token as the key of a scheme, in every encoding that the token may have. */
function keysFrom(seen: string, form: SecretForm | undefined): string[] {
  if (!form) return [seen];
  const bare = seen.replace(/^whsec_/, '');
  const bytes = [Buffer.from(seen), Buffer.from(bare), Buffer.from(bare, 'hex'), Buffer.from(bare, 'base64')];
  const written = bytes.map((one) => one.toString(form.form));
  return [...new Set([seen, ...written])];
}

/** The tokens of live versions that the endpoint accepts as tokens. */
async function acceptedBearers(lifecycle: Lifecycle, connection: Connection): Promise<string[]> {
  const places = waysOf(connection).flatMap(({ guard }) => guard.accept);
  const accepted = new Set<string>();
  for (const token of textsOf(lifecycle))
    for (const at of places) {
      const { isBearer } = await lifecycle.arrive(requestTo(connection, lifecycle.clock.now, { at, token }));
      if (isBearer) accepted.add(token);
    }
  return [...accepted];
}

/** Forged deliveries that are accepted: signed with a seen token, and with another token if one is demanded. */
async function forgeries(lifecycle: Lifecycle, connection: Connection, seen: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  const { now } = lifecycle.clock;
  for (const { auth } of waysOf(connection)) {
    const scheme = 'scheme' in auth ? schemeOf(connection.provider, auth.scheme) : undefined;
    if (!scheme) continue;
    const carried = 'accept' in auth ? [...seen].map((token) => ({ at: query, token })) : [undefined];
    for (const one of carried)
      for (const key of [...seen].flatMap((token) => keysFrom(token, keyFormOf(scheme)))) {
        const forged = sign(scheme, key, requestTo(connection, now, one));
        const { verifiedBy } = forged ? await lifecycle.arrive(forged) : {};
        if (verifiedBy && verifiedBy !== 'token') found.push(`${verifiedBy} with ${key}`);
      }
  }
  return found;
}

/** Genuine deliveries that are rejected: authenticated with live values under the current auth. */
async function turnedAway(lifecycle: Lifecycle, connection: Connection): Promise<string[]> {
  const { endpoint } = connection;
  const { auth } = settingsOf(connection);
  const value = lifecycle.values.get(`${endpoint?.secret} ${endpoint?.tokens[0]?.id}`);
  if (!value) return [];
  const at = 'accept' in auth ? auth.accept[0] : undefined;
  const bare = requestTo(connection, lifecycle.clock.now, at && { at, token: value.token });
  const scheme = 'scheme' in auth ? schemeOf(connection.provider, auth.scheme) : undefined;
  const request = scheme ? sign(scheme, value.signingSecret ?? value.token, bare) : bare;
  // The test can't sign with a certificate.
  const { verifiedBy } = request ? await lifecycle.arrive(request) : { verifiedBy: auth.kind };
  return verifiedBy === auth.kind ? [] : [`${auth.kind} by ${verifiedBy}`];
}

test.each(Object.entries(auths))(
  'a value that was ever accepted as a token never verifies a signature, after any steps of operators: %s',
  async (provider, choices) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (steps) => {
        const lifecycle = aLifecycle(provider);
        const seen = new Set<string>();
        await lifecycle.operate(`PUT ${endpoint}`, { auth: choices[0] });
        for (const step of steps) {
          await perform(lifecycle, choices, step);
          await lifecycle.operate(`POST ${endpoint}/activate`);
          const connection = await lifecycle.record();
          for (const token of await acceptedBearers(lifecycle, connection)) seen.add(token);
          expect(await forgeries(lifecycle, connection, seen)).toEqual([]);
          expect(await turnedAway(lifecycle, connection)).toEqual([]);
        }
      }),
      runs,
    );
  },
);

/** An active endpoint with this auth. @param value the token that the operator adopts, if any */
async function anEndpoint(auth: NamedAuth, value?: string, provider = 'generic'): Promise<Lifecycle> {
  const lifecycle = aLifecycle(provider);
  await lifecycle.operate(`PUT ${endpoint}`, { auth });
  await lifecycle.operate(`POST ${endpoint}/token`, value === undefined ? {} : { value });
  await lifecycle.operate(`POST ${endpoint}/activate`);
  return lifecycle;
}

const put = ({ operate }: Lifecycle, auth: NamedAuth, values?: object) =>
  operate(`PUT ${endpoint}`, { auth, ...(values && { values: { graceSeconds: 60, force: true, ...values } }) });
const remove = ({ operate }: Lifecycle) => operate(`DELETE ${endpoint}/token`);
const adopt = ({ operate }: Lifecycle, body: object) => operate(`POST ${endpoint}/token`, body);
const live = async ({ record, values }: Lifecycle) => {
  const { secret, tokens = [] } = (await record()).endpoint ?? {};
  return tokens.map(({ id }) => values.get(`${secret} ${id}`));
};
const holds = async ({ record }: Lifecycle) => (await record()).endpoint?.tokens.map((one) => one.holds);

/** How a request is verified whose sender saw the token and signs with it. Undefined if the request is rejected. */
async function forged(lifecycle: Lifecycle, scheme: Scheme, token = text): Promise<string | undefined> {
  const request = sign(scheme, token, requestTo(await lifecycle.record(), lifecycle.clock.now));
  if (!request) throw new Error('this scheme can not sign');
  return (await lifecycle.arrive(request)).verifiedBy;
}

describe('a former token never becomes a signing secret', () => {
  const detours: [string, string, NamedAuth, NamedAuth[], Scheme | string][] = [
    ['after a change to the certificates of SNS', 'generic', token(query), [signature(sns)], own('utf8')],
    ['after an auth with a token and a certificate', 'generic', both(sns), [], own('utf8')],
    ['after a change to the certificates of PayPal', 'github', token(query), [signature(paypal)], 'github'],
  ];
  test.each(detours)('%s', async (_, provider, first, between, last) => {
    const lifecycle = await anEndpoint(first, text, provider);
    for (const auth of between) expect(await put(lifecycle, auth)).toBeUndefined();
    expect(await put(lifecycle, signature(last))).toBe('token_not_usable');
    expect(await put(lifecycle, signature(last), {})).toBeUndefined();
    const [generated] = await live(lifecycle);
    expect(generated?.token).toMatch(/^hls_[0-9A-Za-z]{49}$/);
    expect(generated?.token).not.toBe(text);
    expect(await forged(lifecycle, schemeOf(provider, last) as Scheme)).toBeUndefined();
  });

  test.each(dictated)('if it is removed and then adopted again: %s', async (value) => {
    const lifecycle = await anEndpoint(token(query), value);
    await remove(lifecycle);
    for (const scheme of [own('utf8'), own('hex'), own('base64', 'whsec_')]) {
      await put(lifecycle, signature(scheme));
      expect(await adopt(lifecycle, { value })).toBe('token_not_usable');
      await put(lifecycle, both(scheme));
      expect(await adopt(lifecycle, { signingSecret: value })).toBe('token_not_usable');
    }
  });

  test('if it was generated, removed and then adopted', async () => {
    const lifecycle = await anEndpoint(token(query));
    const [value] = await live(lifecycle);
    await remove(lifecycle);
    await put(lifecycle, signature(own('utf8')));
    expect(await adopt(lifecycle, { value: value?.token })).toBe('token_not_usable');
    // A generated signing secret may be used again, because it has another form.
    expect(await adopt(lifecycle, {})).toBeUndefined();
    const [secret] = await live(lifecycle);
    expect(secret?.token).toMatch(/^hls_[0-9A-Za-z]{49}$/);
    await remove(lifecycle);
    expect(await adopt(lifecycle, { value: secret?.token })).toBeUndefined();
  });

  test.each(['utf8', 'hex'] as const)('in the encoding %s', async (form) => {
    const lifecycle = await anEndpoint(token(query), form === 'hex' ? text : Buffer.from(text).toString('hex'));
    await remove(lifecycle);
    await put(lifecycle, signature(own(form)));
    expect(await adopt(lifecycle, { value: form === 'hex' ? Buffer.from(text).toString('hex') : text })).toBe(
      'token_not_usable',
    );
  });

  test('without its prefix', async () => {
    const lifecycle = await anEndpoint(token(query), `whsec_${Buffer.from(text).toString('base64')}`);
    await remove(lifecycle);
    await put(lifecycle, signature(own('hex')));
    expect(await adopt(lifecycle, { value: Buffer.from(text).toString('hex') })).toBe('token_not_usable');
  });

  test('if its sender delivers it as the secret', async () => {
    const lifecycle = await anEndpoint(token(query), text, 'asana');
    await remove(lifecycle);
    await put(lifecycle, signature('asana'));
    await lifecycle.operate(`POST ${endpoint}/activate`);
    await lifecycle.operate(`POST ${endpoint}/handshake`, { minutes: 10 });
    expect(await lifecycle.deliverSecret(text)).toBe('handshake_refused');
  });

  test('if a version with it as a secret is still live beside a certificate', async () => {
    const lifecycle = await anEndpoint(signature(own('utf8')), text);
    await put(lifecycle, signature(sns));
    expect(await put(lifecycle, token(query), { value: text })).toBeUndefined();
    expect(await put(lifecycle, both(own('utf8')), { value: 'another token', signingSecret: text })).toBe(
      'token_not_usable',
    );
  });

  test('if the operator sends the same value as token and signing secret', async () => {
    const lifecycle = aLifecycle();
    await put(lifecycle, both(own('utf8')));
    expect(await adopt(lifecycle, { value: text, signingSecret: text })).toBe('token_not_usable');
  });

  test('even if the record says that it signs', async () => {
    const lifecycle = await anEndpoint(signature(own('utf8')), text);
    expect(await forged(lifecycle, own('utf8'))).toBe('signature');
    const connection = await lifecycle.record();
    const [current] = connection.endpoint?.tokens ?? [];
    const tokens = [{ ...current, holds: 'bearer' }];
    lifecycle.records.set('orders', JSON.stringify({ ...connection, endpoint: { ...connection.endpoint, tokens } }));
    expect(await forged(lifecycle, own('utf8'))).toBeUndefined();
  });
});

test('a token does not become a signing secret if a release changes the preset', async () => {
  const lifecycle = await anEndpoint(token(query), text, 'github');
  const connection = await lifecycle.record();
  // As if the preset had used tokens when the endpoint was configured.
  const settings = {};
  lifecycle.records.set('orders', JSON.stringify({ ...connection, endpoint: { ...connection.endpoint, settings } }));
  expect(await lifecycle.operate(`PUT ${endpoint}`, { retentionDays: 7 })).toBe('token_not_usable');
});

describe('a signing secret that becomes a token', () => {
  test('counts as a token for ever after that write', async () => {
    const lifecycle = await anEndpoint(signature(own('utf8')), text);
    expect(await holds(lifecycle)).toEqual(['secret']);
    expect(await put(lifecycle, token(query))).toBeUndefined();
    expect(await holds(lifecycle)).toEqual(['bearer']);
    expect(await put(lifecycle, signature(own('utf8')))).toBe('token_not_usable');
    await remove(lifecycle);
    await put(lifecycle, signature(own('utf8')));
    expect(await adopt(lifecycle, { value: text })).toBe('token_not_usable');
  });

  test('must wait until its signatures are no longer accepted', async () => {
    const lifecycle = await anEndpoint(signature(own('utf8')), text);
    expect(await put(lifecycle, token(query), { value: text })).toBe('token_not_usable');
    // The carried over value signs under both policies.
    expect(await put(lifecycle, signature({ ...own('utf8'), algorithm: 'sha512' } as Scheme), {})).toBeUndefined();
    expect(await put(lifecycle, token(query))).toBe('token_not_usable');
    await lifecycle.operate(`DELETE ${endpoint}/token/previous`);
    expect(await put(lifecycle, token(query))).toBeUndefined();
    expect(await forged(lifecycle, own('utf8'))).toBeUndefined();
  });

  test('may become a token at once if the old auth ends at once', async () => {
    const lifecycle = await anEndpoint(signature(own('utf8')), text);
    expect(await put(lifecycle, token(query), { value: text, graceSeconds: 0 })).toBeUndefined();
    expect(await forged(lifecycle, own('utf8'))).toBeUndefined();
  });
});

describe('the list of adopted tokens', () => {
  const rotate = ({ operate }: Lifecycle, value?: string) =>
    operate(`POST ${endpoint}/token/rotate`, { value, graceSeconds: 0, force: true });

  test('is full after 16, and then only generated signing secrets are allowed', async () => {
    const lifecycle = await anEndpoint(token(query), 'token number 0');
    for (let n = 1; n < 16; n += 1) await rotate(lifecycle, `token number ${n}`);
    for (let n = 0; n < 3; n += 1) await rotate(lifecycle);
    expect((await lifecycle.record()).endpoint?.bearers).toHaveLength(16);
    expect(await put(lifecycle, signature(own('utf8')), { value: 'a new secret' })).toBeUndefined();
    expect(await put(lifecycle, token(query), { value: 'token number 16' })).toBeUndefined();
    for (const value of ['token number 16', 'token number 0', 'a secret of the sender'])
      expect(await put(lifecycle, signature(own('utf8')), { value })).toBe('token_not_usable');
    expect(await put(lifecycle, signature(own('utf8')), {})).toBeUndefined();
  });

  test('does not contain the tokens themselves, and is removed when the endpoint is deconfigured', async () => {
    const lifecycle = await anEndpoint(token(query), text);
    await remove(lifecycle);
    const { endpoint: kept } = await lifecycle.record();
    expect(kept?.bearers).toEqual([expect.stringMatching(/^[\w-]{11}$/)]);
    expect(await lifecycle.operate(`DELETE ${endpoint}`)).toBeUndefined();
    await put(lifecycle, signature(own('utf8')));
    expect(await adopt(lifecycle, { value: text })).toBeUndefined();
  });
});
