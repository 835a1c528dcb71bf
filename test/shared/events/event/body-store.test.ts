import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { bodyBucket } from '../../../../shared/events/event/body-bucket.ts';
import type { BodyStore } from '../../../../shared/events/event/body-place.ts';
import { bodyStore } from '../../../../shared/events/event/body-store.ts';

/** The objects of a bucket by path, and the checksums that came with them. */
const objects = new Map<string, { body: Buffer; checksum: unknown }>();
const noSuchKey = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>';
const denied = '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>';

const s3 = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://s3');
  if (request.method === 'PUT') {
    objects.set(pathname, { body: await buffer(request), checksum: request.headers['x-amz-checksum-sha256'] });
    return response.end();
  }
  const found = objects.get(pathname);
  if (found) return response.end(found.body);
  return pathname.startsWith('/closed/') ? response.writeHead(403).end(denied) : response.writeHead(404).end(noSuchKey);
});

const variables = ['AWS_ENDPOINT_URL_S3', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
const before = variables.map((name) => [name, process.env[name]] as const);
let client: S3Client;

beforeAll(async () => {
  await once(s3.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `http://127.0.0.1:${(s3.address() as AddressInfo).port}`;
  const values = [endpoint, 'eu-central-1', 'fake', 'fake'];
  for (const [at, name] of variables.entries()) process.env[name] = values[at];
  client = new S3Client({ maxAttempts: 1 });
});
afterAll(async () => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  client.destroy();
  s3.close();
  s3.closeAllConnections();
});
beforeEach(() => objects.clear());

describe.each<[string, (bucket: string) => BodyStore]>([
  ['with a client of its own', bodyStore],
  ['with this client', (bucket) => bodyBucket(bucket, client)],
])('the bodies bucket %s', (_, open) => {
  const key = 'keep-1/c1/evt_1/ab';
  const body = Buffer.from([0, 255, 13, 10]);

  test('gives the exact bytes back', async () => {
    const bodies = open('bodies');
    await bodies.put(key, body);
    expect(await bodies.read(key)).toEqual(body);
    expect([...objects.keys()]).toEqual([`/bodies/${key}`]);
  });

  test('lets S3 verify the bytes', async () => {
    await open('bodies').put(key, body);
    expect(objects.get(`/bodies/${key}`)?.checksum).toBe(hash('sha256', body, 'base64'));
  });

  test('has no body under an unknown key', async () => {
    expect(await open('bodies').read('keep-1/c1/evt_2/ab')).toBeUndefined();
  });

  test('reports a read that is not allowed', async () => {
    await expect(open('closed').read(key)).rejects.toThrow('no');
  });
});
