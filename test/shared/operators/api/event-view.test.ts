import { describe, expect, test } from '@jest/globals';
import { bodyHoldsToken, type StoredEvent } from '../../../../shared/events/event/event.ts';
import {
  bodyWithheld,
  eventViewOf,
  eventViewSchema,
  listedEventSchema,
} from '../../../../shared/operators/api/event-view.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';

const shownBody = (body: Buffer) => {
  const { body: text, bodyBase64, bodyWithheld: why } = eventViewOf(aStoredEvent(), body);
  return { text, bodyBase64, why };
};

const megabyte = 1024 * 1024;

describe('the body of an event', () => {
  test.each([
    ['a text', Buffer.from('{"name":"Zoë"}'), '{"name":"Zoë"}'],
    ['empty', Buffer.alloc(0), ''],
    ['a text with control characters', Buffer.from('a\u0000b\u001fc'), 'a\u0000b\u001fc'],
    ['a text of 1 MB', Buffer.alloc(megabyte, 'a'), 'a'.repeat(megabyte)],
  ])('is shown as text if it is %s', (_, body, text) => {
    expect(shownBody(body)).toEqual({ text, bodyBase64: undefined, why: undefined });
  });

  test.each([
    ['broken UTF-8', Buffer.from([0x61, 0xff]), 'Yf8='],
    ['half a character', Buffer.from([0xc3]), 'ww=='],
  ])('is shown as base64 if it is %s, because text would change its bytes', (_, body, base64) => {
    expect(shownBody(body)).toEqual({ text: undefined, bodyBase64: base64, why: undefined });
  });

  test('is shown as base64 if it is longer than 1 MB', () => {
    const body = Buffer.alloc(megabyte + 1, 'a');
    expect(shownBody(body).text).toBeUndefined();
    expect(Buffer.from(shownBody(body).bodyBase64 ?? '', 'base64').equals(body)).toBe(true);
  });

  // A control character is written as six characters, which become seven bytes when the answer is written as JSON again.
  test.each([
    ['748,982', 748_982, true],
    ['748,983', 748_983, false],
  ])('of %s control characters is shown as text only if it fits into the answer', (_, length, isText) => {
    expect(shownBody(Buffer.alloc(length, 1)).text !== undefined).toBe(isText);
  });

  test('can be withheld, and the view says why', () => {
    const view = eventViewOf(aStoredEvent(), undefined);
    expect(view).toMatchObject({ bodyWithheld });
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['body']));
    expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['bodyBase64']));
  });
});

test('the expiry of an event is shown as a time, and its hold only as true', () => {
  const event = aStoredEvent({}, { held: 'h1', expiresAt: Date.parse('2026-03-03T12:00:00Z') / 1000 });
  expect(eventViewOf(event, Buffer.alloc(0))).toMatchObject({ expiresAt: '2026-03-03T12:00:00.000Z', held: true });
});

test.each<[string, boolean, string[], Partial<StoredEvent>]>([
  ['if the event says so', true, ['/token'], {}],
  ['not if the event says that no token is in it', false, [], {}],
  ['if the event says so, even if a signature verified it', true, ['/token'], { verifiedBy: 'signature' }],
])('a body contains a token %s', (_, expected, tokenIn, more) => {
  expect(bodyHoldsToken(aStoredEvent({}, { tokenIn, ...more }))).toBe(expected);
});

test('the view of an event keeps each of its fields, and drops the id of its hold', () => {
  const event = aStoredEvent({}, { held: 'h1', replays: 2, releasedAt: '2026-03-02T12:00:00.000Z' });
  const view = {
    ...eventViewOf(event, Buffer.from('{}')),
    publication: 'held',
    publicationAsOf: '2026-03-02T12:00:00.000Z',
  };
  const { connectionId: _, requestId: __, tokenIn: ___, expiresAt, held: ____, ...rest } = event;
  const shown = eventViewSchema.parse(view);
  const common = [
    'connection',
    'provider',
    'path',
    'sourceIp',
    'sha256',
    'verifiedBy',
    'bytesAltered',
    'headers',
    'query',
  ];
  for (const name of [...common, 'replays', 'releasedAt'] as (keyof typeof rest)[])
    expect([name, Reflect.get(shown, name)]).toEqual([name, rest[name]]);
  expect(shown).toMatchObject({ held: true, body: '{}', expiresAt: new Date(expiresAt * 1000).toISOString() });
});

test('the view of an event has the digest of its body only with the body: it would confirm a guess of the token in it', () => {
  const event = aStoredEvent({ body: Buffer.from('{"token":"t"}') }, { tokenIn: ['/token'] });
  expect(eventViewOf(event, event.body)).toMatchObject({ sha256: event.sha256, body: '{"token":"t"}' });
  const withheld = eventViewOf(event, undefined);
  expect(withheld).toMatchObject({ bodyWithheld: expect.stringMatching(/contains a token/) });
  expect(withheld).not.toHaveProperty('sha256');
});

test.each([
  ['held', true],
  ['discarded', true],
  [undefined, true],
  ['published', false],
])('an event in a list can have the publication %j: %s', (publication, isPossible) => {
  const { publication: schema } = listedEventSchema.shape;
  expect(schema.safeParse(publication).success).toBe(isPossible);
});
