/** Makes the event of a verified arrival, with the endpoint's settings and with the mark of a self-test. */

import { dedupeUnder, withReplayGuard } from '../../endpoints/endpoint/settings-in-force.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import { splitInForce } from '../../endpoints/settings/split.ts';
import { signingHeadersOf } from '../../endpoints/signature/signing-headers.ts';
import { fitsInEntry } from '../bus/entry-limit.ts';
import { eventOf, inBucket, type Receiver } from '../event/accepted-arrival.ts';
import type { StoredEvent, Verification } from '../event/event.ts';
import { testEventId } from '../event/event-id.ts';
import { placementsIn } from './arrival-verification.ts';
import type { Handover } from './handover.ts';
import type { ReceivedArrival } from './handshake-answer.ts';

/**
 * The inputs of the event, besides the arrival. The delivery id is the one that the arrival's own scheme signs: after a
 * change of auth, this may be the earlier scheme. If the verification found a replay guard, the guard overrides the settings
 * for dedupe.
 */
function receiverOf({ handover, settings }: ReceivedArrival, { scheme, replayGuard }: Verification): Receiver {
  const { connection, endpoint } = handover;
  const preset = presetOf(connection.provider);
  const signed = { ...settings, dedupe: dedupeUnder(preset, scheme, endpoint.settings.dedupe) };
  const { dedupe, retentionDays, split, raw, type } = withReplayGuard(signed, replayGuard);
  const types = type ? [type] : (preset.type ?? []);
  const batch = splitInForce(split, preset.batch);
  const accept = placementsIn(handover, settings);
  return { connection, endpoint: { ...endpoint, accept, dedupe, types, batch, raw, retentionDays } };
}

/**
 * Marks the event of an operator's test. The event gets the test's id. The event is not published unless the test asks
 * for that. It is routed nowhere, because receivers take what they get for a real event.
 */
function withTestMark(event: StoredEvent, { connection, test }: Handover): StoredEvent {
  if (!test) return event;
  const { routes: _, ...unrouted } = event;
  return {
    ...unrouted,
    id: testEventId(connection.id, test.digest),
    test: true,
    ...(test.publish ? {} : { quiet: true }),
  };
}

/**
 * The event of a verified arrival.
 * @param randomId the event's id if the arrival has no delivery id
 */
export function receivedEventOf(
  received: ReceivedArrival,
  proof: Verification,
  randomId: string,
  now: Date,
): StoredEvent {
  const receiver = receiverOf(received, proof);
  const signed = proof.scheme && { signedIn: signingHeadersOf(proof.scheme) };
  const arrived = { ...eventOf(received.arrival, receiver, proof, randomId, now), ...signed };
  const event = withTestMark(arrived, received.handover);
  return fitsInEntry(event) ? event : { ...event, ...inBucket(event, receiver.endpoint.retentionDays) };
}
