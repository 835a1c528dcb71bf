import { describe, expect, test } from '@jest/globals';
import { verify, webhookFrom } from '../../../clients/consumer/consumer.ts';
import { type ProviderId, presetOf, providerIds } from '../../../shared/endpoints/provider/presets.ts';
import type { Scheme } from '../../../shared/endpoints/signature/scheme.ts';
import type { StoredEvent } from '../../../shared/events/event/event.ts';
import { fakeSecret, signedSample } from '../../shared/endpoints/provider/provider-samples.ts';
import { signed } from '../../shared/endpoints/signature/given-signature.ts';
import { aStoredEvent } from '../../shared/events/event/given-event.ts';
import { linesOf } from './given-message.ts';

const now = new Date('2026-03-01T12:00:00Z');
const url = 'https://hooks.example.com/hooks/orders/0123456789abcdefghijkl';

/** The webhook of an event, as a rule gives it to a function. */
function webhookOf(event: StoredEvent) {
  const [line = ''] = linesOf({ event });
  return webhookFrom(JSON.parse(line));
}

/** The webhook of a delivery that this sender signed with this secret. */
function aWebhook(provider: ProviderId, secret: string, more: Partial<StoredEvent> = {}) {
  const { method, headers, body } = signedSample(provider, secret, url, now);
  return webhookOf(aStoredEvent({ method, headers, body }, { provider, raw: true, ...more }));
}

const unverifiable = (cause: string) => ({ verified: false, reason: 'not_verifiable', cause });

/** The senders that sign what an event does not have. */
const others: Partial<Record<ProviderId, string>> = {
  contentful: 'url',
  hubspot: 'url',
  mandrill: 'url',
  square: 'url',
  trello: 'url',
  twilio: 'url',
  // Their signature is in the header Authorization, which is always redacted.
  'microsoft-teams': 'redacted',
  monday: 'redacted',
};

describe('the signature of', () => {
  test.each(providerIds.filter((id) => presetOf(id).scheme))(
    '%s is verified again, where that is possible',
    async (id) => {
      const secret = fakeSecret(id);
      const webhook = aWebhook(id, secret);
      const cause = others[id];
      expect(await verify(webhook, { secret })).toEqual(cause ? unverifiable(cause) : { verified: true });
      const wrong = await verify(webhook, { secret: fakeSecret(id) });
      expect(wrong).toEqual(cause ? unverifiable(cause) : { verified: false, reason: 'signature_mismatch' });
    },
  );
});

describe('a verdict', () => {
  test('is as of the time when the webhook was received', async () => {
    const secret = fakeSecret('stripe');
    // The signature is years old by now, and was fresh then.
    expect(await verify(aWebhook('stripe', secret), { secret })).toEqual({ verified: true });
    const late = aWebhook('stripe', secret, { receivedAt: '2026-03-01T12:10:00.000Z' });
    expect(await verify(late, { secret })).toEqual({ verified: false, reason: 'timestamp_too_old' });
  });

  test('takes each of several secrets', async () => {
    const [old, secret] = [fakeSecret('github'), fakeSecret('github')];
    expect(await verify(aWebhook('github', secret), { secret: [old, secret] })).toEqual({ verified: true });
  });

  test('needs exact bytes', async () => {
    const secret = fakeSecret('github');
    const { headers } = signedSample('github', secret, url, now);
    const of = (body: string, more: Partial<StoredEvent> = {}) =>
      verify(webhookOf(aStoredEvent({ headers, body: Buffer.from(body) }, { provider: 'github', ...more })), {
        secret,
      });
    expect(await of('{"a":1.0}')).toEqual(unverifiable('rewritten'));
    expect(await of('{"a":1.0}', { raw: true })).toEqual({ verified: false, reason: 'signature_mismatch' });
    expect(await of('{"a":"0123456789"}', { raw: true, tokenIn: ['/a'] })).toEqual(unverifiable('masked'));
  });

  test('by a header that had a token is not possible', async () => {
    const webhook = aWebhook('github', 's', { headers: { 'x-hub-signature-256': 'sha256=REDACTED' } });
    expect(await verify(webhook, { secret: 's' })).toEqual(unverifiable('redacted'));
  });

  test('by a certificate is not possible here', async () => {
    const scheme: Scheme = { kind: 'paypal', webhookId: '8PT597110X687430LKGECATA' };
    expect(await verify(aWebhook('github', 's'), { secret: 's', scheme })).toEqual(unverifiable('certificate'));
  });
});

describe('a scheme', () => {
  const secret = 'a-secret-of-your-own';
  const own: Scheme = {
    kind: 'hmac',
    algorithm: 'sha512',
    key: { form: 'utf8' },
    encoding: 'hex',
    signatures: [{ in: 'header', name: 'x-own' }],
    message: [{ part: 'body' }],
  };
  const aDelivery = (scheme: Scheme, provider: string) => {
    const { headers, method, body } = signed(scheme, secret);
    return webhookOf(aStoredEvent({ headers, method, body }, { provider, raw: true }));
  };

  test('can be your own, or an older one of the sender', async () => {
    expect(await verify(aDelivery(own, 'generic'), { secret, scheme: own })).toEqual({ verified: true });
    const { older = {} } = presetOf('github');
    const [[scheme, older1] = ['', own]] = Object.entries(older);
    expect(await verify(aDelivery(older1, 'github'), { secret, scheme })).toEqual({ verified: true });
  });

  test('must be said if the sender has none, and must exist', async () => {
    await expect(verify(aDelivery(own, 'generic'), { secret })).rejects.toThrow(
      'The webhooks of generic have no scheme of their own. Say which scheme they are signed with.',
    );
    await expect(verify(aDelivery(own, 'github'), { secret, scheme: 'github-md5' })).rejects.toThrow(
      'The provider github has no scheme "github-md5".',
    );
  });
});
