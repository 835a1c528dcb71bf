import type { EventDetail } from '../../../../shared/operators/wait/waited-event.ts';

/** An event as the API shows it. */
export const anEvent = (more: Partial<EventDetail>): EventDetail => ({
  id: 'evt_1',
  endpointId: 'endpoint',
  receivedAt: '2026-03-01T12:00:00.000Z',
  type: 'webhook',
  method: 'POST',
  size: 2,
  tokenId: 'token',
  connection: 'orders',
  provider: 'generic',
  path: '',
  sourceIp: '192.0.2.1',
  sha256: '',
  verifiedBy: 'token',
  bytesAltered: false,
  expiresAt: '2026-04-01T12:00:00.000Z',
  publication: 'published',
  publicationAsOf: '2026-03-01T12:00:10.000Z',
  headers: {},
  query: '',
  body: '{}',
  ...more,
});
