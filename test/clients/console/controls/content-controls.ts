/** What each page shows of what it read: each field in its place, and what a person may do there. */
import { expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import type { Answers } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { view } from './given-page.ts';
import { aDelivery, aDestination, anEvent, aToken, designer, inactive, shop, unconfigured } from './given-records.ts';

/** A time of the day that ends now, at noon. */
const at = (time: string) => `2026-11-26T${time}:00.000Z`;
const now = at('12:00');

type Listed = ApiAnswer<'GET /v1/connections'>['items'][number];
type ListedEvent = ApiAnswer<'GET /v1/connections/{name}/events'>['items'][number];

/** The last hour with these counts by minute. */
const stats = (events: number[], rejections: number[], more: Partial<NonNullable<Listed['stats']>> = {}) => {
  const sum = (counts: number[]) => counts.reduce((one, other) => one + other, 0);
  return {
    lastHour: {
      events: sum(events),
      rejections: sum(rejections),
      eventsByMinute: events,
      rejectionsByMinute: rejections,
      refused: sum(rejections) > 0 ? { token_missing: sum(rejections) } : {},
      upTo: now,
    },
    lastEventAt: null,
    asOf: now,
    complete: true,
    ...more,
  };
};

/** An event as a list has it. */
const listed = (id: string, more: Partial<ListedEvent> = {}): ListedEvent => {
  const { endpointId, tokenId, method, type, receivedAt, size } = anEvent(id);
  return { id, endpointId, tokenId, method, type, receivedAt, size, ...more };
};

/** A day in which so many events were given up. */
const givenUp = (count: number) => ({
  ...{ at: at('00:00'), accepted: 3, duplicates: 0, conflicts: 0, refused: {}, published: 3, givenUp: count },
});

/** A letter, then the character that turns the text behind it around. */
const turned = 'a\u202eb';
const managedBy = { kind: 'stack' as const, stackId: 'stack', logicalId: 'OrdersHook' };
const managed =
  'A CloudFormation stack manages this connection (as OrdersHook). What you change here differs from the stack, and its next update may change it back.';
const managedDestination =
  'A CloudFormation stack manages this destination (as OrdersHook). What you change here differs from the stack, and its next update may change it back.';
const file = { kind: 'file' as const, name: 'shop' };
const managedByFile =
  'The file shop manages of this connection: description, settings, routes. What you change of that here differs from the file, and its next hooklatch apply may change it back.';
const destinationOfFile =
  'The file shop manages of this destination: settings, URL, headers, credentials. What you change of that here differs from the file, and its next hooklatch apply may change it back.';
const signature = { kind: 'signature', scheme: 'asana' } as const;
const both = { kind: 'both', scheme: 'stripe', accept: [{ in: 'query', name: 'key' }] } as const;
const tabs = ['Endpoint', 'Traffic', 'Events', 'Routes', 'Rejections', 'History'];
/** What anybody can use above them, and the tabs. */
const anyTabs = ['Its jobs', ...tabs];
/** The same for an admin. */
const adminTabs = ['Its jobs', 'Edit description', ...tabs];
const record = { 'GET /v1/connections/{name}': shop() };
const noRoutes = { version: 3, mode: 'all' as const, rules: [] };
/** What can be used of a body that is JSON. */
const body = [
  ...['Copy body', 'Download body', 'Formatted', 'Text', 'Bytes'],
  ...['Fold all', 'Unfold all', 'Fold line 1'],
];

/** A choice in a narrow place is a list, which has the last one twice here. */
const dryRun = ['A stored event', 'An event as JSON', 'An event as JSON', 'Try the rules'];

/** What is above the tabs of a destination that is well. */
const well = ['State: Well', 'Waits for an attempt: Nothing'];

type Routed = ApiAnswer<'GET /v1/connections/{name}/events/{id}/deliveries'>['items'][number];

/** A rule of an event of `orders`, and what became of it. */
const routed = (rule: string, status: Routed['status'], more: Partial<Routed> = {}): Routed => ({
  ...{ id: `dlv_${rule}`, event: 'evt_1', connection: 'orders', receivedAt: at('10:00'), destination: 'shop' },
  ...{ rule, status, attempts: 0 },
  ...more,
});

/** 10 o'clock in UTC, in the time zone of these tests. */
const tenOClock = 'Nov 26, 2026, 6:30:00.000 AM GMT-3:30';
const redeliverNote =
  '“Redeliver” sends again what was made for this delivery, by the rule as it was then. “Replay”, on the page of the event, sends the event by the routes of today.';

interface Shown {
  /** The title in the browser's tab, and the one of the page with what is said below it. */
  /** Empty for a page that is below no list. */
  crumbs?: string;
  titles: string[];
  notices?: string[];
  facts?: string[];
  cells?: string[][];
  /** The controls that can be used. */
  offered: string[];
}

const pages: [page: string, path: string, answers: Answers, shown: Shown, texts?: string[]][] = [
  [
    'the connections',
    '/connections',
    {
      'GET /v1/connections': {
        items: [
          {
            ...shop({ name: 'a' }, { held: true }),
            stats: stats([0, 1], [2, 0], { lastEventAt: at('09:00'), complete: false }),
          },
          {
            ...shop({ name: 'b', provider: 'pay' }, { secretFrom: 'sender', tokens: [] }),
            stats: stats([2, 0], [0, 1]),
          },
          unconfigured({ name: 'c', provider: 'tasks' }),
          { ...inactive(), name: 'd', provider: 'gone' },
        ],
        nextCursor: null,
      },
    },
    {
      titles: [
        'Connections – Hooklatch',
        'Connections (4) A bar for each minute, blue for events and red for rejections. All charts have the same scale: the highest bar is 2. Counted up to Nov 26, 2026, 8:30:00 AM GMT-3:30.',
      ],
      cells: [
        [
          'a',
          'Active, held, refused at least 2 in the last hour',
          'Acme',
          '1 event, at least 2 rejections',
          '3 hours ago',
        ],
        ['b', 'Active, secret missing, refused 1 in the last hour', 'PayCo', '2 events, 1 rejection', 'Never'],
        ['c', 'Not configured', 'Tasks', '', 'Never'],
        ['d', 'Inactive', 'gone', '', 'Never'],
      ],
      offered: ['Create connection', 'a', 'b', 'c', 'd'],
    },
  ],
  [
    'what needs somebody',
    '/overview',
    {
      'GET /v1/connections': {
        items: [
          { ...shop({ name: 'a' }), stats: stats([0, 1, 2], [0, 2, 1], { complete: false }) },
          shop({ name: 'b', provider: 'pay', updatedAt: at('08:00') }, { secretFrom: 'sender', tokens: [] }),
          shop({ name: 'c', updatedAt: at('09:00') }, { secretFrom: 'handshake', tokens: [] }),
          {
            ...shop({ name: 'd' }, { alerts: { silence: { minutes: 120 } } }),
            stats: stats([0], [0], { lastEventAt: at('06:59') }),
          },
          { ...shop({ name: 'i' }), alerts: [{ kind: 'token_old', since: at('10:00'), threshold: { days: 1 } }] },
          shop({ name: 'e' }, { held: true, heldSince: at('10:00') }),
          shop({ name: 'f' }, { tokens: [aToken('t2'), aToken('t1', { expiresAt: at('13:00') })] }),
          shop(
            { name: 'g' },
            {
              tokens: [
                aToken('t2', { lastUsedAt: at('11:00') }),
                aToken('t1', { expiresAt: at('14:00'), lastUsedAt: at('11:00') }),
              ],
            },
          ),
          unconfigured({ name: 'h' }),
        ],
        nextCursor: null,
      },
      'GET /v1/destinations': {
        items: [
          aDestination({ name: 'crm' }),
          aDestination({ name: 'depot', status: 'paused', pausedSince: at('07:00') }),
          aDestination(),
        ],
        nextCursor: null,
      },
      'GET /v1/destinations/{name}/health': ({ params: { name } }) => ({
        state: name === 'crm' ? 'failing' : name === 'depot' ? 'paused' : 'well',
        waiting: { count: name === 'crm' ? 2_000 : 1, isMore: name === 'crm', oldest: at('10:30') },
        ...(name === 'crm' && {
          ...{ since: at('11:00'), wrong: { at: at('11:59'), what: `no answer ${turned}` } },
          nextAttemptAt: at('12:01'),
        }),
        ...(name === 'depot' && { since: at('07:00') }),
        ...(name === 'shop' && {
          givenUpAt: at('11:00'),
          alone: {
            ...{ count: 1, id: 'dlv_1', since: at('10:00'), attempts: 4, nextAttemptAt: at('12:30') },
            wrong: { at: at('11:30'), what: 'answered 500' },
          },
        }),
      }),
      'GET /v1/connections/{name}/rejections': {
        items: [
          {
            ...{ reason: 'token_missing', minute: at('11:59'), count: 3, atLeast: true, explanation: 'Add the token.' },
            sample: {
              ...{ method: 'POST', sourceIp: '192.0.2.1', headers: ['x-tokn'], faults: [] },
              ...{ cause: 'elsewhere', count: 3, advice: 'The token is in the header X-Tokn.' },
            },
          },
        ],
        ...{ nextCursor: null, asOf: now },
      },
      // The traffic is counted by hour, and has nothing.
      'GET /v1/stats': ({ query }) => ({ items: query.get('by') === 'day' ? [givenUp(1)] : [] }),
      'GET /v1/connections/{name}/stats': ({ params: { name }, query }) => ({
        items: query.get('by') === 'day' ? [givenUp(name === 'a' ? 1 : 0)] : [],
      }),
    },
    {
      titles: ['(13) Overview – Hooklatch', 'Overview'],
      cells: [
        [
          ...['Secret missing', 'b', 'at least 4 hours ago'],
          'Every webhook is refused: the sender makes the secret, and it is not here. Paste it on the page of the endpoint.',
        ],
        [
          ...['Secret missing', 'c', 'at least 3 hours ago'],
          'Every webhook is refused: the sender delivers the secret in a handshake, and none came. Open the handshake, then start it at the sender.',
        ],
        [
          ...['Refuses webhooks', 'a', '1 minute ago'],
          'At least 3 webhooks were refused in the last hour, most often (3): Token missing. The token is in the header X-Tokn.',
        ],
        [
          ...['Events given up', 'a', '12 hours ago'],
          'The event bus refused 1 event for good in the last 7 days. They are stored: look at why, then replay them. What was replayed since is still counted.',
        ],
        [
          ...['Deliveries given up', 'shop', 'the newest 1 hour ago'],
          'Some deliveries were tried until their time was over. Mend the destination, then redeliver them.',
        ],
        [
          ...['Destination fails', 'crm', '1 hour ago'],
          'Its attempts fail, and none has succeeded since. No answer a⟨U+202E⟩b at Nov 26, 2026, 8:29:00 AM GMT-3:30. More than 2,000 deliveries wait, the oldest of Nov 26, 2026, 7:00:00 AM GMT-3:30. Next attempt: Nov 26, 2026, 8:31:00 AM GMT-3:30.',
        ],
        [
          ...['Delivery fails', 'shop', '2 hours ago'],
          'One delivery fails although others succeed. It was attempted 4 times: answered 500 at Nov 26, 2026, 8:00:00 AM GMT-3:30. Next attempt: Nov 26, 2026, 9:00:00 AM GMT-3:30.',
        ],
        [
          ...['Grace ends soon', 'f', '2 hours ago'],
          'The previous token ends Nov 26, 2026, 9:30:00 AM GMT-3:30. No use of it is known, and the new one is not used yet. Enter the new token at the sender.',
        ],
        [
          ...['Grace ends soon', 'g', '2 hours ago'],
          'The previous token ends Nov 26, 2026, 10:30:00 AM GMT-3:30. It was last used Nov 26, 2026, 7:30:00 AM GMT-3:30, and the new one is used too: some sender still has the old one. Enter the new token at the sender.',
        ],
        [
          ...['Silent', 'd', '2 hours ago'],
          'No webhook came for longer than 2 hours, which the alerts of the endpoint allow. Look at the sender.',
        ],
        [
          ...['Token is old', 'i', '2 hours ago'],
          'The token is older than 1 day, which this deployment allows. Rotate it on the page of the endpoint.',
        ],
        [
          ...['Held for long', 'e', '2 hours ago'],
          'Webhooks are stored and not published. Release them, if the hold was only forgotten.',
        ],
        [
          ...['Paused for long', 'depot', '5 hours ago'],
          '1 delivery waits, the oldest of Nov 26, 2026, 7:00:00 AM GMT-3:30. Resume the destination, if the pause was only forgotten.',
        ],
        ['No connection had anything in this timeChoose a longer time to see older webhooks.'],
      ],
      offered: [
        'Search events',
        ...['Go to b', 'See what was given up: shop'],
        ...['b', 'c', 'a', 'a', 'shop', 'crm', 'shop', 'f', 'g', 'd', 'i', 'e', 'depot'],
        ...['Last hour', '24 hours', '7 days', '30 days', '24 hours', 'Chart', 'Table', 'Chart', 'Count again'],
      ],
    },
  ],
  [
    'an endpoint with two tokens, the older one first',
    '/connections/shop',
    {
      'GET /v1/connections/{name}': shop(
        { description: 'Orders', managedBy },
        {
          auth: both,
          tokens: [
            aToken('t1', {
              createdAt: at('07:00'),
              createdBy: 'Bob',
              lastUsedAt: at('11:00'),
              expiresAt: at('13:00'),
            }),
            aToken('t2', { createdAt: at('08:00') }),
          ],
        },
      ),
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Endpoint – Hooklatch', 'shop Acme: Orders'],
      notices: [
        managed,
        'Enter the current token at Acme. The previous token is accepted until Nov 26, 2026, 9:30:00 AM GMT-3:30.',
      ],
      facts: [
        'Status: Active',
        'Webhooks are verified by: their token and their signature',
        'Places for the token: In the URL, as ?key=…',
        'Signature scheme: stripe',
        ...[
          'Retention: 30 days',
          'Methods: POST, PUT, PATCH',
          'A repeat is recognized: not at all: each webhook is stored, a repeat too',
          'Type of an event: always webhook',
        ],
        ...['Created: 4 hours ago by Ada', 'Last used: Never since the rotation'],
        ...['Created: 5 hours ago by Bob', 'Last used: 1 hour ago'],
        'Accepted until (end of the grace): Nov 26, 2026, 9:30:00 AM GMT-3:30',
      ],
      offered: [
        ...[...adminTabs, 'Edit', 'Deactivate', 'Hold', 'Test', 'Copy endpoint', 'Copy without token'],
        ...['Documentation of Acme', 'Rotate token', 'Reveal', 'Copy token'],
      ],
    },
    [
      '“Deactivate” refuses every webhook until you activate again. “Hold” accepts',
      'Treat it like a password.',
      'Acme sends the token with each webhook. Revealing and copying are recorded in the history.',
      'https://hooks.example/hooks/shop/e1?key=••••••',
    ],
  ],
  [
    'an endpoint, to a flow designer',
    '/connections/shop',
    {
      'GET /v1/me': designer,
      'GET /v1/connections/{name}': shop(
        { allowedActions: [] },
        { tokens: [aToken('t1', { lastUsedAt: at('11:00') })] },
      ),
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Endpoint – Hooklatch', 'shop Acme'],
      facts: [
        ...['Status: Active', 'Webhooks are verified by: their token'],
        'Places for the token: In the URL, as ?key=…',
        ...[
          'Retention: 30 days',
          'Methods: POST, PUT, PATCH',
          'A repeat is recognized: not at all: each webhook is stored, a repeat too',
          'Type of an event: always webhook',
        ],
        ...['Created: 2 hours ago by Ada', 'Last used: 1 hour ago'],
      ],
      offered: [...anyTabs, 'Copy without token', 'Documentation of Acme'],
    },
    ['DeconfigureOnly a connection admin can do this.', 'BobFlow designer', 'https://hooks.example/hooks/shop/e1'],
  ],
  [
    'an endpoint that waits for its token and a handshake, to a flow designer: nothing that only an admin can do',
    '/connections/shop',
    {
      'GET /v1/me': designer,
      'GET /v1/connections/{name}': shop(
        { provider: 'generic', allowedActions: [] },
        { secretFrom: 'handshake', auth: signature, tokens: [], handshake: { openUntil: at('12:10') } },
      ),
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Endpoint – Hooklatch', 'shop Any other sender'],
      notices: [
        'Every webhook is refused until the sender delivers its secret. The handshake is open. A connection admin can change that.',
        'The sender can deliver its secret until Nov 26, 2026, 8:40:00 AM GMT-3:30.',
      ],
      facts: [
        ...['Status: Active, secret missing', 'Webhooks are verified by: their signature'],
        'Signature scheme: asana',
        ...[
          'Retention: 30 days',
          'Methods: POST, PUT, PATCH',
          'A repeat is recognized: not at all: each webhook is stored, a repeat too',
          'Type of an event: always webhook',
        ],
      ],
      offered: [...anyTabs, 'Copy endpoint'],
    },
    ['No token. A connection admin can add one.'],
  ],
  [
    'no endpoint, to a flow designer, of a sender without a name',
    '/connections/shop',
    { 'GET /v1/me': designer, 'GET /v1/connections/{name}': unconfigured({ provider: 'generic', allowedActions: [] }) },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Endpoint – Hooklatch', 'shop Any other sender'],
      offered: anyTabs,
    },
    ['This connection has no endpointA connection admin can configure one.'],
  ],
  [
    'no endpoint, of a sender without a name',
    '/connections/shop',
    { 'GET /v1/connections/{name}': unconfigured({ provider: 'generic' }) },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Endpoint – Hooklatch', 'shop Any other sender'],
      offered: ['Its jobs', 'Edit description', 'Delete connection', ...tabs, 'Configure', 'Set up in one step'],
    },
    ['Choose “Configure” to get the URL that you enter at the sender.'],
  ],
  [
    'a handshake',
    '/connections/shop',
    {
      'GET /v1/connections/{name}': shop(
        { provider: 'generic' },
        {
          secretFrom: 'handshake',
          auth: signature,
          tokens: [],
          handshake: {
            verifyToken: 'v-1',
            openUntil: at('12:10'),
            delivered: { at: at('11:58'), sourceIp: '192.0.2.9' },
            count: 1234,
            lastAt: at('11:00'),
          },
        },
      ),
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Endpoint – Hooklatch', 'shop Any other sender'],
      notices: [
        'Every webhook is refused until the sender delivers its secret. The handshake is open. Start it at the sender now.',
        'The sender can deliver its secret until Nov 26, 2026, 8:40:00 AM GMT-3:30. Start the handshake at the sender now.',
        'A secret was delivered2 minutes ago from 192.0.2.9. Choose “Confirm the secret” only if you started the handshake.',
      ],
      facts: [
        ...['Status: Active, secret missing', 'Webhooks are verified by: their signature'],
        'Signature scheme: asana',
        ...[
          'Retention: 30 days',
          'Methods: POST, PUT, PATCH',
          'A repeat is recognized: not at all: each webhook is stored, a repeat too',
          'Type of an event: always webhook',
        ],
      ],
      offered: [...[...adminTabs, 'Edit', 'Deactivate', 'Test', 'Copy endpoint', 'Copy verify token', 'Rotate token']],
    },
    [
      '1,234 handshakes were answered, the last 1 hour ago.',
      '“Deactivate” refuses every webhook until you activate again. “Test” sends',
      'Paste it here only if you have it already.',
    ],
  ],
  [
    'events',
    '/connections/shop/events',
    {
      ...record,
      'GET /v1/connections/{name}/events': {
        items: [
          listed('evt_1', { size: 2048, type: turned, publication: 'held' }),
          listed('evt_2', { receivedAt: at('11:00'), publication: 'discarded' }),
          listed('evt_3', { test: true }),
        ],
        nextCursor: null,
      },
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Events – Hooklatch', 'shop Acme'],
      cells: [
        // The first cell has the choice of the row.
        ['', 'evt_1', 'Nov 26, 2026, 6:30:00.000 AM GMT-3:30', 'a⟨U+202E⟩b (Held)', 'No delivery', '2.0 KiB'],
        ['', 'evt_2', 'Nov 26, 2026, 7:30:00.000 AM GMT-3:30', 'order.paid (Discarded)', 'No delivery', '8 B'],
        ['', 'evt_3', 'Nov 26, 2026, 6:30:00.000 AM GMT-3:30', 'order.paid (Test)', 'No delivery', '8 B'],
      ],
      offered: [...adminTabs, 'Any time', 'Replay many', 'Columns of the lists of events', 'evt_1', 'evt_2', 'evt_3'],
    },
  ],
  [
    'an event',
    '/connections/shop/events/evt_1',
    {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', {
        ...{ deliveryId: `d-${turned}`, path: `/p-${turned}`, query: `q=${turned}`, type: turned },
        ...{ replays: 3, size: 2048, publication: 'given_up', bytesAltered: true, verifiedBy: 'both' },
        headers: { 'x-a': turned },
      }),
    },
    {
      crumbs: 'Connections > shop > Events > [evt_1]',
      titles: ['a⟨U+202E⟩b, evt_1: shop – Hooklatch', 'a⟨U+202E⟩b Nov 26, 2026, 6:30:00.000 AM GMT-3:30, 2.0 KiB'],
      notices: ['API Gateway changed these bytes: the body was not valid UTF-8.'],
      facts: [
        'Received: Nov 26, 2026, 6:30:00.000 AM GMT-3:30',
        'Type: a⟨U+202E⟩b',
        'Delivery id: d-a⟨U+202E⟩b Copy delivery id',
        'Verified by: Token and signature',
        'Sent from: 192.0.2.7',
        'Size: 2.0 KiB',
        'Event bus: Not published: it is a dead letter',
        'Replays: 3',
        'Kept until: Dec 26, 2026, 6:30:00 AM GMT-3:30',
        'Path after the endpoint: /p-a⟨U+202E⟩b',
        'Query: q=a⟨U+202E⟩b',
        'SHA-256 of the body: ab12',
        'Event id: evt_1 Copy id',
      ],
      cells: [['x-a', 'a⟨U+202E⟩b']],
      offered: ['Copy as curl', 'Dry run of the routes', 'Replay', ...body, 'Copy delivery id', 'Copy id', 'Compare'],
    },
  ],
  [
    'an event whose body is withheld',
    '/connections/shop/events/evt_2',
    {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_2', { body: undefined, bodyWithheld: 'It has a token.' }),
    },
    {
      crumbs: 'Connections > shop > Events > [evt_2]',
      titles: ['order.paid, evt_2: shop – Hooklatch', 'order.paid Nov 26, 2026, 6:30:00.000 AM GMT-3:30, 8 B'],
      notices: ['It has a token.'],
      facts: [
        'Received: Nov 26, 2026, 6:30:00.000 AM GMT-3:30',
        'Type: order.paid',
        'Verified by: Token',
        'Sent from: 192.0.2.7',
        'Size: 8 B',
        'Event bus: Published',
        'Replays: 0',
        'Kept until: Dec 26, 2026, 6:30:00 AM GMT-3:30',
        'SHA-256 of the body: ab12',
        'Event id: evt_2 Copy id',
      ],
      cells: [['x-a', 'b']],
      offered: ['Dry run of the routes', 'Replay', 'Copy id'],
    },
  ],
  [
    'routes of which only the first counts',
    '/connections/shop/routes',
    {
      ...record,
      'GET /v1/connections/{name}/routes': {
        ...{ version: 3, mode: 'first' },
        rules: [
          { id: 'paid', when: { type: ['order.paid'] }, transform: `{ "of": ${turned} }`, to: 'crm' },
          { id: 'rest', to: 'depot' },
        ],
      },
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Routes – Hooklatch', 'shop Acme'],
      cells: [
        ['1. paid', '{ "type": [ "order.paid" ] }', '{ "of": a⟨U+202E⟩b }', 'crmDeliveries'],
        ['2. rest', 'Otherwise', 'None: the body goes as it came', 'depotDeliveries'],
      ],
      offered: [
        ...[...adminTabs, 'Send a test event', 'Edit routes', 'crm', 'Deliveries: crm', 'depot', 'Deliveries: depot'],
        ...dryRun,
      ],
    },
    [
      'Only the first rule that matches an event sends it to its destination. “Send a test event” sends a sample through the URL, then by these routes and to the event bus.',
      'Dry runTries the rules on an event. Nothing is sent.',
    ],
  ],
  [
    'routes that all count, to a flow designer',
    '/connections/shop/routes',
    {
      'GET /v1/me': designer,
      'GET /v1/connections/{name}': shop({ allowedActions: [] }),
      'GET /v1/connections/{name}/routes': { version: 3, mode: 'all', rules: [{ id: 'rest', to: 'depot' }] },
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Routes – Hooklatch', 'shop Acme'],
      cells: [['1. rest', 'Every event', 'None: the body goes as it came', 'depotDeliveries']],
      offered: [...anyTabs, 'depot', 'Deliveries: depot', ...dryRun],
    },
    [
      'Send a test eventOnly a connection admin can do this.Edit routesOnly a connection admin can change routes.',
      'Each rule that matches an event sends it to its destination.Rule',
    ],
  ],
  [
    'no routes, and no destination',
    '/connections/shop/routes',
    { ...record, 'GET /v1/connections/{name}/routes': noRoutes },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Routes – Hooklatch', 'shop Acme'],
      cells: [
        [
          'No routesA rule needs a destination, which is a URL that gets the events. There is none yet.Create destination',
        ],
      ],
      offered: [...adminTabs, 'Create destination'],
    },
  ],
  [
    'no routes',
    '/connections/shop/routes',
    {
      ...record,
      'GET /v1/connections/{name}/routes': noRoutes,
      'GET /v1/destinations': { items: [aDestination()], nextCursor: null },
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Routes – Hooklatch', 'shop Acme'],
      cells: [
        [
          'No routesEvents of this connection go to the event bus alone. Rules send them to destinations too.Add a route',
        ],
      ],
      offered: [...adminTabs, 'Add a route'],
    },
  ],
  [
    'no routes, to a flow designer',
    '/connections/shop/routes',
    {
      'GET /v1/me': designer,
      'GET /v1/connections/{name}': shop({ allowedActions: [] }),
      'GET /v1/connections/{name}/routes': noRoutes,
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Routes – Hooklatch', 'shop Acme'],
      cells: [
        [
          'No routesEvents of this connection go to the event bus alone. Rules send them to destinations too. A connection admin can add rules.',
        ],
      ],
      offered: anyTabs,
    },
  ],
  [
    'the form of routes without a destination',
    '/connections/shop/routes/edit',
    { 'GET /v1/connections/{name}/routes': noRoutes },
    {
      crumbs: 'Connections > shop > Routes > [Edit]',
      titles: ['Edit routes: shop – Hooklatch', 'Edit routes: shop'],
      offered: ['Create destination'],
    },
    ['A rule needs a destination'],
  ],
  [
    'the form of routes, to a flow designer',
    '/connections/shop/routes/edit',
    { 'GET /v1/me': designer },
    {
      crumbs: 'Connections > shop > Routes > [Edit]',
      titles: ['Edit routes: shop – Hooklatch', 'Edit routes: shop'],
      notices: ['Only a connection admin can change routes.Go to the routes'],
      offered: ['Go to the routes'],
    },
  ],
  [
    'the form of routes that a file leaves to operators',
    '/connections/shop/routes/edit',
    {
      'GET /v1/connections/{name}': shop({ managedBy: { ...file, routes: false } }),
      'GET /v1/connections/{name}/routes': noRoutes,
      'GET /v1/destinations': { items: [aDestination({ name: 'crm' })], nextCursor: null },
    },
    {
      crumbs: 'Connections > shop > Routes > [Edit]',
      titles: [
        'Edit routes: shop – Hooklatch',
        'Edit routes: shop The rules are tried in this order. A change holds for events that arrive after it is saved.',
      ],
      offered: [
        ...['Remove rule-1', 'crm', 'Create destination', 'Add condition', 'Write as JSON'],
        ...['Add rule', ...dryRun, 'Cancel', 'Save'],
      ],
    },
  ],
  [
    'the form of routes',
    '/connections/shop/routes/edit',
    {
      'GET /v1/connections/{name}': shop({ managedBy: file }),
      'GET /v1/connections/{name}/routes': {
        ...{ version: 3, mode: 'first' },
        rules: [
          { id: 'paid', when: { type: ['order.paid'] }, transform: '{ "a": 1 }', to: 'crm' },
          { id: 'other', when: { sourceIp: ['192.0.2.7'] }, to: 'gone' },
          { id: 'rest', to: 'crm' },
        ],
      },
      'GET /v1/destinations': { items: [aDestination({ name: 'crm' })], nextCursor: null },
    },
    {
      crumbs: 'Connections > shop > Routes > [Edit]',
      titles: [
        'Edit routes: shop – Hooklatch',
        'Edit routes: shop The rules are tried in this order. A change holds for events that arrive after it is saved.',
      ],
      notices: [managedByFile],
      offered: [
        ...['Move paid down', 'Remove paid', 'crm', 'Create destination', 'Event type', 'is'],
        ...['Remove condition 1', 'Add condition', 'Write as JSON'],
        ...['Move other up', 'Move other down', 'Remove other', 'gone', 'Create destination'],
        ...['Move rest up', 'Remove rest', 'crm', 'Create destination'],
        ...['Add condition', 'Write as JSON', 'Add rule', ...dryRun, 'Cancel', 'Save'],
      ],
    },
    [
      '1. paid',
      '2. other→ gone',
      '3. rest (Otherwise)',
      'Without a condition, the rule is for every event.',
      '192.0.2.7',
      '{ "a": 1 }',
    ],
  ],
  [
    'rejections',
    '/connections/shop/rejections',
    {
      ...record,
      'GET /v1/connections/{name}/rejections': {
        items: [
          { reason: 'token_missing', minute: at('11:50'), count: 2, explanation: 'Add the token.' },
          { reason: 'body_too_large', minute: at('11:40'), count: 5, explanation: 'Send less.' },
          {
            ...{ reason: 'token_missing', minute: at('11:30'), count: 1200, atLeast: true },
            explanation: 'Add the token.',
            sample: {
              ...{ method: 'POST', sourceIp: '192.0.2.1', userAgent: 'curl', headers: ['x-own', 'host'] },
              faults: [{ placement: 'query token', fault: 'missing' }],
              ...{ cause: 'missing', count: 900, advice: 'Look there.' },
            },
            otherSamples: [{ cause: '', count: 1, method: 'PUT', sourceIp: '192.0.2.2', headers: [], faults: [] }],
          },
        ],
        nextCursor: null,
        asOf: now,
      },
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: Rejections – Hooklatch', 'shop Acme'],
      cells: [
        [
          ...['Token missing', 'Add the token.', 'at least 1,202', '10 minutes ago'],
          'At least 900 webhooks: Look there.POST from 192.0.2.1. User-Agent curl. query token: missing. Headers: x-ownAt least 1 webhook: PUT from 192.0.2.2',
        ],
        ['Body too large', 'Send less.', '5', '20 minutes ago', ''],
      ],
      offered: [...adminTabs, 'Last hour', 'Last day', 'Last week', 'Last hour', 'Chart', 'Table', 'Chart'],
    },
  ],
  [
    'the history',
    '/connections/shop/history',
    {
      ...record,
      'GET /v1/connections/{name}/history': {
        items: [
          {
            ...{ version: 4, verb: 'rotateToken', step: 'begin', at: at('11:00'), by: 'Ada', requestId: 'r-4' },
            ...{ from: 'active', to: 'active' },
          },
          {
            ...{ version: 3, verb: 'activate', at: at('10:00'), by: 'Bob', requestId: 'r-3' },
            ...{ from: 'configured', to: 'active' },
          },
        ],
        nextCursor: null,
      },
    },
    {
      crumbs: 'Connections > [shop]',
      titles: ['shop: History – Hooklatch', 'shop Acme'],
      cells: [
        ['Nov 26, 2026, 7:30:00 AM GMT-3:30', 'Ada', 'Rotate token (not finished)', '', 'Active', 'r-4'],
        ['Nov 26, 2026, 6:30:00 AM GMT-3:30', 'Bob', 'Activate', '', 'Configured → Active', 'r-3'],
      ],
      offered: adminTabs,
    },
  ],
  [
    'the operators',
    '/operators',
    {
      'GET /v1/operators': {
        items: [
          {
            ...{ id: 'op-7', name: 'Bob', role: 'flow_designer', createdAt: at('10:00'), createdBy: 'Ada' },
            ...{ expired: false, expiresAt: at('13:00'), lastUsedAt: at('11:00') },
          },
          {
            ...{ id: 'op-8', name: 'Cy', role: 'connection_admin', createdAt: at('09:00'), createdBy: 'Bob' },
            ...{ expired: true, expiresAt: at('11:00'), lastUsedAt: null },
          },
          {
            ...{ id: 'op-9', name: 'Di', role: 'connection_admin', createdAt: at('08:00'), createdBy: 'Cy' },
            ...{ expired: false, lastUsedAt: null },
          },
        ],
        nextCursor: null,
        bootstrap: 'open',
      },
    },
    {
      titles: ['Operators – Hooklatch', 'Operators (3)'],
      notices: [
        'The bootstrap token still works. To end it for good, add a connection admin whose token never expires, and sign in with that token.',
      ],
      cells: [
        ['Bob', 'Flow designer', 'Nov 26, 2026, 9:30:00 AM GMT-3:30', '2 hours ago by Ada', '1 hour ago', 'Revoke'],
        ['Cy', 'Connection admin', 'Expired', '3 hours ago by Bob', 'Never', 'Revoke'],
        ['Di', 'Connection admin', 'Never', '4 hours ago by Cy', 'Never', 'Revoke'],
      ],
      offered: ['Add operator', 'Revoke Bob', 'Revoke Cy', 'Revoke Di'],
    },
  ],
  [
    'no operators, to a flow designer',
    '/operators',
    { 'GET /v1/me': designer },
    {
      titles: ['Operators – Hooklatch', 'Operators'],
      notices: ['Only a connection admin can see the operators.'],
      offered: [],
    },
  ],
  [
    'the destinations',
    '/destinations',
    {
      'GET /v1/destinations': {
        items: [
          aDestination({
            name: 'crm',
            status: 'paused',
            pausedSince: at('11:00'),
            authKind: 'oauth2',
            updatedAt: at('11:00'),
          }),
          aDestination({ method: 'PUT', origin: 'https://shop.example:8443' }),
        ],
        nextCursor: null,
      },
      'GET /v1/destinations/{name}/health': ({ params: { name } }) =>
        name === 'crm'
          ? { state: 'well', waiting: { count: 0, isMore: false } }
          : { state: 'failing', since: at('11:00'), waiting: { count: 2_000, isMore: true } },
    },
    {
      titles: ['Destinations – Hooklatch', 'Destinations (2)'],
      cells: [
        ['crm', 'Paused', 'https://shop.example', 'POST', 'OAuth 2 (client credentials)', '1 hour ago'],
        [
          ...['shop', 'Failing since 1 hour ago, 2,000+ waiting'],
          ...['https://shop.example:8443', 'PUT', 'None', '2 hours ago'],
        ],
      ],
      offered: ['Create destination', 'crm', 'shop'],
    },
  ],
  [
    'a destination',
    '/destinations/shop',
    {
      'GET /v1/destinations/{name}': aDestination({
        ...{ description: 'Orders', headerNames: ['x-team', 'x-key'], authKind: 'bearer', timeoutSeconds: 1 },
        ...{
          rate: { perSecond: 1000 },
          concurrency: 4,
          giveUpAfterHours: 1,
          updatedAt: at('11:00'),
          updatedBy: 'Bob',
          managedBy,
        },
        ...{ schedule: [30, 5_400], retryOn: ['408', '5xx'], forwardHeaders: ['x-a', 'x-b'] },
        signing: { createdAt: at('10:00'), createdBy: 'Ada', previousUntil: at('13:00') },
      }),
    },
    {
      crumbs: 'Destinations > [shop]',
      titles: ['shop: Destination – Hooklatch', 'shop Orders'],
      notices: [managedDestination],
      facts: [
        ...well,
        ...['Status: Not paused', 'URL (the rest is not shown): https://shop.example', 'Method: POST'],
        ...['Credentials: Bearer token', 'Headers: x-team, x-key', 'Time for an answer: 1 second'],
        ...['Rate limit: 1,000 a second', 'Requests at once: At most 4', 'A delivery is tried for: 1 hour'],
        ...[
          'Waits between attempts: 30s, 90m',
          'Tried again after: 408, 5xx',
          'Headers of the sender besides: x-a, x-b',
        ],
        ...['Last changed: 1 hour ago by Bob', 'Created: 2 hours ago by Ada'],
        'The previous secret signs too until: Nov 26, 2026, 9:30:00 AM GMT-3:30',
      ],
      offered: [
        ...[
          'Delete destination',
          'Destination',
          'Attempts',
          'Deliveries',
          'History',
          'Edit',
          'Attempt what waits',
          'Pause',
          'Test',
          'Create connection',
        ],
        ...['Rotate secret'],
        ...['Reveal', 'Copy secret'],
      ],
    },
    [
      '“Attempt what waits” attempts at once all that waits for it, also what waits for hours. “Pause” lets deliveries wait until you resume. “Test” sends a signed request',
      'Give it to the receiver, who verifies the requests. Revealing and copying are recorded in the history.',
    ],
  ],
  [
    'a paused destination, to a flow designer',
    '/destinations/shop',
    {
      'GET /v1/me': designer,
      'GET /v1/destinations/{name}': aDestination({
        ...{ status: 'paused', pausedSince: at('11:30'), rate: { perMinute: 100 } },
      }),
      'GET /v1/destinations/{name}/health': {
        state: 'paused',
        waiting: { count: 1000, isMore: true, oldest: at('10:00') },
      },
    },
    {
      crumbs: 'Destinations > [shop]',
      titles: ['shop: Destination – Hooklatch', 'shop'],
      notices: ['The destination is paused: deliveries to it wait until it is resumed. Paused 30 minutes ago.'],
      facts: [
        ...[
          'State: Paused',
          'Waits for an attempt: At least 1,000 deliveries; the event of the oldest came 2 hours ago',
        ],
        ...['Status: Paused', 'URL (the rest is not shown): https://shop.example', 'Method: POST'],
        ...['Credentials: None', 'Headers: None', 'Time for an answer: 15 seconds', 'Rate limit: 100 a minute'],
        ...['Requests at once: No limit of its own', 'A delivery is tried for: 72 hours'],
        ...['Last changed: 2 hours ago by Ada', 'Created: 2 hours ago by Ada'],
      ],
      offered: ['Destination', 'Attempts', 'Deliveries', 'History'],
    },
    ['ResumeOnly a connection admin can do this.'],
  ],
  [
    'the history of a destination',
    '/destinations/shop/history',
    {
      'GET /v1/destinations/{name}': aDestination(),
      'GET /v1/destinations/{name}/history': {
        items: [
          { version: 4, verb: 'edit', at: at('11:00'), by: 'Ada', settings: ['auth', 'rate'], requestId: 'r-4' },
          {
            ...{ verb: 'cancelRedelivery', at: at('10:30'), by: 'op_0', of: 'rdl_2' },
          },
          {
            ...{ verb: 'startRedelivery', at: at('10:20'), by: 'op_0', of: 'rdl_2', statuses: ['failed', 'given_up'] },
            ...{
              eventsFrom: at('08:00'),
              eventsTo: at('09:00'),
              connection: 'orders',
              rule: 'paid',
              deliveryCount: 1200,
            },
          },
          {
            ...{ verb: 'startRedelivery', at: at('10:10'), by: 'Bob', of: 'rdl_1', statuses: ['cancelled'] },
            ...{ eventsFrom: at('08:00'), eventsTo: at('09:00') },
          },
          { version: 3, verb: 'revealSecret', at: at('10:00'), by: 'Bob', requestId: 'r-3' },
        ],
        nextCursor: null,
      },
    },
    {
      crumbs: 'Destinations > [shop]',
      titles: ['shop: History – Hooklatch', 'shop'],
      facts: well,
      cells: [
        ['Nov 26, 2026, 7:30:00 AM GMT-3:30', 'Ada', 'Edit', 'the credentials, the rate', 'r-4'],
        ['Nov 26, 2026, 7:00:00 AM GMT-3:30', 'Zoe op_0', 'Cancel redelivery', 'rdl_2', ''],
        [
          ...['Nov 26, 2026, 6:50:00 AM GMT-3:30', 'Zoe op_0', 'Start redelivery'],
          '1,200 deliveries (failed, given up; connection orders; rule paid) of events from Nov 26, 2026, 4:30:00 AM GMT-3:30 to Nov 26, 2026, 5:30:00 AM GMT-3:30rdl_2',
          '',
        ],
        [
          ...['Nov 26, 2026, 6:40:00 AM GMT-3:30', 'Bob', 'Start redelivery'],
          'Deliveries (cancelled) of events from Nov 26, 2026, 4:30:00 AM GMT-3:30 to Nov 26, 2026, 5:30:00 AM GMT-3:30rdl_1',
          '',
        ],
        ['Nov 26, 2026, 6:30:00 AM GMT-3:30', 'Bob', 'Reveal secret', '', 'r-3'],
      ],
      offered: ['Delete destination', 'Destination', 'Attempts', 'Deliveries', 'History'],
    },
  ],
  [
    'the deliveries to a destination that fails',
    '/destinations/shop/deliveries',
    {
      'GET /v1/destinations/{name}': aDestination(),
      'GET /v1/destinations/{name}/health': {
        ...{ state: 'failing', since: at('10:00'), nextAttemptAt: at('12:01'), blockedUntil: at('12:05') },
        ...{ wrong: { at: at('11:59'), what: `no answer ${turned}` }, givenUpAt: at('09:00') },
        lastFailing: { from: at('08:00'), until: at('09:00') },
        waiting: { count: 1, isMore: false, oldest: at('11:00') },
      },
      'GET /v1/destinations/{name}/deliveries': {
        items: [
          aDelivery({
            ...{ id: 'dlv_1', receivedAt: at('11:00'), status: 'waiting', nextAttemptAt: at('12:30'), replay: 2 },
            last: { at: at('11:01'), ms: 5000, outcome: 'timeout', cause: `No answer ${turned}.` },
          }),
          aDelivery({ id: 'dlv_2', status: 'failed', reason: 'transform_error', cause: 'Bad.', test: true }),
          aDelivery({ id: 'dlv_3', status: 'cancelled', reason: 'of_later' }),
          aDelivery({ id: 'dlv_4', status: 'failed', reason: 'transform_killed', cause: 'Too much time.' }),
          aDelivery({ id: 'dlv_5', status: 'failed', reason: 'rule_not_found' }),
          aDelivery({ id: 'dlv_6', status: 'expired', last: undefined }),
        ],
        nextCursor: null,
      },
    },
    {
      crumbs: 'Destinations > [shop]',
      titles: ['shop: Deliveries – Hooklatch', 'shop'],
      facts: [
        'State: Failing: no attempt has succeeded since then',
        'Since: 2 hours ago',
        'What went wrong: no answer a⟨U+202E⟩b, 1 minute ago',
        'Waits for an attempt: 1 delivery; the event of the oldest came 1 hour ago',
        'Next attempt: Nov 26, 2026, 8:31:00 AM GMT-3:30',
        'It asked for nothing until: Nov 26, 2026, 8:35:00 AM GMT-3:30',
        'Given up, the newest of: Nov 26, 2026, 5:30:00 AM GMT-3:30',
        'Failed last: Nov 26, 2026, 4:30:00 AM GMT-3:30 until Nov 26, 2026, 5:30:00 AM GMT-3:30',
      ],
      cells: [
        [
          ...['Nov 26, 2026, 7:30:00.000 AM GMT-3:30', 'Waiting', '1', 'No answer a⟨U+202E⟩b.'],
          ...['Nov 26, 2026, 9:00:00 AM GMT-3:30', 'orders', 'to-shop, replay 2'],
        ],
        [tenOClock, 'Failed', '1', 'The transform failed: Bad.', '', 'orders', 'to-shop, test'],
        [tenOClock, 'Cancelled', '1', 'of later', '', 'orders', 'to-shop'],
        [tenOClock, 'Failed', '1', 'Too much time.', '', 'orders', 'to-shop'],
        [tenOClock, 'Failed', '1', 'The rule is gone.', '', 'orders', 'to-shop'],
        [tenOClock, 'Expired', '1', 'Its event was gone before it could be delivered.', '', 'orders', 'to-shop'],
      ],
      offered: [
        ...[
          'Delete destination',
          'Destination',
          'Attempts',
          'Deliveries',
          'History',
          'Every status',
          'Redeliver these',
        ],
        ...['Nov 26, 2026, 7:30:00.000 AM GMT-3:30', 'orders'],
        ...Array.from({ length: 5 }, () => [tenOClock, 'orders']).flat(),
      ],
    },
  ],
  [
    'a delivery that was redelivered, and waits',
    '/destinations/shop/deliveries/dlv_1',
    {
      'GET /v1/deliveries/{id}': aDelivery({
        ...{ status: 'waiting', nextAttemptAt: at('12:30'), redelivered: { times: 2, by: 'op_0' }, attempts: 3 },
        asked: { by: 'op_0', at: at('10:00') },
        history: [
          { attempt: 1, at: at('10:00'), ms: 1234, outcome: 'answered', status: 503, answer: `Busy ${turned}` },
          { attempt: 2, at: at('10:01'), ms: 5000, outcome: 'timeout', cause: 'No answer within 5 seconds.' },
          { attempt: 3, at: at('11:00'), ms: 7, outcome: 'of_later' },
        ],
        last: { at: at('11:00'), ms: 7, outcome: 'of_later' },
      }),
    },
    {
      crumbs: 'Destinations > shop > Deliveries > [dlv_1]',
      titles: [
        'dlv_1 – Hooklatch',
        'dlv_1 “Attempt now” lets its destination take it next, before all others that wait, within its rate.',
      ],
      facts: [
        'Status: WaitingAn attempt is due, now or at the time of the next attempt.',
        'Why: of later',
        'Next attempt: Nov 26, 2026, 9:00:00 AM GMT-3:30',
        ...['Destination: shop', 'Connection: orders', 'Event: evt_1', `Event received: ${tenOClock}`, 'Rule: to-shop'],
        'Asked for: 2 hours ago by Zoe op_0',
        'Redelivered: 2 times, last by Zoe op_0',
        'Id: dlv_1 Copy id',
      ],
      cells: [
        ['1', tenOClock, '1,234 ms', 'Answered 503', 'Busy a⟨U+202E⟩b'],
        ['2', 'Nov 26, 2026, 6:31:00.000 AM GMT-3:30', '5,000 ms', 'No answer within 5 seconds.', ''],
        ['3', 'Nov 26, 2026, 7:30:00.000 AM GMT-3:30', '7 ms', 'of later', ''],
      ],
      offered: ['Attempt now', 'shop', 'orders', 'evt_1', 'Copy id', 'Show what was sent'],
    },
    ['RedeliverIt still waits for its next attempt, so it needs no other one.'],
  ],
  [
    'a delivery that ended, to a flow designer',
    '/destinations/shop/deliveries/dlv_1',
    {
      'GET /v1/me': designer,
      'GET /v1/deliveries/{id}': aDelivery({
        ...{ status: 'cancelled', reason: 'destination_deleted', redelivered: { times: 1 }, attempts: 0 },
        ...{ last: undefined, history: [] },
      }),
    },
    {
      crumbs: 'Destinations > shop > Deliveries > [dlv_1]',
      titles: ['dlv_1 – Hooklatch', `dlv_1 ${redeliverNote}`],
      facts: [
        'Status: CancelledIts destination was deleted, or its transform left nothing to send.',
        'Why: The destination was deleted.',
        ...['Destination: shop', 'Connection: orders', 'Event: evt_1', `Event received: ${tenOClock}`, 'Rule: to-shop'],
        'Redelivered: 1 time',
        'Id: dlv_1 Copy id',
      ],
      cells: [['No attempt was made.']],
      offered: ['Redeliver', 'shop', 'orders', 'evt_1', 'Copy id', 'Show what would be sent'],
    },
  ],
  [
    'where an event went',
    '/connections/orders/events/evt_1',
    {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { connection: 'orders', replays: 1 }),
      'GET /v1/connections/{name}/events/{id}/deliveries': {
        items: [
          routed('a', 'delivered', { replay: 1, attempts: 1 }),
          routed('b', 'parked', { attempts: 2, nextAttemptAt: at('12:30') }),
          routed('c', 'failed', { reason: 'gone', attempts: 1 }),
          routed('d', 'queued'),
          routed('e', 'not_matched'),
          routed('f', 'not_reached'),
        ],
      },
    },
    {
      crumbs: 'Connections > orders > Events > [evt_1]',
      titles: ['order.paid, evt_1: orders – Hooklatch', 'order.paid Nov 26, 2026, 6:30:00.000 AM GMT-3:30, 8 B'],
      facts: expect.any(Array) as unknown as string[],
      cells: [
        ['a, replay 1', 'shop', 'Delivered', '1', 'The receiver answered with a 2xx.', ''],
        [
          'b',
          'shop',
          'Parked',
          '2',
          'Its destination is failing, slow, limited or paused. It is attempted when the destination takes it.',
          'Nov 26, 2026, 9:00:00 AM GMT-3:30',
        ],
        ['c', 'shop', 'Failed', '1', 'The receiver answered 410: it wants no more of this.', ''],
        ['d', 'shop', 'Queued', '0', 'It was not attempted yet.', ''],
        ['e', 'shop', 'Not matched', '0', 'The rule is not for this event.', ''],
        ['f', 'shop', 'Not reached', '0', 'An earlier rule took the event.', ''],
        ['x-a', 'b'],
      ],
      offered: [
        ...['Copy as curl', 'Dry run of the routes', 'Replay'],
        // The last time that the event was sent, and then the body.
        'shop by rule a',
        ...body,
        ...['a, replay 1', 'shop', 'b', 'shop', 'c', 'shop', 'shop', 'shop', 'shop'],
        ...['Copy id', 'Compare'],
      ],
    },
    ['“Redeliver”, on the page of a delivery, sends again what was made for it.'],
  ],
  [
    'the form of a new destination',
    '/create-destination',
    {},
    {
      crumbs: 'Destinations > [Create destination]',
      titles: [
        'Create destination – Hooklatch',
        'Create destination The URL beyond its host, the values of headers and the credentials are never shown again.',
      ],
      offered: ['None', 'POST', 'requests a second', 'Cancel', 'Create destination'],
    },
    ['1 to 30. If empty: 15.', 'does not count. If empty: 72.', 'If empty, one is generated.'],
  ],
  [
    'the form of a destination',
    '/destinations/shop/edit',
    { 'GET /v1/destinations/{name}': aDestination({ authKind: 'header', managedBy: file }) },
    {
      crumbs: 'Destinations > shop > [Settings]',
      titles: [
        'Edit destination: shop – Hooklatch',
        'Edit destination: shop The URL beyond its host, the values of headers and the credentials are never shown again.',
      ],
      notices: [destinationOfFile],
      offered: ['As they are: A header of its own', 'POST', 'requests a second', 'Cancel', 'Update'],
    },
    ['If empty, it stays as it is. It is at https://shop.example.'],
  ],
  [
    'the form of a new connection',
    '/create',
    {},
    {
      crumbs: 'Connections > [Create connection]',
      titles: [
        'Create connection – Hooklatch',
        'Create connection “Create and activate” makes the URL and its token at once, with the defaults of the provider. “Create connection” leaves each step to you.',
      ],
      offered: ['Choose a provider', 'Cancel', 'Create connection', 'Create and activate'],
    },
  ],
  [
    'the form of an endpoint',
    '/connections/shop/configure',
    { 'GET /v1/connections/{name}': shop({ managedBy }) },
    {
      crumbs: 'Connections > shop > [Settings]',
      titles: ['Edit endpoint: shop – Hooklatch', 'Edit endpoint: shop Provider: Acme'],
      notices: [managed],
      offered: [
        ...['Choose places', 'Remove In the URL, as ?key=…', 'Reveal', 'Copy token', 'Choose methods'],
        ...['Remove POST', 'Remove PUT', 'Remove PATCH', 'description of the API', 'Cancel', 'Update'],
      ],
    },
    ['Remove the token'],
  ],
  [
    'the form of a new endpoint, whose sender delivers its secret',
    '/connections/shop/configure',
    { 'GET /v1/connections/{name}': unconfigured({ provider: 'tasks' }) },
    {
      crumbs: 'Connections > shop > [Settings]',
      titles: [
        'Configure endpoint: shop – Hooklatch',
        'Configure endpoint: shop Provider: Tasks. Its defaults are set, so “More settings” can stay closed.',
      ],
      notices: [
        'Tasks delivers its secret in a handshake. Activate the endpoint, then open the handshake on the next page.',
      ],
      offered: ['Choose methods', 'description of the API', 'Cancel', 'Save without activating', 'Activate'],
    },
    ['The secret with which Tasks signs each webhook.'],
  ],
  [
    'a page that is not there',
    '/connections/shop/toString',
    {},
    {
      titles: [
        'There is no such page – Hooklatch',
        'There is no such page The address may be mistyped, or the page was removed.',
      ],
      offered: ['Go to the connections'],
    },
  ],
];

test.each(pages)('%s: what is shown, and what can be used', async (_, path, answers, shown, texts = []) => {
  stopClock(now);
  const app = await openConsole(path, answers);
  await app.loaded();
  const { crumbs, titles, notices, facts, cells, offered, text } = app;
  const nothing = { crumbs: '', notices: [], facts: [], cells: [] };
  expect({ crumbs, titles, notices, facts, cells, offered }).toEqual({ ...nothing, ...shown });
  expect(texts.filter((each) => !text.includes(each))).toEqual([]);
});

const tables = pages.filter(([, path, , { cells }]) => cells && !path.includes('/events/'));

test.each(tables)('%s, in a narrow window: each row is one cell with all of it', async (_, path, answers, shown) => {
  stopClock(now);
  view.width = 390;
  const app = await openConsole(path, answers);
  await app.loaded();
  const missing = app.cells.map((row, index) => {
    const wide = shown.cells?.[index] ?? [];
    return wide.filter((cell) => !row[0]?.includes(cell));
  });
  expect([app.cells.map((row) => row.length), missing.flat()]).toEqual([shown.cells?.map(() => 1), []]);
});

/** A destination has too many columns for this width. */
const fitting = tables.filter(([, path]) => path !== '/destinations');

test.each(fitting)('%s, in a window of 1,024 pixels: it has its columns', async (_, path, answers, shown) => {
  stopClock(now);
  view.width = 1_024;
  const app = await openConsole(path, answers);
  await app.loaded();
  // What an empty table says is one cell.
  expect(app.cells.map((row) => row.length > 1)).toEqual(shown.cells?.map((row) => row.length > 1));
});

test.each([
  [1_199, 1],
  [1_200, 6],
])('in a window of %d pixels, a destination has its columns beside each other if they fit', async (width, cells) => {
  view.width = width;
  const items = [aDestination()];
  const app = await openConsole('/destinations', { 'GET /v1/destinations': { items, nextCursor: null } });
  expect(app.cells.map((row) => row.length)).toEqual([cells]);
});
