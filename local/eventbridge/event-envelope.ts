import { randomUUID } from 'node:crypto';

/** An event's fields beside its detail. */
export interface EventEnvelope {
  id: string;
  source: string;
  detailType: string;
  time: Date;
  resources: readonly string[];
  /** The JSON text of an object. */
  detail: string;
}

/** Where a bus is. */
export interface BusLocation {
  region: string;
  accountId: string;
}

/**
 * EventBridge's form of an event, as one line. The detail goes in as the text that it is, since a number that was parsed
 * and written again would be another one; only line breaks, which JSON has between its values alone, become spaces.
 */
export function envelopeLine({ region, accountId }: BusLocation, event: EventEnvelope): string {
  const head = JSON.stringify({
    version: '0',
    id: event.id,
    'detail-type': event.detailType,
    source: event.source,
    account: accountId,
    time: event.time.toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: event.resources,
  });
  return `${head.slice(0, -1)},"detail":${event.detail.replaceAll(/[\r\n]/g, ' ')}}`;
}

/** What a rule's schedule sends to its targets. */
export function scheduledLine(place: BusLocation, ruleArn: string, time: Date): string {
  return envelopeLine(place, {
    id: randomUUID(),
    source: 'aws.events',
    detailType: 'Scheduled Event',
    time,
    resources: [ruleArn],
    detail: '{}',
  });
}

/** One short line about an event for a terminal, without anything of its detail. */
export function summarizeEvent(line: string): string {
  const event = JSON.parse(line) as Record<string, unknown>;
  const fields = [event['time'], 'bus', event['source'], event['detail-type'], event['id']];
  return [...fields.map(printable), `${Buffer.byteLength(line)} bytes`].join('  ');
}

/** A sender may have a say in an event's type: its control characters must not reach the terminal. */
function printable(value: unknown): string {
  return String(value).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
