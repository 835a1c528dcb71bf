/** The notices that the bus gets of a connection's lifecycle. */

import type { HistoryEntry } from '../../endpoints/endpoint/history-entry.ts';
import type { BusEntry as Notice } from '../../events/bus/publication.ts';
import type { ConnectionChange } from './history.ts';

/** The notice type of each verb. Null if the verb has no notice. */
const noticeTypes = {
  create: 'connection.opened',
  edit: 'connection.edited',
  adopt: 'connection.adopted',
  detach: 'connection.detached',
  setRoutes: 'connection.routes_changed',
  // After this change, the record is removed. The notice is sent for the removal.
  delete: null,
  configure: 'endpoint.configured',
  generateToken: 'endpoint.token_generated',
  revealToken: 'endpoint.token_revealed',
  rotateToken: 'endpoint.token_rotated',
  changeAuth: 'endpoint.auth_changed',
  endGrace: 'endpoint.grace_ended',
  removeToken: 'endpoint.token_removed',
  activate: 'endpoint.activated',
  deactivate: 'endpoint.deactivated',
  hold: 'endpoint.held',
  release: 'endpoint.released',
  openHandshake: 'endpoint.handshake_opened',
  confirmHandshake: 'endpoint.handshake_confirmed',
  closeHandshake: 'endpoint.handshake_closed',
  // A test makes an event, so it needs no notice.
  test: null,
  deconfigure: 'endpoint.deconfigured',
} as const satisfies Record<HistoryEntry['verb'], string | null>;

/** The type of a change's notice. Null for steps that only begin or abandon something. */
function noticeTypeOf({ after }: ConnectionChange): string | null {
  if (!after) return 'connection.deleted';
  const { verb, step } = after.entry;
  // The delivered secret waits until an operator confirms it.
  if (step === 'deliver') return 'endpoint.secret_delivered';
  return step === undefined ? noticeTypes[verb] : null;
}

/**
 * The notice of a change. The notice's source has no dot. The source of every webhook has a dot, so no sender can forge
 * a notice.
 */
export function lifecycleNoticeOf(change: ConnectionChange): Notice | undefined {
  const DetailType = noticeTypeOf(change);
  const record = change.after ?? change.before;
  if (DetailType === null || !record) return undefined;
  const { verb, by, at, from, to } = record.entry;
  // If somebody removes a record by hand, nothing says who it was.
  const who = change.after || verb === 'delete' ? by : 'unknown';
  const { requestId } = change;
  const detail = { connection: record.name, version: record.version, by: who, at, from, to, requestId };
  return { Source: 'hooklatch', DetailType, Detail: JSON.stringify(detail), Time: new Date(at) };
}
