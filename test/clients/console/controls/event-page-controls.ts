/** The page of an event: the way to its neighbours, the copy as curl, and the difference to the event of its type before it. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { ownClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { anEvent, eventsOf, shop } from './given-records.ts';

type Event = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;
type Page = ApiAnswer<'GET /v1/connections/{name}/events'>;

const at = (second: number) => `2026-11-26T10:00:0${second}.000Z`;
const pathOf = (id: string) => `/connections/shop/events/${id}`;
const list = '/v1/connections/shop/events';

/** A list with these events, by the second of their arrival. */
const listOf = (seconds: Record<string, number>, more: Partial<Page['items'][number]> = {}): Page => ({
  items: eventsOf(Object.keys(seconds)).items.map((each) => ({
    ...each,
    receivedAt: at(seconds[each.id] ?? 0),
    ...more,
  })),
  nextCursor: null,
});

describe('the neighbours of an event', () => {
  const seconds = { evt_1: 1, evt_2: 2, evt_3: 3 };
  const answers: Answers = {
    'GET /v1/connections/{name}/events/{id}': ({ params: { id = '' } }) =>
      anEvent(id, { receivedAt: at(seconds[id as keyof typeof seconds]) }),
    'GET /v1/connections/{name}/events': ({ query }) =>
      listOf(query.get('order') === 'asc' ? seconds : Object.fromEntries(Object.entries(seconds).reverse())),
  };
  const reads = [
    `GET ${list}?limit=10&order=desc&to=2026-11-26T10%3A00%3A02.001Z`,
    `GET ${list}?limit=10&order=asc&from=2026-11-26T10%3A00%3A02.000Z`,
  ];

  test('are one link away, and at the ends there is none', async () => {
    const app = await openConsole(pathOf('evt_2'), answers);
    expect(reads.filter((read) => !app.api.reads.includes(read))).toEqual([]);
    await app.press('link', 'Next event', { page: `/console${pathOf('evt_3')}` });
    expect(app.isOffered('button', 'Next event')).toBe(false);
    await app.press('link', 'Previous event', { page: `/console${pathOf('evt_2')}` });
    await app.press('link', 'Previous event', { page: `/console${pathOf('evt_1')}` });
    expect(app.isOffered('button', 'Previous event')).toBe(false);
  });

  test('that are not there say why', async () => {
    const app = await openConsole(pathOf('evt_3'), answers);
    await app.shows('No event of this connection came after it, or it came only some seconds ago.');
    await app.goTo(pathOf('evt_1'));
    await app.shows('No event of this connection came before it, or it has expired.');
  });

  test('that could not be read say so, and a newer one that comes is found without a reload', async () => {
    ownClock(at(9));
    let newest: Record<string, number> | undefined;
    const app = await openConsole(pathOf('evt_2'), {
      ...answers,
      'GET /v1/connections/{name}/events': () => (newest ? listOf(newest) : new Refusal(500, 'Not now.')),
    });
    await app.shows('It could not be read. The console tries again every minute.');
    newest = { evt_2: 2 };
    await app.passes(61);
    await app.shows('No event of this connection came after it, or it came only some seconds ago.');
    newest = seconds;
    await app.passes(61);
    await app.press('link', 'Next event', { page: `/console${pathOf('evt_3')}` });
  });

  test('are one key away', async () => {
    const app = await openConsole(pathOf('evt_2'), answers);
    await app.does({ page: `/console${pathOf('evt_3')}` }, () => app.user.keyboard('k'));
    await app.does({ page: `/console${pathOf('evt_2')}` }, () => app.user.keyboard('j'));
  });

  test.each(['{Control>}k{/Control}', '{Alt>}j{/Alt}', 'x', 'toString'])('are not where %s leads', async (keys) => {
    const app = await openConsole(pathOf('evt_2'), answers);
    await app.user.keyboard(keys);
    await app.settle();
    expect(location.pathname).toBe(`/console${pathOf('evt_2')}`);
  });

  test('are not gone to by what is typed into a field', async () => {
    const app = await openConsole(pathOf('evt_2'), answers);
    await app.enter('Search in the body', '');
    app.field('Search in the body').focus();
    await app.user.keyboard('jk');
    await app.settle();
    expect([location.pathname, app.field('Search in the body').value]).toEqual([`/console${pathOf('evt_2')}`, 'jk']);
  });

  test('of the same millisecond have the order of their ids, and empty pages are passed', async () => {
    const same = { evt_1: 2, evt_2: 2, evt_3: 2 };
    const later = { older: inTurn(listOf({}), listOf(same)), newer: inTurn(listOf({}), listOf(same)) };
    const app = await openConsole(pathOf('evt_2'), {
      ...answers,
      'GET /v1/connections/{name}/events': ({ query }) => {
        const way = query.get('order') === 'asc' ? 'newer' : 'older';
        return { ...later[way](), nextCursor: way };
      },
    });
    await app.press('link', 'Next event', { page: `/console${pathOf('evt_3')}` });
  });
});

describe('Copy as curl', () => {
  const event = anEvent('evt_1', { headers: { 'content-type': 'application/json', 'x-signature': 's' } });
  const head = [
    '# ENDPOINT_URL is the URL of the endpoint, without a token. Add the token or the signature as the sender does.',
    '# Left out: x-signature',
  ];
  const request = [`curl -X 'POST' "$ENDPOINT_URL" \\`, `  -H 'content-type: application/json' \\`];
  const whole = [...head, ...request, `  --data-raw '{"a": 1}'`].join('\n');
  const fromFile = [
    ...[...head, '# “Download body” makes the file evt_1.json.', ...request],
    '  --data-binary @evt_1.json',
  ].join('\n');
  const auth = (accept: { in: 'query'; name: string } | { in: 'body'; path: string }) =>
    shop({}, { auth: { kind: 'token', accept: [accept] } });

  test.each<[what: string, connection: ReturnType<typeof shop> | Refusal, copied: string]>([
    ['has the body', auth({ in: 'query', name: 'key' }), whole],
    ['has no body that may hold the token', auth({ in: 'body', path: '/key' }), fromFile],
    ['has no body if nobody knows whether it holds the token', new Refusal(403, 'No.'), fromFile],
  ])('%s, and never the signature', async (_, connection, copied) => {
    const app = await openConsole(pathOf('evt_1'), {
      'GET /v1/connections/{name}/events/{id}': event,
      'GET /v1/connections/{name}': connection,
    });
    await app.press('button', 'Copy as curl', { copied });
  });

  test('is not offered without the body', async () => {
    const app = await openConsole(pathOf('evt_1'), {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { body: undefined, bodyWithheld: 'It has a token.' }),
    });
    expect(app.offered).toEqual(['Dry run of the routes', 'Replay', 'Copy id']);
  });
});

describe('the difference to the event of the type before', () => {
  const open = (body: string, before: Event | Refusal | undefined) =>
    openConsole(pathOf('evt_2'), {
      'GET /v1/connections/{name}/events/{id}': ({ params }) =>
        params['id'] === 'evt_2' ? anEvent('evt_2', { receivedAt: at(2), body }) : (before ?? anEvent('evt_9')),
      'GET /v1/connections/{name}/events': ({ query }) =>
        before !== undefined && query.get('order') === 'desc' ? listOf({ evt_2: 2, evt_1: 1 }) : listOf({}),
    });

  test('has each path, with what was there and what is there now', async () => {
    const body = '{"a":1,"b":[1,2],"c":"\u202e"}';
    const app = await open(body, anEvent('evt_1', { body: '{"a":1.0,"b":[1],"d":null}' }));
    await app.press('button', 'Compare', {
      reads: [`GET ${list}?limit=10&order=desc&to=2026-11-26T10%3A00%3A02.001Z&type=order.paid`, `GET ${list}/evt_1`],
      shows: ['Compared with evt_1'],
    });
    expect(app.cells.slice(0, 4)).toEqual([
      ['/a', 'Changed', '1.0', '1'],
      ['/b/1', 'Added', '', '2'],
      ['/d', 'Removed', 'null', ''],
      ['/c', 'Added', '', '"⟨U+202E⟩"'],
    ]);
  });

  test.each<[what: string, body: string, before: Event | undefined, shown: string]>([
    ['nothing', '{"a":1}', anEvent('evt_1', { body: '{ "a": 1 }' }), 'The body is the same'],
    [
      'no earlier event',
      '{"a":1}',
      undefined,
      'There is no earlier event of this type, or many of other types came since.',
    ],
    ['another language', '{"a":1}', anEvent('evt_1', { body: '<a/>' }), 'This one was not compared with evt_1'],
    [
      'a body that may not be read',
      '{"a":1}',
      anEvent('evt_1', { body: undefined, bodyWithheld: 'It has a token.' }),
      'This one was not compared with evt_1',
    ],
    ['everything', '[1]', anEvent('evt_1', { body: '{}' }), 'The whole body'],
  ])('of %s is said', async (_, body, before, shown) => {
    const app = await open(body, before);
    await app.press('button', 'Compare', { shows: [shown] });
  });

  test('lists the first of many', async () => {
    const numbers = (sign: string) => `[${Array.from({ length: 202 }, (_, n) => `${sign}${n + 1}`)}]`;
    const app = await open(numbers(''), anEvent('evt_1', { body: numbers('-') }));
    await app.press('button', 'Compare', { shows: ['And 2 more differences.'] });
  });

  test('that could not be read is said, and asked for again', async () => {
    const app = await open('{"a":1}', new Refusal(500, 'Not now.'));
    await app.press('button', 'Compare', { shows: ['Not now.'] });
    app.api.answer({ 'GET /v1/connections/{name}/events/{id}': anEvent('evt_1') });
    await app.press('button', 'Compare', { hides: ['Not now.'] });
  });

  test('leads to that event', async () => {
    const app = await open('{"a":2}', anEvent('evt_1', { body: '{"a":1}' }));
    await app.press('button', 'Compare', { shows: ['Changed'] });
    await app.press('link', 'evt_1', { page: `/console${pathOf('evt_1')}` });
  });

  test.each([
    ['text', { body: 'a=1' }, 'Copy body'],
    ['bytes', { body: undefined, bodyBase64: '/9j/' }, 'Copy body as base64'],
  ])('is not offered for what is no JSON: %s', async (_, sent, copy) => {
    const app = await openConsole(pathOf('evt_2'), {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_2', sent),
      'GET /v1/connections/{name}/events': listOf({}),
    });
    expect(app.offered.filter((each) => /^(Compare|Copy body.*)$/.test(each))).toEqual([copy]);
  });
});
