/** Adyen's rules for items and their fields. The signatures are made with Python's `hmac`. */
import { describe, expect, test } from '@jest/globals';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, aRequest, refused } from './given-signature.ts';
import { schemes } from './schemes.ts';

// https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures: key, item and signature
const key = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
const hmacSignature = 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=';
const fields = {
  pspReference: '7914073381342284',
  merchantAccountCode: 'TestMerchant',
  merchantReference: 'TestPayment-1407325143704',
  amount: { value: 1130, currency: 'EUR' },
  eventCode: 'AUTHORISATION',
  success: 'true',
};
const item = (more: object = {}) => ({
  NotificationRequestItem: { ...fields, additionalData: { hmacSignature }, ...more },
});
const verdictOf = (body: unknown) =>
  verifyWithSecrets(schemes.adyen, [key], aRequest({ body: Buffer.from(JSON.stringify(body)) }));
const ofItems = (...notificationItems: unknown[]) => verdictOf({ notificationItems });

describe('an item of Adyen', () => {
  test('is accepted if a field is absent, empty or null: all three are signed as an empty text', () => {
    expect(ofItems(item())).toEqual(accepted());
    expect(ofItems(item({ originalReference: '' }))).toEqual(accepted());
    expect(ofItems(item({ originalReference: null }))).toEqual(accepted());
  });

  test('may have a colon in the reference of the merchant only', () => {
    const additionalData = { hmacSignature: 'mmqXaz/xG+8tbW7pPGbKK2wZD67BBZfAG8EocUN6VtY=' };
    expect(ofItems(item({ merchantReference: 'Test:1', additionalData }))).toEqual(accepted());
    const shifted = item({ merchantAccountCode: 'TestMerchant:Test', merchantReference: '1', additionalData });
    expect(ofItems(shifted)).toEqual(refused('message_ambiguous'));
  });

  test.each([
    ['a fraction', { amount: { value: 11.3, currency: 'EUR' } }],
    ['a list', { eventCode: ['AUTHORISATION'] }],
    // All such texts would have the same signature.
    ['a text without a UTF-8 form', { merchantReference: 'a\ud800' }],
  ])('is incomplete if a field is %s', (_, more) => {
    expect(ofItems(item(more))).toEqual(refused('message_incomplete'));
  });
});

describe('a batch of Adyen', () => {
  const batch = (length: number) => Array.from({ length }, () => item());

  test('may have 100 items, and not one more', () => {
    expect(ofItems(...batch(100))).toEqual(accepted());
    expect(ofItems(...batch(101))).toEqual(refused('signature_malformed'));
  });

  test.each<[string, unknown]>([
    ['no items', { notificationItems: [] }],
    ['an object in place of the items', { notificationItems: item() }],
    ['no list of items', {}],
    ['an item without content', { notificationItems: [{ additionalData: { hmacSignature } }] }],
    ['an item without a signature', { notificationItems: [item(), item({ additionalData: {} })] }],
  ])('has no signature if it has %s', (_, body) => {
    expect(verdictOf(body)).toEqual(refused('signature_missing'));
  });
});
