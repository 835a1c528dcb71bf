/** Every page and every dialog of the console, and how a person gets there. A new one needs a line here. */
import type { Locator, Page } from 'playwright-core';
import { anActiveEndpoint, bearer, deliver, ok, type World } from '../support/given.ts';

export interface Place {
  name: string;
  /** Behind `/console`. */
  path: string;
  /** What is there once the page is whole. */
  ready: (page: Page) => Locator;
}

export interface Dialog extends Place {
  /** The component that shows the dialog. */
  component: string;
  /** What opens the dialog. */
  opener: (page: Page) => Locator;
  /** What follows the opener until the dialog is there. */
  onward?: (page: Page) => Promise<void>;
  /** What must be done on the page before the dialog can be opened. */
  before?: (page: Page) => Promise<void>;
  /** The name of the button that does it. */
  action: string;
  /** What the dialog shows when it is done. Without it, the dialog closes by itself. */
  done?: (page: Page) => Locator;
  /** What leaves the dialog after that. Without it, Escape does. */
  leave?: (page: Page) => Locator;
  /** Enters what the dialog asks for, with the keyboard. The focus is in the dialog. */
  enter?: (page: Page) => Promise<void>;
}

/** The names of what the places show. */
export interface Furniture {
  /** Active, with a previous token, events and rejections. */
  busy: string;
  event: string;
  /** Active, with an open handshake window in which a secret was delivered. */
  shaken: string;
  /** Inactive, with a token. */
  resting: string;
  /** Has no endpoint. */
  bare: string;
  operator: string;
  /** Paused, with a previous signing secret. */
  destination: string;
  /** Paused too. The event went to it, in the delivery with this id. */
  receiver: string;
  delivery: string;
  /** A destination with a delivery that has ended. */
  ended: string;
}

/** Makes what the places show. */
export async function furnish(world: World): Promise<Furniture> {
  const { name, path, url, token } = await anActiveEndpoint(world);
  await ok(world, 'POST', '/v1/destinations', { name: 'depot', url: 'http://127.0.0.1:1099/depot' });
  await ok(world, 'POST', '/v1/destinations/depot/pause', {});
  await ok(world, 'PUT', `${path}/routes`, { rules: [{ id: 'to-depot', to: 'depot' }] });
  const { id } = (await deliver(url, { headers: bearer(token), body: '{"hello": ["world", 1]}' })).json();
  await deliver(url, { body: 'no token' });
  await ok(world, 'POST', `${path}/endpoint/token/rotate`, {});
  const resting = await anActiveEndpoint(world);
  await ok(world, 'POST', '/v1/destinations', { name: 'yard', url: 'http://127.0.0.1:1099/yard' });
  // The transform leaves nothing, so the delivery is cancelled.
  const rules = [{ id: 'notes', transform: 'data.note', to: 'yard' }];
  await ok(world, 'PUT', `${resting.path}/routes`, { rules });
  await deliver(resting.url, { headers: bearer(resting.token), body: '{}' });
  await ok(world, 'POST', `${resting.path}/endpoint/deactivate`);
  await ok(world, 'POST', '/v1/connections', { name: 'bare' });
  const tasks = '/v1/connections/tasks/endpoint';
  await ok(world, 'POST', '/v1/connections', { name: 'tasks', provider: 'asana' });
  await ok(world, 'PUT', tasks, {});
  await ok(world, 'POST', `${tasks}/token`, { value: 'the-secret-of-the-sender' });
  const { endpoint } = await ok(world, 'POST', `${tasks}/activate`);
  await ok(world, 'POST', `${tasks}/handshake`, {});
  await deliver((endpoint as { url: string }).url, { headers: { 'x-hook-secret': 'the-next-secret-of-the-sender' } });
  await ok(world, 'POST', '/v1/operators', { name: 'Fay', role: 'flow_designer' });
  const destination = { name: 'crm', url: 'http://127.0.0.1:1099/in', headers: { 'x-team': 'sales' } };
  await ok(world, 'POST', '/v1/destinations', { ...destination, auth: { kind: 'bearer', token: 'a token' } });
  for (const verb of ['secret/rotate', 'pause']) await ok(world, 'POST', `/v1/destinations/crm/${verb}`, {});
  await world.runtime.settled();
  const { items } = await ok(world, 'GET', `${path}/events/${id}/deliveries`);
  return {
    busy: name,
    event: String(id),
    shaken: 'tasks',
    resting: resting.name,
    bare: 'bare',
    operator: 'Fay',
    destination: 'crm',
    receiver: 'depot',
    delivery: String((items as { id: string }[])[0]?.id),
    ended: 'yard',
  };
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: true });
const label = (name: string) => (page: Page) => page.getByLabel(name, { exact: true });
const text = (words: string) => (page: Page) => page.getByText(words).first();

/** The pages behind the sign-in. */
export const pagesOf = ({
  busy,
  event,
  shaken,
  resting,
  bare,
  destination,
  receiver,
  delivery,
}: Furniture): Place[] => [
  { name: 'connections', path: '/connections', ready: (page) => page.getByRole('link', { name: busy, exact: true }) },
  { name: 'overview', path: '/overview', ready: text('Refuses webhooks') },
  { name: 'create', path: '/create', ready: label('Name') },
  { name: 'endpoint', path: `/connections/${busy}`, ready: label('Endpoint URL') },
  { name: 'inactive endpoint', path: `/connections/${resting}`, ready: text('The endpoint refuses every webhook') },
  { name: 'no endpoint', path: `/connections/${bare}`, ready: text('This connection has no endpoint') },
  { name: 'handshake', path: `/connections/${shaken}`, ready: text('A secret was delivered') },
  { name: 'configure', path: `/connections/${busy}/configure`, ready: text('More settings') },
  { name: 'traffic', path: `/connections/${busy}/traffic`, ready: text('Counted until') },
  { name: 'traffic as a table', path: `/connections/${busy}/traffic#as=table`, ready: text('Counted until') },
  { name: 'no traffic', path: `/connections/${bare}/traffic`, ready: text('Nothing came in this time') },
  { name: 'events', path: `/connections/${busy}/events`, ready: (page) => page.getByRole('link', { name: event }) },
  {
    name: 'found events',
    path: `/connections/${busy}/events#contains=hello`,
    ready: text('Looked at all events of this time'),
  },
  {
    name: 'mistake in a search',
    path: `/connections/${busy}/events#match=%7B`,
    ready: text('This is not JSON'),
  },
  { name: 'no events', path: `/connections/${bare}/events`, ready: text('No events yet') },
  {
    name: 'event',
    path: `/connections/${busy}/events/${event}`,
    ready: (page) => page.getByRole('tab', { name: 'Formatted' }),
  },
  { name: 'routes', path: `/connections/${busy}/routes`, ready: text('1. to-depot') },
  { name: 'no routes', path: `/connections/${bare}/routes`, ready: text('No routes') },
  { name: 'dry run', path: `/connections/${busy}/routes?event=${event}`, ready: text('Matches') },
  { name: 'edit routes', path: `/connections/${busy}/routes/edit`, ready: text('1. to-depot') },
  { name: 'first route', path: `/connections/${bare}/routes/edit?to=${receiver}`, ready: text('1. rule-1') },
  { name: 'rejections', path: `/connections/${busy}/rejections`, ready: text('token missing') },
  { name: 'history', path: `/connections/${busy}/history`, ready: text('generate token') },
  { name: 'destinations', path: '/destinations', ready: (page) => page.getByRole('link', { name: destination }) },
  { name: 'create destination', path: '/create-destination', ready: label('URL') },
  { name: 'destination', path: `/destinations/${destination}`, ready: text('The destination is paused') },
  { name: 'edit destination', path: `/destinations/${destination}/edit`, ready: label('URL') },
  { name: 'attempts at a destination', path: `/destinations/${receiver}/attempts`, ready: text('Counted until') },
  { name: 'history of a destination', path: `/destinations/${destination}/history`, ready: text('Rotate secret') },
  { name: 'setup', path: `/connections/${bare}/setup`, ready: text('“Go on” does these steps') },
  { name: 'what to enter', path: `/connections/${busy}/setup`, ready: text('It was verified and stored.') },
  { name: 'jobs', path: '/jobs', ready: text('No jobs') },
  {
    name: 'deliveries to a destination',
    path: `/destinations/${receiver}/deliveries`,
    ready: (page) => page.getByText('Parked').last(),
  },
  {
    name: 'delivery',
    path: `/destinations/${receiver}/deliveries/${delivery}`,
    ready: text('No attempt was made.'),
  },
  { name: 'search', path: '/search', ready: text('Nothing searched for yet') },
  { name: 'search of all', path: '/search#contains=hello', ready: text('By connection') },
  { name: 'operators', path: '/operators', ready: text('Fay') },
  { name: 'not found', path: '/nowhere', ready: text('There is no such page') },
];

/** The dialogs, in an order in which each can be carried out after the ones before it. */
export const dialogsOf = ({
  busy,
  event,
  bare,
  shaken,
  resting,
  operator,
  destination,
  ended,
}: Furniture): Dialog[] => {
  const ofEndpoint = (component: string, action: string, connection = busy): Dialog => ({
    name: action,
    path: `/connections/${connection}`,
    ready: label('Endpoint URL'),
    component,
    opener: button(action),
    action,
  });
  const type = (value: string) => async (page: Page) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').or(dialog.getByRole('combobox')).first().focus();
    await page.keyboard.type(value);
  };
  return [
    {
      name: 'Go to',
      path: '/jobs',
      ready: text('No jobs'),
      component: 'Palette',
      opener: button('Go to'),
      action: 'Go',
      enter: type(bare),
    },
    {
      name: 'Keys',
      path: '/jobs',
      ready: text('No jobs'),
      component: 'KeyList',
      // Whatever has the focus has it again.
      opener: button('bootstrap'),
      onward: async (page) => {
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
      },
      action: 'Close',
    },
    {
      name: 'Replay',
      path: `/connections/${busy}/events/${event}`,
      ready: (page) => page.getByRole('tab', { name: 'Formatted' }),
      component: 'useReplay',
      opener: button('Replay'),
      action: 'Replay',
    },
    ofEndpoint('EndGraceDialog', 'End grace now'),
    ofEndpoint('RotateDialog', 'Rotate token'),
    {
      ...ofEndpoint('RotateDialog', 'Rotate token', shaken),
      name: 'Rotate token, pasted',
      enter: type('another-secret-of-the-sender'),
    },
    ofEndpoint('HoldDialog', 'Hold'),
    ofEndpoint('DeactivateDialog', 'Deactivate'),
    { ...ofEndpoint('DeconfigureDialog', 'Deconfigure', resting), enter: type(resting) },
    {
      name: 'Update',
      path: `/connections/${shaken}/configure`,
      ready: text('More settings'),
      component: 'ConfigureForm',
      opener: button('Update'),
      action: 'Update',
      before: (page) => page.getByLabel('Remove the token').check(),
      done: label('Endpoint URL'),
    },
    {
      name: 'Leave without saving',
      path: `/connections/${busy}/configure`,
      ready: text('More settings'),
      component: 'useUnsaved',
      opener: (page) => page.getByRole('link', { name: 'Cancel' }),
      action: 'Discard',
      before: (page) => page.getByLabel('Remove the token').check(),
    },
    {
      name: 'Edit description',
      path: `/connections/${bare}`,
      ready: text('This connection has no endpoint'),
      component: 'DescriptionDialog',
      opener: button('Edit description'),
      action: 'Save',
      enter: type('A text'),
    },
    {
      ...{
        name: 'Delete connection',
        path: `/connections/${bare}`,
        ready: text('This connection has no endpoint'),
      },
      component: 'DeleteDialog',
      opener: button('Delete connection'),
      action: 'Delete connection',
    },
    {
      ...{
        name: 'Replay many',
        path: `/connections/${busy}/events`,
        ready: (page) => page.getByRole('link', { name: /^evt_/ }),
      },
      component: 'ReplayDialog',
      opener: button('Replay many'),
      action: 'Count first',
      done: text('would be published again'),
    },
    {
      name: 'Redeliver these',
      path: `/destinations/${ended}/deliveries`,
      ready: (page) => page.getByText('Cancelled').last(),
      component: 'RedeliverDialog',
      opener: button('Redeliver these'),
      action: 'Count first',
      done: text('would be sent again'),
    },
    {
      name: 'Rotate secret',
      path: `/destinations/${destination}`,
      ready: text('Signing secret'),
      component: 'RotateSecretDialog',
      opener: button('Rotate secret'),
      action: 'Rotate secret',
    },
    {
      name: 'Delete destination',
      path: `/destinations/${destination}`,
      ready: text('Signing secret'),
      component: 'DeleteDestinationDialog',
      opener: button('Delete destination'),
      action: 'Delete destination',
    },
    {
      name: 'Add operator',
      path: '/operators',
      ready: text(operator),
      component: 'AddOperatorDialog',
      opener: button('Add operator'),
      action: 'Add operator',
      enter: type('Ada'),
      done: text('The token is shown only now'),
      leave: button('Done'),
    },
    {
      name: 'Revoke',
      path: '/operators',
      ready: text(operator),
      component: 'RevokeDialog',
      opener: button(`Revoke ${operator}`),
      action: 'Revoke',
    },
  ];
};

/** Goes to a page as a link does, without loading the console again. What is not saved on the page before is discarded. */
export async function goTo(page: Page, { path, ready }: Omit<Place, 'name'>): Promise<void> {
  const isStopped = await page.evaluate((url) => {
    const before = navigation.currentEntry?.key;
    history.pushState(null, '', url);
    return navigation.currentEntry?.key === before;
  }, `/console${path}`);
  if (isStopped) await page.getByRole('button', { name: 'Discard' }).click();
  await ready(page).first().waitFor();
}
