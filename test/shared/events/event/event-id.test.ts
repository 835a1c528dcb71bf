import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventIdFor, eventIdForm, randomEventId, testEventId } from '../../../../shared/events/event/event-id.ts';

describe('a random event id', () => {
  test('has the right form for any random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ size: 'max', minLength: 26, maxLength: 40 }), (random) => {
        expect(randomEventId(random)).toMatch(eventIdForm);
      }),
    );
  });

  test.each([
    [0, '0'],
    [9, '9'],
    [10, 'a'],
    [31, 'z'],
    [32, '0'],
    [255, 'z'],
  ])('writes the byte %i as "%s"', (byte, letter) => {
    expect(randomEventId(new Uint8Array(26).fill(byte))).toBe(`evt_${letter.repeat(26)}`);
  });

  test('is new for each of many events', () => {
    const ids = Array.from({ length: 200 }, () => randomEventId());
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) expect(id).toMatch(eventIdForm);
  });
});

// The expected ids were computed with Python: the first 26 bytes of the SHA-256 of the JSON array, in base32.
describe('the id of an event with a delivery id', () => {
  test('comes from the connection and the delivery id', () => {
    expect(eventIdFor('c1', 'd1')).toBe('evt_02pkfd38b44mawdc5jtve3aze9');
  });

  test('of a self-test comes from the digest of its nonce', () => {
    expect(testEventId('c1', 'ab')).toBe('evt_49xg1xvqkmz6yrxfyej3hprt8b');
  });

  test('is never the id of another delivery, and never that of a self-test', () => {
    const ids = [eventIdFor('c1', 'd1'), eventIdFor('c2', 'd1'), eventIdFor('c1', 'd2'), eventIdFor('c1', 'd1', 'ab')];
    expect(new Set([...ids, testEventId('c1', 'd1'), eventIdFor('c1', 'd1,ab')]).size).toBe(6);
  });
});

test.each([
  ['evt_0123456789abcdefghjkmnpqrs', true],
  ['evt_0123456789abcdefghjkmnpqrst', false],
  ['evt_0123456789abcdefghjkmnpqr', false],
  ['evt_0123456789ABCDEFGHJKMNPQRS', false],
  ['xevt_0123456789abcdefghjkmnpqrs', false],
  ['run_0123456789abcdefghjkmnpqrs', false],
])('%s as the id of an event: %s', (id, expected) => {
  expect(eventIdForm.test(id)).toBe(expected);
});
