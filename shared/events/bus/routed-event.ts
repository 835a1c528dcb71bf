/** An event as routes see it: as patterns match it, and as transforms read it. */

import type { StoredEvent } from '../event/event.ts';
import { maskedBody } from './body-mask.ts';
import { jsonTextIn } from './publication.ts';

export interface RoutedEvent {
  type: string;
  provider: string;
  headers: Record<string, string>;
  query: string;
  path: string;
  sourceIp: string;
  /** The body, if it is JSON. It is what the bus has as `data` of an event that stays whole. */
  data?: unknown;
}

/** The fields of an event that routes need. */
export type RoutableEvent = Pick<
  StoredEvent,
  'type' | 'provider' | 'headers' | 'query' | 'path' | 'sourceIp' | 'contentType' | 'tokenIn'
>;

/** The body as it may leave: a token in it is masked, because no third party may get a live one. */
export const routedBodyOf = ({ headers, tokenIn }: Pick<RoutableEvent, 'headers' | 'tokenIn'>, body: Buffer): Buffer =>
  maskedBody(body, headers['content-type'] ?? '', tokenIn);

/**
 * An event as routes see it.
 * @param body the exact body, also if it is in the bodies bucket
 */
export function routedEventOf(event: RoutableEvent, body: Buffer): RoutedEvent {
  const { type, provider, headers, query, path, sourceIp } = event;
  const text = jsonTextIn(routedBodyOf(event, body), event.contentType ?? '');
  return { type, provider, headers, query, path, sourceIp, ...(text === undefined ? {} : { data: JSON.parse(text) }) };
}
