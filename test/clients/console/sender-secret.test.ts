import { describe, expect, it } from '@jest/globals';
import type { ProviderAnswer } from '../../../clients/console/connection/provider.ts';
import { senderName } from '../../../clients/console/connection/sender-name.ts';
import {
  adoptNoteOf,
  fieldErrorOf,
  secretBody,
  senderSteps,
  tokenNoteOf,
} from '../../../clients/console/connection/sender-secret.ts';
import { providerOf } from '../../../shared/endpoints/provider/catalogue.ts';
import { providerIds } from '../../../shared/endpoints/provider/presets.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';

const view = (id: 'slack' | 'stripe' | 'meta' | 'asana' | 'generic') => providerOf(id) as ProviderAnswer;

describe('when to paste the secret that a sender makes', () => {
  it('before the URL is there, if the sender signs its check of the URL', () => {
    expect(adoptNoteOf(view('slack'), 'configured', 'sender')).toBe(
      'Paste the signing secret from the basic information of the app. Slack signs its check of the URL too. So save the secret here before you enter the URL there.',
    );
  });

  it.each(['stripe', 'meta'] as const)('after the activation, if it is shown only then: %s', (id) => {
    expect(adoptNoteOf(view(id), 'unconfigured', 'sender')).toMatch(
      /^Paste the .* only after it has the URL, activate first\./,
    );
    expect(adoptNoteOf(view(id), 'active', 'sender')).toMatch(
      /^Paste the .* Until it is saved, every webhook is refused\.$/,
    );
  });
});

describe('where the secret comes from', () => {
  it('from the handshake, if the sender delivers it there', () => {
    expect(adoptNoteOf(view('asana'), 'active', 'handshake')).toBe(
      'First open the handshake window of the endpoint. Then create the webhook: Asana sends the secret to the URL. Paste it here only if you have it already.',
    );
  });

  it.each([
    ['token', 'operator', 'Stripe sends the token with each webhook.', ''],
    ['both', 'sender', 'Stripe sends the token with each webhook.', ''],
    ['signature', 'operator', 'Stripe signs each webhook with it.', ' Enter it there as the secret.'],
    ['signature', 'sender', 'The secret with which Stripe signs each webhook.', ''],
  ] as const)(
    'auth %s with the secret from the %s, and only an admin has it to enter',
    (kind, secretFrom, note, next) => {
      expect(tokenNoteOf(kind, secretFrom, 'Stripe', true)).toBe(`${note}${next}`);
      expect(tokenNoteOf(kind, secretFrom, 'Stripe', false)).toBe(note);
    },
  );
});

it.each([
  [{ id: 'slack', name: 'Slack' }, 'Slack'],
  [{ id: 'meta', name: 'Meta (Facebook, Instagram, WhatsApp)' }, 'Meta'],
  [{ id: 'generic', name: 'Any other sender' }, 'the sender'],
])('a sentence calls %j: %s', (provider, name) => {
  expect(senderName(provider)).toBe(name);
});

describe('what to do at the sender', () => {
  it('a setting is named by its label, and by its place in the form', () => {
    expect(senderSteps(view('generic'))[2]).toBe(
      'Enter the header Authorization with Bearer before the token, or enter the URL that contains the token. If the sender signs, describe its signature in “Signature scheme” (auth.scheme in “Other settings as JSON”).',
    );
  });

  it.each(providerIds)('%s has no place that nothing fills', (id) => {
    const steps = senderSteps(providerOf(id) as ProviderAnswer);
    expect(steps.filter((step) => /\{[\w.]+\}/.test(step))).toEqual([]);
    expect(steps.length).toBeGreaterThan(0);
  });

  it('the URL first, and no step without words', () => {
    const guide = { url: 'Enter the URL.', secret: 'Enter the token.' };
    expect(senderSteps({ guide })).toEqual(['Enter the URL.', 'Enter the token.']);
    expect(senderSteps({ guide: { ...guide, contentType: 'Choose JSON.' } })[1]).toBe('Choose JSON.');
  });

  it.each(['slack', 'asana'] as const)('the secret first, if %s needs it for its check of the URL', (id) => {
    const { url, secret } = view(id);
    const steps = senderSteps(view(id));
    expect([steps.length, steps[1]]).toEqual([2, url]);
    expect(steps[0]?.slice(-20)).toBe(secret.slice(-20));
  });
});

it.each([
  ['signature', 'sender', { value: 'whsec_1' }],
  ['both', 'sender', { signingSecret: 'whsec_1' }],
  ['both', 'operator', { value: 'whsec_1' }],
  ['token', 'operator', { value: 'whsec_1' }],
] as const)('auth %s with the secret from the %s sends %j', (kind, secretFrom, body) => {
  expect(secretBody(kind, secretFrom, ' whsec_1\n')).toEqual(body);
});

it('what is wrong with the value is shown at its field, and everything else is not', () => {
  const refusal = (status: number) =>
    new ApiError(
      status,
      {
        code: 'invalid_request',
        detail: 'value in the body must be longer.',
        errors: [{ path: 'value', pointer: '/value', message: 'must be longer' }],
      },
      'r',
    );
  expect(fieldErrorOf(refusal(422))).toBe('The secret must be longer.');
  expect(fieldErrorOf(refusal(409))).toBeUndefined();
  expect(fieldErrorOf(new Error('offline'))).toBeUndefined();
});
