/** The request that a local program gets for an event: the sender's, as far as it is stored. */

import { recordedRequest } from '../../../shared/events/event/recorded-request.ts';
import type { ForwardUrl } from '../../../shared/ground/base/forward-url.ts';
import type { EventDetail } from '../../../shared/operators/wait/waited-event.ts';
import type { OutgoingRequest } from './send-request.ts';

/** What the program gets, and the names of what is withheld because it contained a credential. */
export interface ForwardedRequest extends OutgoingRequest {
  withheld: string[];
}

/** The exact bytes of an event's body. Undefined if they are withheld from this operator. */
export function bodyBytesOf({ body, bodyBase64, bodyWithheld }: EventDetail): Buffer | undefined {
  if (bodyWithheld !== undefined) return undefined;
  return bodyBase64 === undefined ? Buffer.from(body ?? '', 'utf8') : Buffer.from(bodyBase64, 'base64');
}

/** The request for a program. Undefined if its path could lead out of the program's URL. */
export function forwardedRequest(event: EventDetail, body: Buffer, to: ForwardUrl): ForwardedRequest | undefined {
  const recorded = recordedRequest(event, to.href);
  if (!recorded) return undefined;
  const { url, headers, withheld } = recorded;
  return {
    url,
    method: event.method,
    headers: {
      ...headers,
      ...(to.authorization !== undefined && { authorization: to.authorization }),
      'hooklatch-event-id': event.id,
    },
    body,
    withheld,
  };
}

/** The request with the number of the attempt. From 2 on, the program may have got the event before. */
export const numbered = (request: ForwardedRequest, attempt: number): ForwardedRequest => ({
  ...request,
  headers: { ...request.headers, 'hooklatch-attempt': String(attempt) },
});
