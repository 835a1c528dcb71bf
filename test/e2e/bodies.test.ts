import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChooseFault } from '../../local/aws/injected-fault.ts';
import type { Received } from '../local/http-client.ts';
import { describeInFull, every, testInFull } from '../support/full-counts.ts';
import {
  type ActiveEndpoint,
  anActiveEndpoint,
  aRuntime,
  aSharedRuntime,
  bearer,
  bucketOf,
  callsForSender,
  deliver,
  ok,
  type World,
  withoutStreams,
} from '../support/given.ts';
import { bodyKeyOf } from './given-events.ts';

let world: World;
let given: ActiveEndpoint;
/** The fault to inject into calls to AWS services. */
let fault: ChooseFault = () => undefined;

beforeAll(async () => {
  world = await aSharedRuntime({ streams: false, fault: (call) => fault(call) });
  given = await anActiveEndpoint(world, { dedupe: { by: 'header', name: 'x-delivery' } });
});
beforeEach(() => {
  fault = () => undefined;
});
afterAll(() => world.end());

const kib = 1024;
const mib = 1024 * kib;

/** The keys of all objects in the bodies bucket. */
async function keys(among = world): Promise<string[]> {
  const Bucket = bucketOf(among.runtime, 'Bodies');
  const { Contents = [] } = await among.s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = '' }) => Key);
}

/** Sends these bytes, with a delivery id if given. */
function sends(body: Buffer, contentType: string, deliveryId?: string, { url, token } = given): Promise<Received> {
  const more = deliveryId === undefined ? {} : { 'x-delivery': deliveryId };
  return deliver(url, { headers: { ...bearer(token), 'content-type': contentType, ...more }, body });
}

const pathOf = (answer: Received, { path } = given): string => `${path}/events/${answer.json()['id']}`;

const raw = async (path: string): Promise<Received> => world.api('GET', `${path}?raw`);

const bytesOf = ({ body, bodyBase64 }: Record<string, unknown>): Buffer =>
  typeof body === 'string' ? Buffer.from(body, 'utf8') : Buffer.from(String(bodyBase64), 'base64');

/** A text of this many bytes. */
const text = (size: number): Buffer => Buffer.from('é'.repeat(Math.floor(size / 2)) + 'x'.repeat(size % 2));

describe('a body is read back byte for byte, as JSON and as raw bytes', () => {
  const sizes = [0, 1, 180 * kib, 192 * kib, 257 * kib, mib, mib + 11, 4 * mib];

  const kinds = sizes.flatMap((size) => [[size, 'text/plain'] as const, [size, 'application/octet-stream'] as const]);

  test.each(every(5, kinds))('if it is %d bytes of %s', async (size, contentType) => {
    const isText = contentType === 'text/plain';
    const body = isText ? text(size) : randomBytes(size);
    const before = await keys();
    const answer = await sends(body, contentType);
    expect([answer.status, Object.keys(answer.json())]).toEqual([202, ['id']]);
    const event = await ok(world, 'GET', pathOf(answer));
    expect(bytesOf(event).equals(body)).toBe(true);
    expect(Object.hasOwn(event, 'body')).toBe(size <= mib && Buffer.from(body.toString()).equals(body));
    expect(event).toMatchObject({ size, contentType, bytesAltered: false });
    const file = await raw(pathOf(answer));
    expect([file.status, file.bytes.equals(body)]).toEqual([200, true]);
    expect((await keys()).length - before.length).toBe(size > 180 * kib ? 1 : 0);
  });

  testInFull('as base64 if its escaped text is too large for an answer', async () => {
    const body = Buffer.alloc(mib, 1);
    const answer = await sends(body, 'application/octet-stream');
    const event = await ok(world, 'GET', pathOf(answer));
    expect(event['bodyBase64']).toBe(body.toString('base64'));
  });

  testInFull('with the largest headers that can be sent', async () => {
    const body = randomBytes(4 * mib);
    const headers = { ...bearer(given.token), 'x-many': '"\\'.repeat(4_700) };
    const answer = await deliver(given.url, { headers, body });
    expect(answer.status).toBe(202);
    const event = await ok(world, 'GET', pathOf(answer));
    expect([bytesOf(event).equals(body), event['headers']]).toEqual([
      true,
      expect.objectContaining({ 'x-many': headers['x-many'] }),
    ]);
  });
});

const downloads = { 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'" };

describe('the raw bytes of an event', () => {
  const contentTypes = [
    ['text/html; charset=utf-8', 'text/html; charset=utf-8'],
    ['application/vnd.shop+json', 'application/vnd.shop+json'],
    ['nonsense', 'application/octet-stream'],
    ['text/\xe9', 'application/octet-stream'],
    ['', 'application/octet-stream'],
    [undefined, 'application/octet-stream'],
  ] as const;

  test.each(every(5, contentTypes))(
    'with the content type %j are a download with the type %s, so no browser renders them',
    async (sent, shown) => {
      const headers = { ...bearer(given.token), ...(sent === undefined ? {} : { 'content-type': sent }) };
      const answer = await deliver(given.url, { headers, body: '<script>1</script>' });
      const path = pathOf(answer);
      for (const query of ['?raw', '?raw=', '?raw=1', '?raw=false']) {
        const file = await world.api('GET', path + query);
        expect([file.status, file.text]).toEqual([200, '<script>1</script>']);
        const disposition = `attachment; filename="${answer.json()['id']}.bin"`;
        expect(file.headers).toMatchObject({ ...downloads, 'content-type': shown, 'content-disposition': disposition });
      }
      expect((await world.api('GET', `${path}?rare`)).status).toBe(400);
    },
  );

  test("can't be read if the event does not exist", async () => {
    const missing = await raw(`${given.path}/events/evt_${'0'.repeat(26)}`);
    expect([missing.status, missing.json()['code']]).toEqual([404, 'event_not_found']);
  });
});

test('storing a large delivery takes one consistent read, one S3 put and one conditional write, in this order', async () => {
  await sends(randomBytes(300 * kib), 'application/octet-stream');
  const made = () =>
    callsForSender(world).map(
      (call) => `${call.operation}${call.consistentRead || call.conditional ? '!' : ''} ${call.status}`,
    );
  world.calls.length = 0;
  await sends(randomBytes(300 * kib), 'application/octet-stream');
  expect(made()).toEqual(['GetItem! 200', 'PutObject 200', 'PutItem! 200']);
  world.calls.length = 0;
  await sends(randomBytes(180 * kib), 'application/octet-stream');
  expect(made()).toEqual(['GetItem! 200', 'PutItem! 200']);
});

describe('a second delivery with the same delivery id', () => {
  const large = (): Buffer => randomBytes(300 * kib);

  test('is a duplicate if it has the same large body, and puts no second object into S3', async () => {
    const before = await keys();
    const body = large();
    const first = await sends(body, 'application/octet-stream', 'd-1');
    const again = await sends(body, 'application/octet-stream', 'd-1');
    expect([again.status, again.json()]).toEqual([200, { ...first.json(), duplicate: true }]);
    expect((await keys()).length - before.length).toBe(1);
  });

  test.each(
    every(3, [
      ['large', 'large', large(), large()],
      ['large', 'small', large(), Buffer.from('{}')],
      ['small', 'large', Buffer.from('{}'), large()],
    ] as const),
  )('is a separate event if it has another body: first a %s body, then a %s one', async (one, other, body, another) => {
    const id = `d-${one}-${other}`;
    const first = await sends(body, 'application/octet-stream', id);
    const second = await sends(another, 'application/octet-stream', id);
    expect([first.status, second.status]).toEqual([202, 202]);
    expect((await sends(another, 'application/octet-stream', id)).json()).toEqual({
      ...second.json(),
      duplicate: true,
    });
    for (const [answer, bytes] of [
      [first, body],
      [second, another],
    ] as const) {
      expect((await raw(pathOf(answer))).bytes.equals(bytes)).toBe(true);
    }
    expect(await ok(world, 'GET', pathOf(second))).toMatchObject({ conflictsWith: first.json()['id'] });
  });
});

describe('if S3 fails', () => {
  test.each(every(4, ['error-before', 'throttle', 'error-after', 'lost-answer'] as const))(
    'a large delivery gets a 500 and is not stored, and the next attempt succeeds (%s)',
    async (kind) => {
      const endpoint = await anActiveEndpoint(world);
      const body = randomBytes(300 * kib);
      fault = ({ service, operation }) => (service === 's3' && operation === 'PutObject' ? kind : undefined);
      const refused = await sends(body, 'application/octet-stream', undefined, endpoint);
      expect([refused.status, refused.text]).toEqual([500, '{"message":"Internal Server Error"}']);
      expect((await sends(Buffer.from('{}'), 'application/json', undefined, endpoint)).status).toBe(202);
      fault = () => undefined;
      expect(((await ok(world, 'GET', `${endpoint.path}/events`))['items'] as unknown[]).length).toBe(1);
      const taken = await sends(body, 'application/octet-stream', undefined, endpoint);
      expect(taken.status).toBe(202);
      expect((await raw(pathOf(taken, endpoint))).bytes.equals(body)).toBe(true);
    },
  );

  testInFull("the raw bytes of a large body can't be read, but those of a small one can", async () => {
    const large = await sends(randomBytes(300 * kib), 'application/octet-stream');
    const small = await sends(Buffer.from('{}'), 'application/json');
    fault = ({ service }) => (service === 's3' ? 'error-before' : undefined);
    expect((await raw(pathOf(large))).json()).toMatchObject({ status: 500, code: 'internal_error' });
    expect((await raw(pathOf(small))).text).toBe('{}');
  });
});

test('if storing the event fails, its large body stays under the prefix keep-30, whose objects expire', async () => {
  const endpoint = await anActiveEndpoint(world, { retentionDays: 8 });
  const before = await keys();
  fault = ({ operation }) => (operation === 'PutItem' ? 'error-before' : undefined);
  const body = randomBytes(300 * kib);
  expect((await sends(body, 'application/octet-stream', undefined, endpoint)).status).toBe(500);
  fault = () => undefined;
  expect(await ok(world, 'GET', `${endpoint.path}/events`)).toMatchObject({ items: [] });
  const [orphan] = (await keys()).filter((key) => !before.includes(key));
  const sha256 = createHash('sha256').update(body).digest('hex');
  expect(orphan).toMatch(new RegExp(`^keep-30/[\\w-]+/evt_\\w{26}/${sha256}$`));
});

test('if a large body is missing in S3, reading its event fails with the code body_missing', async () => {
  const answer = await sends(randomBytes(300 * kib), 'application/octet-stream');
  const Bucket = bucketOf(world.runtime, 'Bodies');
  const Key = await bodyKeyOf(world, String(answer.json()['id']));
  await world.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  for (const path of [pathOf(answer), `${pathOf(answer)}?raw`]) {
    const missing = await world.api('GET', path);
    expect(missing.status).toBe(500);
    expect(missing.json()).toMatchObject({ code: 'body_missing', title: 'Internal server error' });
  }
});

describeInFull('the object of a large body', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hooklatch-bodies-'));
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  const skew = new Float64Array(new SharedArrayBuffer(8));
  const now = () => new Date(Date.now() + (skew[0] ?? 0));
  const days = 86_400_000;

  /** Reads the event and counts the bodies after a restart at this time. */
  async function readAt(time: number, path: string) {
    skew[0] = time;
    const later = await aRuntime({ dataDir, skew, now, transformTemplate: withoutStreams });
    const bodies = await keys(later);
    const { status } = await later.api('GET', `${path}?raw`);
    await later.end();
    return [status, bodies.length];
  }

  test('is deleted one day after its event expires', async () => {
    const first = await aRuntime({ dataDir, skew, now, transformTemplate: withoutStreams });
    const endpoint = await anActiveEndpoint(first, { retentionDays: 7 });
    const path = pathOf(await sends(randomBytes(300 * kib), 'application/json', undefined, endpoint), endpoint);
    await first.end();
    expect(await readAt(7 * days - 60_000, path)).toEqual([200, 1]);
    expect(await readAt(7 * days + 60_000, path)).toEqual([404, 1]);
    expect(await readAt(8 * days + 60_000, path)).toEqual([404, 0]);
  });
});
