import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { applyCommand } from '../../../../shared/operators/operation/update-connection.ts';
import { aLifecycle, type Lifecycle } from './given-lifecycle.ts';

const endpoint = '/v1/connections/{name}/endpoint';
const longest = `o${'r'.repeat(47)}`;

const sizeOf = async ({ records, name }: Lifecycle) => Buffer.byteLength(records.get(name) ?? '');

/** Sets the longest answer that is not refused together with a list of this length. */
async function fill(lifecycle: Lifecycle, ranges: number): Promise<void> {
  const allowFrom = Array.from({ length: ranges }, (_, n) => `10.100.${n + 100}.0/24`);
  const put = (length: number) =>
    lifecycle.operate(`PUT ${endpoint}`, {
      allowFrom,
      answer: { status: 200, contentType: 'text/plain', body: 'x'.repeat(length) },
    });
  let [fits, fails] = [0, 1024];
  expect([await put(fits), await put(fails)]).toEqual([undefined, 'record_too_large']);
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if ((await put(middle)) === undefined) fits = middle;
    else fails = middle;
  }
  expect([await put(fits), await put(fails)]).toEqual([undefined, 'record_too_large']);
}

/** Performs every possible verb, each after those that make it possible. Fills the list of tokens too. */
const verbs: [string, (lifecycle: Lifecycle) => Promise<unknown>][] = [
  ['generate', ({ operate }) => operate(`POST ${endpoint}/token`, { value: 'the first dictated one' })],
  ['activate', ({ operate }) => operate(`POST ${endpoint}/activate`)],
  ['hold', ({ operate }) => operate(`POST ${endpoint}/hold`)],
  ['open a window', ({ operate }) => operate(`POST ${endpoint}/handshake`, { minutes: 60 })],
  ['deliver', (lifecycle) => lifecycle.deliverSecret('a secret that the sender brings').then(() => undefined)],
  ['open it again', ({ operate }) => operate(`POST ${endpoint}/handshake`, { minutes: 60 })],
  [
    'test',
    async ({ store, name, clock }) => {
      const actor = { id: 'op_1', role: 'connection_admin' } as const;
      const mark = { digest: 'f'.repeat(64), until: clock.now.toISOString(), publish: false };
      await applyCommand(name, { verb: 'test', mark }, { actor, requestId: randomUUID(), now: clock.now }, { store });
    },
  ],
  ['confirm', ({ operate }) => operate(`POST ${endpoint}/handshake/confirm`, { graceSeconds: 60, force: true })],
  ...Array.from({ length: 18 }, (_, n): [string, (lifecycle: Lifecycle) => Promise<unknown>] => [
    `rotation ${n}`,
    ({ operate }) =>
      operate(`POST ${endpoint}/token/rotate`, { value: `dictated number ${n}`, graceSeconds: 60, force: true }),
  ]),
  ['reveal', ({ operate }) => operate(`GET ${endpoint}/token`)],
  ['endGrace', ({ operate }) => operate(`DELETE ${endpoint}/token/previous`)],
  ['close the window', ({ operate }) => operate(`DELETE ${endpoint}/handshake`)],
  ['deactivate', ({ operate }) => operate(`POST ${endpoint}/deactivate`)],
  ['release', ({ operate }) => operate(`POST ${endpoint}/release`)],
  ['remove', ({ operate }) => operate(`DELETE ${endpoint}/token`)],
  ['deconfigure', ({ operate }) => operate(`DELETE ${endpoint}`)],
];

describe('a full record', () => {
  test.each([
    ['a record with many tokens', 'generic', 56],
    ['a record of a sender that delivers its secret', 'asana', 40],
  ])('leaves room for every verb: %s', async (_, provider, ranges) => {
    const lifecycle = aLifecycle(provider, longest);
    await lifecycle.operate(`PUT ${endpoint}`, {});
    await fill(lifecycle, ranges);
    for (const [verb, perform] of verbs) {
      expect([verb, await perform(lifecycle)]).not.toEqual([verb, 'record_too_large']);
      expect([verb, (await sizeOf(lifecycle)) <= 3900]).toEqual([verb, true]);
    }
    expect((await lifecycle.record()).endpoint).toBeNull();
  });

  test('accepts settings that are not longer than the current settings', async () => {
    const lifecycle = aLifecycle('generic', longest);
    await fill(lifecycle, 56);
    expect(await lifecycle.operate(`PUT ${endpoint}`, { allowFrom: null })).toBeUndefined();
    expect(await lifecycle.operate(`PUT ${endpoint}`, { retentionDays: 7 })).toBeUndefined();
  });
});

test('a record that is too large because of an older release can be kept and shortened', async () => {
  const lifecycle = aLifecycle();
  const { operate, records } = lifecycle;
  await operate(`PUT ${endpoint}`, {});
  await operate(`POST ${endpoint}/token`, {});
  await operate(`POST ${endpoint}/activate`);
  await operate(`POST ${endpoint}/token/rotate`, { graceSeconds: 60, force: false });
  const connection = await lifecycle.record();
  const spare = 3_890 - (await sizeOf(lifecycle)) - '"allowFrom":[""],'.length;
  const settings = { allowFrom: ['x'.repeat(spare)] };
  records.set('orders', JSON.stringify({ ...connection, endpoint: { ...connection.endpoint, settings } }));
  expect(await operate(`PUT ${endpoint}`, { methods: ['POST', 'PUT'] })).toBe('record_too_large');
  expect(await operate(`DELETE ${endpoint}/token/previous`)).toBeUndefined();
  expect(await operate(`POST ${endpoint}/hold`)).toBeUndefined();
  expect(await operate(`POST ${endpoint}/deactivate`)).toBeUndefined();
  expect(await operate(`POST ${endpoint}/release`)).toBeUndefined();
  expect(await operate(`PUT ${endpoint}`, { allowFrom: ['127.0.0.1/32'] })).toBeUndefined();
  expect(await operate(`DELETE ${endpoint}/token`)).toBeUndefined();
  expect(await operate(`DELETE ${endpoint}`)).toBeUndefined();
});
