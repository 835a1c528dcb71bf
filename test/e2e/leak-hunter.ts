/** Searches written data for tokens, whole, in part or encoded. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { type AttributeValue, type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { Level } from 'level';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { unpackPayload } from '../../shared/events/event/payload-compression.ts';

/** A text, or bytes read as Latin-1, with the place where it was found. */
export interface Place {
  name: string;
  text: string;
}

/** The length of a part of a token that identifies it. It is too long to occur by accident. */
const part = 12;

/** The base64 of a text inside a longer text, for each of its three possible offsets. */
const base64Of = (text: string): string[] =>
  [0, 1, 2].map((before) => {
    const length = before + Buffer.byteLength(text);
    const encoded = Buffer.from(' '.repeat(before) + text).toString('base64');
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor((length * 8) / 6));
  });

/** Every form in which a token could leave a trace. */
export function tracesOf(token: string): string[] {
  const encoded = base64Of(token);
  const urlSafe = encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const whole = [token, encodeURIComponent(token), JSON.stringify(token).slice(1, -1)];
  return [...new Set([...whole, token.slice(0, part), token.slice(-part), ...encoded, ...urlSafe])];
}

/** The places that contain a trace of a token. The finding is not quoted, because test reports are stored too. */
export function hunt(places: readonly Place[], tokens: readonly string[]): string[] {
  const traces = tokens.flatMap((token, at) => tracesOf(token).map((trace) => ({ trace, at })));
  return places.flatMap(({ name, text }) => {
    const hit = traces.find(({ trace }) => text.includes(trace));
    return hit ? [`token ${hit.at} in ${name}`] : [];
  });
}

/** Every file of a folder except those in these folders. */
export function filesOf(folder: string, ...except: string[]): Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !except.some((each) => path.startsWith(join(folder, each, '/'))))
    .map((path) => ({ name: `the file ${relative(folder, path)}`, text: readFileSync(path, 'latin1') }));
}

/** Every message of every queue of a runtime that has ended, with its state. */
export async function messagesOf(dataDir: string): Promise<Place[]> {
  const db = new Level<string, string>(join(dataDir, 'sqs'));
  const found = await db.iterator().all();
  await db.close();
  return found.map(([key, text]) => ({ name: `the message ${key}`, text }));
}

/** Every attribute of every item, with unpacked payloads and answers. `isBodyExempt` selects the events whose body is left out. */
export async function itemsOf(
  client: DynamoDBClient,
  table: string,
  isBodyExempt: (headers: Record<string, string>) => boolean,
): Promise<Place[]> {
  const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand({ TableName: table }));
  if (LastEvaluatedKey) throw new Error(`${table} is too large for one page`);
  return Items.flatMap((item) =>
    Object.entries(item).map(([name, value]) => ({
      name: `${table}.${name}`,
      text: textOf(name, value, isBodyExempt),
    })),
  );
}

function textOf(
  name: string,
  value: AttributeValue,
  isBodyExempt: (headers: Record<string, string>) => boolean,
): string {
  if (!value.B) return JSON.stringify(value);
  // What a receiver answered to an attempt.
  if (name === 'answer') return inflateRawSync(value.B).toString('utf8');
  const { head, body } = unpackPayload(value.B);
  const { headers } = head as Pick<StoredEvent, 'headers'>;
  return JSON.stringify(head) + (isBodyExempt(headers) ? '' : body.toString('latin1'));
}
