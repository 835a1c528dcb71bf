import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { base64Decoded, base64Encoded } from '../../../../shared/deliveries/transform/base64.ts';
import { codePoint } from '../../../support/any-text.ts';

const nodeEncoded = (text: string) => Buffer.from(text, 'binary').toString('base64');
const nodeDecoded = (text: string) => Buffer.from(text, 'base64').toString('binary');

test('any text is encoded as by Node.js, and decoded again', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint }), (text) => {
      expect(base64Encoded(text)).toBe(nodeEncoded(text));
      expect(base64Decoded(nodeEncoded(text))).toBe(Buffer.from(text, 'binary').toString('binary'));
    }),
  );
});

test.each(['', 'Y', 'YQ', 'YQ==YQ==', 'Y Q\n==', 'YW-_', 'YW+/', '====', '=YQ', 'Y!Q@=', 'YWJ=jZGVm', 'Yé=='])(
  '%j is decoded as by Node.js',
  (text) => {
    expect(base64Decoded(text)).toBe(nodeDecoded(text));
  },
);
