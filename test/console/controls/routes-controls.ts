/** The routes of a connection. */
import { test } from '@jest/globals';
import { inTurn, Refusal } from './given-api.ts';
import { openConsole } from './given-console.ts';
import { aDestination, shop } from './given-records.ts';

test('routes are on a tab of the connection, are read again if they could not be read, and lead to a destination', async () => {
  const routes = { version: 3, mode: 'all' as const, rules: [{ id: 'rest', to: 'depot' }] };
  const app = await openConsole('/connections/shop', {
    'GET /v1/connections/{name}': shop(),
    'GET /v1/connections/{name}/routes': inTurn(new Refusal(500, 'Not now.'), routes),
    'GET /v1/destinations/{name}': aDestination({ name: 'depot' }),
  });
  await app.press('tab', 'Routes', { page: '/console/connections/shop/routes', turns: 'on', shows: ['Not now.'] });
  await app.press('button', 'Try again', { hides: ['Not now.', 'Not loaded'], shows: ['1. rest'] });
  await app.press('link', 'depot', { page: '/console/destinations/depot', shows: ['Signing secret'] });
});
