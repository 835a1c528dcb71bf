/** Every address that is not public is refused, in every notation, and no other one is. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addressRule } from '../../../../shared/ground/outbound/public-address.ts';
import { requestTarget } from '../../../../shared/ground/outbound/request-target.ts';

const mayReach = addressRule([]);

const v4 = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
const v4Number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const v6 = (value: bigint): string =>
  Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16)).join(':');

/** IANA's registry of IPv4 addresses for special purposes, and multicast: the first and the last of each range. */
const specialV4: [what: string, first: string, last: string][] = [
  ['this network', '0.0.0.0', '0.255.255.255'],
  ['private use', '10.0.0.0', '10.255.255.255'],
  ['shared address space', '100.64.0.0', '100.127.255.255'],
  ['loopback', '127.0.0.0', '127.255.255.255'],
  ['link local, and metadata of a machine in AWS', '169.254.0.0', '169.254.255.255'],
  ['private use', '172.16.0.0', '172.31.255.255'],
  ['protocol assignments', '192.0.0.0', '192.0.0.255'],
  ['documentation', '192.0.2.0', '192.0.2.255'],
  ['AS112', '192.31.196.0', '192.31.196.255'],
  ['AMT', '192.52.193.0', '192.52.193.255'],
  ['6to4 relays', '192.88.99.0', '192.88.99.255'],
  ['private use', '192.168.0.0', '192.168.255.255'],
  ['AS112', '192.175.48.0', '192.175.48.255'],
  ['benchmarks', '198.18.0.0', '198.19.255.255'],
  ['documentation', '198.51.100.0', '198.51.100.255'],
  ['documentation', '203.0.113.0', '203.0.113.255'],
  ['multicast, reserved, and broadcast', '224.0.0.0', '255.255.255.255'],
];

/** Within the only range of IPv6 that is assigned to networks, 2000::/3. */
const specialV6: [what: string, first: bigint, last: bigint][] = [
  ['protocol assignments, Teredo among them', 0x2001_0000n << 96n, (0x2001_0200n << 96n) - 1n],
  ['documentation', 0x2001_0db8n << 96n, (0x2001_0db9n << 96n) - 1n],
  ['6to4', 0x2002n << 112n, (0x2003n << 112n) - 1n],
  ['AS112', 0x2620_004f_8000n << 80n, (0x2620_004f_8001n << 80n) - 1n],
  ['documentation', 0x3fffn << 112n, (0x3fff_1000n << 96n) - 1n],
];
const globalV6 = { first: 0x2000n << 112n, last: (0x4000n << 112n) - 1n };

const isSpecialV4 = (value: number): boolean =>
  specialV4.some(([, first, last]) => v4Number(first) <= value && value <= v4Number(last));

describe.each(specialV4)('%s, %s to %s', (_, first, last) => {
  const [from, to] = [v4Number(first), v4Number(last)];

  test('is refused from its first address to its last', () => {
    expect([first, last].map(mayReach)).toEqual([false, false]);
    fc.assert(fc.property(fc.integer({ min: from, max: to }), (value) => expect(mayReach(v4(value))).toBe(false)));
  });

  test('ends there: its neighbours are public', () => {
    const neighbours = [from - 1, to + 1].filter((value) => value > 0 && value < 2 ** 32);
    expect(neighbours.map((value) => [v4(value), mayReach(v4(value))])).toEqual(
      neighbours.map((value) => [v4(value), true]),
    );
  });
});

test('any IPv4 address outside of these is public', () => {
  const outside = fc.integer({ min: 0, max: 2 ** 32 - 1 }).filter((value) => !isSpecialV4(value));
  fc.assert(fc.property(outside, (value) => expect(mayReach(v4(value))).toBe(true)));
});

describe.each(specialV6)('%s in IPv6', (_, first, last) => {
  test('is refused from its first address to its last', () => {
    expect([first, last].map(v6).map(mayReach)).toEqual([false, false]);
    fc.assert(fc.property(fc.bigInt({ min: first, max: last }), (value) => expect(mayReach(v6(value))).toBe(false)));
  });

  test('ends there: its neighbours are public', () => {
    expect([first - 1n, last + 1n].map(v6).filter((address) => !mayReach(address))).toEqual([]);
  });
});

test('IPv6 is public within 2000::/3, and nowhere else', () => {
  expect([globalV6.first, globalV6.last].map(v6).map(mayReach)).toEqual([true, true]);
  expect([globalV6.first - 1n, globalV6.last + 1n].map(v6).map(mayReach)).toEqual([false, false]);
  const outside = fc.oneof(
    fc.bigInt({ min: 0n, max: globalV6.first - 1n }),
    fc.bigInt({ min: globalV6.last + 1n, max: 2n ** 128n - 1n }),
  );
  fc.assert(fc.property(outside, (value) => expect(mayReach(v6(value))).toBe(false)));
  const inside = fc
    .bigInt(globalV6.first, globalV6.last)
    .filter((value) => !specialV6.some(([, first, last]) => first <= value && value <= last));
  fc.assert(fc.property(inside, (value) => expect(mayReach(v6(value))).toBe(true)));
});

const anyV4 = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  ...specialV4.map(([, first, last]) =>
    fc.integer({ min: Math.max(0, v4Number(first) - 2), max: Math.min(2 ** 32 - 1, v4Number(last) + 2) }),
  ),
);

test.each<[string, (address: string) => string]>([
  ['mapped', (address) => `::ffff:${address}`],
  ['mapped, written as IPv6', (address) => `::ffff:${hexOf(address)}`],
  ['compatible', (address) => `::${address}`],
  ['translated by SIIT', (address) => `::ffff:0:${address}`],
  ['translated by NAT64', (address) => `64:ff9b::${address}`],
  ['translated by a local NAT64', (address) => `64:ff9b:1::${address}`],
  ['6to4', (address) => `2002:${hexOf(address)}::1`],
  ['Teredo, as a server', (address) => `2001:0:${hexOf(address)}::1`],
  ['Teredo, as a client', (address) => `2001:0:1:2:3:4:${hexOf(v4(~v4Number(address) >>> 0))}`],
])('an IPv4 address within IPv6 is refused, public or not: %s', (_, written) => {
  fc.assert(
    fc.property(anyV4, (value) => {
      const address = written(v4(value));
      expect([mayReach(address), requestTarget(`https://[${address}]/`, [], mayReach)]).toEqual([false, 'address']);
    }),
  );
});

/** An IPv4 address as two groups of IPv6. */
function hexOf(address: string): string {
  const value = v4Number(address);
  return `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
}

test.each([
  '',
  'localhost',
  'receiver.example',
  '127.1',
  '1',
  '8.8.8.8:443',
  '8.8.8.8/32',
  '[2a00::1]',
  '2a00::1%eth0',
  'fe80::1%1',
])('%j is no address that a request may go to', (text) => {
  expect(mayReach(text)).toBe(false);
});

/** A number as URL reads it: decimal, octal or hexadecimal. */
const number = fc.constantFrom<(value: number) => string>(
  String,
  (value) => `0${value.toString(8)}`,
  (value) => `0x${value.toString(16)}`,
  (value) => `0X${value.toString(16).toUpperCase()}`,
  (value) => `000${value.toString(8)}`,
);
const dot = fc.constantFrom('.', '\u3002', '\uff0e', '\uff61', '%2e');
/** Another way to write a character that URL folds. */
const disguise = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => text.replaceAll(/[\da-zA-Z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  (text) => text.replaceAll(/[\da-zA-Z]/g, (one) => `%${one.charCodeAt(0).toString(16)}`),
  (text) => text.replaceAll(/\d/g, (one) => String.fromCodePoint(0x1d7ce + Number(one))),
  (text) => text.replaceAll(/\d/g, (one) => `\u00ad${one}`),
);

/** The parts of an address: four, or fewer if the last one has more bytes. */
function partsOf(value: number, count: number): number[] {
  const bytes = [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
  const last = bytes.slice(count - 1).reduce((sum, byte) => sum * 256 + byte, 0);
  return [...bytes.slice(0, count - 1), last];
}

test('every notation of an IPv4 address gets the same verdict', () => {
  const notation = fc.record({
    value: anyV4,
    count: fc.integer({ min: 1, max: 4 }),
    numbers: fc.tuple(number, number, number, number),
    dots: fc.tuple(dot, dot, dot, dot),
    end: fc.boolean(),
    disguise,
  });
  fc.assert(
    fc.property(notation, ({ value, count, numbers, dots, end, disguise }) => {
      const parts = partsOf(value, count).map((part, at) => disguise(numbers[at]?.(part) ?? ''));
      const host = parts.map((part, at) => `${part}${at < count - 1 || end ? dots[at] : ''}`).join('');
      const target = requestTarget(`https://${host}/`, [], mayReach);
      const expected = { host: v4(value), isAddress: true, authority: v4(value) };
      expect([host, target]).toEqual([host, isSpecialV4(value) ? 'address' : expect.objectContaining(expected)]);
    }),
    { numRuns: 2000 },
  );
});

describe('ranges that a deployment allows', () => {
  const inOffice = addressRule(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);

  test('may be reached, beside what is public', () => {
    const allowed = ['10.0.0.1', '127.0.0.1', 'fd00::1', '8.8.8.8', '2a00::1'];
    expect(allowed.filter((address) => !inOffice(address))).toEqual([]);
  });

  test('allow no other address, nor another form of theirs', () => {
    const others = ['127.0.0.2', '192.168.0.1', '::1', 'fc00::1', '::ffff:10.0.0.1', '::10.0.0.1', '64:ff9b::10.0.0.1'];
    expect(others.filter(inOffice)).toEqual([]);
    expect(['fd00::1%eth0', '10.0.0.1%1'].filter(inOffice)).toEqual([]);
  });

  test('of a family allow nothing of the other', () => {
    expect(addressRule(['0.0.0.0/0'])('::1')).toBe(false);
    expect(addressRule(['::/0'])('127.0.0.1')).toBe(false);
  });
});
