import { randomUUID } from 'node:crypto';
import { printable } from '../../shared/ground/base/printable.ts';

/** The fields of an event. */
export interface EventEnvelope {
  id: string;
  source: string;
  detailType: string;
  time: Date;
  resources: readonly string[];
  /** The JSON text of an object. */
  detail: string;
}

/** The region and account of a bus. */
export interface BusLocation {
  region: string;
  accountId: string;
}

/**
 * Writes an event in EventBridge's form, as one line. The detail is inserted as the original text, because parsing and
 * rewriting could change a number. Only line breaks become spaces; valid JSON has them only between values.
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

/** The event that a schedule sends to its targets. */
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

/** A short line about an event for the terminal, without its detail. A sender may have chosen the type. */
export function summarizeEvent(line: string): string {
  const event = JSON.parse(line) as Record<string, unknown>;
  const fields = [event['time'], 'bus', event['source'], event['detail-type'], event['id']];
  return [...fields.map((field) => printable(String(field))), `${Buffer.byteLength(line)} bytes`].join('  ');
}
