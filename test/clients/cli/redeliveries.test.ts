/** The commands for redeliveries of many: what each sends, and what it prints. */
import { expect, test } from '@jest/globals';
import { type Asked, aDeployment, answered, aRedelivery, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const at = '2026-03-01T12:00:00.000Z';
const to = '2026-03-01T13:00:00.000Z';
const delivery = {
  ...{ id: 'dlv_1', event: 'evt_1', connection: 'orders', receivedAt: at, rule: 'paid', destination: 'shop' },
  ...{ status: 'given_up', attempts: 14, last: { at, ms: 120, outcome: 'answered', status: 503 } },
};
const plan = {
  ...{ from: at, to, count: 3, complete: false, first: at, last: to },
  ...{ skipped: 1, skippedBecause: { expired: 1 }, sample: [delivery] },
};
const line = {
  ...{ verb: 'startRedelivery', by: 'ada', at, of: 'rdl_1', eventsFrom: at, eventsTo: to, statuses: ['given_up'] },
  ...{ connection: 'orders', rule: 'paid', deliveryCount: 3 },
};
const cancelled = aRedelivery({ state: 'cancelling', cancelled: { by: 'bob', at }, endedAt: undefined });

function reply({ method, path, body }: Asked): Response {
  if (path.endsWith('/history')) return answered({ items: [line], nextCursor: null });
  if (method === 'DELETE') return answered(cancelled, 202);
  if (method === 'POST') return (body as { dryRun?: boolean }).dryRun ? answered(plan) : answered({ id: 'rdl_1' }, 202);
  return answered(path.endsWith('/redeliveries') ? { items: [aRedelivery()], nextCursor: null } : aRedelivery());
}

test.each<[string, string[], unknown[], RegExp[]]>([
  [
    'start',
    ['redeliveries', 'start', 'shop', '--from', at, '--no-wait'],
    ['POST', '/v1/destinations/shop/redeliveries', { from: at }],
    [/^Started the redelivery rdl_1: hooklatch redeliveries show shop rdl_1$/m],
  ],
  [
    'a plan',
    ['redeliveries', 'start', 'shop', '--from', at, '--dry-run'],
    ['POST', '/v1/destinations/shop/redeliveries', { from: at, dryRun: true }],
    [/deliveries +at least 3/, /skipped +1: 1 expired/, /12:00:00.000Z +given up +14 +503 +orders +paid +dlv_1/],
  ],
  [
    'list',
    ['redeliveries', 'list', 'shop'],
    ['GET', '/v1/destinations/shop/redeliveries', null],
    [/rdl_1 +failed, given up +done +2026-03-01T14:00:00.000Z +2 +0 +0 +2/],
  ],
  [
    'show',
    ['redeliveries', 'show', 'shop', 'rdl_1'],
    ['GET', '/v1/destinations/shop/redeliveries/rdl_1', null],
    [
      /statuses +failed, given up/,
      /connection +orders/,
      /rule +paid/,
      /redelivered +2/,
      /rate +at most 50 a second/,
      /started +2026-03-01T14:00:00.000Z by ada/,
    ],
  ],
  [
    'cancel',
    ['redeliveries', 'cancel', 'shop', 'rdl_1'],
    ['DELETE', '/v1/destinations/shop/redeliveries/rdl_1', null],
    [/state +cancelling/, /cancelled +2026-03-01T12:00:00.000Z by bob/],
  ],
  [
    'the history of its destination',
    ['destinations', 'history', 'shop'],
    ['GET', '/v1/destinations/shop/history', null],
    [/ada +startRedelivery +rdl_1 2026-03-01T12:00:00.000Z to 2026-03-01T13.*Z given up orders paid \(3 deliveries\)/],
  ],
])('%s sends its request, and prints the answer', async (_, args, request, printed) => {
  const { asked, fetch } = aDeployment(reply);
  const { code, out } = await hooklatch(args, { env, fetch });
  expect(asked.slice(0, 1).map(({ method, path, body }) => [method, path, body])).toEqual([request]);
  expect(code).toBe(0);
  expect(printed.map((text) => [text.source, text.test(out)])).toEqual(printed.map(({ source }) => [source, true]));
});
