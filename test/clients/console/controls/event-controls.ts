/** The events of a connection, one event, and the replay of many. */
import { describe, expect, test } from '@jest/globals';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { ownClock, stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { aJob, anEvent, eventsOf, shop } from './given-records.ts';

const path = '/connections/shop/events';
const events = '/v1/connections/shop/events';
const record = { 'GET /v1/connections/{name}': shop() };

/** `evt_01` to `evt_99`. */
const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `evt_${String(from + index).padStart(2, '0')}`);

const [first, second, third] = [ids(1, 3), ids(4, 6), ids(7, 8)];

/** Three pages of events, by their cursors. */
const pages = {
  ...record,
  'GET /v1/connections/{name}/events': ({ query }: { query: URLSearchParams }) => {
    const rest = { '': eventsOf(first, 'after-3'), 'after-3': eventsOf(second, 'after-6'), 'after-6': eventsOf(third) };
    return rest[(query.get('cursor') ?? '') as keyof typeof rest];
  },
};

describe('the list of events', () => {
  test('has pages, each with the events after the last one', async () => {
    const app = await openConsole(path, pages);
    expect(app.rows).toEqual(first);
    await app.press('button', /^Next page/, { rows: second, reads: [`GET ${events}?limit=50&cursor=after-3`] });
    await app.press('button', /^Next page/, { rows: third, reads: [`GET ${events}?limit=50&cursor=after-6`] });
    await app.press('button', /^Previous page/, { rows: second });
    await app.press('button', /^Previous page/, { rows: first });
    await app.press('button', /^Next page/, { rows: second });
  });

  test('reads a page again that could not be read', async () => {
    const later = inTurn(new Refusal(500, 'Not now.'), eventsOf(second));
    const app = await openConsole(path, {
      ...record,
      'GET /v1/connections/{name}/events': ({ query }) => (query.has('cursor') ? later() : eventsOf(first, 'after-3')),
    });
    await app.press('button', /^Next page/, { shows: ['Not now.'], rows: first });
    await app.press('button', /^Next page/, { hides: ['Not now.'], rows: second });
  });

  test('that could not be read is read again', async () => {
    const list = inTurn(new Refusal(500, 'Not now.'), eventsOf(first));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/events': list });
    await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], rows: first });
  });

  test('looks as far back as it has to, for the newest events once, and for a page at each try', async () => {
    const nothing = (nextCursor: string | null) => eventsOf([], nextCursor);
    const empty = ['a', 'b', 'after-3', 'c'];
    const app = await openConsole(path, {
      ...record,
      'GET /v1/connections/{name}/events': ({ query }) => {
        const at = query.get('cursor') ?? '';
        if (at === 'b') return eventsOf(first, 'after-3');
        const next = { '': 'a', a: 'b', 'after-3': 'c', c: null }[at];
        return nothing(next ?? null);
      },
    });
    const asked = () =>
      app.api.reads.filter((each) => each.startsWith(`GET ${events}`)).map((each) => each.split('cursor=')[1]);
    expect([app.rows, asked()]).toEqual([first, [undefined, 'a', 'b']]);
    expect(app.isOffered('button', /^Next page/)).toBe(true);
    await app.press('button', /^Next page/, { rows: first });
    expect(asked().filter((cursor) => cursor !== undefined)).toEqual(['a', 'b', ...empty.slice(2)]);
    expect(() => app.control('button', /^Next page/)).toThrow();
  });

  test('looks through ten pages at once, goes on where it was when that is wanted, and says that it has not seen all', async () => {
    ownClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(`${path}#type=rare`, {
      ...record,
      'GET /v1/connections/{name}/events': ({ query }) => {
        const page = Number(query.get('cursor') ?? 0);
        return page === 24 ? eventsOf(first, null) : eventsOf([], String(page + 1));
      },
    });
    const asked = () =>
      app.api.reads.filter((each) => each.includes('cursor=')).map((each) => Number(each.split('cursor=')[1]));
    const pagesTo = (last: number) => Array.from({ length: last }, (_, page) => page + 1);
    await app.shows('None of the newest events matches.');
    expect([asked(), app.text.includes('No event matches')]).toEqual([pagesTo(9), false]);
    // The newest page is read again, and has another place to go on from.
    await app.passes(5);
    await app.user.click(app.control('button', 'Look further'));
    await app.settle();
    expect([asked(), app.text.includes('Nothing found yet')]).toEqual([pagesTo(19), true]);
    await app.passes(5);
    await app.press('button', 'Look further', { rows: first, hides: ['Nothing found yet', 'Look further'] });
    expect(asked()).toEqual(pagesTo(24));
  });

  test('says what is known of an event now', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const { items } = eventsOf(first);
    const held = { items: items.map((each) => ({ ...each, publication: 'held' as const })), nextCursor: null };
    const list = inTurn(held, eventsOf(first));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/events': list });
    expect(app.text).toContain('order.paid (Held)');
    await app.does({ hides: ['(Held)'], rows: first }, () => app.comeBack());
  });

  test('leads to an event, and the way back to the same page', async () => {
    const app = await openConsole(path, { ...pages, 'GET /v1/connections/{name}/events/{id}': anEvent('evt_05') });
    await app.press('button', /^Next page/, { rows: second });
    await app.press('link', 'evt_05', { page: `/console${path}/evt_05`, shows: ['SHA-256 of the body'] });
    await app.pressCrumb('Events', { page: `/console${path}`, rows: second });
    expect(document.activeElement?.textContent).toBe('evt_05');
  });

  test('says a lower bound of new events if more may have come than one page has', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const list = inTurn(eventsOf(third), eventsOf(first, 'after-3'));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/events': list });
    await app.does({ shows: ['Show 3 or more new events'], rows: third }, () => app.comeBack());
    await app.press('button', 'Show 3 or more new events', { rows: first, hides: ['new events'] });
  });

  test('says the number of new events if what was there follows them', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const list = inTurn(eventsOf(second, 'after-6'), eventsOf(['evt_03', ...second], 'after-6'));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/events': list });
    await app.does({ shows: ['Show 1 new event'], rows: second }, () => app.comeBack());
    expect(app.offered).toContain('Show 1 new event');
  });

  test('begins anew after another tab, with what came since', async () => {
    const list = inTurn(eventsOf(second), eventsOf(['evt_03', ...second]));
    const app = await openConsole(path, {
      ...record,
      'GET /v1/connections/{name}/events': list,
      'GET /v1/connections/{name}/history': { items: [], nextCursor: null },
    });
    await app.press('tab', 'History', { page: '/console/connections/shop/history' });
    stopClock(new Date(Date.now() + 60_000).toISOString());
    await app.press('tab', 'Events', { page: `/console${path}`, rows: ['evt_03', ...second] });
    expect(app.offered.filter((each) => /^Show|^Replay many/.test(each))).toEqual(['Replay many']);
  });

  test('announces new events, and shows them at a click', async () => {
    const list = inTurn(eventsOf(second), eventsOf([...first, ...second]));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/events': list });
    expect(app.rows).toEqual(second);
    await app.shows('Show 3 new events');
    expect(app.rows).toEqual(second);
    await app.press('button', 'Show 3 new events', { rows: [...first, ...second], hides: ['new events'] });
  });
});

test('new events come in by themselves while that is wanted, unless a person has the focus in a row', async () => {
  stopClock('2026-11-26T12:00:00.000Z');
  const [one, two] = [
    ['evt_03', ...second],
    ['evt_02', 'evt_03', ...second],
  ];
  const list = inTurn(eventsOf(second), eventsOf(one), eventsOf(two));
  const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/events': list });
  await app.pressOnce('checkbox', 'Live list', { turns: 'on', rows: second });
  await app.does({ rows: one }, () => app.comeBack());
  app.control('link', 'evt_03').focus();
  await app.does({ shows: ['Show 1 new event'], rows: one }, () => app.comeBack());
  await app.press('button', 'Show 1 new event', { rows: two });
});

test('new events are those that are on none of the pages that were read', async () => {
  stopClock('2026-11-26T12:00:00.000Z');
  const newest = inTurn(eventsOf(first, 'after-3'), eventsOf(['evt_00', ...first], 'after-3'));
  const app = await openConsole(path, {
    ...record,
    'GET /v1/connections/{name}/events': ({ query }) => (query.has('cursor') ? eventsOf(second) : newest()),
  });
  await app.press('button', /^Next page/, { rows: second });
  await app.does({ shows: ['Show 1 new event'], rows: second }, () => app.comeBack());
  await app.press('button', 'Show 1 new event', { rows: ['evt_00', ...first], hides: ['new event'] });
});

describe('the filter', () => {
  const find = async (query: string, filter: string) => {
    const app = await openConsole(path, pages);
    const narrowed = inTurn(eventsOf([]), eventsOf(['evt_09']));
    app.api.answer({
      'GET /v1/connections/{name}/events': (asked) =>
        asked.query.has('type') || asked.query.has('deliveryId')
          ? narrowed()
          : pages['GET /v1/connections/{name}/events'](asked),
    });
    await app.filter(filter, {
      reads: [`GET ${events}?limit=50&${query}`],
      shows: ['No event matches'],
      hides: ['evt_01'],
    });
    return app;
  };

  test('by type', async () => {
    await find('type=order.paid', 'Type = order.paid');
  });

  test('offers the types that were seen', async () => {
    const app = await openConsole(path, pages);
    await app.does({ shows: ['Type = order.paid'], reads: [`GET ${events}?limit=50&type=order.paid`] }, async () => {
      await app.user.click(app.field('Filter'));
      await app.user.paste('Type = ');
      await app.shows('Type = order.paid');
      await app.user.click(app.control('option', /order\.paid/));
    });
  });

  test('by delivery id, which says when and why it was refused', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const said = { reason: 'token_missing', count: 1, explanation: 'No token.', facts: [{ code: 'token_missing' }] };
    const refused = [
      { ...said, minute: '2026-11-26T09:12Z', deliveryIds: ['d-1'] },
      { ...said, minute: '2026-11-26T09:11Z', deliveryIds: ['d-2'] },
    ];
    const asOf = '2026-11-26T12:00:00.000Z';
    const app = await openConsole(path, pages);
    app.api.answer({
      'GET /v1/connections/{name}/events': (asked) =>
        asked.query.has('deliveryId') ? eventsOf([]) : pages['GET /v1/connections/{name}/events'](asked),
      'GET /v1/connections/{name}/rejections': { items: refused, nextCursor: null, asOf } as never,
    });
    await app.filter('Delivery id = d-1', {
      reads: [
        `GET ${events}?limit=50&deliveryId=d-1`,
        'GET /v1/connections/shop/rejections?deliveryId=d-1&from=2026-10-27T12%3A00%3A00.000Z',
      ],
      shows: ['No event matches', 'It was refused at 2026-11-26T09:12Z: No token.'],
      hides: ['evt_01'],
    });
    // What an earlier version lists without the filter is another webhook.
    const shown = document.body.textContent ?? '';
    expect(['09:12Z', '09:11Z'].filter((time) => shown.includes(time))).toEqual(['09:12Z']);
  });

  test('is where a replay of many begins, which is not offered for nothing', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, pages);
    await app.filter('Type = order.paid', { rows: first });
    await app.does({ rows: first }, () => app.chooseTime(/^Received/, 'Last day'));
    const none = {
      count: 0,
      complete: true,
      skipped: 0,
      skippedBecause: {},
      first: null,
      last: null,
      writeUnits: 0,
      sample: [],
    };
    const range = {
      from: '2026-11-25T12:00:00.000Z',
      to: '2026-11-26T12:00:00.000Z',
      upTo: '2026-11-26T12:00:00.000Z',
    };
    const counts = inTurn({ ...none, ...range, count: 1, complete: false }, { ...none, ...range });
    app.api.answer({ 'POST /v1/connections/{name}/replays': counts });
    await app.press('button', 'Replay many', { dialog: 'Replay many events' });
    const sent = [
      'POST /v1/connections/shop/replays {"from":"2026-11-25T12:00:00.000Z","type":"order.paid","ratePerSecond":50,"dryRun":true}',
    ];
    await app.pressOnce('button', 'Count first', { sent, shows: ['At least 1 event would be published again.'] });
    await app.enter('To', '2026-11-26T24:70');
    expect(app.isOffered('button', 'Count first')).toBe(false);
    await app.enter('To', '');
    await app.pressOnce('button', 'Count first', { sent, shows: ['0 events would be published again.'] });
    expect(app.isOffered('button', 'Start the replay')).toBe(false);
  });

  test('by the time that was chosen, whichever it is', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, pages);
    for (const [choice, from] of [
      ['Last hour', '2026-11-26T11%3A00%3A00.000Z'],
      ['Last day', '2026-11-25T12%3A00%3A00.000Z'],
      ['Last week', '2026-11-19T12%3A00%3A00.000Z'],
    ] as const) {
      const reads = [`GET ${events}?limit=50&from=${from}`];
      await app.does({ reads }, () => app.chooseTime(/^Received/, choice));
    }
  });

  test('from one moment to another, as it is in the address, and as the time zone of the browser has it', async () => {
    const app = await openConsole(path, pages);
    const from = 'November 26, 2026, 04:30:00 (UTC-3:30)';
    const reads = [`GET ${events}?limit=50&from=2026-11-26T08%3A00%3A00.000Z&to=2026-11-26T08%3A59%3A59.999Z`];
    await app.does({ reads, shows: [`${from} — November 26, 2026, 05:29:59 (UTC-3:30)`] }, () =>
      app.goTo(`${path}#from=2026-11-26T08:00:00Z&to=2026-11-26T08:59:59.999Z`),
    );
    await app.does({ hides: ['November 26'], rows: first }, () => app.chooseTime(/^Received/, 'Any time'));
  });

  test('by a time that is no range says what is wrong', async () => {
    const app = await openConsole(path, pages);
    await app.user.click(app.control('button', /^Received/));
    await app.user.click(app.control('button', 'Absolute mode'));
    await app.shows('in the time zone America/St_Johns.');
    await app.does({ shows: ['Enter a date and a time of both'] }, () =>
      app.user.click(app.control('button', 'Apply')),
    );
    await app.user.click(app.control('button', 'Relative mode'));
    await app.user.click(app.control('radio', /^Custom range/));
    await app.does({ shows: ['Enter a whole number'] }, () => app.user.click(app.control('button', 'Apply')));
  });

  test('is cleared', async () => {
    const app = await find('type=gone.type', 'Type = gone.type');
    await app.press('button', 'Clear filters', { hides: ['gone.type', 'No event matches'], rows: first });
  });
});

/** The routes of the connection, each with a rule that leads to a destination. */
const routes = (...to: string[]): Answers => ({
  'GET /v1/connections/{name}/routes': {
    ...{ mode: 'all' as const, version: 3 },
    rules: to.map((each, index) => ({ id: `r${index}`, to: each })),
  },
});

describe('one event', () => {
  const page = `${path}/evt_05`;
  const event = { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_05') };

  test('is replayed, and read again', async () => {
    const app = await openConsole(page, {
      'GET /v1/connections/{name}/events/{id}': inTurn(anEvent('evt_05'), anEvent('evt_05', { replays: 41 })),
      'POST /v1/connections/{name}/events/{id}/replay': { id: 'evt_05', replay: 41 },
      ...routes('crm', 'shop', 'crm'),
    });
    await app.press('button', 'Replay', {
      dialog: 'Replay this event?',
      shows: ['It goes to the event bus and, where the rules of today match, to crm, shop.'],
    });
    await app.press('button', 'Replay', {
      ...{
        sent: [`POST ${events}/evt_05/replay`],
        reads: [`GET ${events}/evt_05`],
        shows: ['Published again: replay 41.', 'Replays41'],
        dialog: null,
      },
    });
  });

  test.each<[string, Answers, string]>([
    ['no route', routes(), 'It goes to the event bus. No route leads to a destination.'],
    [
      'routes that can’t be read',
      { 'GET /v1/connections/{name}/routes': new Refusal(409, 'Not now.') },
      'It goes to the event bus. Which routes there are could not be read.',
    ],
  ])('with %s is not replayed if nobody says so', async (_, answers, said) => {
    const app = await openConsole(page, { ...event, ...answers });
    await app.press('button', 'Replay', { dialog: 'Replay this event?', shows: [said] });
    await app.press('button', 'Cancel', { dialog: null });
  });

  test('has a body to look at, to copy and to download', async () => {
    const app = await openConsole(page, {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_05', { deliveryId: 'order-4711' }),
    });
    expect(document.querySelector('[role=tablist]')?.getAttribute('aria-label')).toBe('Body');
    await app.press('tab', 'Text', { shows: ['{"a": 1}'] });
    await app.press('tab', 'Bytes', { shows: ['7b 22 61 22'] });
    await app.press('tab', 'Formatted', { shows: ['Fold all'] });
    await app.press('button', 'Copy id', { copied: 'evt_05' });
    await app.press('button', 'Copy delivery id', { copied: 'order-4711' });
    await app.press('button', 'Copy body', { copied: '{"a": 1}' });
    await app.press('button', 'Download body', { saved: { name: 'evt_05.json', content: '{"a": 1}' } });
  });

  test('has bytes that are no text: they are copied as base64, and each view has its pages', async () => {
    const png = (length: number) => {
      const bytes = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(length - 4, 'x')]);
      const { body: _, ...more } = anEvent('evt_05', { size: length });
      return { ...more, bodyBase64: bytes.toString('base64') };
    };
    const small = await openConsole(page, { 'GET /v1/connections/{name}/events/{id}': png(6) });
    expect(small.text).toContain('89 50 4e 47 78 78');
    await small.press('tab', 'Text', { shows: ['\ufffdPNGxx'] });
    await small.press('button', 'Copy body as base64', { copied: 'iVBOR3h4' });
    await small.press('button', 'Download body', { saved: { name: 'evt_05.bin', content: '\ufffdPNGxx' } });
    const large = await openConsole(page, { 'GET /v1/connections/{name}/events/{id}': png(32_769) });
    expect(large.text).toContain('Bytes 1 to 8,192 of 32,769');
    await large.press('button', 'Page 5 of the body', { shows: ['Bytes 32,769 to 32,769 of 32,769', '00008000 78 '] });
    await large.press('tab', 'Text', { shows: ['Characters 1 to 32,768 of 32,769'] });
    await large.press('button', 'Next page of the body', { shows: ['Characters 32,769 to 32,769 of 32,769'] });
    await large.press('button', 'Previous page of the body', { shows: ['Characters 1 to 32,768 of 32,769'] });
  });

  test.each([
    ['turns the text around', 'a\u202eb', 'a⟨U+202E⟩b'],
    ['is longer than a page', 'x'.repeat(131_073), 'Characters 1 to 32,768 of 131,073'],
    ['is empty', '', 'The body is empty.'],
  ])('has exactly its body to copy and to download, although it %s', async (_, body, shown) => {
    const app = await openConsole(page, { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_05', { body }) });
    expect(app.text).toContain(shown);
    await app.press('button', 'Copy body', { copied: body });
    await app.press('button', 'Download body', { saved: { name: 'evt_05.txt', content: body } });
  });

  test('that could not be read is read again', async () => {
    const app = await openConsole(page, {
      'GET /v1/connections/{name}/events/{id}': inTurn(new Refusal(500, 'Not now.'), anEvent('evt_05')),
    });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['SHA-256 of the body'] });
  });
});

describe('Replay many', () => {
  const replays = '/v1/connections/shop/replays';
  const counted = {
    from: '2026-11-26T08:00:00.000Z',
    to: '2026-11-26T09:00:00.000Z',
    upTo: '2026-11-26T09:00:00.000Z',
    count: 12,
    skipped: 0,
    skippedBecause: {},
    first: null,
    last: null,
    complete: true,
    writeUnits: 12,
    sample: [],
  };
  const answers = {
    ...pages,
    'POST /v1/connections/{name}/replays': ({ body }: { body: unknown }) =>
      (body as { dryRun: boolean }).dryRun ? counted : { id: 'job-1', from: counted.from, to: counted.to, count: 12 },
    'GET /v1/connections/{name}/replays/{id}': aJob(),
    'DELETE /v1/connections/{name}/replays/{id}': aJob({ state: 'cancelled' }),
  };

  test('is counted, started and cancelled', async () => {
    const app = await openConsole(path, answers);
    await app.press('button', 'Replay many', { dialog: 'Replay many events' });
    await app.pickTime('From', '2026-11-26T09:30');
    await app.enter('To', '2026-11-27 00:15');
    await app.enter('Only this type', ' order.paid ');
    await app.enter('Events per second', '7');
    const range =
      '{"from":"2026-11-26T13:00:00.000Z","to":"2026-11-27T03:45:00.000Z","type":"order.paid","ratePerSecond":7';
    await app.press('button', 'Count first', {
      sent: [`POST ${replays} ${range},"dryRun":true}`],
      shows: ['12 events would be'],
    });
    await app.press('button', 'Start the replay', {
      sent: [`POST ${replays} ${range},"dryRun":false}`],
      shows: ['3 of 12 events'],
    });
    app.api.answer({ 'GET /v1/connections/{name}/replays/{id}': aJob({ state: 'cancelled' }) });
    await app.press('button', 'Cancel the replay', {
      sent: [`DELETE ${replays}/job-1`],
      shows: ['Cancelled: 3 of 12'],
    });
    await app.press('button', 'Close', { dialog: null });
  });

  test('goes on above the list when its dialog is closed, and can be cancelled there', async () => {
    stopClock('2026-11-26T13:00:00.000Z');
    const asked = (dryRun: boolean) =>
      `POST ${replays} {"from":"2026-11-26T12:00:00.000Z","ratePerSecond":50,"dryRun":${dryRun}}`;
    const list = inTurn({ items: [], nextCursor: null }, { items: [aJob()], nextCursor: null });
    const app = await openConsole(path, { ...answers, 'GET /v1/connections/{name}/replays': list });
    await app.press('button', 'Replay many', { dialog: 'Replay many events' });
    await app.press('button', 'Count first', { sent: [asked(true)], shows: ['12 events would be'] });
    await app.press('button', 'Start the replay', { sent: [asked(false)], shows: ['3 of 12 events'] });
    await app.press('button', 'Close', { dialog: null });
    expect(app.text).toContain('3 of 12 events');
    app.api.answer({ 'GET /v1/connections/{name}/replays/{id}': aJob({ state: 'cancelled' }) });
    await app.press('button', 'Cancel the replay', {
      sent: [`DELETE ${replays}/job-1`],
      shows: ['Cancelled: 3 of 12'],
    });
  });

  test('that somebody else began is shown above the list', async () => {
    const job = { items: [aJob({ id: 'job-2', state: 'done' }), aJob()], nextCursor: null };
    const app = await openConsole(path, { ...answers, 'GET /v1/connections/{name}/replays': job });
    expect(app.text).toContain('3 of 12 events');
    expect(app.api.reads).toContain(`GET ${replays}/job-1`);
  });

  test('shows what it would publish, and what it leaves out', async () => {
    const sample = { id: 'evt_9', type: 'order.paid', method: 'POST', size: 2, endpointId: 'e1', tokenId: 't1' };
    const plan = { ...counted, skipped: 3, skippedBecause: { held: 1, test: 1, expired: 1 } };
    const plans = inTurn(
      { ...plan, sample: [{ ...sample, receivedAt: '2026-11-26T08:00:00.000Z' }] },
      { ...counted, count: 1, skipped: 1, skippedBecause: { held: 1 } },
      { ...counted, count: 0 },
    );
    const app = await openConsole(path, { ...answers, 'POST /v1/connections/{name}/replays': plans });
    await app.pressOnce('button', 'Replay many', { dialog: 'Replay many events' });
    await app.does(
      {
        sent: [expect.stringContaining(`POST ${replays}`) as never],
        shows: [
          '9 events would be published again.',
          ...['Nov 26, 2026, 4:30:00.000 AM GMT-3:30', 'evt_9'],
          '1 event is held by the endpoint, and left out: the release of the hold publishes them.',
          '1 event of tests is left out',
          '1 event has expired',
        ],
      },
      () => app.user.click(app.control('button', 'Count first')),
    );
    await app.enter('Only this type', 'order.*');
    await app.does(
      {
        sent: [expect.stringContaining('"type":"order.*"') as never],
        shows: ['All of them are left out, so there is nothing to publish.'],
      },
      () => app.user.click(app.control('button', 'Count first')),
    );
    await app.enter('Only this type', 'push');
    await app.does(
      {
        sent: [expect.stringContaining('"type":"push"') as never],
        shows: ['0 events would be published again.Choose an earlier beginning, a later end, or another type.'],
      },
      () => app.user.click(app.control('button', 'Count first')),
    );
    expect(app.isOffered('button', 'Start the replay')).toBe(false);
  });

  test('waits until another one has ended, which can be cancelled there', async () => {
    const open = { items: [aJob()], nextCursor: null };
    const app = await openConsole(path, { ...answers, 'GET /v1/connections/{name}/replays': open });
    await app.pressOnce('button', 'Replay many', { dialog: 'Replay many events' });
    await app.press('button', 'Count first', {
      sent: [expect.stringContaining(`POST ${replays}`) as never],
      shows: ['A replay of this connection has not ended.'],
    });
    expect(app.isOffered('button', 'Start the replay')).toBe(false);
    await app.press('button', 'Cancel the replay', { sent: [`DELETE ${replays}/job-1`] });
  });

  test('of a list with one delivery id says that it takes more', async () => {
    const app = await openConsole(`${path}#deliveryId=d1`, answers);
    await app.press('button', 'Replay many', {
      dialog: 'Replay many events',
      shows: ['The list shows one delivery id, and a replay of many has none'],
    });
  });

  test('is counted again after a change of the range', async () => {
    const app = await openConsole(path, answers);
    await app.press('button', 'Replay many', { dialog: 'Replay many events' });
    await app.enter('From', '2026-11-26T09:30');
    const first = `POST ${replays} {"from":"2026-11-26T13:00:00.000Z","ratePerSecond":50,"dryRun":true}`;
    await app.press('button', 'Count first', { sent: [first], shows: ['12 events would be'] });
    await app.does({ hides: ['12 events would be'] }, () => app.enter('Only this type', 'push'));
    expect(app.isOffered('button', 'Count first')).toBe(true);
    await app.enter('From', 'yesterday');
    expect(app.isOffered('button', 'Count first')).toBe(false);
  });
});
