import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generateToken } from '../../../../shared/endpoints/credential/token.ts';
import type { Placement } from '../../../../shared/endpoints/credential/token-placement.ts';
import { countsByReason, rejectionSampleOf, sampleCauseOf } from '../../../../shared/events/arrival/rejection.ts';
import { minuteOf } from '../../../../shared/ground/base/time.ts';

const tokens = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((random) => generateToken('hle', random));

const aRequest = { method: 'POST', sourceIp: '192.0.2.1', rawQueryString: '', rest: undefined };

test('a sample is small, and contains no token from any header', () => {
  const texts = fc.string({ size: 'max', maxLength: 300 });
  fc.assert(
    fc.property(
      tokens,
      texts,
      texts,
      fc.array(fc.string(), { size: 'max', maxLength: 200 }),
      (token, before, after, names) => {
        const headers = Object.fromEntries(names.map((name) => [name, token]));
        const agent = `${before}${token}${after}`;
        const sampled = {
          ...aRequest,
          headers: { ...headers, 'user-agent': agent, [token]: '1' },
        };
        const text = JSON.stringify(rejectionSampleOf(sampled, [], []));
        expect(text).not.toContain(token.slice(0, 12));
        expect(text).not.toContain(token.slice(-12));
        expect(Buffer.byteLength(text)).toBeLessThan(20_000);
      },
    ),
  );
});

test('a sample leaves out the value of a header where a token is accepted', () => {
  const accept: Placement[] = [{ in: 'header', name: 'user-agent' }];
  const sampled = { ...aRequest, headers: { 'user-agent': 'dictated by the sender' } };
  expect(rejectionSampleOf(sampled, accept, [])).toEqual({
    method: 'POST',
    sourceIp: '192.0.2.1',
    headers: ['user-agent'],
    faults: [],
  });
});

test('a sample redacts a presented token in the user agent too', () => {
  const value = 'dictated by the sender';
  const sampled = { ...aRequest, headers: { 'x-key': value, 'user-agent': `shop (dictated%20by+the sender)` } };
  expect(rejectionSampleOf(sampled, [{ in: 'header', name: 'x-key' }], []).userAgent).toBe('shop (REDACTED)');
});

test('a long request has a short sample', () => {
  const names = Array.from({ length: 60 }, (_, n) => `x-${String(59 - n).padStart(2, '0')}`);
  const headers = { ...Object.fromEntries(names.map((name) => [name, '1'])), [`a-${'b'.repeat(99)}`]: '1' };
  const sampled = { ...aRequest, method: 'PROPFIND-PROPFIND', headers: { ...headers, 'user-agent': 'u'.repeat(300) } };
  const sample = rejectionSampleOf(sampled, [], [{ placement: 'path', fault: 'missing' }]);
  expect(sample).toEqual({
    method: 'PROPFIND-PROPFIN',
    sourceIp: '192.0.2.1',
    userAgent: 'u'.repeat(256),
    headers: [`a-${'b'.repeat(62)}`, 'user-agent', ...names.toReversed().slice(0, 38)],
    faults: [{ placement: 'path', fault: 'missing' }],
  });
});

test('counts are added up by reason', () => {
  const counts = [
    { minute: '2026-01-31T12:00', reason: 'token_missing' as const, count: 2 },
    { minute: '2026-01-31T12:01', reason: 'token_unknown' as const, count: 3 },
    { minute: '2026-01-31T12:01', reason: 'token_missing' as const, count: 4 },
  ];
  expect(countsByReason(counts)).toEqual({ token_missing: 6, token_unknown: 3 });
});

test('the minute of a time is the time without its seconds', () => {
  expect(minuteOf(new Date('2026-01-31T23:59:59.999Z'))).toBe('2026-01-31T23:59');
});

test.each([
  [{ hint: 'secret_form' as const, faults: [] }, 'secret_form'],
  [{ hint: 'secret_form' as const, faults: [{ placement: 'path', fault: 'missing' as const }] }, 'secret_form'],
  [{ faults: [{ placement: 'path', fault: 'missing' as const }] }, 'missing'],
  [
    {
      faults: [
        { placement: 'query a', fault: 'unknown' as const },
        { placement: 'path', fault: 'missing' as const },
        { placement: 'query b', fault: 'missing' as const },
      ],
    },
    'missing+unknown',
  ],
  [{ faults: [] }, 'other'],
])('the cause of a sample with %j is %s', (of, cause) => {
  expect(sampleCauseOf({ method: 'POST', sourceIp: '192.0.2.1', headers: [], ...of })).toBe(cause);
});
