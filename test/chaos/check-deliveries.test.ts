/** The checker of the deliveries finds each kind of mistake in a history, and none in one where all is well. */
import { expect, test } from '@jest/globals';
import { type Delivery, deliveryViolationsOf, type Entry, type Observed, type Request } from './check-deliveries.ts';

const hour = 3_600_000;

/** `first` goes to the shop alone; `second` goes to the stock too, made by the transform. */
const lists = new Map<string, { mode: 'all' | 'first'; rules: { id: string; isMade: boolean; to: string }[] }>([
  ['v1', { mode: 'all', rules: [{ id: 'r0', isMade: false, to: 'shop' }] }],
  [
    'v2',
    {
      mode: 'all',
      rules: [
        { id: 'r0', isMade: false, to: 'shop' },
        { id: 'r1', isMade: true, to: 'stock' },
      ],
    },
  ],
]);
lists.set('v3', { mode: 'first', rules: [{ id: 'r0', isMade: false, to: 'shop' }] });
const routed = (version: string): Entry[] => {
  const list = lists.get(version) as NonNullable<ReturnType<typeof lists.get>>;
  return [
    { what: 'routing', endpoint: 0, list },
    { what: 'routed', endpoint: 0, list },
  ];
};

const delivery = (id: string, event: string, routes: string, more: Partial<Delivery> = {}): Delivery => {
  return { id, event, rule: 'r0', replay: 0, routes, to: 'shop', status: 'delivered', madeAt: 0, ...more };
};
const request = (id: string, sha256: string, more: Partial<Request> = {}): Request => {
  return { what: 'request', delivery: id, path: '/shop/1', sha256, isSigned: true, status: 200, ...more };
};

const a = delivery('a', 'evt_1', 'v1');
const b = delivery('b', 'evt_2', 'v2');
const c = delivery('c', 'evt_2', 'v2', { rule: 'r1', to: 'stock' });

const first = { id: 'evt_1', name: 'one', sha256: 'bytes of 1', replays: 0, routes: 'v1' };
const second = { id: 'evt_2', name: 'two', sha256: 'bytes of 2', replays: 0, routes: 'v2' };

/** Two webhooks, and a change of the routes between them. The first attempt of the second one fails. */
const well = {
  sendings: [
    { to: 0, name: 'one', kind: 'odd' },
    { to: 0, name: 'two', kind: 'even' },
  ],
  stored: [first, second],
  lists,
  patience: new Map([
    ['shop', hour],
    ['stock', hour],
  ]),
  givenUpTold: new Map(),
  madeSha256: 'made bytes',
  kills: 0,
  history: [
    { what: 'leads', destination: 'shop', path: '/shop/1' },
    { what: 'leads', destination: 'stock', path: '/stock/2' },
    ...routed('v1'),
    { what: 'sending', name: 'one' },
    request('a', 'bytes of 1'),
    { what: 'rest', latest: 0, deliveries: [a] },
    ...routed('v2'),
    { what: 'sending', name: 'two' },
    request('b', 'bytes of 2', { status: 500 }),
    request('c', 'made bytes', { path: '/stock/2' }),
    request('b', 'bytes of 2'),
    { what: 'rest', latest: 2 * hour, deliveries: [a, b, c] },
  ],
} satisfies Observed;

/** The same with other entries at the end: whatever is found there is found at a last rest. */
const then = (entries: Entry[], deliveries: Delivery[] = [a, b, c]): Observed => ({
  ...well,
  history: [...well.history, ...entries, { what: 'rest', latest: 2 * hour, deliveries }],
});
/** The same with another end of `b`, which was never told before. */
const endedAs = (b: Delivery, more: Partial<Observed> = {}): Observed => ({
  ...well,
  history: [...well.history.slice(0, -1), { what: 'rest', latest: 2 * hour, deliveries: [a, b, c] }],
  ...more,
});
const without = (which: (entry: Entry) => boolean): Observed => ({
  ...well,
  history: (well.history as Entry[]).filter((entry) => !which(entry)),
});
/** The second event has the routes of the first one, in the whole history. */
const outdated: Observed = {
  ...well,
  stored: [first, { ...second, routes: 'v1' }],
  history: [
    ...well.history.slice(0, -4),
    request('b', 'bytes of 2'),
    { what: 'rest', latest: 2 * hour, deliveries: [a, { ...b, routes: 'v1' }] },
  ],
};
/** The second event is replayed with this list. */
const replayedWith = (routes: string): Observed => ({
  ...then([request('d', 'bytes of 2')], [a, b, c, delivery('d', 'evt_2', routes, { replay: 1 })]),
  stored: [first, { ...second, replays: 1, routes }],
});
const isRequestOf = (id: string) => (entry: Entry) => entry.what === 'request' && entry.delivery === id;
/** The same without a delivery. */
const never = (id: string): Observed => ({
  ...well,
  history: without(isRequestOf(id)).history.map((entry) =>
    entry.what === 'rest' ? { ...entry, deliveries: entry.deliveries.filter((each) => each.id !== id) } : entry,
  ),
});

test.each<[string, Observed]>([
  ['a delivery', well],
  ['a replay by a job that began before the event came, as the clock was set back since', replayedWith('v1')],
  ['a redelivery', then([{ what: 'redelivering', delivery: 'a' }, request('a', 'bytes of 1')])],
  [
    'a redelivery that is given up',
    {
      ...then([{ what: 'redelivering', delivery: 'a' }], [{ ...a, status: 'given_up' }, b, c]),
      givenUpTold: new Map([['shop', 1]]),
    },
  ],
  ['one that is given up, and told', endedAs({ ...b, status: 'given_up' }, { givenUpTold: new Map([['shop', 1]]) })],
  [
    'one that is cancelled by a deletion',
    then(
      [
        { what: 'redelivering', delivery: 'b' },
        { what: 'removed', destination: 'shop' },
      ],
      [a, { ...b, status: 'cancelled' }, c],
    ),
  ],
  [
    'an attempt that began before a pause',
    then([
      { what: 'redelivering', delivery: 'a' },
      { what: 'paused', destination: 'shop' },
      request('a', 'bytes of 1'),
    ]),
  ],
  [
    'an attempt after the end of a pause',
    then([
      { what: 'paused', destination: 'shop' },
      { what: 'rest', latest: 0, deliveries: [a, b, c] },
      { what: 'redelivering', delivery: 'a' },
      { what: 'resuming', destination: 'shop' },
      request('a', 'bytes of 1'),
    ]),
  ],
  [
    'an attempt that ended the function too often',
    endedAs({ ...b, status: 'failed', reason: 'internal' }, { kills: 1 }),
  ],
])('nothing is found in %s', (_, observed) => {
  expect(deliveryViolationsOf(observed)).toEqual([]);
});

test.each<[string, Observed, string[]]>([
  ['a delivery is lost', never('c'), ['unmade: evt_2, replay 0, by the rule r1']],
  ['nothing becomes of an event', never('a'), ['unmade: nothing became of evt_1, replay 0']],
  [
    'nothing becomes of a replay',
    { ...well, stored: [{ ...first, replays: 1 }, second] },
    ['unmade: nothing became of evt_1, replay 1'],
  ],
  [
    'a rule sends what it does not match',
    then(
      [request('d', 'made bytes', { path: '/stock/2' })],
      [a, b, c, delivery('d', 'evt_1', 'v1', { rule: 'r1', to: 'stock' })],
    ),
    ['unmatched: d', 'bytes: of d'],
  ],
  ['something is sent that is no delivery', then([request('x', 'bytes of 1')]), ['unmatched: x']],
  ['a delivery waits for ever', endedAs({ ...b, status: 'waiting' }), ['stranded: b is waiting']],
  [
    'an event has the routes that were replaced before it came',
    outdated,
    ['stale: evt_2 has routes that were not in force'],
  ],
  [
    'a replay has routes that the endpoint never had',
    replayedWith('v3'),
    ['stale: evt_2 has routes that were not in force'],
  ],
  [
    'a delivery goes to another destination',
    then([{ what: 'redelivering', delivery: 'a' }, request('a', 'bytes of 1', { path: '/stock/2' })]),
    ['astray: a came to /stock/2'],
  ],
  [
    'the bytes are others',
    then([{ what: 'redelivering', delivery: 'a' }, request('a', 'bytes of 2')]),
    ['bytes: of a'],
  ],
  [
    'the bytes go without the transform',
    then([{ what: 'redelivering', delivery: 'c' }, request('c', 'bytes of 2', { path: '/stock/2' })]),
    ['bytes: of c'],
  ],
  [
    'the signature is wrong',
    then([{ what: 'redelivering', delivery: 'a' }, request('a', 'bytes of 1', { isSigned: false })]),
    ['signature: of a'],
  ],
  ['it is sent again after its end', then([request('a', 'bytes of 1')]), ['again: a after its end']],
  [
    'an end does not last',
    then([], [{ ...a, status: 'failed', reason: 'gone' }, b, c]),
    ['reopened: a was delivered and is failed'],
  ],
  [
    'it is sent though paused',
    then([
      { what: 'paused', destination: 'shop' },
      { what: 'rest', latest: 0, deliveries: [a, b, c] },
      { what: 'redelivering', delivery: 'a' },
      request('a', 'bytes of 1'),
    ]),
    ['paused: a was sent all the same'],
  ],
  [
    'it is sent though its destination is deleted',
    then([
      { what: 'removed', destination: 'shop' },
      { what: 'rest', latest: 0, deliveries: [a, b, c] },
      { what: 'redelivering', delivery: 'a' },
      request('a', 'bytes of 1'),
    ]),
    ['removed: a was sent all the same'],
  ],
  ['it is told as delivered, and was not sent', without(isRequestOf('b')), ['untrue: b is delivered']],
  [
    'it is told as gone, and is not',
    endedAs({ ...b, status: 'failed', reason: 'gone' }),
    ['untrue: b is failed, gone'],
  ],
  ['it is cancelled for nothing', endedAs({ ...b, status: 'cancelled' }), ['untrue: b is cancelled']],
  ['it expires for nothing', endedAs({ ...b, status: 'expired' }), ['untrue: b is expired']],
  ['it fails for nothing', endedAs({ ...b, status: 'failed', reason: 'internal' }), ['untrue: b is failed, internal']],
  [
    'it is given up early',
    endedAs({ ...b, status: 'given_up', madeAt: hour + 1 }, { givenUpTold: new Map([['shop', 1]]) }),
    ['untrue: b is given_up'],
  ],
  ['it is given up in silence', endedAs({ ...b, status: 'given_up' }), ['silent: 1 given up for shop, 0 told']],
])('found: %s', (_, observed, expected) => {
  expect(deliveryViolationsOf(observed)).toEqual(expected);
});

test('in the mode `first`, only the first rule that matches sends', () => {
  const rules = [
    { id: 'r0', kind: 'odd' as const, isMade: false, to: 'shop' },
    { id: 'r1', kind: 'even' as const, isMade: false, to: 'shop' },
    { id: 'r2', isMade: false, to: 'shop' },
  ];
  const list = { mode: 'first' as const, rules };
  const shown = (...deliveries: Delivery[]): Observed => ({
    ...well,
    stored: [{ ...second, routes: 'v3' }],
    lists: new Map([['v3', list]]),
    history: [
      { what: 'leads', destination: 'shop', path: '/shop/1' },
      { what: 'routed', endpoint: 0, list },
      { what: 'sending', name: 'two' },
      ...deliveries.map(({ id }) => request(id, 'bytes of 2')),
      { what: 'rest', latest: 0, deliveries },
    ],
  });
  const by = (rule: string) => delivery(`by ${rule}`, 'evt_2', 'v3', { rule });
  expect(deliveryViolationsOf(shown(by('r1')))).toEqual([]);
  expect(deliveryViolationsOf(shown(by('r1'), by('r2')))).toEqual(['unmatched: by r2']);
  expect(deliveryViolationsOf(shown(by('r2')))).toEqual([
    'unmade: evt_2, replay 0, by the rule r1',
    'unmatched: by r2',
  ]);
});
