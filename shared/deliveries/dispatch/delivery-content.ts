/** What is sent of an event by a rule: the sender's bytes, or what the rule's transform makes of the event. */

import { routedBodyOf, routedEventOf } from '../../events/bus/routed-event.ts';
import type { BodyStore } from '../../events/event/body-place.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import type { Destination } from '../destination/destination.ts';
import type { ReadRoutes } from '../route/route-table.ts';
import type { Transform, TransformOutcome } from '../transform/transform.ts';
import { transformThrottled, type UnsentAttempt } from './attempt-result.ts';
import { type DeliveryJob, deliveryIdOf } from './delivery-job.ts';
import { attemptNumberOf } from './delivery-row.ts';
import { type SentMessage, sentMessage } from './sent-message.ts';

export interface ContentPorts {
  readRoutes: ReadRoutes;
  readBody: BodyStore['read'];
  transform: Transform;
}

/** Why a transform gives nothing to send. All but a lack of concurrency is final: the same expression gives the same again. */
function withoutResult(outcome: Exclude<TransformOutcome, { kind: 'json' }>): UnsentAttempt {
  switch (outcome.kind) {
    case 'empty':
      return { kind: 'cancelled', reason: 'transform_empty' };
    case 'throttled':
      return { kind: 'later', fault: transformThrottled };
    case 'killed':
      return { kind: 'failed', reason: 'transform_killed', cause: `The transform took too much ${outcome.how}.` };
    case 'too_large':
      return { kind: 'failed', reason: 'transform_input_too_large' };
    case 'error':
      return { kind: 'failed', reason: 'transform_error', cause: outcome.message };
  }
}

/** The exact body of an event, wherever it is. Undefined if somebody removed it from the bucket. */
export const wholeBodyOf = async (
  { bodyKey, body }: StoredEvent,
  readBody: BodyStore['read'],
): Promise<Buffer | undefined> => (bodyKey === undefined ? body : readBody(bodyKey));

/** @returns what is sent, with how long its transform took, or why nothing is */
export async function contentOf(
  job: DeliveryJob,
  event: StoredEvent,
  { readRoutes, readBody, transform }: ContentPorts,
  { forwardHeaders }: Pick<Destination, 'forwardHeaders'>,
): Promise<(SentMessage & { madeInMs?: number }) | UnsentAttempt> {
  const rule = (await readRoutes(job.routes))?.rules.find(({ id }) => id === job.rule);
  // Nothing is ever sent as it came because a transform was lost.
  if (!rule) return { kind: 'failed', reason: 'rule_not_found' };
  const body = await wholeBodyOf(event, readBody);
  if (!body) return { kind: 'failed', reason: 'body_not_found' };
  const delivery = { id: deliveryIdOf(job), attempt: attemptNumberOf(job), replay: job.replay, forwardHeaders };
  const made = (json?: string) => sentMessage(event, routedBodyOf(event, body), json, delivery);
  if (rule.transform === undefined) return made();
  const outcome = await transform(rule.transform, routedEventOf(event, body), event.receivedAt, job);
  return outcome.kind === 'json' ? { ...made(outcome.text), madeInMs: outcome.ms } : withoutResult(outcome);
}
