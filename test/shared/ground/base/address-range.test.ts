import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressesIn, addressRangeSchema, isAddressIn, isBlock } from '../../../../shared/ground/base/address-range.ts';

const v4 = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
const v6 = (value: bigint): string =>
  Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16)).join(':');

const families = [
  { family: 'IPv4', bits: 32, write: v4 },
  { family: 'IPv6', bits: 128, write: v6 },
];

describe.each(families)('an $family range', ({ bits, write }) => {
  const addresses = fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n });
  const prefixes = fc.integer({ min: 0, max: bits });

  test('contains exactly the addresses with the same prefix bits', () => {
    // Nearby addresses, because two random ones share hardly any bits.
    const flips = fc.integer({ min: 0, max: bits });
    fc.assert(
      fc.property(addresses, prefixes, flips, (network, prefix, flip) => {
        const address = flip === bits ? network : network ^ (1n << BigInt(flip));
        const isInside = flip === bits || bits - flip > prefix;
        expect(isAddressIn([`${write(network)}/${prefix}`], write(address))).toBe(isInside);
      }),
    );
  });

  test('without a prefix is one address', () => {
    fc.assert(
      fc.property(addresses, addresses, (one, other) => {
        expect(isAddressIn([write(one)], write(one))).toBe(true);
        expect(isAddressIn([write(one)], write(other))).toBe(one === other);
      }),
    );
  });

  test('is recognized, and invalid text is not', () => {
    fc.assert(
      fc.property(addresses, fc.integer({ min: -200, max: 200 }), (address, prefix) => {
        const isRange = prefix >= 0 && prefix <= bits;
        expect(addressRangeSchema.safeParse(`${write(address)}/${prefix}`).success).toBe(isRange);
      }),
    );
  });
});

test('an address is in a list if one range contains it, and never in a range of the other family', () => {
  const ranges = ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'];
  const inside = ['10.1.2.3', '2001:db8:1::1', '192.0.2.7'];
  const outside = ['11.0.0.0', '2001:db9::1', '192.0.2.8', '::1'];
  expect(inside.map((address) => isAddressIn(ranges, address))).toEqual([true, true, true]);
  expect(outside.map((address) => isAddressIn(ranges, address))).toEqual([false, false, false, false]);
  expect(isAddressIn(['0.0.0.0/0'], '2001:db8::1')).toBe(false);
  expect(isAddressIn(['2001:db8::/16'], '32.1.13.184')).toBe(false);
  expect(isAddressIn(['::/0'], '192.0.2.7')).toBe(false);
});

test.each([
  ['192.0.2.7/32', '192.0.2.7', '192.0.2.6'],
  ['2001:db8::1/128', '2001:db8::1', '2001:db8::'],
  ['0.0.0.0/0', '255.255.255.255', '::'],
  ['::/0', '2001:db8::1', '192.0.2.7'],
])('the range %s is valid, and contains %s, but not %s', (range, inside, outside) => {
  expect(addressRangeSchema.safeParse(range).success).toBe(true);
  expect([inside, outside].map((address) => isAddressIn([range], address))).toEqual([true, false]);
});

test.each([
  ['10.0.0.0/31', true],
  ['10.0.0.0/0', true],
  ['2001:db8::/127', true],
  ['2001:db8::/32', true],
  ['10.0.0.0/32', false],
  ['10.0.0.0', false],
  ['2001:db8::/128', false],
  ['10.0.0.0/33', false],
  ['block', false],
])('whether %s is a block of addresses: %s', (text, expected) => {
  expect(isBlock(text)).toBe(expected);
});

test('a test of addresses can be asked again, and leaves out what is no range', () => {
  const isInside = addressesIn(['10.0.0.0/8', 'none', '2001:db8::/32']);
  expect(['10.1.2.3', '2001:db8::1', '10.1.2.3', '11.0.0.0', '::'].map(isInside)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});

test('an address that cannot be parsed is in no range', () => {
  for (const address of ['', 'unknown', '10.0.0', '10.0.0.1, 10.0.0.2', '10.0.0.1/32']) {
    expect(isAddressIn(['0.0.0.0/0', '::/0'], address)).toBe(false);
  }
});

test.each([
  '',
  '/8',
  '10.0.0.0/',
  '10.0.0.0/33',
  '10.0.0.0/8/8',
  '10.0.0/8',
  '10.0.0.256',
  '::/129',
  'fe80::1%eth0',
  'example.com',
  ' 10.0.0.1',
  '10.0.0.0/8 ',
  '10.0.0.0/1e1',
])('%j is not a range', (text) => {
  const { error } = addressRangeSchema.safeParse(text);
  expect(error?.issues.map(({ message }) => message)).toEqual(['must be an IP address or a CIDR range']);
});
