import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ActiveEndpoint,
  aFlowDesigner,
  anActiveEndpoint,
  aSharedRuntime,
  deliver,
  ok,
  type World,
} from '../support/given.ts';

let world: World;
let designer: string;
let given: ActiveEndpoint;
const passcode = 'a passcode that Figma would send';
const inBody = [{ in: 'body', path: '/passcode' }];
const json = { 'content-type': 'application/json' };
const bodyOf = (value: string) =>
  `{"event_type": "PING", "passcode" :${JSON.stringify(value)}, "big": 12345678901234567890}`;

beforeAll(async () => {
  world = await aSharedRuntime();
  designer = await aFlowDesigner(world);
  given = await anActiveEndpoint(world, { auth: { kind: 'token', accept: inBody } }, passcode);
});
afterAll(() => world.end());

async function accepted(
  { url }: ActiveEndpoint,
  body: string,
  headers: Record<string, string> = json,
): Promise<string> {
  const answer = await deliver(url, { headers, body });
  expect(answer.status).toBe(202);
  return String(answer.json()['id']);
}

/** The last detail of an event on the bus, and its JSON text as `line`. */
async function published(id: string): Promise<Record<string, unknown> & { line: string }> {
  await world.runtime.settled();
  const details = world.busEvents().map(({ detail }) => detail as Record<string, unknown>);
  const detail = details.findLast((each) => each['id'] === id || String(each['id']).startsWith(`${id}#`)) ?? {};
  return { ...detail, line: JSON.stringify(detail) };
}

const readBy = (token: string, { path }: ActiveEndpoint, id: string, query = '') =>
  world.api('GET', `${path}/events/${id}${query}`, undefined, { token });

describe('a body that contains a token', () => {
  test('is shown to a connection_admin but not to a flow_designer, who gets the reason', async () => {
    const id = await accepted(given, bodyOf(passcode));
    const shown = (await readBy(designer, given, id)).json();
    expect(shown).toMatchObject({ id, bodyWithheld: expect.stringMatching(/only the role connection_admin/) });
    expect(shown).not.toHaveProperty('body');
    expect(shown).not.toHaveProperty('sha256');
    const raw = await readBy(designer, given, id, '?raw');
    expect([raw.status, raw.json()['code']]).toEqual([403, 'body_withheld']);
    const told = JSON.stringify(shown) + raw.text;
    expect(told).toContain(id);
    expect(told).not.toContain('a passcode');
    expect((await readBy(world.admin, given, id)).json()['body']).toBe(bodyOf(passcode));
    expect((await readBy(world.admin, given, id, '?raw')).text).toBe(bodyOf(passcode));
  });

  test('is published and replayed with the token replaced by REDACTED', async () => {
    const id = await accepted(given, bodyOf(passcode));
    const { line: first, ...detail } = await published(id);
    expect(detail).toMatchObject({
      data: { passcode: 'REDACTED' },
      tokenIn: ['/passcode'],
      size: bodyOf(passcode).length,
    });
    await ok(world, 'POST', `${given.path}/events/${id}/replay`);
    const { line: second, ...again } = await published(id);
    expect(again).toMatchObject({ replay: 1, data: { passcode: 'REDACTED' } });
    for (const line of [first, second]) {
      expect(line).toContain(id);
      expect(line).not.toContain('a passcode');
    }
  });

  test('is split with the token replaced by REDACTED', async () => {
    const accept = [{ in: 'body', path: '/events/0/key' }];
    const endpoint = await anActiveEndpoint(
      world,
      { auth: { kind: 'token', accept }, split: { items: '/events', id: '/id' } },
      passcode,
    );
    const id = await accepted(endpoint, JSON.stringify({ events: [{ id: 'a', key: passcode }] }));
    expect(await published(id)).toMatchObject({ id: `${id}#1`, data: { id: 'a', key: 'REDACTED' } });
  });

  test('is stored unchanged in the bodies bucket if it is large, and is withheld from a flow_designer', async () => {
    const body = JSON.stringify({ passcode, pad: 'x'.repeat(300_000) });
    const id = await accepted(given, body);
    expect((await readBy(designer, given, id)).json()).toHaveProperty('bodyWithheld');
    const { bodyLocation, tokenIn } = await published(id);
    const { bucket, key } = bodyLocation as { bucket: string; key: string };
    const { Body } = await world.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    expect([tokenIn, await Body?.transformToString()]).toEqual([['/passcode'], body]);
  });

  test('is withheld and redacted even after auth has changed to another placement', async () => {
    const endpoint = await anActiveEndpoint(world, { auth: { kind: 'token', accept: inBody } }, passcode);
    await ok(world, 'PUT', `${endpoint.path}/endpoint`, {
      auth: { kind: 'token', accept: [{ in: 'header', name: 'x-key' }] },
    });
    const id = await accepted(endpoint, bodyOf(passcode), { ...json, 'x-key': passcode });
    expect((await readBy(designer, endpoint, id)).json()).toHaveProperty('bodyWithheld');
    const { line } = await published(id);
    expect(line).toContain('REDACTED');
    expect(line).not.toContain('a passcode');
  });
});

test('a body without a token is shown to a flow_designer', async () => {
  const endpoint = await anActiveEndpoint(world, {
    auth: { kind: 'token', accept: [...inBody, { in: 'header', name: 'x-key' }] },
  });
  const id = await accepted(endpoint, '{"a":1}', { ...json, 'x-key': endpoint.token });
  expect((await readBy(designer, endpoint, id)).json()['body']).toBe('{"a":1}');
  expect((await readBy(designer, endpoint, id, '?raw')).text).toBe('{"a":1}');
});
