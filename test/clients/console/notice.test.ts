import { expect, it } from '@jest/globals';
import { type EndpointState, noticeOf } from '../../../clients/console/connection/notice.ts';

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
    expect(noticeOf(endpoint(status, secretFrom, tokens), 'Stripe', true)).toBeUndefined();
  },
);

it('nothing is said of a connection without an endpoint', () => {
  expect(noticeOf(null, 'Stripe', true)).toBeUndefined();
});

const refusing: [status: string, secretFrom: string, tokens: number, fact: string, next: string][] = [
  [
    ...(['active', 'sender', 0] as const),
    'Every webhook is refused until the secret of Asana is saved here.',
    'Paste it on the tab “Endpoint”, under “Token”.',
  ],
  [
    ...(['active', 'handshake', 0] as const),
    'Every webhook is refused until Asana delivers its secret.',
    'Choose “Open handshake” on the tab “Endpoint”, then start the handshake at Asana.',
  ],
  [
    ...(['inactive', 'operator', 1] as const),
    'The endpoint refuses every webhook until it is activated again. The URL stays the same.',
    'Its button is on the tab “Endpoint”.',
  ],
  [
    ...(['inactive', 'operator', 0] as const),
    'The endpoint has no token: it refuses every webhook until it has one and is activated again. The URL stays the same.',
    'Add a token on the tab “Endpoint”, then activate the endpoint.',
  ],
];

it.each(refusing)(
  'an endpoint that is %s, with the secret from the %s and %d tokens, refuses everything',
  (...given) => {
    const [status, secretFrom, tokens, fact, next] = given;
    const said = (isAdmin: boolean) => noticeOf(endpoint(status, secretFrom, tokens), 'Asana', isAdmin);
    expect([said(true), said(false)]).toEqual([`${fact} ${next}`, `${fact} A connection admin can change that.`]);
  },
);

it('while a handshake is open, what is left to do is at the sender', () => {
  const open = { ...endpoint('active', 'handshake', 0), handshake: { openUntil: '2026-11-26T10:15:00.000Z' } };
  expect([noticeOf(open, 'Asana', true), noticeOf(open, 'Asana', false)]).toEqual([
    'Every webhook is refused until Asana delivers its secret. The handshake is open. Start it at Asana now.',
    'Every webhook is refused until Asana delivers its secret. The handshake is open. A connection admin can change that.',
  ]);
});
