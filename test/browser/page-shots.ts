/** What the pictures of the console show: every page, dialog and state. */
import type { Page } from 'playwright-core';
import { allColumns, eventDialogs, eventShots } from './event-shots.ts';
import { jobShots, redelivery } from './job-shots.ts';
import type { PictureData } from './picture-data.ts';
import { answerWith, chooseInsteadOf, fail, list, never, press, type Shot, when } from './shot.ts';
import { stateShots } from './state-shots.ts';
import { trafficShots } from './traffic-shots.ts';

const times = { from: '2026-03-01T12:00:00.000Z', to: '2026-03-01T13:00:00.000Z' };

/** Rejections of one reason. */
const refused = {
  ...{ nextCursor: null, asOf: times.to },
  items: [
    {
      ...{
        minute: '2026-03-01T12:00Z',
        reason: 'signature_mismatch',
        count: 3,
        explanation: 'The signature does not match.',
      },
      facts: [{ code: 'signature_mismatch' }],
    },
  ],
};

const giveJson = chooseInsteadOf('A stored event', 'An event as JSON');

async function createIt(page: Page, name: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: /^Provider/ }).click();
  await page.getByRole('option', { name: 'Any other sender' }).click();
  await press('Create and activate')(page);
}

/** What is made by its own picture, so it comes last. */
const madeHere: Shot[] = [
  {
    name: 'set up, just made',
    path: '/create',
    act: (page) => createIt(page, `till-${page.viewportSize()?.width}`),
    says: 'Waiting for the first webhook',
  },
];

/** The pages with data, in the states that data makes. */
const filled = ({ event, order, delivery }: PictureData): Shot[] => [
  { name: 'connections', path: '/connections', ready: 'events' },
  {
    name: 'connections, none found',
    path: '/connections',
    act: (page) => page.getByPlaceholder('Find connections').fill('nothing like it'),
  },
  { name: 'overview', path: '/overview', says: 'Refuses webhooks' },
  { name: 'overview, 30 days as a table', path: '/overview#range=30d&as=table', says: 'Counted until' },
  {
    name: 'overview, a bar',
    path: '/overview#as=table',
    act: async (page) => {
      await page
        .getByRole('link', { name: /accepted/ })
        .first()
        .click();
      await page.getByText('Show the whole time').waitFor();
      await page.getByText('Counting each connection').waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'overview, a time that is not kept',
    path: '/overview#range=1h&from=2026-01-01T10:00:00.000Z&to=2026-01-01T10:01:00.000Z',
    says: 'no longer kept',
  },
  { name: 'create', path: '/create' },
  {
    name: 'create, mistakes',
    path: '/create',
    act: async (page) => {
      await page.getByLabel('Name').fill('GitHub Repo');
      await page.getByRole('button', { name: 'Create connection' }).click();
    },
  },
  {
    name: 'create, a name that is taken',
    path: '/create',
    act: (page) => createIt(page, 'code'),
    says: 'has this name already',
  },
  {
    name: 'create, failed',
    path: '/create',
    reads: /\/v1\/connections$/,
    answer: when('POST', fail),
    act: (page) => createIt(page, 'till'),
    says: 'That did not work',
  },
  {
    name: 'create, under way',
    path: '/create',
    reads: /\/v1\/connections$/,
    answer: when('POST', never),
    act: (page) => createIt(page, 'till'),
    isWaiting: true,
  },
  {
    name: 'create, providers',
    path: '/create',
    act: (page) => page.getByRole('button', { name: /^Provider/ }).click(),
  },
  ...['code', 'shop-orders', 'warehouse', 'parcels', 'payments', 'chat', 'campaigns', 'invoices', 'tasks'].map(
    (name): Shot => ({ name: `connection ${name}`, path: `/connections/${name}` }),
  ),
  ...['code', 'invoices', 'chat', 'shop-orders'].map(
    (name): Shot => ({ name: `configure ${name}`, path: `/connections/${name}/configure` }),
  ),
  { name: 'set up', path: '/connections/invoices/setup', says: '“Go on” does these steps' },
  { name: 'set up, half done', path: '/connections/chat/setup', says: 'Configure the endpoint: done' },
  {
    name: 'set up, failed',
    path: '/connections/invoices/setup',
    act: press('Go on'),
    reads: /invoices\/endpoint/,
    answer: fail,
    says: 'did not work. What was done',
  },
  { name: 'set up, first webhook', path: '/connections/code/setup', says: 'It was verified and stored.' },
  {
    name: 'set up, refused',
    path: '/connections/code/setup',
    reads: /code\/(events|rejections)/,
    answer: (route) =>
      route.fulfill({ json: route.request().url().includes('/events') ? { ...list, upTo: times.to } : refused }),
    says: 'were refused',
  },
  { name: 'set up, secret of the sender', path: '/connections/payments/setup', says: 'Paste the secret' },
  {
    name: 'set up, nothing came yet',
    path: '/connections/code/setup',
    reads: /code\/(events|rejections)/,
    answer: answerWith({ ...list, asOf: times.to }),
    says: 'Waiting for the first webhook',
  },
  {
    name: 'set up, not allowed',
    path: '/connections/code/setup',
    reads: /\/v1\/connections\/code$/,
    answer: async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, json: { ...(await answer.json()), allowedActions: [] } });
    },
    says: 'Only a connection admin',
  },
  { name: 'set up, handshake', path: '/connections/tasks/setup', says: 'Handshake' },
  {
    name: 'configure, all settings',
    path: '/connections/code/configure',
    act: (page) => page.getByText('More settings').click(),
  },
  {
    name: 'test passed',
    path: '/connections/shop-orders',
    act: async (page) => {
      await press('Test')(page);
      await page.getByText('The endpoint works.').waitFor();
    },
  },
  {
    name: 'test failed',
    path: '/connections/payments',
    act: async (page) => {
      await press('Test')(page);
      await page.getByText('The endpoint does not work yet.').waitFor();
    },
  },
  { name: 'traffic', path: '/connections/code/traffic', says: 'Counted until' },
  { name: 'traffic, 30 days', path: '/connections/code/traffic#range=30d', says: 'Counted until' },
  { name: 'traffic, table', path: '/connections/code/traffic#as=table', says: 'Counted until' },
  { name: 'events', path: '/connections/code/events' },
  {
    name: 'events, one beside the list',
    path: '/connections/code/events',
    act: (page) => page.locator('tbody tr').first().locator('td').last().click(),
    ready: 'push',
    onlyWide: true,
  },
  { name: 'events held', path: '/connections/warehouse/events' },
  {
    name: 'events, none found',
    path: '/connections/code/events',
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Filter' }).fill('Type = issues');
      await page.keyboard.press('Enter');
      await page.getByText('No event matches').waitFor();
    },
  },
  {
    name: 'events, search',
    path: '/connections/code/events#contains=refs&large=true',
    says: 'Looked at all events of this time',
  },
  { name: 'events, search without a find', path: '/connections/code/events#contains=nothing', says: 'No event found' },
  { name: 'search, all connections', path: '/search#contains=refs', says: 'Searched' },
  { name: 'search, nothing yet', path: '/search' },
  { name: 'events, search by a mistake', path: '/connections/code/events#match=%7B', says: 'This is not JSON' },
  { name: 'event', path: `/connections/code/events/${event}` },
  {
    name: 'event, body searched',
    path: `/connections/code/events/${event}`,
    act: (page) => page.getByLabel('Search in the body').fill('main'),
    says: '1 of 1',
  },
  {
    name: 'event, compared',
    path: `/connections/shop-orders/events/${order}`,
    act: press('Compare'),
    says: 'Compared with',
  },
  { name: 'routes', path: '/connections/code/routes' },
  { name: 'routes, dry run', path: `/connections/code/routes?event=${event}`, says: 'Matches' },
  {
    name: 'routes, no event to try',
    path: '/connections/code/routes',
    reads: /\/v1\/connections\/code\/events\?limit=20/,
    answer: answerWith(list),
    says: 'What rules see',
  },
  {
    name: 'routes, dry run of JSON',
    path: '/connections/code/routes',
    act: async (page) => {
      await giveJson(page);
      await press('Try the rules')(page);
    },
    says: 'The first difference is at',
  },
  {
    name: 'routes, dry run, a mistake',
    path: '/connections/code/routes',
    act: async (page) => {
      await giveJson(page);
      await page.getByRole('textbox', { name: 'Event as JSON' }).fill('{ "type": ');
      await press('Try the rules')(page);
    },
    says: 'This is not a JSON object',
  },
  {
    name: 'routes, dry run, failed',
    path: '/connections/code/routes',
    reads: /\/routes\/test$/,
    answer: fail,
    ready: 'push',
    act: press('Try the rules'),
    says: 'That did not work',
  },
  {
    name: 'routes, dry run, under way',
    path: '/connections/code/routes',
    reads: /\/routes\/test$/,
    answer: never,
    ready: 'push',
    act: press('Try the rules'),
    isWaiting: true,
  },
  {
    name: 'routes, dry run, out of date',
    path: '/connections/code/routes',
    ready: 'push',
    act: async (page) => {
      await press('Try the rules')(page);
      await page.getByText('Matches').first().waitFor();
      await giveJson(page);
    },
    says: 'have changed since',
  },
  {
    name: 'routes, test event fails',
    path: '/connections/code/routes',
    reads: /\/endpoint\/test$/,
    answer: fail,
    act: press('Send a test event'),
    says: 'That did not work',
  },
  { name: 'no routes', path: '/connections/shop-orders/routes', ready: 'Add a route' },
  { name: 'edit routes', path: '/connections/code/routes/edit' },
  { name: 'new route', path: '/connections/shop-orders/routes/edit?to=crm' },
  {
    name: 'edit routes, mistakes',
    path: '/connections/code/routes/edit',
    act: async (page) => {
      await page.getByLabel('Value').first().fill('');
      await page.getByRole('button', { name: 'Add condition' }).last().click();
      await page
        .getByLabel(/^Transform/)
        .last()
        .fill('{ "text": ');
      await press('Save')(page);
    },
  },
  { name: 'rejections', path: '/connections/code/rejections' },
  {
    name: 'rejections, of a time',
    path: '/connections/code/rejections#from=2026-03-01T12:00:00.000Z&to=2026-03-01T13:00:00.000Z',
    says: 'No rejections in this time',
  },
  { name: 'history', path: '/connections/code/history' },
  { name: 'destinations', path: '/destinations' },
  { name: 'destination', path: '/destinations/team-chat' },
  { name: 'destination paused', path: '/destinations/crm' },
  { name: 'destination attempts', path: '/destinations/team-chat/attempts', says: 'Counted until' },
  { name: 'destination history', path: '/destinations/crm/history' },
  { name: 'destination deliveries', path: '/destinations/crm/deliveries' },
  {
    name: 'destination deliveries, redelivery',
    path: '/destinations/crm/deliveries',
    reads: /\/redeliveries/,
    answer: (route) =>
      route.fulfill({ json: route.request().url().endsWith('rdl_0') ? redelivery : { ...list, items: [redelivery] } }),
    says: 'what is redelivered waits',
  },
  { name: 'delivery', path: `/destinations/crm/deliveries/${delivery}` },
  {
    name: 'delivery, what was sent',
    path: `/destinations/crm/deliveries/${delivery}`,
    act: async (page) => {
      await page.getByRole('button', { name: /^Show what/ }).click();
      await page.getByRole('button', { name: 'Headers' }).click();
      await press('Compare with the event')(page);
    },
    says: 'The body is that of the event',
  },
  { name: 'create destination', path: '/create-destination' },
  {
    name: 'create destination, mistakes',
    path: '/create-destination',
    act: async (page) => {
      await page.getByText('More settings').click();
      await page.getByRole('button', { name: /^Credentials/ }).click();
      await page.getByRole('option', { name: 'OAuth 2 (client credentials)' }).click();
      await press('Create destination')(page);
    },
  },
  {
    name: 'edit destination',
    path: '/destinations/crm/edit',
    act: (page) => page.getByText('More settings').click(),
  },
  { name: 'operators', path: '/operators' },
  { name: 'not found', path: '/nowhere' },
  {
    name: 'page not loaded',
    path: '/operators',
    reads: /\/assets\/pages-/,
    answer: (route) => route.abort(),
    says: 'Its file can’t be reached',
  },
  {
    name: 'page replaced',
    path: '/operators',
    reads: /\/assets\/pages-/,
    answer: (route) => route.fulfill({ status: 404 }),
    says: 'The console was updated',
  },
  { name: 'connection not found', path: '/connections/no-such-name' },
];

/** Each dialog, open. */
const openDialogs: Shot[] = [
  {
    name: 'go to',
    dialog: 'Palette',
    path: '/connections',
    act: async (page) => {
      await press('Go to')(page);
      await page.getByRole('dialog').getByRole('combobox').fill('shop');
    },
    says: 'Search all connections for',
  },
  { name: 'keys', dialog: 'KeyList', path: '/connections', act: (page) => page.keyboard.press('?') },
  { name: 'rotate', dialog: 'RotateDialog', path: '/connections/code', act: press('Rotate token') },
  { name: 'rotate, pasted', dialog: 'RotateDialog', path: '/connections/quiet', act: press('Rotate token') },
  { name: 'end grace', dialog: 'EndGraceDialog', path: '/connections/code', act: press('End grace now') },
  { name: 'hold', dialog: 'HoldDialog', path: '/connections/code', act: press('Hold') },
  { name: 'deactivate', dialog: 'DeactivateDialog', path: '/connections/code', act: press('Deactivate') },
  { name: 'deconfigure', dialog: 'DeconfigureDialog', path: '/connections/parcels', act: press('Deconfigure') },
  { name: 'delete', dialog: 'DeleteDialog', path: '/connections/invoices', act: press('Delete connection') },
  {
    name: 'replay',
    dialog: 'ReplayDialog',
    path: '/connections/code/events',
    act: async (page) => {
      await press('Replay many')(page);
      await press('Count first')(page);
      await page.getByText('would be published again').waitFor();
    },
  },
  {
    name: 'redeliver',
    dialog: 'RedeliverDialog',
    path: '/destinations/team-chat/deliveries',
    act: async (page) => {
      await press('Redeliver these')(page);
      await press('Count first')(page);
      await page.getByText('would be sent again').waitFor();
    },
  },
  { name: 'rotate secret', dialog: 'RotateSecretDialog', path: '/destinations/crm', act: press('Rotate secret') },
  {
    name: 'delete destination',
    dialog: 'DeleteDestinationDialog',
    path: '/destinations/crm',
    act: press('Delete destination'),
  },
  { name: 'add operator', dialog: 'AddOperatorDialog', path: '/operators', act: press('Add operator') },
  {
    name: 'operator added',
    dialog: 'AddOperatorDialog',
    path: '/operators',
    reads: /\/v1\/operators$/,
    answer: when('POST', answerWith({ id: 'op_1', name: 'Fay', role: 'flow_designer', token: 'hlo_made-up' })),
    act: async (page) => {
      await press('Add operator')(page);
      await page.getByRole('dialog').getByRole('textbox').first().fill('Fay');
      await page.getByRole('dialog').getByRole('button', { name: 'Add operator' }).click();
    },
    says: 'The token is shown only now',
  },
  { name: 'description', dialog: 'DescriptionDialog', path: '/connections/code', act: press('Edit description') },
  {
    name: 'remove the token',
    dialog: 'ConfigureForm',
    path: '/connections/tasks/configure',
    act: async (page) => {
      await page.getByLabel('Remove the token').check();
      await press('Update')(page);
    },
  },
  {
    name: 'leave without saving',
    dialog: 'useUnsaved',
    path: '/connections/code/configure',
    act: async (page) => {
      await page.getByLabel('Remove the token').check();
      await page.getByRole('link', { name: 'Cancel' }).click();
    },
  },
  {
    name: 'hold, failed',
    dialog: 'HoldDialog',
    path: '/connections/code',
    reads: /\/endpoint\/hold$/,
    answer: fail,
    act: async (page) => {
      await press('Hold')(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Hold' }).click();
    },
    says: 'That did not work',
  },
  { name: 'revoke', dialog: 'RevokeDialog', path: '/operators', act: press('Revoke Ada') },
];

const dialogs = (data: PictureData): Shot[] =>
  [...openDialogs, ...eventDialogs(data)].map((shot) => ({ ...shot, name: `dialog, ${shot.name}` }));

/** All pictures behind the sign-in. */
export const shotsOf = (data: PictureData): Shot[] => [
  ...filled(data),
  ...trafficShots,
  ...eventShots(data),
  ...jobShots,
  ...dialogs(data),
  ...stateShots(data),
  allColumns,
  ...madeHere,
];
