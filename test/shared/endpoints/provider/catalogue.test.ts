import { describe, expect, test } from '@jest/globals';
import { isBodyCovered, providerOf, providerSummaries } from '../../../../shared/endpoints/provider/catalogue.ts';
import { providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { providerSummarySchema, providerViewSchema } from '../../../../shared/endpoints/provider/provider-view.ts';
import { whyNoSecretOf } from '../../../../shared/endpoints/provider/secret-guide.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';

describe('the view of a sender', () => {
  test.each(providerIds)('has every field of the API and no other: %s', (id) => {
    expect(providerViewSchema.parse(providerOf(id))).toEqual(providerOf(id));
  });

  test('has the preset, the guide, and the names of older schemes', () => {
    expect(providerOf('github')).toMatchObject({
      id: 'github',
      name: 'GitHub',
      kind: 'signature',
      coversBody: true,
      secretFrom: 'operator',
      older: ['github-sha1'],
      dedupe: { by: 'header', name: 'x-github-delivery' },
      type: [{ in: 'header', name: 'x-github-event' }],
      scheme: { kind: 'hmac', algorithm: 'sha256' },
    });
    expect(providerOf('stripe')).toMatchObject({ secretFrom: 'sender', older: ['stripe-v0'] });
  });

  test('has no field that its preset does not have', () => {
    const { url, secret, docs, ...generic } = providerOf('generic');
    expect([url, secret, docs].every((text) => text.length > 0)).toBe(true);
    expect(generic).toEqual({
      id: 'generic',
      name: expect.any(String),
      kind: 'token',
      confidence: expect.any(String),
      older: [],
      secretFrom: 'operator',
      contentType: expect.any(String),
      guide: {
        url,
        secret: secret.replace('in auth.scheme', 'in {settings.auth.scheme}'),
        contentType: generic.contentType,
      },
    });
  });

  test('has the places of the token and the handshakes', () => {
    expect(providerOf('discord').accept).toBeUndefined();
    expect(providerOf('gitlab').accept).toEqual([{ in: 'header', name: 'x-gitlab-token' }]);
    expect(providerOf('slack').handshakes).toEqual([expect.objectContaining({ method: 'POST' })]);
  });
});

test('the list of senders has each of them, and no part that only the view has', () => {
  const summaries = providerSummaries();
  expect(summaries.map(({ id }) => id)).toEqual(providerIds);
  for (const summary of summaries) expect(providerSummarySchema.safeParse(summary).success).toBe(true);
});

test.each<[string, unknown]>([
  ['docs', 'no URL'],
  ['kind', 'other'],
  ['confidence', 'guessed'],
  ['secretFrom', 'nobody'],
  ['coversBody', 'yes'],
])('a summary with %s %j is refused', (field, value) => {
  expect(providerSummarySchema.safeParse({ ...providerOf('github'), [field]: value }).success).toBe(false);
});

describe('the signature of a sender', () => {
  const hmac: Scheme = {
    kind: 'hmac',
    algorithm: 'sha256',
    key: { form: 'utf8' },
    encoding: 'hex',
    signatures: [{ in: 'header', name: 'x-signature' }],
    message: [{ part: 'body' }],
  };
  test.each<[string, Parameters<typeof isBodyCovered>[0], boolean | undefined]>([
    ['does not exist for a token', { kind: 'token', scheme: hmac }, undefined],
    ['covers the body if the body is signed', { kind: 'signature', scheme: hmac }, true],
    [
      'does not cover it if only the URL is signed',
      { kind: 'both', scheme: { ...hmac, message: [{ part: 'url' }] } },
      false,
    ],
    ['covers it, if the operator completes the scheme', { kind: 'signature' }, true],
    ['does not cover it, if the preset says so', { kind: 'both', coversBody: false }, false],
  ])('%s', (_, preset, expected) => {
    expect(isBodyCovered(preset)).toBe(expected);
  });
});

test.each<[string, string, string | undefined]>([
  ['stripe', 'whsec_fake', undefined],
  ['stripe', 'sk_live_fake', 'a signing secret of Stripe begins with whsec_: copy that secret, not another key'],
  ['stripe', ' whsec_fake', 'a signing secret of Stripe begins with whsec_: copy that secret, not another key'],
  ['github', 'any secret', undefined],
  ['gone-in-this-version', 'any secret', undefined],
])('for %s the text %j is no secret because: %s', (provider, secret, reason) => {
  expect(whyNoSecretOf(provider, secret)).toBe(reason);
});
