/** Deliveries: those of an event, those to a destination, and the page of one. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { openConsole } from './given-console.ts';
import { aDelivery, aDestination, anEvent, aRedelivery, designer } from './given-records.ts';

const list = '/destinations/shop/deliveries';
const page = '/console/destinations/shop/deliveries/dlv_1';
const api = '/v1/destinations/shop/deliveries';
const record: Answers = { 'GET /v1/destinations/{name}': aDestination() };
const notNow = new Refusal(500, 'Not now.');

/** Deliveries by these rules. */
const listOf = (rules: string[], nextCursor: string | null = null) => ({
  items: rules.map((rule) => aDelivery({ id: `dlv_${rule}`, rule })),
  nextCursor,
});

/** The last cell of each row of the list, which is the rule. */
const rules = (cells: string[][]) => cells.map((row) => row.at(-1));

test('an event leads to its deliveries and to their destinations', async () => {
  const app = await openConsole('/connections/orders/events/evt_1', {
    ...record,
    'GET /v1/connections/{name}/events/{id}': anEvent('evt_1'),
    'GET /v1/connections/{name}/events/{id}/deliveries': { items: [aDelivery()] },
    'GET /v1/deliveries/{id}': aDelivery(),
  });
  await app.press('link', 'to-shop', { page, shows: ['Duration'] });
  await app.press('link', 'evt_1', { page: '/console/connections/orders/events/evt_1', shows: ['Delivery by rule'] });
  await app.press('link', 'shop', { page: '/console/destinations/shop', shows: ['Signing secret'] });
});

describe('what a delivery sent', () => {
  const sent = {
    ...{ method: 'PUT', bytes: 28, body: '{"id":7,"state":"paid"}' },
    headers: { 'content-type': 'application/json' },
    hidden: ['X-Shop', 'webhook-signature'],
  };
  type Message = NonNullable<ApiAnswer<'GET /v1/deliveries/{id}'>['message']>;
  const reads = ['GET /v1/deliveries/dlv_1?include=message'];
  const json = { 'content-type': 'application/json' };

  const open = (message: Message | Refusal, body = '{"id":7}', attempts = 1) =>
    openConsole('/destinations/shop/deliveries/dlv_1', {
      'GET /v1/deliveries/{id}': ({ query }) => {
        if (query.get('include') !== 'message') return aDelivery({ attempts });
        return message instanceof Refusal ? message : { ...aDelivery({ attempts }), message };
      },
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { body, headers: json }),
    });

  test('is shown at a click, and compared with its event at another one', async () => {
    const app = await open({ sent });
    await app.press('button', 'Copy id', { copied: 'dlv_1' });
    await app.press('button', 'Show what was sent', {
      reads,
      shows: ['PUT, 28 B', '"state": "paid"', 'X-Shop: ••••••••', 'webhook-signature: ••••••••'],
    });
    await app.pressOnce('button', 'Headers', { turns: 'on' });
    await app.press('button', 'Compare with the event', {
      reads: ['GET /v1/connections/orders/events/evt_1'],
      shows: ['In the event', '/state', 'Added'],
    });
  });

  test('says what is not in it, and what has changed since', async () => {
    const app = await open({
      ...{ sent: { ...sent, body: '{ "id": 7 }' }, masked: true, bodyWithheld: 'It may hold the token.' },
      destinationChangedAt: '2026-11-26T10:00:00.000Z',
    });
    await app.press('button', 'Show what was sent', {
      shows: [
        'It was sent masked.',
        'It may hold the token.',
        'The destination was changed, paused or resumed after the last attempt, at Nov 26, 2026',
      ],
    });
    await app.press('button', 'Compare with the event', { shows: ['The body is that of the event'] });
  });

  test('that is no JSON is not compared, and a part of it not at all', async () => {
    const app = await open({ sent: { ...sent, body: 'id=7' } });
    await app.press('button', 'Show what was sent', { shows: ['id=7'] });
    await app.press('button', 'Compare with the event', { shows: ['Only JSON of up to 500 levels is compared'] });
    const cut = await open({ sent: { ...sent, isCut: true } });
    await cut.press('button', 'Show what was sent', { shows: ['Only its beginning is shown.'] });
    expect(cut.offered.filter((each) => /^(Show what|Compare)/.test(each))).toEqual(['Show what was sent']);
  });

  test('is what its first attempt would send, before there was one, or says why there is nothing', async () => {
    const app = await open({ unsent: { reason: 'transform_error', cause: 'No such function.' } }, '{}', 0);
    await app.press('button', 'Show what would be sent', { shows: ['The transform failed: No such function.'] });
    const failing = await open(new Refusal(500, 'Not now.'));
    await failing.press('button', 'Show what was sent', { shows: ['Not now.'] });
  });
});

test('a delivery that was given up says whether it was ever attempted', async () => {
  const { last: _, ...never } = aDelivery({ attempts: 0, history: [] });
  const open = async (delivery: typeof never) =>
    (await openConsole('/destinations/shop/deliveries/dlv_1', { 'GET /v1/deliveries/{id}': delivery })).text;
  const [unattempted, attempted] = [await open(never), await open(aDelivery())];
  expect(unattempted).toContain('was over before an attempt could be made');
  expect(unattempted).toContain('No attempt was made.');
  expect([attempted.includes('All attempts failed'), unattempted.includes('All attempts failed')]).toEqual([
    true,
    false,
  ]);
});

test('the deliveries of an event that could not be read are read again', async () => {
  const app = await openConsole('/connections/orders/events/evt_1', {
    'GET /v1/connections/{name}/events/{id}': anEvent('evt_1'),
    'GET /v1/connections/{name}/events/{id}/deliveries': inTurn(notNow, { items: [] }),
  });
  await app.press('button', 'Try again', {
    hides: ['Not now.'],
    shows: ['This event went to no destination: the connection had no routes when it came.'],
  });
});

test('the health of a destination that could not be read is read again', async () => {
  const app = await openConsole('/destinations/shop', {
    ...record,
    'GET /v1/destinations/{name}/health': inTurn(notNow, {
      state: 'slow' as const,
      waiting: { count: 0, isMore: false },
    }),
  });
  await app.press('button', 'Try again', {
    hides: ['Not now.'],
    shows: ['Slow: what is for it waits apart from the others'],
  });
});

test('the deliveries to a destination are on a tab, page by page, and lead to one and back', async () => {
  const app = await openConsole('/destinations/shop', {
    ...record,
    'GET /v1/destinations/{name}/deliveries': ({ query }) =>
      query.has('cursor') ? listOf(['c']) : listOf(['a', 'b'], 'n1'),
    'GET /v1/deliveries/{id}': aDelivery(),
  });
  await app.press('tab', 'Deliveries', { page: `/console${list}`, turns: 'on', shows: ['Load older deliveries'] });
  await app.press('button', 'Load older deliveries', { hides: ['Load older deliveries'] });
  expect(rules(app.cells)).toEqual(['a', 'b', 'c']);
  const first = document.querySelector('tbody a') as Element;
  await app.does({ page: page.replace('dlv_1', 'dlv_a'), shows: ['Duration'] }, () => app.user.click(first));
  await app.pressCrumb('Deliveries', { page: `/console${list}`, hides: ['Duration'] });
});

test('the deliveries to a destination are narrowed to a status, which stays on the way back', async () => {
  const app = await openConsole(list, {
    ...record,
    'GET /v1/destinations/{name}/deliveries': ({ query }) =>
      query.get('status') === 'given_up' ? listOf(['a']) : listOf(query.has('status') ? [] : ['a', 'b']),
  });
  expect(rules(app.cells)).toEqual(['a', 'b']);
  await app.choose(/^Status/, 'Given up');
  await app.settle();
  expect([rules(app.cells), app.api.reads.at(-1)]).toEqual([['a'], `GET ${api}?limit=50&status=given_up`]);
  expect(location.hash).toBe('#status=given_up');
  for (const status of ['Waiting', 'Parked', 'Failed', 'Cancelled', 'Expired', 'Delivered'])
    await app.choose(/^Status/, status);
  await app.shows('No delivery has this status');
  await app.goTo('/destinations/shop');
  await app.goTo(list);
  await app.shows('No delivery has this status');
  await app.choose(/^Status/, 'Every status');
  await app.settle();
  expect([rules(app.cells), location.hash]).toEqual([['a', 'b'], '']);
});

test.each([
  ['#status=failed', `GET ${api}?limit=50&status=failed`, 'Failed'],
  ['#status=none-such', `GET ${api}?limit=50`, 'Every status'],
])('a link to the deliveries with %s shows those', async (hash, read, chosen) => {
  const app = await openConsole(`${list}${hash}`, {
    ...record,
    'GET /v1/destinations/{name}/deliveries': listOf(['a']),
  });
  expect(app.api.reads.filter((each) => each.startsWith(`GET ${api}?`))).toEqual([read]);
  expect(app.text).toContain(chosen);
});

test('an older page that could not be read is read again', async () => {
  const older = inTurn(notNow, listOf(['b']));
  const app = await openConsole(list, {
    ...record,
    'GET /v1/destinations/{name}/deliveries': ({ query }) => (query.has('cursor') ? older() : listOf(['a'], 'n1')),
  });
  await app.press('button', 'Load older deliveries', { shows: ['Not now.'] });
  await app.press('button', 'Load older deliveries', { hides: ['Not now.'] });
  expect(rules(app.cells)).toEqual(['a', 'b']);
});

test.each([['an admin', {}] as const, ['a flow designer', { 'GET /v1/me': designer }] as const])(
  '%s redelivers what has ended, and then waits for it',
  async (_, me) => {
    let delivery = aDelivery();
    const app = await openConsole('/destinations/shop/deliveries/dlv_1', {
      ...me,
      'GET /v1/deliveries/{id}': () => delivery,
      'POST /v1/deliveries/{id}/redeliver': () => {
        delivery = aDelivery({ status: 'waiting', redelivered: { times: 1, by: 'op_0' } });
        return delivery;
      },
    });
    await app.press('button', 'Redeliver', {
      sent: ['POST /v1/deliveries/dlv_1/redeliver'],
      shows: ['It is sent again now.', '1 time, last by Zoe'],
      hides: ['Given up'],
    });
    expect(app.isOffered('button', /^Redeliver/)).toBe(false);
  },
);

test.each([['an admin', 'waiting', {}] as const, ['a flow designer', 'parked', { 'GET /v1/me': designer }] as const])(
  '%s attempts now what is %s, and sees who asked',
  async (_, status, me) => {
    let delivery = aDelivery({ status, nextAttemptAt: '2099-11-26T12:30:00.000Z' });
    const app = await openConsole('/destinations/shop/deliveries/dlv_1', {
      ...me,
      'GET /v1/deliveries/{id}': () => delivery,
      'POST /v1/deliveries/{id}/attempt': () => {
        const at = '2026-11-26T10:00:00.000Z';
        delivery = aDelivery({ status: 'parked', asked: { by: 'op_0', at }, nextAttemptAt: at });
        return delivery;
      },
    });
    await app.press('button', 'Attempt now', {
      sent: ['POST /v1/deliveries/dlv_1/attempt'],
      shows: ['It is attempted next.', 'Asked for', 'by Zoe', 'Now'],
    });
  },
);

test('what may not be attempted now says why, and what has ended is not offered', async () => {
  const detail = 'This destination is paused. Resume it: then what waits is attempted at once.';
  const app = await openConsole('/destinations/shop/deliveries/dlv_1', {
    'GET /v1/deliveries/{id}': inTurn(aDelivery({ status: 'parked' }), aDelivery({ status: 'parked' })),
    'POST /v1/deliveries/{id}/attempt': new Refusal(409, detail, { code: 'destination_paused' }),
  });
  await app.press('button', 'Attempt now', { sent: ['POST /v1/deliveries/dlv_1/attempt'], shows: [detail] });
  const ended = await openConsole('/destinations/shop/deliveries/dlv_1', { 'GET /v1/deliveries/{id}': aDelivery() });
  expect([ended.text.includes('Redeliver'), ended.text.includes('Attempt now')]).toEqual([true, false]);
});

test('a delivery that could not be read is read again, and one that is not there leads to the destinations', async () => {
  const app = await openConsole('/destinations/shop/deliveries/dlv_1', {
    'GET /v1/deliveries/{id}': inTurn(notNow, aDelivery({ status: 'parked' })),
    'GET /v1/destinations': { items: [aDestination()], nextCursor: null },
  });
  await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['When the destination takes it'] });
  app.api.answer({ 'GET /v1/deliveries/{id}': new Refusal(404, 'There is no delivery with this id.') });
  await app.goTo('/destinations/shop/deliveries/dlv_2');
  await app.shows('There is no delivery with this id.');
  await app.press('link', 'Go to the destinations', { page: '/console/destinations', rows: ['shop'] });
});

const anyReason = 'Its destination is failing, slow, limited or paused. It is attempted when the destination takes it.';

test.each([
  ...(
    [
      ['paused', 'The destination is paused: the delivery waits until it is resumed.'],
      ['failing', 'The destination is failing and gets one attempt at a time.'],
      ['recovering', 'The destination is recovering: the delivery waits for its turn.'],
      ['slow', 'The destination is slow: the delivery waits for its turn.'],
    ] as const
  ).map(([state, why]) => [state, [why, why]] as const),
  // It may be a limit of the destination, which its health does not say.
  ['well', ['Answered 503', anyReason]],
] as const)('each delivery to a destination that is %s says why it is as it is', async (state, whys) => {
  const last = { at: '2026-11-26T10:00:00.000Z', ms: 7, outcome: 'answered' as const, status: 503 };
  const app = await openConsole(list, {
    ...record,
    'GET /v1/destinations/{name}/health': { state, waiting: { count: 2, isMore: false } },
    'GET /v1/destinations/{name}/deliveries': {
      items: [
        aDelivery({ id: 'dlv_1', status: 'parked', last }),
        aDelivery({ id: 'dlv_2', status: 'parked', attempts: 0, last: undefined }),
        aDelivery({ id: 'dlv_3', status: 'waiting', last }),
        aDelivery({ id: 'dlv_4', status: 'waiting', attempts: 0, last: undefined }),
        aDelivery({ id: 'dlv_5', status: 'failed', reason: 'gone', last }),
      ],
      nextCursor: null,
    },
  });
  await app.shows('The receiver answered 410');
  expect(app.cells.map((row) => row[3])).toEqual([
    ...whys,
    'Answered 503',
    'An attempt is due, now or at the time of the next attempt.',
    'The receiver answered 410: it wants no more of this.',
  ]);
});

describe('Redeliver these', () => {
  const redeliveries = '/v1/destinations/shop/redeliveries';
  /** The oldest that can be sent again came at half past nine UTC, which is six o'clock here. */
  const listed = {
    items: [
      aDelivery({ id: 'dlv_3', receivedAt: '2026-11-26T10:00:00.000Z' }),
      aDelivery({ id: 'dlv_2', receivedAt: '2026-11-26T09:30:40.000Z', status: 'failed' }),
      aDelivery({ id: 'dlv_1', receivedAt: '2026-11-26T09:00:00.000Z', status: 'parked' }),
    ],
    nextCursor: null,
  };
  const plan = {
    ...{ from: '2026-11-26T09:30:00.000Z', to: '2026-11-26T12:00:00.000Z', count: 12, complete: true },
    ...{ skipped: 0, skippedBecause: {}, first: null, last: null },
    sample: [aDelivery({ id: 'dlv_0', receivedAt: '2026-11-26T09:40:00.250Z', status: 'failed' })],
  };
  const answers: Answers = {
    ...record,
    'GET /v1/destinations/{name}/deliveries': listed,
    'POST /v1/destinations/{name}/redeliveries': ({ body }) =>
      (body as { dryRun: boolean }).dryRun ? plan : { id: 'rdl-1', from: plan.from, to: plan.to, count: 12 },
    'GET /v1/destinations/{name}/redeliveries/{id}': aRedelivery(),
    'DELETE /v1/destinations/{name}/redeliveries/{id}': aRedelivery({ state: 'cancelled' }),
  };

  async function openList(more: Answers = {}) {
    const app = await openConsole(list, { ...answers, ...more });
    await app.shows('Redeliver these');
    await app.loaded();
    return app;
  }

  test.each([['an admin', {}] as const, ['a flow designer', { 'GET /v1/me': designer }] as const])(
    'shows %s a plan, and then its progress, until it is cancelled',
    async (_, me) => {
      const app = await openList(me);
      await app.press('button', 'Redeliver these', {
        dialog: 'Redeliver many',
        shows: ['in the time zone America/St_Johns.'],
      });
      const range =
        '{"from":"2026-11-26T09:30:00.000Z","statuses":["failed","given_up","cancelled"],"ratePerSecond":50';
      await app.press('button', 'Count first', {
        sent: [`POST ${redeliveries} ${range},"dryRun":true}`],
        shows: ['12 deliveries would be sent again. The oldest:', 'Nov 26, 2026, 6:10:00.250 AM GMT-3:30'],
      });
      await app.press('button', 'Start the redelivery', {
        sent: [`POST ${redeliveries} ${range},"dryRun":false}`],
        shows: ['Running: 3 of 12 deliveries', 'Started by Zoe op_0', ', at most 50 a second.'],
      });
      app.api.answer({ 'GET /v1/destinations/{name}/redeliveries/{id}': aRedelivery({ state: 'cancelled' }) });
      await app.press('button', 'Cancel the redelivery', {
        sent: [`DELETE ${redeliveries}/rdl-1`],
        shows: ['Cancelled: 3 of 12 deliveries'],
      });
      await app.press('button', 'Close', { dialog: null });
    },
  );

  test('is of a time that is picked, and of a connection and a rule that lead here', async () => {
    const routes = [
      { connection: 'orders', rules: ['paid', 'all'] },
      { connection: 'parcels', rules: ['sent', 'all'] },
    ];
    const app = await openList({ 'GET /v1/destinations/{name}': aDestination({ routes }) });
    await app.press('button', 'Redeliver these', { dialog: 'Redeliver many' });
    await app.pickTime('Events received from', '2026-11-26T09:30');
    await app.pickTime('To', '2026-11-26T09:31:30');
    await app.chooseName('Only by this rule', 'sen', 'sent');
    await app.chooseName('Only of this connection', 'ord', 'orders');
    await app.enter('Only by this rule', 'se');
    // No rule of that connection begins so.
    expect(document.querySelectorAll('[role=option]')).toHaveLength(1);
    await app.chooseName('Only by this rule', 'pa', 'paid');
    await app.pressOnce('button', 'Count first', {
      sent: [
        `POST ${redeliveries} {"from":"2026-11-26T13:00:00.000Z","to":"2026-11-26T13:01:30.000Z","statuses":["failed","given_up","cancelled"],"connection":"orders","rule":"paid","ratePerSecond":50,"dryRun":true}`,
      ],
      shows: ['12 deliveries would be sent again'],
    });
  });

  test('begins with the status of the list, and each field narrows it', async () => {
    const app = await openList();
    await app.choose(/^Status/, 'Given up');
    await app.settle();
    await app.press('button', 'Redeliver these', { dialog: 'Redeliver many' });
    await app.pressOnce('checkbox', /Given up/, { turns: 'off', shows: ['Choose a status.'] });
    expect(app.isOffered('button', 'Count first')).toBe(false);
    await app.pressOnce('checkbox', /Delivered/, { turns: 'on', hides: ['Choose a status.'] });
    await app.enter('Events received from', '2026-11-26T09:30');
    await app.enter('To', '2026-11-27 00:15');
    await app.enter('Only of this connection', ' orders ');
    await app.enter('Only by this rule', ' paid ');
    await app.enter('Deliveries per second', '7');
    const body =
      '{"from":"2026-11-26T13:00:00.000Z","to":"2026-11-27T03:45:00.000Z","statuses":["delivered"],"connection":"orders","rule":"paid","ratePerSecond":7,"dryRun":true}';
    await app.pressOnce('button', 'Count first', {
      sent: [`POST ${redeliveries} ${body}`],
      shows: ['12 deliveries would be sent again'],
    });
    await app.does({ hides: ['12 deliveries would be sent again'] }, () => app.enter('Deliveries per second', '8'));
    for (const [field, wrong] of [
      ['Events received from', 'yesterday'],
      ['To', '2026-11-26T24:70'],
      ['Deliveries per second', '0'],
    ] as const) {
      const before = app.field(field).value;
      await app.enter(field, wrong);
      expect([field, app.isOffered('button', 'Count first')]).toEqual([field, false]);
      await app.enter(field, before);
    }
  });

  test('is not started for nothing, and not offered for what is sent by itself', async () => {
    const none = { ...plan, count: 0, sample: [] };
    const expired = { ...plan, count: 1, skipped: 1, skippedBecause: { expired: 1 } };
    const app = await openList({
      'POST /v1/destinations/{name}/redeliveries': inTurn(expired, { ...none, complete: false }, none),
    });
    await app.press('button', 'Redeliver these', { dialog: 'Redeliver many' });
    const sent = [
      `POST ${redeliveries} {"from":"2026-11-26T09:30:00.000Z","statuses":["failed","given_up","cancelled"],"ratePerSecond":50,"dryRun":true}`,
    ];
    await app.pressOnce('button', 'Count first', {
      sent,
      shows: ['1 delivery would be sent again. The oldest:', '1 of them would be skipped'],
    });
    await app.enter('To', '2026-11-27 00:15');
    await app.enter('To', '');
    await app.pressOnce('button', 'Count first', {
      sent,
      shows: ['At least 0 deliveries would be sent again.'],
    });
    // There may be some that were not counted.
    expect(app.text).toMatch(/At least 0 deliveries would be sent again\.(?!Choose)/);
    await app.enter('To', '2026-11-27 00:15');
    await app.enter('To', '');
    await app.pressOnce('button', 'Count first', {
      sent,
      shows: ['0 deliveries would be sent again.Choose an earlier beginning or more statuses'],
    });
    expect(app.isOffered('button', 'Start the redelivery')).toBe(false);
    await app.press('button', 'Close', { dialog: null });
    app.api.answer({ 'GET /v1/destinations/{name}/deliveries': { items: listed.items.slice(2), nextCursor: null } });
    await app.choose(/^Status/, 'Parked');
    await app.settle();
    expect(app.isOffered('button', /^Redeliver these/)).toBe(false);
  });

  test('goes on above the list when its dialog is closed or somebody else began it, and can be cancelled there', async () => {
    const jobs = { items: [aRedelivery({ id: 'rdl-0', state: 'done' }), aRedelivery()], nextCursor: null };
    const app = await openList({ 'GET /v1/destinations/{name}/redeliveries': jobs });
    expect(app.text).toContain('Running: 3 of 12 deliveries');
    let isCancelled = false;
    app.api.answer({
      'GET /v1/destinations/{name}/redeliveries/{id}': () =>
        aRedelivery({ state: isCancelled ? 'cancelling' : 'running' }),
      'DELETE /v1/destinations/{name}/redeliveries/{id}': () => {
        isCancelled = true;
        return aRedelivery({ state: 'cancelling' });
      },
    });
    await app.press('button', 'Cancel the redelivery', {
      sent: [`DELETE ${redeliveries}/rdl-1`],
      shows: ['Being cancelled: 3 of 12 deliveries'],
    });
  });

  test.each([
    ['paused', 'The destination is paused: what is redelivered waits until it is resumed.'],
    [
      'failing',
      'The destination is failing and gets one attempt at a time: what is redelivered waits until it has recovered.',
    ],
    ['recovering', 'The destination is recovering: what is redelivered waits for its turn.'],
    ['slow', 'The destination is slow: what is redelivered waits for its turn.'],
  ] as const)('says in its plan and beside its progress why nothing moves yet: %s', async (state, why) => {
    const app = await openList({
      'GET /v1/destinations/{name}/health': { state, waiting: { count: 12, isMore: false } },
      'GET /v1/destinations/{name}/redeliveries/{id}': aRedelivery({ state: 'done', done: 12 }),
    });
    await app.press('button', 'Redeliver these', { dialog: 'Redeliver many' });
    const body = (dryRun: boolean) =>
      `POST ${redeliveries} {"from":"2026-11-26T09:30:00.000Z","statuses":["failed","given_up","cancelled"],"ratePerSecond":50,"dryRun":${dryRun}}`;
    await app.press('button', 'Count first', { sent: [body(true)], shows: [why] });
    await app.press('button', 'Start the redelivery', { sent: [body(false)], shows: ['Done: 12 of 12 deliveries'] });
    expect(app.text).toContain(why);
  });
});
