import { expect, test } from '@jest/globals';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const sample = { method: 'POST', headers: ['host'], faults: [] };
const items = [
  {
    minute: '2026-03-01T12:01Z',
    reason: 'signature_mismatch',
    count: 10,
    explanation: 'Another secret.',
    sample: { ...sample, cause: 'sender_spaces', count: 1, sourceIp: '192.0.2.7', advice: 'Remove the space.' },
    otherSamples: [{ ...sample, cause: 'other', count: 9, sourceIp: '192.0.2.1' }],
  },
  {
    minute: '2026-03-01T12:00Z',
    reason: 'token_missing',
    count: 70,
    atLeast: true,
    explanation: 'No token.',
    sample: { ...sample, cause: 'missing', count: 61, atLeast: true, sourceIp: '192.0.2.2' },
  },
  {
    ...{ minute: '2026-03-01T11:59Z', reason: 'token_missing', count: 2, explanation: 'No token.' },
    ...{ deliveryIds: ['order-7', 'order\u001b8'], idsLeftOut: true },
  },
];

test('each cause of a rejection has its count, its address and its advice in a row of its own', async () => {
  const { fetch } = aDeployment(() => answered({ items, nextCursor: null }));
  const { out } = await hooklatch(['rejections', 'orders'], { env, fetch });
  expect(out.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
    ['MINUTE', 'COUNT', 'REASON', 'ADDRESS', 'ADVICE'],
    ['2026-03-01T12:01Z', '10', 'signature_mismatch', 'Another secret.'],
    ['1', 'sender_spaces', '192.0.2.7', 'Remove the space.'],
    ['9', 'other', '192.0.2.1'],
    ['2026-03-01T12:00Z', 'at least 70', 'token_missing', 'No token.'],
    ['at least 61', 'missing', '192.0.2.2'],
    ['2026-03-01T11:59Z', '2', 'token_missing', 'No token.'],
    ['delivery ids', 'order-7, order\\u001b8, and others'],
    [''],
  ]);
});

test('a list of events that a delivery id has none of ends with when it was refused, and why', async () => {
  const refused = { ...items[2], minute: '2026-03-01T09:12Z', deliveryIds: ['order-7'] };
  // An earlier version leaves the filter out.
  const other = { ...items[1], deliveryIds: ['order-8'] };
  const { fetch } = aDeployment(({ path }) =>
    answered({ items: path.endsWith('/rejections') ? [refused, other] : [], nextCursor: null }),
  );
  const { err } = await hooklatch(['events', 'list', 'orders', '--delivery-id', 'order-7'], { env, fetch });
  expect(err).toBe('It was refused at 2026-03-01T09:12Z: No token.\n');
});
