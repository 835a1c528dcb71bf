/** Examples of requests for the OpenAPI document. All values are invented. */
import type { RouteKey } from './routes.ts';

export const requestExamples: Partial<Record<RouteKey, object>> = {
  'POST /v1/connections': { name: 'orders', provider: 'github', description: 'Pull requests of the shop' },
  'PATCH /v1/connections/{name}': { description: 'Pull requests and issues of the shop' },
  'PUT /v1/connections/{name}/endpoint': { retentionDays: 7, allowFrom: ['192.0.2.0/24'] },
  'POST /v1/connections/{name}/endpoint/token': { value: 'a-secret-that-the-sender-shows' },
  'POST /v1/connections/{name}/endpoint/token/rotate': { graceSeconds: 3600 },
  'POST /v1/connections/{name}/endpoint/activate': { managedBy: { kind: 'file', name: 'shop', tokenRef: 'generate' } },
  'POST /v1/connections/{name}/endpoint/deactivate': { managedBy: { kind: 'file', name: 'shop', closed: true } },
  'POST /v1/connections/{name}/endpoint/handshake': { minutes: 10 },
  'POST /v1/connections/{name}/endpoint/handshake/confirm': { graceSeconds: 3600 },
  'POST /v1/connections/{name}/endpoint/test': { publish: false },
  'POST /v1/connections/{name}/replays': {
    from: '2026-03-01T12:00:00Z',
    to: '2026-03-01T13:00:00Z',
    dryRun: true,
  },
  'POST /v1/destinations': {
    name: 'shop',
    url: 'https://shop.example.com/webhooks',
    headers: { 'x-team': 'payments' },
    auth: { kind: 'bearer', token: 'a-token-of-the-shop' },
  },
  'PATCH /v1/destinations/{name}': { timeoutSeconds: 5, rate: { perSecond: 10 } },
  'POST /v1/destinations/{name}/secret/rotate': { graceSeconds: 3600 },
  'POST /v1/destinations/{name}/redeliveries': {
    from: '2026-03-01T12:00:00Z',
    to: '2026-03-01T13:00:00Z',
    statuses: ['given_up'],
    dryRun: true,
  },
  'PUT /v1/connections/{name}/routes': {
    mode: 'first',
    rules: [
      { id: 'merged', when: { type: ['pull_request'], data: { action: ['closed'] } }, to: 'shop' },
      { id: 'otherwise', to: 'archive' },
    ],
  },
  'POST /v1/connections/{name}/events/search': { match: { data: { order: { id: [4711] } } } },
  'POST /v1/connections/{name}/routes/test': {
    event: { type: 'pull_request', data: { action: 'closed' } },
  },
  'POST /v1/operators': { name: 'ada', role: 'flow_designer', expiresAt: '2027-03-01T00:00:00Z' },
};
