import { expect, it } from '@jest/globals';
import { reasonText, sentHeaders } from '../../../clients/console/rejections/sample-text.ts';

it('a reason is words', () => {
  expect(reasonText('signature_mismatch')).toBe('Signature mismatch');
});

it('of a sample, only headers of the sender are shown', () => {
  const names = [
    'accept',
    'content-type',
    'host',
    'x-amzn-trace-id',
    'x-forwarded-for',
    'x-forwarded-user',
    'x-hub-signature-256',
  ];
  expect(sentHeaders(names)).toEqual(['content-type', 'x-forwarded-user', 'x-hub-signature-256']);
});
