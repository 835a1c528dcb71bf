/** The examples of the page about routes. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { routesRequestSchema } from '../../shared/deliveries/route/routes-request.ts';
import { checkExpression } from '../../shared/deliveries/transform/jsonata-expression.ts';
import { compilePattern } from '../../shared/ground/pattern/event-pattern.ts';

const page = readFileSync('docs/routes.md', 'utf8');

test('the list can be set', () => {
  const [, list = ''] = /```json\n([^`]*)```/.exec(page) ?? [];
  const { rules } = routesRequestSchema.parse(JSON.parse(list));
  expect(rules.map(({ id }) => id)).toEqual(['paid', 'refunds', 'otherwise']);
  expect(rules.flatMap(({ transform }) => (transform ? [checkExpression(transform)] : []))).toEqual([
    { kind: 'valid' },
  ]);
});

/** Sender → an event that its pattern is for. */
const events: Readonly<Record<string, object>> = {
  GitHub: { type: 'pull_request', data: { action: 'closed', pull_request: { merged: true } } },
  Stripe: { type: 'charge.failed' },
  Shopify: { type: 'orders/paid', headers: { 'x-shopify-shop-domain': 'a.myshopify.com' } },
  any: { sourceIp: '192.0.2.7' },
};

test('each pattern of the table matches what it is for', () => {
  const rows = [...page.matchAll(/^\| (\w+) +\|[^|]+\| `(\{.*\})` +\|$/gm)];
  expect(rows.map(([, sender = '']) => sender)).toEqual(Object.keys(events));
  const verdicts = rows.map(([, sender = '', when = '']) => compilePattern(JSON.parse(when))(events[sender]));
  expect(verdicts).toEqual(['match', 'match', 'match', 'match']);
});
