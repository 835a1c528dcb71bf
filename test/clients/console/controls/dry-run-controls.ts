/** The dry run of routes, on their tab and beside their form. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type Answers, inTurn, Refusal } from './given-api.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { aDestination, anEvent, designer, eventsOf, shop } from './given-records.ts';

type Trial = ApiAnswer<'POST /v1/connections/{name}/routes/test'>;

const api = '/v1/connections/shop';
const tab = '/connections/shop/routes';
const rules = [{ id: 'paid', when: { type: ['order.paid'] }, to: 'depot' }];
const answers: Answers = {
  'GET /v1/connections/{name}': shop(),
  'GET /v1/connections/{name}/routes': { version: 3, mode: 'all', rules },
  'GET /v1/connections/{name}/events': eventsOf(['evt_2', 'evt_1']),
  'GET /v1/destinations': { items: [aDestination({ name: 'depot' })], nextCursor: null },
};

const found = (...findings: Trial['rules']): Trial => ({ mode: 'all', rules: findings });
const match = found({ id: 'paid', to: 'depot', verdict: 'match', sent: { method: 'POST', headers: {}, bytes: 0 } });
const noMatch = found({ id: 'paid', to: 'depot', verdict: 'no_match', mismatch: '/data/a~1b/c' });

const asked = (body: object) => `POST ${api}/routes/test ${JSON.stringify(body)}`;
const open = (
  path: string,
  trial: NonNullable<Answers['POST /v1/connections/{name}/routes/test']>,
  more: Answers = {},
) => openConsole(path, { ...answers, 'POST /v1/connections/{name}/routes/test': trial, ...more });

/** Chooses an event. The list shows the type of each, which is the same here. */
async function chooseEvent(app: OpenConsole, id: string): Promise<void> {
  await app.user.click(app.control('button', /^Event order/));
  await app.does({ shows: [] }, () => app.user.click(app.control('option', new RegExp(id))));
}

describe('of the rules in force', () => {
  test('takes the newest event, or another one', async () => {
    const app = await open(tab, inTurn(noMatch, match));
    await app.press('button', 'Try the rules', {
      sent: [asked({ eventId: 'evt_2' })],
      shows: ['paid → depot', 'Does not match', 'The first difference is at data.a/b.c.'],
    });
    await chooseEvent(app, 'evt_1');
    expect(app.text).toContain('The rules or the event have changed since. Try again.');
    await app.pressOnce('button', 'Try the rules', {
      sent: [asked({ eventId: 'evt_1' })],
      shows: ['Matches', 'POST, 0 B', 'The body is empty.'],
      hides: ['Does not match', 'The rules or the event have changed since.'],
    });
  });

  test('names the paths of an expression at which the event has nothing', async () => {
    const emptyPaths = ['data.repositry', 'headers.`x-shp`'];
    const app = await open(tab, found(...match.rules.map((finding) => ({ ...finding, emptyPaths }))));
    await app.press('button', 'Try the rules', {
      sent: [asked({ eventId: 'evt_2' })],
      shows: ['The event has nothing at these paths of the expression: data.repositry, headers.`x-shp`'],
    });
  });

  test('begins by itself for the event of a link, to a flow designer too', async () => {
    const app = await open('/connections/shop/events/evt_0', match, {
      'GET /v1/me': designer,
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_0'),
    });
    const link = app.control('link', 'Dry run of the routes');
    // The page that it leads to sends the request, so the link itself is never busy.
    await app.does(
      {
        sent: [asked({ eventId: 'evt_0' })],
        page: '/console/connections/shop/routes?event=evt_0',
        shows: ['Matches'],
      },
      () => app.user.click(link),
    );
  });

  test('keeps the event of a link on the way to the form', async () => {
    const app = await open(`${tab}?event=evt_0`, match);
    await app.press('link', 'Edit routes', {
      page: '/console/connections/shop/routes/edit?event=evt_0',
      shows: ['before they are saved'],
    });
    await app.press('button', 'Try the rules', {
      sent: [asked({ eventId: 'evt_0', routes: { mode: 'all', rules } })],
      shows: ['Matches'],
    });
  });

  test('takes an event as JSON, which is what there is without a stored one', async () => {
    const app = await open(tab, match, { 'GET /v1/connections/{name}/events': { items: [], nextCursor: null } });
    await app.press('button', 'Try the rules', {
      sent: [asked({ event: { type: 'order.paid', headers: {}, data: { id: 7 } } })],
      shows: ['Matches'],
    });
    await app.pressOnce('button', 'A stored event', { turns: 'on', hides: ['Event as JSON'] });
    await app.pressOnce('button', 'Try the rules', { shows: ['Choose an event.'] });
    await app.pressOnce('button', 'An event as JSON', { turns: 'on', shows: ['Event as JSON'] });
    await app.enter('Event as JSON', '[]');
    await app.pressOnce('button', 'Try the rules', { shows: ['This is not a JSON object.'] });
    await app.does({ hides: ['This is not a JSON object.'] }, () => app.enter('Event as JSON', '{"type": "a"}'));
    await app.press('button', 'Try the rules', { sent: [asked({ event: { type: 'a' } })], shows: ['Matches'] });
  });

  test('says at the event what the API finds wrong with it', async () => {
    const wrong = new Refusal(422, 'Its own text.', {
      code: 'invalid_request',
      errors: [{ path: 'event.headers', pointer: '/event/headers', message: 'must be a JSON object' }],
    });
    const app = await open(tab, inTurn(wrong, match), {
      'GET /v1/connections/{name}/events': { items: [], nextCursor: null },
    });
    await app.enter('Event as JSON', '{"headers": 1}');
    await app.pressOnce('button', 'Try the rules', {
      sent: [asked({ event: { headers: 1 } })],
      shows: ['headers must be a JSON object.'],
    });
    expect([app.field('Event as JSON').getAttribute('aria-invalid'), app.notices]).toEqual(['true', []]);
    await app.does({ hides: ['headers must be a JSON object.'] }, () => app.enter('Event as JSON', '{}'));
  });

  const shown: [name: string, trial: Trial, shows: string[]][] = [
    [
      'a message with its body over lines, and its headers',
      found({
        ...{ id: 'paid', to: 'depot', verdict: 'match' },
        sent: { method: 'PUT', headers: { 'x-a': 'b\u202e' }, bytes: 1234, body: '{"a":1}' },
      }),
      ['PUT, 1.2 KiB', '{ "a": 1 }', 'x-a: b⟨U+202E⟩', 'The destination’s own headers'],
    ],
    [
      'a body that is no JSON, and cut',
      found({
        ...{ id: 'paid', to: 'depot', verdict: 'match' },
        sent: { method: 'POST', headers: {}, bytes: 20_000, body: '{"a":1', isCut: true },
      }),
      ['{"a":1', 'Only its beginning is shown.'],
    ],
    [
      'a body that is no text',
      found({
        ...{ id: 'paid', to: 'depot', verdict: 'match' },
        sent: { method: 'POST', headers: {}, bytes: 2, bodyBase64: '//4=' },
      }),
      ['It is no text. In base64:', '//4='],
    ],
    [
      'why a transform sends nothing, and where',
      found({
        ...{ id: 'paid', to: 'depot', verdict: 'match' },
        unsent: { reason: 'error', message: 'The left side must be a number\u202e.', position: 9 },
      }),
      ['Nothing would be sent: the transform fails. The left side must be a number⟨U+202E⟩. At character 9.'],
    ],
    [
      'each other verdict',
      found(
        { id: 'a', to: 'crm', verdict: 'no_match' },
        { id: 'b', to: 'crm', verdict: 'over_budget' },
        { id: 'c', to: 'crm', verdict: 'not_reached' },
        { id: 'd', to: 'crm', verdict: 'match', unsent: { reason: 'destination_gone' } },
      ),
      [
        'no single element of a list meets all of them',
        'to find out would take too long',
        'an earlier rule takes the event',
        'the destination was deleted',
      ],
    ],
    [
      'what the event has that rules do not see',
      { ...found(), masked: true, split: true, bodyWithheld: 'It has a token.' },
      [
        'Rules see it masked',
        'On the event bus, this event is several events.',
        'It has a token.',
        'There are no rules to try.',
      ],
    ],
  ];
  test.each(shown)('shows %s', async (_, trial, shows) => {
    const app = await open(tab, trial);
    await app.press('button', 'Try the rules', { sent: [asked({ eventId: 'evt_2' })], shows });
  });

  test('has the headers behind a title', async () => {
    const app = await open(tab, match);
    await app.press('button', 'Try the rules', { sent: [asked({ eventId: 'evt_2' })], shows: ['Matches'] });
    await app.pressOnce('button', 'Headers', { turns: 'on' });
  });

  test('waits for the event that it would try', async () => {
    const late = Promise.withResolvers<ReturnType<typeof eventsOf>>();
    const app = await open(tab, match, { 'GET /v1/connections/{name}/events': () => late.promise });
    expect(app.isOffered('button', 'Try the rules')).toBe(false);
    late.resolve(eventsOf(['evt_2']));
    await app.settle();
    await app.press('button', 'Try the rules', { sent: [asked({ eventId: 'evt_2' })], shows: ['Matches'] });
  });

  test('says that the events could not be read, and that there is none to try', async () => {
    const app = await open(tab, match, { 'GET /v1/connections/{name}/events': new Refusal(500, 'Not now.') });
    await app.pressOnce('button', 'Try the rules', { shows: ['Choose an event.'] });
    await app.user.click(app.control('button', /^Event(?! to try)/));
    expect(app.text).toContain('The events could not be loaded.');
    app.api.answer({ 'GET /v1/connections/{name}/events': eventsOf(['evt_2']) });
    await app.press('button', 'Try again', { hides: ['The events could not be loaded.'] });
    await app.user.keyboard('{Escape}');
    await app.pressOnce('button', 'An event as JSON', { turns: 'on', hides: ['Choose an event.'] });
  });
});

describe('beside the form', () => {
  const form = `${tab}/edit`;

  test('takes the rules as they stand there', async () => {
    const app = await open(form, match);
    await app.enter('Value', 'order.refunded');
    const changed = [{ ...rules[0], when: { type: ['order.refunded'] } }];
    await app.press('button', 'Try the rules', {
      sent: [asked({ eventId: 'evt_2', routes: { mode: 'all', rules: changed } })],
      shows: ['Matches'],
    });
    await app.does({ shows: ['The rules or the event have changed since.'] }, () => app.enter('Value', 'order'));
  });

  test('says that the rules have mistakes, each at its field', async () => {
    const wrong = new Refusal(422, 'Its own text.', {
      code: 'invalid_request',
      errors: [{ path: 'routes.rules.0.transform', pointer: '/routes/rules/0/transform', message: 'is odd' }],
    });
    const app = await open(form, inTurn(wrong, match));
    const mistakes = 'The rules have mistakes, which are shown at their fields.';
    await app.enter('Value', '');
    await app.pressOnce('button', 'Try the rules', { shows: ['Enter a value.', mistakes] });
    await app.does({ hides: ['Enter a value.', mistakes] }, () => app.enter('Value', 'order.paid'));
    const sent = [asked({ eventId: 'evt_2', routes: { mode: 'all', rules } })];
    await app.pressOnce('button', 'Try the rules', { sent, shows: ['It is odd.', mistakes] });
    await app.does({ hides: ['It is odd.', mistakes] }, () => app.enter(/^Transform/, 'data'));
  });
});
