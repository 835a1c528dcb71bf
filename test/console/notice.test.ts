import { expect, it } from '@jest/globals';
import { type EndpointState, noticeOf } from '../../console/connection/notice.ts';

const endpoint = (status: string, secretFrom: string, tokens: number) =>
  ({ status, secretFrom, held: false, tokens: new Array(tokens).fill({}) }) as EndpointState;

it.each([
  ['active', 'operator', 1],
  ['active', 'operator', 0],
  ['active', 'sender', 1],
  ['configured', 'sender', 0],
] as const)(
  'nothing is said of an endpoint that is %s, with the secret from the %s and %d tokens',
  (status, secretFrom, tokens) => {
    expect(noticeOf(endpoint(status, secretFrom, tokens), 'Stripe')).toBeUndefined();
  },
);

it('nothing is said of a connection without an endpoint', () => {
  expect(noticeOf(null, 'Stripe')).toBeUndefined();
});

it.each([
  ['active', 'sender', 0, /until you save the secret of Stripe/],
  ['active', 'handshake', 0, /until Stripe delivers its secret/],
  ['inactive', 'operator', 1, /until you activate it again/],
  ['inactive', 'operator', 0, /has no token/],
] as const)('an endpoint that is %s, with the secret from the %s and %d tokens, refuses everything', (...given) => {
  const [status, secretFrom, tokens, words] = given;
  const notice = noticeOf(endpoint(status, secretFrom, tokens), 'Stripe');
  expect(notice).toMatch(/refuse/);
  expect(notice).toMatch(words);
});

it('while a handshake is open, what is left to do is at the sender', () => {
  const open = { ...endpoint('active', 'handshake', 0), handshake: { openUntil: '2026-11-26T10:15:00.000Z' } };
  expect(noticeOf(open, 'Asana')).toBe(
    'Every webhook is refused until Asana delivers its secret. The handshake is open: start it at Asana now.',
  );
});
