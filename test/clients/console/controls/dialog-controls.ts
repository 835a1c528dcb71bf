/** What a dialog keeps: nothing. Whoever cancels it and opens it again finds it as it was at first. */
import { expect, test } from '@jest/globals';
import { type Answers, refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { aDestination, aToken, eventsOf, shop, unconfigured } from './given-records.ts';

const api = '/v1/connections/shop';
const at = '2026-11-26T10:00:00.000Z';

/** An endpoint with a button for each dialog. */
const endpoint = shop(
  { provider: 'pay', allowedActions: ['deactivate', 'hold', 'rotateToken', 'endGrace', 'deconfigure'] },
  { secretFrom: 'sender', tokens: [aToken('t2'), aToken('t1', { expiresAt: '2099-01-01T00:00:00.000Z' })] },
);
const operator = { id: 'op-7', name: 'Cy', role: 'flow_designer', createdAt: at, createdBy: 'Ada' } as const;

const nothing = async () => {};

/** A button that opens a dialog, the one that does it, its request, what the dialog says first, and what is entered before. */
type Dialog = [opens: string, does: string, sent: string, says: string, enter: (app: OpenConsole) => Promise<void>];

const pages: [path: string, answers: Answers, dialogs: Dialog[]][] = [
  [
    '/connections/shop',
    { 'GET /v1/connections/{name}': endpoint },
    [
      [
        ...(['Deactivate', 'Deactivate', `POST ${api}/endpoint/deactivate`] as const),
        ...(['From now on every webhook to this URL is refused with 403.', nothing] as const),
      ],
      [
        ...(['Hold', 'Hold', `POST ${api}/endpoint/hold`] as const),
        ...(['The endpoint still accepts and stores new webhooks, but publishes none of them', nothing] as const),
      ],
      [
        'Deconfigure',
        'Deconfigure',
        `DELETE ${api}/endpoint/token if-match "3"`,
        'The URL is gone for ever.',
        (app) => app.enter(/^To confirm/, 'shop'),
      ],
      [
        'Rotate token',
        'Rotate token',
        `POST ${api}/endpoint/token/rotate {"graceSeconds":3600,"value":"s-1"}`,
        'First make a new secret at PayCo, then paste it here.',
        async (app) => {
          await app.enter('New secret of PayCo', 's-1');
          await app.choose(/^Accept the current token for/, '1 hour');
        },
      ],
      [
        ...(['End grace now', 'End grace now', `DELETE ${api}/endpoint/token/previous`] as const),
        ...(['Webhooks with the previous token are refused from now on.', nothing] as const),
      ],
    ],
  ],
  [
    '/connections/shop',
    { 'GET /v1/connections/{name}': unconfigured() },
    [
      [
        ...(['Delete connection', 'Delete connection', `DELETE ${api} if-match "3"`] as const),
        ...(['Its events and its history can no longer be read.', nothing] as const),
      ],
    ],
  ],
  [
    '/destinations/shop',
    { 'GET /v1/destinations/{name}': aDestination() },
    [
      [
        ...(['Delete destination', 'Delete destination', 'DELETE /v1/destinations/shop if-match "3"'] as const),
        ...(['Its URL, its credentials and its secret are deleted,', nothing] as const),
      ],
      [
        'Rotate secret',
        'Rotate secret',
        'POST /v1/destinations/shop/secret/rotate {"graceSeconds":0}',
        'For some time more, requests are signed with both',
        (app) => app.choose(/^Sign with the current secret for/, 'No more time: it ends now'),
      ],
    ],
  ],
  [
    '/operators',
    {
      'GET /v1/operators': {
        items: [{ ...operator, expired: false, lastUsedAt: null }],
        nextCursor: null,
        bootstrap: 'closed',
      },
    },
    [
      ['Revoke Cy', 'Revoke', 'DELETE /v1/operators/op-7', 'The token stops working at once, for ever.', nothing],
      [
        'Add operator',
        'Add operator',
        'POST /v1/operators {"name":"Dee","role":"connection_admin"}',
        'Reads connections, events, rejections, histories, routes and destinations, and replays events. Never sees a token.',
        async (app) => {
          await app.enter(/^Name/, 'Dee');
          await app.pressOnce('radio', /^Connection admin/, { turns: 'on' });
        },
      ],
    ],
  ],
  [
    '/connections/shop/events',
    { 'GET /v1/connections/{name}': shop(), 'GET /v1/connections/{name}/events': eventsOf(['evt_1']) },
    [
      [
        'Replay many',
        'Count first',
        `POST ${api}/replays {"from":"2026-11-26T11:00:00.000Z","type":"push","ratePerSecond":50,"dryRun":true}`,
        'Publishes stored events on the event bus again.',
        (app) => app.enter('Only this type', 'push'),
      ],
    ],
  ],
];

test.each(pages)(
  'after a refusal and Cancel, a dialog of %s opens as it did at first',
  async (path, answers, dialogs) => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, answers);
    await app.loaded();
    const textOfOpened = async (opens: string): Promise<string> => {
      await app.user.click(app.control('button', opens));
      await app.settle();
      return app.text;
    };
    for (const [opens, does, sent, says, enter] of dialogs) {
      const atFirst = await textOfOpened(opens);
      expect(atFirst).toContain(says);
      await enter(app);
      app.api.refuseNext();
      await app.pressOnce('button', does, { sent: [sent], shows: [refusal.detail] });
      await app.pressOnce('button', 'Close modal', { dialog: null });
      expect(await textOfOpened(opens)).toBe(atFirst);
      await app.pressOnce('button', 'Close modal', { dialog: null });
    }
  },
);
