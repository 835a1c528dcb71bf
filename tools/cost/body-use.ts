/** What a webhook uses by the size of its body: its event is made, packed and published by the code that does so in a deployment. */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fitsInEntry } from '../../shared/events/bus/entry-limit.ts';
import { entryBytes, entryMakersOf } from '../../shared/events/bus/publication.ts';
import { eventOf, inBucket, type Receiver } from '../../shared/events/event/accepted-arrival.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { eventItemOf } from '../../shared/events/event/event-item.ts';
import { itemBytes, writeUnits } from '../../shared/ground/aws/item-size.ts';
import type { BodyUse } from '../../shared/ground/statistics/traffic-cost.ts';

/** The bytes that a request, and an event on the bus, are billed by. */
const [requestStep, eventStep] = [512 * 1024, 64 * 1024];
/** DynamoDB adds so many bytes to an item, in the table and in an index. */
const itemOverhead = 100;
const retentionDays = 30;

/** The headers that GitHub sends and API Gateway adds. */
const headers = {
  accept: '*/*',
  'user-agent': 'GitHub-Hookshot/6dc9f22',
  'x-amzn-trace-id': 'Root=1-65a1b2c3-0123456789abcdef01234567',
  'x-forwarded-for': '192.0.2.10',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
  'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  'x-github-event': 'push',
  'x-github-hook-id': '292430182',
  'x-hub-signature-256': `sha256=${'d57c68ca6f92289e6987922ff2693893'.repeat(2)}`,
};

const receiver: Receiver = {
  connection: { id: 'con_1a2b3c4d5e6f7g8h9j0k', name: 'orders', provider: 'github' },
  endpoint: {
    ...{ id: 'AAAAAAAAAAAAAAAAAAAAAA', accept: [], types: [], batch: undefined, raw: false, hold: null, retentionDays },
    dedupe: { by: 'header', name: 'x-github-delivery' },
  },
};

/** Bytes that no compression makes fewer, the same each time. */
function incompressible(size: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(size / 32) }, (_, at) => createHash('sha256').update(`${at}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
}

/** JSON of exactly this size, with what GitHub sends. */
function jsonOf(size: number): Buffer {
  const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as object[];
  const around = JSON.stringify({ payload: '' }).length;
  const all = JSON.stringify(examples).replace(/["\\]|[^ -~]/g, "'");
  return Buffer.from(JSON.stringify({ payload: all.slice(0, Math.max(0, size - around)) }));
}

/** The event of a webhook with a body of this size. */
function eventOfSize(size: number, isText: boolean): StoredEvent {
  const body = isText ? jsonOf(size) : incompressible(size);
  const contentType = isText ? 'application/json' : 'application/octet-stream';
  const arrival = {
    ...{ method: 'POST', rawQueryString: '', rest: undefined, sourceIp: '192.0.2.10', requestId: 'JKJaXmPLvHcESHA=' },
    headers: { ...headers, 'content-type': contentType, 'content-length': String(size) },
    body,
  };
  const verified = { tokenId: '0b6a1f6e-6c0c-4d3f-9a7a-3f1f8a1f0c11', verifiedBy: 'signature' } as const;
  const event = eventOf(arrival, receiver, verified, `evt_${'0'.repeat(26)}`, new Date('2026-11-01T12:00:00Z'));
  return event.bodyKey === undefined && !fitsInEntry(event) ? { ...event, ...inBucket(event, retentionDays) } : event;
}

export interface SizedUse extends BodyUse {
  /** Bytes in the table and its index, and in the bucket. */
  tableBytes: number;
  bucketBytes: number;
}

/**
 * @param size of the body, in bytes
 * @param isText whether the body is JSON that can be compressed, such as GitHub's
 */
export function bodyUseOf(size: number, isText: boolean): SizedUse {
  const event = eventOfSize(size, isText);
  const item = eventItemOf(event, 4);
  const { payload: _, ...row } = item;
  const [bytes, rowBytes] = [itemBytes(item), itemBytes(row)];
  const entries = entryMakersOf({ event }, 'bodies').map((make) => make());
  const isInBucket = event.bodyKey !== undefined;
  return {
    requests: Math.ceil(Math.max(1, size) / requestStep),
    writes: writeUnits(bytes) + writeUnits(rowBytes),
    events: entries.reduce((sum, entry) => sum + Math.ceil(entryBytes(entry) / eventStep), 0),
    uploads: isInBucket ? 1 : 0,
    tableBytes: bytes + rowBytes + 2 * itemOverhead,
    bucketBytes: isInBucket ? size : 0,
  };
}
