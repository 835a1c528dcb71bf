/** What a test sends. Everything that it needs besides the endpoint is looked up before the test begins. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { SelfTestRequest } from '../../endpoints/endpoint/self-test-request.ts';
import { settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import { presetOf } from '../../endpoints/provider/presets.ts';
import { sampleOf } from '../../endpoints/provider/samples.ts';
import { bodyDocumentOf, type Signable } from '../../endpoints/signature/signed-message.ts';
import {
  givenBody,
  plainSample,
  recordedContent,
  type SampleContent,
  senderSample,
  typeFault,
} from '../../events/arrival/sample-content.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import { readStoredEvent, type StoredEventPorts } from './stored-event.ts';
import { type ConnectionRecordPorts, requireConnection } from './update-connection.ts';

function checkType(connection: Connection, isBodyGiven: boolean): void {
  const target = { preset: presetOf(connection.provider), type: settingsOf(connection).type };
  const message = typeFault(target, isBodyGiven);
  if (message === undefined) return;
  throw new Refusal('invalid_request', `type ${message}.`, { errors: [{ path: 'type', pointer: '/type', message }] });
}

/**
 * Finds what to send.
 * @throws a refusal if there is no such connection or event, or if the type has no place
 */
export async function testContentOf(
  {
    name,
    sample,
    type,
    eventId,
    body,
    bodyBase64,
    contentType = 'application/json',
  }: SelfTestRequest & { name: string },
  now: Date,
  ports: StoredEventPorts & Pick<ConnectionRecordPorts, 'store'>,
): Promise<SampleContent> {
  const bytes = bodyBase64 === undefined ? body : Buffer.from(bodyBase64, 'base64');
  if (!sample && type === undefined && eventId === undefined && bytes === undefined) return plainSample;
  const connection = await requireConnection(name, ports);
  if (type !== undefined) checkType(connection, bytes !== undefined);
  if (bytes !== undefined) return givenBody(Buffer.from(bytes), contentType, type);
  if (eventId === undefined) return senderSample(sampleOf(connection.provider), type);
  const stored = await readStoredEvent(connection, eventId, now, ports);
  return recordedContent(stored.event, stored.body);
}

/**
 * Some senders write their proof into the body. That must not cost what was to be sent.
 * @throws a refusal if the body is not what such a sender sends
 */
export function checkCarriesProof(content: Signable, proven: Signable): void {
  const document = bodyDocumentOf(content);
  if (proven.body.equals(content.body) || (typeof document === 'object' && document !== null)) return;
  const message = 'must be a JSON object or a form, because this sender writes its proof into the body';
  throw new Refusal('invalid_request', `body ${message}.`, { errors: [{ path: 'body', pointer: '/body', message }] });
}
