import { describe, expect, test } from '@jest/globals';
import { routedBodyOf, routedEventOf } from '../../../../shared/events/bus/routed-event.ts';
import { aStoredEvent } from '../event/given-event.ts';

const event = aStoredEvent(
  { headers: { 'content-type': 'application/json', 'x-shop': 'books' } },
  { type: 'order.paid', provider: 'shopify', query: 'a=1', path: 'in/box', sourceIp: '192.0.2.7' },
);
const seen = (body: string | Buffer, more: object = {}) => routedEventOf({ ...event, ...more }, Buffer.from(body));

test('routes see the event by its seven fields', () => {
  expect(seen('{"amount":30}')).toEqual({
    type: 'order.paid',
    provider: 'shopify',
    headers: { 'content-type': 'application/json', 'x-shop': 'books' },
    query: 'a=1',
    path: 'in/box',
    sourceIp: '192.0.2.7',
    data: { amount: 30 },
  });
});

describe('data', () => {
  const of = (body: string | Buffer, contentType?: string) => seen(body, { contentType });

  test.each<[string, ReturnType<typeof of>, unknown]>([
    ['a list', of('[1,2]'), [1, 2]],
    ['JSON whatever its content type is', of(' {"a":1}', 'text/plain'), { a: 1 }],
    ['a single value of JSON', of('"a"', 'application/json'), 'a'],
    ['null', of('null', 'application/json'), null],
  ])('is %s', (_, { data }, expected) => {
    expect(data).toEqual(expected);
  });

  test.each<[string, ReturnType<typeof of>]>([
    ['a word', of('true', 'text/plain')],
    ['a form', of('a=1', 'application/x-www-form-urlencoded')],
    ['nothing', of('', 'application/json')],
    ['broken JSON', of('{"a":', 'application/json')],
    ['bytes that are no text', of(Buffer.from([0x7b, 0xff, 0x7d]), 'application/json')],
  ])('is absent for %s', (_, routed) => {
    expect(routed).not.toHaveProperty('data');
  });
});

describe('a token in the body', () => {
  test('is masked in what routes see and in what may leave', () => {
    const body = '{"token":"live-token-1","amount":30}';
    const withToken = { ...event, tokenIn: ['/token'] };
    expect(routedEventOf(withToken, Buffer.from(body)).data).toEqual({ token: 'REDACTED', amount: 30 });
    expect(routedBodyOf(withToken, Buffer.from(body)).toString()).toBe('{"token":"REDACTED","amount":30}');
  });

  test('that is in a form is masked too', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = routedBodyOf({ headers, tokenIn: ['/token'] }, Buffer.from('token=live-token-1&a=1'));
    expect(body.toString()).toBe('token=REDACTED&a=1');
  });
});

test('what may leave of a body without a token is the body itself', () => {
  const body = Buffer.from([0, 1, 255]);
  expect(routedBodyOf(event, body)).toBe(body);
});
