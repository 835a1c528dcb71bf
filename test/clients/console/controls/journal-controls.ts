/** The rejections and the history of a connection, and the operators. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { admin, designer, shop } from './given-records.ts';

const record = { 'GET /v1/connections/{name}': shop() };
const at = '2026-11-26T10:00:00.000Z';

describe('Rejections', () => {
  const path = '/connections/shop/rejections';
  type Page = ApiAnswer<'GET /v1/connections/{name}/rejections'>;
  const page = (...items: Page['items']): Page => ({ items, nextCursor: null, asOf: at });
  const row = (reason: Page['items'][number]['reason']) => ({
    reason,
    minute: new Date().toISOString(),
    count: 2,
    explanation: `Look at ${reason}.`,
  });

  test('are those of the time that was chosen', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, {
      ...record,
      'GET /v1/connections/{name}/rejections': ({ query }) => {
        const hours = Math.round((Date.now() - Date.parse(query.get('from') ?? '')) / 3_600_000);
        const reasons = { 1: 'token_missing', 24: 'address_not_allowed', 168: 'body_too_large' } as const;
        return page(row(reasons[hours as keyof typeof reasons]));
      },
    });
    expect(app.rows).toEqual(['Token missing']);
    await app.press('button', 'Last day', {
      rows: ['Address not allowed'],
      turns: 'on',
      shows: ['9:30 AM', 'Webhooks per hour'],
    });
    await app.press('button', 'Last week', {
      rows: ['Body too large'],
      turns: 'on',
      shows: ['Nov 24', 'Webhooks per day'],
    });
    await app.press('button', 'Last hour', { rows: ['Token missing'], turns: 'on' });
  });

  test('over time are a chart, or a table with the newest first', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const rows = page(
      { ...row('token_missing'), minute: '2026-11-26T11:50:00.000Z' },
      { ...row('body_too_large'), minute: '2026-11-26T11:20:00.000Z', count: 1_003, atLeast: true },
      { ...row('token_missing'), minute: '2026-11-26T11:20:00.000Z' },
    );
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/rejections': rows });
    await app.press('button', 'Table', { turns: 'on', shows: ['Times in which nothing was counted are left out.'] });
    expect(app.text).toMatch(
      /8:20 – 8:21 AM GMT-3:30 *2 *Token missing 2.*7:50 – 7:51 AM GMT-3:30 *at least 1,005 *Body too large 1,003, Token missing 2/,
    );
    expect(location.hash).toBe('#hours=1&as=table');
    await app.press('button', 'Last day', { turns: 'on', shows: ['7:30 – 8:30 AM'] });
    expect(location.hash).toBe('#hours=24&as=table');
    await app.press('button', 'Chart', { turns: 'on', hides: ['at least 1,007'] });
    expect(location.hash).toBe('#hours=24');
  });

  test('are those of the time that a link names, until another one is chosen', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const span = 'from=2026-11-26T10%3A00%3A00.000Z&to=2026-11-26T10%3A05%3A00.000Z';
    const app = await openConsole(`${path}#${span}`, {
      ...record,
      'GET /v1/connections/{name}/rejections': ({ query }) =>
        page(query.has('to') ? row('token_missing') : row('body_too_large')),
    });
    const time = 'Nov 26, 2026, 6:30 – 6:35 AM GMT-3:30';
    expect([app.rows, app.api.reads.filter((each) => each.includes('/rejections'))]).toEqual([
      ['Token missing'],
      [`GET /v1/connections/shop/rejections?${span}&limit=200`],
    ]);
    expect(app.text).toContain(time);
    await app.press('button', 'Last day', { rows: ['Body too large'], turns: 'on', hides: [time] });
    expect(location.hash).toBe('#hours=24');
    await app.press('button', 'Chosen time', { rows: ['Token missing'], turns: 'on', shows: [time] });
    expect(location.hash).toBe(`#${span}`);
  });

  test('of a time that a link names, if there are none, are looked for in another time', async () => {
    const app = await openConsole(`${path}#from=2026-11-26T10%3A00%3A00.000Z&to=2026-11-26T10%3A05%3A00.000Z`, {
      ...record,
      'GET /v1/connections/{name}/rejections': page(),
    });
    expect(app.text).toContain('Choose another time above.');
    expect(app.text).not.toContain('Choose a longer time');
  });

  test('that are none lead to a longer time, and from the longest one to the traffic', async () => {
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/rejections': page() });
    await app.shows('what to do. Choose a longer time to see older ones.');
    await app.goTo(`${path}#hours=168`);
    await app.shows('what to do. Older ones are in “Traffic”: choose 30 days there, then what was refused.');
  });

  test('are read to their end, each page since the same time', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const pages = inTurn({ ...page(row('token_missing')), nextCursor: 'n1' }, page(row('body_too_large')));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/rejections': pages });
    expect(app.rows).toEqual(['Token missing', 'Body too large']);
    const first = 'GET /v1/connections/shop/rejections?from=2026-11-26T11%3A01%3A00.000Z&limit=200';
    expect(app.api.reads.filter((each) => each.includes('/rejections'))).toEqual([first, `${first}&cursor=n1`]);
  });

  test('have the advice about each cause beside its own webhooks, and how many they are', async () => {
    const sample = { method: 'POST', headers: [], faults: [] };
    const advice = { advice: 'Of a later version.', facts: [] };
    const some = { ...sample, sourceIp: '192.0.2.7', cause: 'sender_spaces', count: 1, ...advice };
    const most = { ...sample, sourceIp: '192.0.2.1', cause: 'other', count: 9, atLeast: true as const };
    const mismatch = { ...row('signature_mismatch'), count: 11, sample: some, otherSamples: [most] };
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/rejections': page(mismatch) });
    expect(app.text).toMatch(
      /Signature mismatch *Look at signature_mismatch\. *11.*At least 9 webhooks: *POST from 192\.0\.2\.1 *At least 1 webhook: Of a later version\. *POST from 192\.0\.2\.7/,
    );
  });

  test('that could not be read are read again', async () => {
    const rejections = inTurn(new Refusal(500, 'Not now.'), page(row('token_missing')));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/rejections': rejections });
    await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], rows: ['Token missing'] });
  });
});

describe('History', () => {
  const path = '/connections/shop/history';
  const history = '/v1/connections/shop/history';
  type Verb = ApiAnswer<'GET /v1/connections/{name}/history'>['items'][number]['verb'];
  const page = (nextCursor: string | null, ...verbs: Verb[]): ApiAnswer<'GET /v1/connections/{name}/history'> => ({
    items: verbs.map((verb, index) => ({
      version: index,
      verb,
      at,
      by: 'Ada',
      from: 'active',
      to: 'active',
      requestId: `${verb}-request`,
    })),
    nextCursor,
  });

  test('goes on, page by page, after a page that could not be read', async () => {
    const later = inTurn(new Refusal(500, 'Not now.'), page('after-2', 'configure'), page(null, 'create'));
    const app = await openConsole(path, {
      ...record,
      'GET /v1/connections/{name}/history': ({ query }) =>
        query.has('cursor') ? later() : page('after-1', 'activate'),
    });
    expect(app.rows).toEqual(['Activate']);
    await app.press('button', 'Load older entries', { shows: ['Not now.'], rows: ['Activate'] });
    const [second, third] = ['after-1', 'after-2'].map((cursor) => `GET ${history}?limit=50&cursor=${cursor}`);
    await app.press('button', 'Load older entries', { reads: [`${second}`], rows: ['Activate', 'Configure'] });
    await app.press('button', 'Load older entries', {
      reads: [`${third}`],
      rows: ['Activate', 'Configure', 'Create'],
      hides: ['Load older entries'],
    });
  });

  test('says which settings changed and what was replayed, and leads to the event', async () => {
    const [change] = page(null, 'configure').items;
    const [later, shownAt, shownLater] = [
      '2026-11-26T11:00:00.000Z',
      'Nov 26, 2026, 6:30:00 AM GMT-3:30',
      'Nov 26, 2026, 7:30:00 AM GMT-3:30',
    ];
    const id = 'evt_0123456789abcdefghjkmnpqrs';
    const items = [
      { verb: 'replayEvent' as const, at, by: 'Bob', of: id },
      { verb: 'startReplay' as const, at, by: 'Bob', of: 'run_1' },
      { ...change, verb: 'edit' as const, at, by: 'op_0', settings: ['description'] },
      { verb: 'startReplay' as const, at, by: 'op_1', of: 'run_2', eventsFrom: at, eventsTo: later },
      {
        ...{ verb: 'startReplay' as const, at, by: 'op_0', of: 'run_3', eventsFrom: at, eventsTo: later },
        ...{ eventType: 'order.paid', eventCount: 1 },
      },
      {
        ...change,
        verb: 'configure' as const,
        at,
        by: 'Ada',
        via: 'mcp' as const,
        settings: ['alerts', 'retentionDays'],
      },
    ];
    const app = await openConsole(path, {
      ...record,
      'GET /v1/connections/{name}/history': { items, nextCursor: null },
      'GET /v1/connections/{name}/events/{id}': new Refusal(404, 'It has expired.'),
    });
    expect(app.cells.map(([, by, verb, detail]) => [by, verb, detail])).toEqual([
      ['Bob', 'Replay event', id],
      ['Bob', 'Start replay', 'run_1'],
      ['Zoe op_0', 'Edit', 'the description'],
      ['op_1', 'Start replay', `Events from ${shownAt} to ${shownLater}run_2`],
      ['Zoe op_0', 'Start replay', `1 event of the type order.paid from ${shownAt} to ${shownLater}run_3`],
      ['Adavia mcp, as the client says', 'Configure', 'the setting alerts, “Retention in days”'],
    ]);
    await app.press('link', id, { page: `/console/connections/shop/events/${id}`, shows: ['It has expired.'] });
  });

  test('shows a change in two steps once, also if its steps are on two pages', async () => {
    const half = (step: 'begin' | undefined, nextCursor: string | null) => {
      const { items } = page(nextCursor, 'rotateToken');
      return { items: items.map((line) => ({ ...line, ...(step && { step, version: 7 }) })), nextCursor };
    };
    const app = await openConsole(path, {
      ...record,
      'GET /v1/connections/{name}/history': ({ query }) =>
        query.has('cursor') ? half('begin', null) : half(undefined, 'after-1'),
    });
    await app.press('button', 'Load older entries', { rows: ['Rotate token'], hides: ['Load older entries'] });
  });

  test('that could not be read is read again', async () => {
    const list = inTurn(new Refusal(500, 'Not now.'), page(null, 'create'));
    const app = await openConsole(path, { ...record, 'GET /v1/connections/{name}/history': list });
    await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], rows: ['Create'] });
  });
});

describe('Operators', () => {
  type Page = ApiAnswer<'GET /v1/operators'>;
  const operator = (id: string, name: string): Page['items'][number] => ({
    id,
    name,
    role: 'flow_designer',
    createdAt: at,
    createdBy: 'Ada',
    expired: false,
    lastUsedAt: null,
  });
  const page = (nextCursor: string | null, ...items: Page['items']): Page => ({
    items,
    nextCursor,
    bootstrap: 'closed',
  });
  const both = page(null, operator('op-7', 'Bob'), operator('op-8', 'Cy'));
  const added = { token: 'hlo_new-token', operator: operator('op-9', 'Dee') };

  test('are read to their end', async () => {
    const list = inTurn(page('n1', operator('op-7', 'Bob')), page(null, operator('op-8', 'Cy')));
    const app = await openConsole('/operators', { 'GET /v1/operators': list });
    expect(app.rows).toEqual(['Bob', 'Cy']);
    expect(app.api.reads.filter((each) => each.startsWith('GET /v1/operators?'))).toEqual([
      'GET /v1/operators?limit=200',
      'GET /v1/operators?limit=200&cursor=n1',
    ]);
  });

  test('that could not be read are read again', async () => {
    const app = await openConsole('/operators', { 'GET /v1/operators': inTurn(new Refusal(500, 'Not now.'), both) });
    await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], rows: ['Bob', 'Cy'] });
  });

  test('are not shown to a flow designer', async () => {
    const app = await openConsole('/operators', { 'GET /v1/me': designer });
    expect(app.text).toContain('Only a connection admin can see the operators.');
    expect(app.api.reads).toEqual(['GET /v1/me']);
  });

  test('are revoked after a question', async () => {
    const app = await openConsole('/operators', {
      'GET /v1/operators': inTurn(both, page(null, operator('op-7', 'Bob'))),
      'DELETE /v1/operators/{id}': null,
    });
    await app.press('button', 'Revoke Cy', { dialog: 'Revoke Cy?' });
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', 'Revoke Cy', { dialog: 'Revoke Cy?' });
    await app.press('button', 'Revoke', { sent: ['DELETE /v1/operators/op-8'], dialog: null, rows: ['Bob'] });
  });

  test('are revoked by themselves only after they were told, and signed out', async () => {
    const app = await openConsole('/operators', {
      'GET /v1/operators': page(null, operator('op-1', 'Ada'), operator('op-7', 'Bob')),
      'DELETE /v1/operators/{id}': null,
    });
    expect(app.rows).toEqual(['Ada (you)', 'Bob']);
    await app.press('button', 'Revoke Bob', { dialog: 'Revoke Bob?' });
    expect(app.text).not.toContain('You are signed out at once.');
    await app.press('button', 'Cancel', { dialog: null });
    await app.press('button', 'Revoke Ada', { dialog: 'Revoke Ada?' });
    expect(app.text).toContain('This is the token that you are signed in with. You are signed out at once.');
    await app.press('button', 'Revoke', {
      sent: ['DELETE /v1/operators/op-1'],
      dialog: null,
      shows: ['Sign in to Hooklatch'],
    });
  });

  test('are added, and the token is copied', async () => {
    const app = await openConsole('/operators', {
      'GET /v1/operators': inTurn(both, page(null, ...both.items, operator('op-9', 'Dee'))),
      'POST /v1/operators': added,
    });
    await app.press('button', 'Add operator', { dialog: 'Add an operator' });
    await app.press('button', 'Add operator', { shows: ['Enter a name.'] });
    await app.enter(/^Name/, ' Dee ');
    await app.press('radio', /^Connection admin/, { turns: 'on' });
    await app.press('button', 'Add operator', {
      ...{
        sent: ['POST /v1/operators {"name":"Dee","role":"connection_admin"}'],
        shows: ['hlo_new-token', 'Token of Dee'],
      },
    });
    // The API answered between the two clicks of a double click, and Done is now where Add operator was.
    app.control('button', 'Done').dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }));
    await app.user.keyboard('{Escape}');
    await app.press('button', 'Copy token', { copied: 'hlo_new-token' });
    await app.press('button', 'Done', { dialog: null, rows: ['Bob', 'Cy', 'Dee'] });
  });

  test('keep the dialog with the token open until a person says that it is done, whatever else is pressed', async () => {
    const app = await openConsole('/operators', { 'GET /v1/operators': both, 'POST /v1/operators': added });
    await app.press('button', 'Add operator', { dialog: 'Add an operator' });
    await app.enter(/^Name/, 'Dee');
    await app.user.click(app.control('button', 'Add operator'));
    await app.shows('hlo_new-token');
    const kept = 'What is shown here can’t be shown again. Copy it, then choose “Done”.';
    await app.press('button', 'Close modal', { shows: [kept] });
    await app.user.keyboard('{Escape}');
    expect(app.field('Token of Dee').value).toBe('hlo_new-token');
    await app.press('button', 'Done', { dialog: null });
  });

  test('are added with the expiry that was chosen, whichever it is', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole('/operators', { 'GET /v1/operators': both, 'POST /v1/operators': added });
    for (const [choice, expiresAt] of [
      ['In 7 days', '2026-12-03T12:00:00.000Z'],
      ['In 30 days', '2026-12-26T12:00:00.000Z'],
      ['In 90 days', '2027-02-24T12:00:00.000Z'],
      ['In a year', '2027-11-26T12:00:00.000Z'],
    ] as const) {
      await app.press('button', 'Add operator', { dialog: 'Add an operator' });
      await app.enter(/^Name/, 'Dee');
      await app.choose(/^Expiry/, choice);
      await app.pressOnce('button', 'Add operator', {
        sent: [`POST /v1/operators {"name":"Dee","role":"flow_designer","expiresAt":"${expiresAt}"}`],
        shows: ['hlo_new-token'],
      });
      await app.press('button', 'Done', { dialog: null });
    }
  });

  test('are added until the latest time that this admin may give', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole('/operators', {
      'GET /v1/me': { ...admin, latestOperatorExpiry: '2026-12-27T12:00:00.000Z' },
      'GET /v1/operators': both,
      'POST /v1/operators': added,
    });
    await app.press('button', 'Add operator', {
      dialog: 'Add an operator',
      shows: ['You can’t add operators that stay'],
    });
    await app.user.click(app.control('button', /^Expiry/));
    const choices = [...document.querySelectorAll('[role=option]')].map(({ textContent }) => textContent);
    expect(choices.map((choice) => choice?.slice(0, 18))).toEqual(['At the latest time', 'In 7 days', 'In 30 days']);
    await app.user.keyboard('{Escape}');
    await app.enter(/^Name/, 'Dee');
    await app.pressOnce('button', 'Add operator', {
      sent: ['POST /v1/operators {"name":"Dee","role":"flow_designer","expiresAt":"2026-12-27T12:00:00.000Z"}'],
      shows: ['hlo_new-token'],
    });
  });

  test('begin with an admin', async () => {
    const app = await openConsole('/operators', { 'GET /v1/operators': page(null), 'POST /v1/operators': added });
    await app.press('button', 'Add operator', { dialog: 'Add an operator' });
    await app.enter(/^Name/, 'Dee');
    const sent = ['POST /v1/operators {"name":"Dee","role":"connection_admin"}'];
    await app.pressOnce('button', 'Add operator', { sent, shows: ['hlo_new-token'] });
  });

  test('are added by nobody whose token may not', async () => {
    const allowedActions = admin.allowedActions.filter((each) => each !== 'createOperator');
    const app = await openConsole('/operators', {
      'GET /v1/me': { ...admin, allowedActions },
      'GET /v1/operators': both,
    });
    expect(app.isOffered('button', 'Add operator')).toBe(false);
    expect(app.text).toContain('an admin of an OpenID Connect issuer adds no operators');
  });

  test('are added as flow designers without an expiry, if that is what was chosen last', async () => {
    const app = await openConsole('/operators', { 'GET /v1/operators': both, 'POST /v1/operators': added });
    await app.press('button', 'Add operator', { dialog: 'Add an operator' });
    await app.enter(/^Name/, 'Dee');
    await app.press('radio', /^Connection admin/, { turns: 'on' });
    await app.press('radio', /^Flow designer/, { turns: 'on' });
    await app.choose(/^Expiry/, 'In a year');
    await app.choose(/^Expiry/, 'Never');
    await app.pressOnce('button', 'Add operator', {
      sent: ['POST /v1/operators {"name":"Dee","role":"flow_designer"}'],
      shows: ['hlo_new-token'],
    });
  });
});
