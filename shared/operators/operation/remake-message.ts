/**
 * Makes again what a delivery sent: from its event, its version of the routes, and its destination as it is. Nothing is sent, no value of the
 * destination is read and nothing is signed, so the answer can't depend on a secret.
 */

import { knownHeaders } from '../../deliveries/destination/delivery-request.ts';
import type { Destination } from '../../deliveries/destination/destination.ts';
import { type ContentPorts, contentOf } from '../../deliveries/dispatch/delivery-content.ts';
import { attemptsOf, type DeliveryRow, jobOf } from '../../deliveries/dispatch/delivery-row.ts';
import type { RemadeMessage } from '../../deliveries/dispatch/delivery-view.ts';
import type { DispatchPorts } from '../../deliveries/dispatch/ports.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import type { Operation } from './operation.ts';
import { shownBody } from './shown-body.ts';
import { isExpiredEvent } from './stored-event.ts';

export interface RemakeMessagePorts extends Pick<DispatchPorts, 'readDestination'> {
  readEvent(id: string): Promise<StoredEvent | undefined>;
  /** Its transform is that of dry runs: what a person looks at delays no delivery. */
  content: ContentPorts;
}

interface RemakeInput {
  row: DeliveryRow;
  /** Whether the operator may not see a body that holds a token. */
  withholdsTokens: boolean;
}

/** The last attempt, or the first one if there was none yet. */
const lastJobOf = (row: DeliveryRow) => ({ ...jobOf(row), attempt: row.attempt - (attemptsOf(row) > 0 ? 1 : 0) });

/** When the destination was changed, if that was after the last attempt. */
const changedSince = ({ updatedAt }: Destination, { last }: DeliveryRow) =>
  last && Date.parse(updatedAt) > last.at ? { destinationChangedAt: updatedAt } : {};

/** Why nothing can be made, in the words of a delivery's end. */
function unsentBecause(made: Exclude<Awaited<ReturnType<typeof contentOf>>, { body: unknown }>): RemadeMessage {
  if (made.kind === 'cancelled') return { unsent: { reason: made.reason } };
  if (made.kind === 'failed')
    return { unsent: { reason: made.reason, ...(made.cause !== undefined && { cause: made.cause }) } };
  return { unsent: { reason: made.kind === 'later' ? made.fault : made.kind } };
}

/** @returns the message of the last attempt, or of the first one if there was none yet, or why it can't be made */
export const remakeMessage: Operation<RemakeInput, RemakeMessagePorts, RemadeMessage> = async (
  { row, withholdsTokens },
  { now },
  ports,
) => {
  const [event, destination] = await Promise.all([ports.readEvent(row.event), ports.readDestination(row.to)]);
  // After its end, another event can have this id.
  if (event?.receivedAt !== row.receivedAt || isExpiredEvent(event, now))
    return { unsent: { reason: 'event_expired' } };
  if (!destination) return { unsent: { reason: 'destination_deleted' } };
  const made = await contentOf(lastJobOf(row), event, ports.content, destination);
  if ('kind' in made) return unsentBecause(made);
  const isMasked = event.tokenIn.length > 0;
  return {
    sent: {
      method: destination.method,
      ...knownHeaders(destination, made),
      bytes: made.body.length,
      ...(isMasked && withholdsTokens ? {} : shownBody(made.body)),
    },
    ...(isMasked && { masked: true }),
    ...changedSince(destination, row),
  };
};
