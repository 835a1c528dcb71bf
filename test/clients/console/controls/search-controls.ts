/** The search of the events of a connection. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { anEvent, eventsOf, shop } from './given-records.ts';

type SearchPage = ApiAnswer<'POST /v1/connections/{name}/events/search'>;

const path = '/connections/shop/events';
const api = '/v1/connections/shop/events/search';
const answers: Answers = {
  'GET /v1/connections/{name}': shop(),
  'GET /v1/connections/{name}/events': eventsOf(['evt_01', 'evt_02']),
};

/** A page on which these were found, after the search looked at 500 events back to 9 o'clock. */
const page = (ids: string[], more: Partial<SearchPage> = {}): SearchPage => ({
  ...eventsOf(ids),
  ...{ examined: 500, skipped: {}, upTo: '2026-11-26T11:59:45.000Z', backTo: '2026-11-26T09:00:00.000Z' },
  ...more,
});

/** `evt_101`, and so on. */
const many = (count: number) => Array.from({ length: count }, (_, index) => `evt_${101 + index}`);

const asked = (body: object) => `POST ${api} ${JSON.stringify(body)}`;
type Answer = NonNullable<Answers['POST /v1/connections/{name}/events/search']>;
const open = (answer: Answer, more: Answers = {}, at = path): Promise<OpenConsole> => {
  stopClock('2026-11-26T12:00:00.000Z');
  return openConsole(at, { ...answers, 'POST /v1/connections/{name}/events/search': answer, ...more });
};
describe('a search', () => {
  test('by a text shows what it found in the table of the list, and is over when it is cleared', async () => {
    const app = await open(page(['evt_07']));
    await app.filter(' blue ', {
      sent: [asked({ contains: 'blue' })],
      rows: ['evt_07'],
      shows: ['Looked at all events of this time: 500 events, back to Nov 26, 2026'],
    });
    expect(app.offered.filter((each) => /^Search again|^Look further|^Replay many/.test(each))).toEqual([
      'Search again',
    ]);
    await app.press('button', 'Search again', { sent: [asked({ contains: 'blue' })], rows: ['evt_07'] });
    expect(app.text).toContain('Events after Nov 26, 2026, 8:29:45.000 AM GMT-3:30 may be missing.');
    expect([location.hash, location.search]).toEqual(['#contains=blue', '']);
    await app.press('button', 'Clear filters', { rows: ['evt_01', 'evt_02'], hides: ['Events found', 'blue'] });
    expect(location.hash).toBe('');
  });

  test('says where the text stands, and what was refused in this time, with the way there', async () => {
    const found = page(['evt_07']);
    const places = [
      { in: 'header' as const, at: 'x-shop', text: 'Blue' },
      { in: 'body' as const, at: '/order/id', text: 'the blue one' },
    ];
    const explanation = 'No token.';
    const refused = {
      ...{ count: 4, whileInactive: 0, atLeast: true as const, from: '2026-11-26T11:00:00.000Z' },
      withText: [
        { minute: '2026-11-26T11:12Z', reason: 'token_missing' as const, deliveryId: 'blue-7', explanation, facts: [] },
      ],
    };
    const app = await open({ ...found, items: found.items.map((each) => ({ ...each, places })), refused });
    await app.filter('blue', {
      sent: [asked({ contains: 'blue' })],
      rows: ['evt_07'],
      shows: [
        ...['Found in', 'header', 'x-shop', 'Blue', 'body', '/order/id', 'the blue one'],
        '“blue-7” was refused at 2026-11-26T11:12Z: No token.',
        'At least 4 refused since 2026-11-26T11:00:00.000Z. Their bodies are not kept, so they are not searched.',
      ],
    });
    expect(app.control('link', 'See what was refused').getAttribute('href')).toBe(
      '/console/connections/shop/rejections',
    );
  });

  test('is kept into the event of which the body has the text', async () => {
    const found = page(['evt_07', 'evt_08']);
    const placesOf = { evt_07: 'body', evt_08: 'header' } as const;
    const items = found.items.map((each) => ({
      ...each,
      places: [{ in: placesOf[each.id as keyof typeof placesOf], text: 'a blue one' }],
    }));
    const body = '{"id":7,"colours":["green","Blue & grey","blue"]}';
    const app = await open(
      { ...found, items },
      {
        'GET /v1/connections/{name}/events/{id}': ({ params }) =>
          anEvent(params['id'] ?? '', { body, headers: { 'content-type': 'application/json' } }),
      },
    );
    await app.filter('blue', { sent: [asked({ contains: 'blue' })], rows: ['evt_07', 'evt_08'] });
    await app.press('radio', 'Show evt_07 beside the list', { turns: 'on', shows: ['1 of 2'] });
    await app.press('radio', 'Show evt_08 beside the list', { turns: 'on', hides: ['1 of 2'] });
    const link = (id: string) => app.control('link', id).getAttribute('href');
    expect(link('evt_08')).toBe('/console/connections/shop/events/evt_08');
    await app.press('link', 'evt_07', { page: '/console/connections/shop/events/evt_07', shows: ['1 of 2'] });
    expect(location.hash).toBe('#find=blue');
    expect(app.field('Search in the body').value).toBe('blue');
    expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Blue', 'blue']);
  });

  test('by a pattern, of large bodies too, within a time', async () => {
    const app = await open(page([], { nextCursor: null, examined: 0, skipped: {} }), {});
    await app.pressOnce('checkbox', 'By an event pattern', { turns: 'on', shows: ['Event pattern'] });
    await app.enter('Event pattern', '{"type": ["a"]}');
    await app.press('button', 'Find', { sent: [asked({ match: { type: ['a'] } })], shows: ['No event found'] });
    const hour = { match: { type: ['a'] }, from: '2026-11-26T11:00:00.000Z' };
    await app.does({ sent: [asked(hour)] }, () => app.chooseTime(/^Received/, 'Last hour'));
    await app.does({ sent: [asked({ ...hour, large: true })] }, () =>
      app.user.click(app.control('checkbox', 'Read large bodies too')),
    );
    await app.pressOnce('checkbox', 'By an event pattern', { turns: 'off', rows: ['evt_01', 'evt_02'] });
    expect(location.hash).toBe('#hours=1');
  });

  test('by properties is one by a pattern, which can be written on as JSON', async () => {
    const app = await open(page(['evt_07']));
    await app.filter('Type ^ order.', { rows: ['evt_01', 'evt_02'], shows: ['Type ^ order.'] });
    const match = { type: [{ wildcard: 'order.*' }], size: [{ numeric: ['>', 1500] }] };
    await app.filter('Size in bytes > 1500', { sent: [asked({ match })], rows: ['evt_07'] });
    await app.filter('Size in bytes > much', { shows: ['Enter a size in bytes, such as 1500.'], rows: ['evt_07'] });
    await app.filter('blue', { sent: [asked({ contains: 'blue', match })], hides: ['Enter a size'] });
    await app.filter('Event bus = given_up', {
      sent: [asked({ contains: 'blue', match: { ...match, publication: ['given_up'] } })],
      shows: ['Given up'],
    });
    expect(location.hash).toBe('#type=order.*&above=1500&publication=given_up&contains=blue');
    await app.pressOnce('checkbox', 'By an event pattern', { turns: 'on' });
    expect(JSON.parse(app.field('Event pattern').value)).toEqual({ ...match, publication: ['given_up'] });
  });

  test('looks on by itself until it has found 50, and further when somebody wants it', async () => {
    const app = await open(
      inTurn(
        page(many(2), { nextCursor: 'c1', skipped: { large: 2 } }),
        page(many(52).slice(2), { nextCursor: 'c2', skipped: { large: 1, withheld: 1234 } }),
        page(['evt_900'], { backTo: '2026-11-26T08:00:00.000Z', skipped: { gone: 1, overBudget: 1 } }),
      ),
    );
    await app.filter('blue', {
      sent: [asked({ contains: 'blue' }), asked({ contains: 'blue', cursor: 'c1' })],
      rows: many(50),
      shows: [
        'Looked at 1,000 events, back to Nov 26, 2026, 5:30:00.000 AM GMT-3:30. There are older ones.',
        'Skipped 3: their body is large. Choose “Read large bodies too”.',
        'Skipped 1,234: their body contains a token, so only a connection admin can search it.',
      ],
    });
    await app.press('button', /^Next page/, { rows: ['evt_151', 'evt_152'] });
    await app.press('button', 'Look further', {
      sent: [asked({ contains: 'blue', cursor: 'c2' })],
      rows: ['evt_151', 'evt_152', 'evt_900'],
      shows: [
        'Looked at all events of this time: 1,500 events, back to Nov 26, 2026, 4:30:00.000 AM GMT-3:30.',
        'Skipped 1: their body was removed from the bucket.',
        'Skipped 1: to match them would take too long. Name fewer fields in the pattern.',
      ],
      hides: ['Look further'],
    });
  });

  test('asks for ten pages at once at most, and says that nothing is found yet', async () => {
    const app = await open(page([], { nextCursor: 'more' }));
    await app.filter('blue', {
      sent: [asked({ contains: 'blue' }), ...Array(9).fill(asked({ contains: 'blue', cursor: 'more' }))],
      shows: ['Looked at 5,000 events', 'Nothing found yet', 'Choose “Look further” to search older events.'],
    });
    expect(app.offered).toContain('Look further');
  });

  test('can be stopped: what it has found stays, and it can go on from there', async () => {
    let go = (_: SearchPage) => {};
    const slow = () => new Promise<SearchPage>((resolve) => (go = resolve));
    const first = inTurn<[SearchPage, Promise<SearchPage> | SearchPage]>(
      page(['evt_07'], { nextCursor: 'c1' }),
      page([]),
    );
    let count = 0;
    const app = await open(() => (++count === 2 ? slow() : first()));
    await app.filter('blue', {
      sent: [asked({ contains: 'blue' }), asked({ contains: 'blue', cursor: 'c1' })],
      shows: ['Looked at 500 events'],
    });
    await app.pressOnce('button', 'Stop', { rows: ['evt_07'], hides: ['Stop'] });
    go(page(['evt_08']));
    await app.settle();
    expect(app.rows).toEqual(['evt_07']);
    await app.pressOnce('button', 'Look further', {
      sent: [asked({ contains: 'blue', cursor: 'c1' })],
      rows: ['evt_07'],
      shows: ['Looked at all events of this time: 1,000 events'],
    });
  });

  test('says what is missing if there is nothing, or if it could not look', async () => {
    const nothing: SearchPage = {
      items: [],
      examined: 0,
      skipped: {},
      upTo: '2026-11-26T11:59:45.000Z',
      nextCursor: null,
    };
    const app = await open(inTurn(nothing, { ...nothing, nextCursor: 'c1' }, new Refusal(500, 'Not now.')));
    await app.filter('blue', {
      sent: [asked({ contains: 'blue' })],
      shows: ['There are no events in this time.'],
    });
    await app.pressOnce('button', 'Search again', {
      sent: [asked({ contains: 'blue' }), asked({ contains: 'blue', cursor: 'c1' })],
      shows: ['Looked at no event yet.', 'Not now.'],
    });
  });

  test('is begun again if it could not begin', async () => {
    const found: SearchPage = {
      ...{ items: [], examined: 0, skipped: {}, upTo: '2026-11-26T11:59:45.000Z', nextCursor: null },
    };
    const app = await open(inTurn(new Refusal(500, 'Not now.'), found));
    const sent = [asked({ contains: 'blue' })];
    await app.filter('blue', { sent, shows: ['Not now.', 'Not loaded'] });
    await app.pressOnce('button', 'Search again', { sent, hides: ['Not now.'], shows: ['No event found'] });
  });
});

describe('a mistake is shown at the field, with its place', () => {
  const enter = async (app: OpenConsole, pattern: string) => {
    await app.pressOnce('checkbox', 'By an event pattern', { turns: 'on' });
    await app.enter('Event pattern', pattern);
  };

  test('in the JSON, before anything is sent', async () => {
    const app = await open(page([]));
    await enter(app, '{"type": [}');
    await app.pressOnce('button', 'Find', { shows: ['This is not JSON:', 'Unexpected token', 'Not searched'] });
    expect([app.field('Event pattern').getAttribute('aria-invalid'), app.notices]).toEqual(['true', []]);
    await app.does({ hides: ['This is not JSON:'] }, () => app.enter('Event pattern', '{"type": ["a"]}'));
  });

  test.each([
    ['/match/data/a~1b/0', 'is no pattern', 'data.a/b.0 is no pattern.'],
    ['/match', 'can be at most 32768 bytes', 'The pattern can be at most 32768 bytes.'],
  ])('in the pattern, at %s', async (pointer, message, said) => {
    const wrong = new Refusal(422, 'Its own text.', {
      code: 'invalid_request',
      errors: [{ path: pointer.slice(1).replaceAll('/', '.'), pointer, message }],
    });
    const app = await open(inTurn(wrong, page(['evt_07'])));
    await enter(app, '{"data": {}}');
    await app.pressOnce('button', 'Find', { sent: [asked({ match: { data: {} } })], shows: [said] });
    expect([app.field('Event pattern').getAttribute('aria-invalid'), app.notices]).toEqual(['true', []]);
    await app.does({ hides: [said] }, () => app.enter('Event pattern', '{"data": {"a": [1]}}'));
    await app.pressOnce('button', 'Find', { sent: [asked({ match: { data: { a: [1] } } })], rows: ['evt_07'] });
  });

  test('in the text', async () => {
    const wrong = new Refusal(422, 'Its own text.', {
      code: 'invalid_request',
      errors: [{ path: 'contains', pointer: '/contains', message: 'is too long' }],
    });
    const app = await open(wrong);
    await app.filter('blue', { sent: [asked({ contains: 'blue' })], shows: ['The text is too long.'] });
  });
});

describe('a link', () => {
  test('searches for the same, and keeps it on the way to an event and back', async () => {
    const app = await open(
      page(many(60)),
      { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_155') },
      `${path}#contains=blue`,
    );
    expect([app.rows, location.hash, app.api.acts]).toEqual([
      many(50),
      '#contains=blue',
      [asked({ contains: 'blue' })],
    ]);
    await app.press('button', /^Next page/, { rows: many(60).slice(50) });
    await app.press('link', 'evt_155', { page: `/console${path}/evt_155`, shows: ['SHA-256 of the body'] });
    await app.pressCrumb('Events', { page: `/console${path}`, rows: many(60).slice(50) });
    expect([document.activeElement?.textContent, location.hash, app.api.acts.length]).toEqual([
      'evt_155',
      '#contains=blue',
      1,
    ]);
  });

  test('narrows the list as well, also one that is followed from the list', async () => {
    const app = await open(page(['evt_07']), {}, `${path}#type=invoice.*&hours=24`);
    expect(app.text).toContain('Type ^ invoice.');
    expect(app.api.reads.filter((each) => each.includes('/events?'))).toEqual([
      'GET /v1/connections/shop/events?limit=50&type=invoice.*&from=2026-11-25T12%3A00%3A00.000Z',
    ]);
    await app.does({ sent: [asked({ match: { type: ['a'] } })], rows: ['evt_07'] }, () =>
      app.goTo(`${path}#match=${encodeURIComponent('{"type": ["a"]}')}`),
    );
    expect([app.field('Event pattern').value, app.text.includes('invoice')]).toEqual(['{"type": ["a"]}', false]);
  });
});

test('the key / leads to what is looked for, unless somebody types it', async () => {
  const app = await open(page([]));
  await app.does({ shows: [] }, () => app.user.keyboard('/'));
  const field = app.field('Filter');
  expect([document.activeElement, field.value]).toEqual([field, '']);
  await app.user.keyboard('a/b');
  expect(field.value).toBe('a/b');
});
