import { hash } from 'node:crypto';
import { deflateSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dictionary1 } from '../../../../shared/events/event/compression-dictionary.ts';
import { compressedPayload, packPayload, unpackPayload } from '../../../../shared/events/event/payload-compression.ts';
import { codePoint } from '../../../support/any-text.ts';

const texts = fc.string({ unit: codePoint, size: 'max', maxLength: 40 });
const headerNames = fc.oneof(texts, fc.constantFrom('__proto__', 'constructor'));
const headers = fc
  .array(fc.tuple(headerNames, texts))
  .map((pairs): Record<string, string> => Object.fromEntries(pairs));
const heads = fc.record({ headers, query: texts });

describe('a payload', () => {
  test('is unpacked to the same head and body, compressed or not', () => {
    fc.assert(
      fc.property(heads, fc.uint8Array({ size: 'max', maxLength: 2_000 }), (head, body) => {
        const payload = packPayload({ head, body: Buffer.from(body) });
        for (const each of [payload, compressedPayload(payload)]) {
          const unpacked = unpackPayload(each);
          expect(JSON.stringify(unpacked.head)).toBe(JSON.stringify(head));
          expect(unpacked.body.equals(body)).toBe(true);
        }
      }),
    );
  });

  test.each([1_000, 30_000, 40_000, 262_144])('with a body of %d bytes is compressed and read back', (size) => {
    const body = Buffer.alloc(size, 'a webhook ');
    const payload = compressedPayload(packPayload({ head: {}, body }));
    expect(payload.length).toBeLessThan(size / 3);
    expect(unpackPayload(payload).body.equals(body)).toBe(true);
  });

  test('that is plain or in zstd stays readable, because the meaning of its first byte never changes', () => {
    const plain = Buffer.from('000000001c7b2268656164657273223a7b7d2c227175657279223a22613d31227d6869', 'hex');
    const zstd = Buffer.from(
      '0128b52ffd20484d010024020000001c7b2268656164657273223a7b7d2c227175657279223a22613d31227d68690100dae39e',
      'hex',
    );
    const head = { headers: {}, query: 'a=1' };
    expect(unpackPayload(plain)).toEqual({ head, body: Buffer.from('hi') });
    expect(unpackPayload(zstd)).toEqual({ head, body: Buffer.from('hi'.repeat(20)) });
  });

  test('in zlib stays readable, because its compression dictionary never changes', () => {
    expect(hash('sha256', dictionary1)).toBe('929482a53a56d902632865dff5624c04825be667cb8dbb32a66a456c9aba8c37');
    const stored = Buffer.from('0278bb02718d9c636060e0a94684426d35663ba01600b5df0b0d', 'hex');
    expect(unpackPayload(stored)).toEqual({ head: { query: '' }, body: Buffer.from('{"action":"created"}') });
  });

  test('inside a larger buffer is read from its own bytes only', () => {
    const payload = packPayload({ head: { query: 'c' }, body: Buffer.from('body') });
    const inside = Buffer.concat([Buffer.from('before'), payload, Buffer.from('after')]);
    const own = inside.subarray(6, 6 + payload.length);
    for (const each of [new Uint8Array(own), own]) expect(unpackPayload(each).body.toString()).toBe('body');
    expect(unpackPayload(own).head).toEqual({ query: 'c' });
  });

  test.each(['', '00', '0000000002', '0100000000', '00ffffffff7b7d', '0200000000', '0900000000'])(
    'with the invalid bytes "%s" throws',
    (hex) => {
      expect(() => unpackPayload(Buffer.from(hex, 'hex'))).toThrow();
    },
  );

  test('with one changed byte throws', () => {
    const payload = compressedPayload(packPayload({ head: {}, body: Buffer.from('{"action":"created","number":1}') }));
    payload[payload.length - 6] = (payload[payload.length - 6] ?? 0) ^ 1;
    expect(() => unpackPayload(payload)).toThrow();
  });

  test('of an unknown coding is refused, with its number', () => {
    const payload = packPayload({ head: {}, body: Buffer.from('body') });
    payload[0] = 7;
    expect(() => unpackPayload(payload)).toThrow('does not know the coding 7');
  });

  // A payload of a few bytes could otherwise fill the memory of a function.
  test.each([
    ['zstd', 1, zstdCompressSync(Buffer.alloc(400_000))],
    ['zlib', 2, deflateSync(Buffer.alloc(400_000), { dictionary: dictionary1 })],
  ])('that would inflate to far more than a body is refused (%s)', (_, coding, bytes) => {
    expect(() => unpackPayload(Buffer.concat([Buffer.of(coding), bytes]))).toThrow(/larger than/);
  });

  test.each([
    [32_768, 2],
    [32_769, 1],
  ])('with %i bytes after the coding is compressed with the coding %i', (size, coding) => {
    expect(compressedPayload(Buffer.alloc(size + 1))[0]).toBe(coding);
  });
});
