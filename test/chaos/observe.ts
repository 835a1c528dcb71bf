/** Reads a world's state once all is quiet: its store, its bus, its rejections, its logs. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Connection } from '../../shared/endpoints/endpoint/connection.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { type EventAttributes, eventFromItem } from '../../shared/events/event/event-item.ts';
import type { Deeds, Target } from './actors.ts';
import { digest } from './actors.ts';
import type { Observed, Published, Run, Stored } from './check.ts';
import { nameHeader } from './delivery-plan.ts';
import type { World } from './world.ts';

/** The physical name of the resource whose logical id starts with this. */
export const named = (names: Record<string, string>, prefix: string): string =>
  Object.entries(names).find(([id]) => id.startsWith(prefix))?.[1] ?? '';

export async function itemsOf(client: DynamoDBClient, table: string): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true }))
    items.push(...Items);
  return items;
}

async function bodyOf({ body, bodyKey }: StoredEvent, s3: S3Client, bucket: string): Promise<Uint8Array> {
  if (bodyKey === undefined) return body;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: bodyKey }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

type StoredAt = Stored & { receivedAt: string };

async function storedOf(item: Record<string, AttributeValue>, s3: S3Client, bucket: string): Promise<StoredAt> {
  const event = eventFromItem(item as EventAttributes);
  const { id, connectionId, deliveryId, sha256, held, replays = 0, receivedAt, routes } = event;
  const name = event.headers[nameHeader] ?? '';
  const bodySha256 = digest(await bodyOf(event, s3, bucket));
  return { id, name, connectionId, deliveryId, sha256, bodySha256, hold: held, replays, routes, receivedAt };
}

interface BusEvent {
  source: string;
  'detail-type': string;
  detail: unknown;
}

/** The events that reached the bus, in order. */
export function busEventsIn(dataDir: string): BusEvent[] {
  const file = join(dataDir, 'bus.ndjson');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line));
}

/** The senders' events that reached the bus, in order. */
const publishedIn = (dataDir: string): Published[] =>
  busEventsIn(dataDir)
    .filter(({ source }) => source.startsWith('hooklatch.'))
    .map(({ detail }) => detail as Published);

/**
 * The reason of the rejections that this test sends to make instances write their held-back counts. Some of these may
 * stay held back themselves.
 */
const flushed = 'endpoint_unknown';

/** Where the rejections of all connections are counted together, once more. */
const ofAllConnections = 'rejections#all';

interface Line {
  timestamp: string;
  message?: Record<string, unknown>;
}

/** The longest time for which an instance holds counts back, in milliseconds, while rejections go on. */
const longestHoldBackMs = 10_000;

/** The most of these times that an instance can hold back. The times are in milliseconds, sorted. */
const mostHeldBack = (times: number[]): number =>
  Math.max(0, ...times.map((from, at) => times.slice(at).filter((time) => time - from <= longestHoldBackMs).length));

/** From the log: the rejections at existing endpoints, and how many of them are not counted. */
function refusalsIn(logFile: string): Observed['refusals'] {
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n').filter(Boolean) : [];
  const told = lines.map((line) => JSON.parse(line.slice(line.indexOf(' ') + 1)) as Line);
  const refused = told.filter(({ message }) => {
    const { outcome, connection, reason } = message ?? {};
    return outcome === 'refused' && connection !== undefined && reason !== flushed;
  });
  return {
    lines: refused.length,
    lost: told.reduce((sum, { message }) => sum + Number(message?.['lost'] ?? 0), 0),
    // An instance writes ten counts at once and then waits until ten seconds have passed, or a second after later writes. So a
    // kill can lose no more than ten seconds' counts.
    most: mostHeldBack(refused.map(({ timestamp }) => Date.parse(timestamp)).sort((one, other) => one - other)),
  };
}

async function runOf(
  world: World,
  { name }: Target,
  replay: Deeds['replays'][number],
  stored: StoredAt[],
): Promise<Run> {
  const answer = await world.api('GET', `/v1/connections/${name}/replays/${replay.id}`);
  const { state = answer.status, failed = 0, skipped = 0 } = answer.json();
  const inRange = new Set(stored.filter(({ receivedAt }) => receivedAt <= replay.until).map(({ id }) => id));
  const covered = replay.covered.filter((id) => inRange.has(id));
  return { id: replay.id, state: String(state), left: Number(failed) + Number(skipped), covered };
}

/** The current holds in the connections' records. */
function holdsIn(items: Record<string, AttributeValue>[]): Set<string> {
  const records = items.filter(({ kind }) => kind?.S === 'connection').map(({ record }) => JSON.parse(record?.S ?? ''));
  return new Set(records.flatMap(({ endpoint }: Connection) => endpoint?.hold?.id ?? []));
}

export async function observe(world: World, targets: Target[], deeds: Deeds): Promise<Observed> {
  const { aws, tables, buckets } = await world.ready();
  const dynamodb = new DynamoDBClient(aws);
  const s3 = new S3Client(aws);
  try {
    const bucket = named(buckets, 'Bodies');
    const events = await itemsOf(dynamodb, named(tables, 'Events'));
    const stored = await Promise.all(events.map((item) => storedOf(item, s3, bucket)));
    const journal = await itemsOf(dynamodb, named(tables, 'Journal'));
    const refusals = refusalsIn(world.logFile);
    const rejections = journal.filter(
      ({ pk, sk }) => pk?.S?.startsWith('rejections#') && pk.S !== ofAllConnections && !sk?.S?.includes(flushed),
    );
    const runs = deeds.replays.map((each) => runOf(world, targets[each.to] as Target, each, stored));
    return {
      sendings: deeds.sendings,
      stored,
      published: publishedIn(world.dataDir),
      holds: holdsIn(await itemsOf(dynamodb, named(tables, 'State'))),
      runs: await Promise.all(runs),
      refusals,
      rejections: rejections.reduce((sum, item) => sum + Number(item['count']?.N ?? 0), 0),
      heldBack: world.kills * refusals.most,
    };
  } finally {
    dynamodb.destroy();
    s3.destroy();
  }
}
