import { expect, test } from '@jest/globals';
import { isMarked } from '../../../../shared/endpoints/credential/self-test-mark.ts';

const until = '2026-03-01T12:01:00.000Z';
const mark = { digest: 'ab'.repeat(32), until, publish: false };
const digest = Buffer.alloc(32, 0xab);

test.each([
  ['belongs to the test with its digest', mark, digest, '2026-03-01T12:00:59.999Z', true],
  ['is too late at the end of the test', mark, digest, until, false],
  ['has another digest', mark, Buffer.alloc(32, 0xac), '2026-03-01T12:00:00.000Z', false],
  ['comes while no test runs', undefined, digest, '2026-03-01T12:00:00.000Z', false],
])('a request %s', (_, running, of, at, expected) => {
  expect(isMarked(running, of, new Date(at))).toBe(expected);
});
