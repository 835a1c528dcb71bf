/** The fields of the form for a destination, and the request that they make. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type DestinationFields,
  destinationBody,
  destinationFieldsOf,
  destinationRules,
  newDestinationBody,
  newFields,
} from '../../../clients/console/destination/destination-fields.ts';
import type { DestinationAnswer } from '../../../clients/console/destination/destination-record.ts';
import { enteredFields } from '../../../clients/console/shell/form-fields.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';

const { errorsOf, refusedFields } = destinationRules;
const at = '2026-03-01T12:00:00.000Z';
const record: DestinationAnswer = {
  ...{ id: 'dst_1', name: 'shop', description: 'Orders', origin: 'https://shop.example', method: 'PUT' },
  ...{ headerNames: ['x-team'], authKind: 'bearer', timeoutSeconds: 5, rate: { perMinute: 100 }, concurrency: 4 },
  ...{ giveUpAfterHours: 24, schedule: [30, 300], retryOn: ['408', '5xx'], forwardHeaders: ['x-a', 'x-b'] },
  ...{ status: 'active', version: 3, createdAt: at, updatedAt: at, updatedBy: 'Ada' },
  signing: { createdAt: at, createdBy: 'Ada' },
};
const shop = destinationFieldsOf(record);
const created = { ...newFields, name: 'shop', url: 'https://shop.example/' };

test('the fields of a destination are what is shown of it, and nothing changes them', () => {
  expect(shop).toEqual({
    ...newFields,
    ...{ name: 'shop', description: 'Orders', authKind: 'kept', method: 'PUT', areHeadersKept: true },
    ...{ timeoutSeconds: '5', rate: '100', rateUnit: 'perMinute', concurrency: '4', giveUpAfterHours: '24' },
    ...{ schedule: '30s, 5m', retryOn: '408, 5xx', forwardHeaders: 'x-a, x-b' },
  });
  expect([destinationBody(shop, shop), errorsOf(shop, shop)]).toEqual([{}, {}]);
  const {
    rate: _rate,
    concurrency: _concurrency,
    schedule: _schedule,
    retryOn: _retryOn,
    forwardHeaders: _forward,
    ...without
  } = record;
  expect(destinationFieldsOf({ ...without, headerNames: [] })).toMatchObject({
    ...{
      areHeadersKept: false,
      rate: '',
      rateUnit: 'perSecond',
      concurrency: '',
      schedule: '',
      retryOn: '',
      forwardHeaders: '',
    },
  });
  expect(destinationFieldsOf({ ...record, rate: { perSecond: 7 } })).toMatchObject({
    rate: '7',
    rateUnit: 'perSecond',
  });
});

describe('what is sent of a destination that exists', () => {
  test.each<[Partial<DestinationFields>, object]>([
    [{ description: '' }, { description: '' }],
    [{ url: ' https://new.example/ ' }, { url: 'https://new.example/' }],
    [{ url: '  ' }, {}],
    [{ method: 'POST' }, { method: 'POST' }],
    [{ authKind: 'none' }, { auth: { kind: 'none' } }],
    [{ authKind: 'bearer', token: ' t' }, { auth: { kind: 'bearer', token: ' t' } }],
    [{ token: 'of a kind that was not chosen' }, {}],
    [{ areHeadersKept: false }, { headers: {} }],
    [{ areHeadersKept: false, headers: 'x-a: 1\nX-B:2:3' }, { headers: { 'x-a': '1', 'X-B': '2:3' } }],
    [{ headers: 'x-a: 1' }, {}],
    [{ timeoutSeconds: ' 7 ' }, { timeoutSeconds: 7 }],
    [{ rate: '7' }, { rate: { perMinute: 7 } }],
    [{ rateUnit: 'perSecond' }, { rate: { perSecond: 100 } }],
    [{ rate: '' }, { rate: null }],
    [{ rate: '', rateUnit: 'perSecond' }, { rate: null }],
    [{ concurrency: ' ' }, { concurrency: null }],
    [{ giveUpAfterHours: '1' }, { giveUpAfterHours: 1 }],
    [{ schedule: '5s,1h' }, { schedule: [5, 3_600] }],
    [{ schedule: ' ' }, { schedule: null }],
    [{ retryOn: ' 503,, 4xx ' }, { retryOn: ['503', '4xx'] }],
    [{ retryOn: ' ' }, { retryOn: null }],
    [{ forwardHeaders: 'x-c,, x-d ' }, { forwardHeaders: ['x-c', 'x-d'] }],
    [{ forwardHeaders: ' ' }, { forwardHeaders: null }],
  ])('after %j is %j', (entered, body) => {
    expect(destinationBody(shop, { ...shop, ...entered })).toEqual(body);
  });

  test('after a unit without a rate is nothing', () => {
    const without = { ...shop, rate: '' };
    expect(destinationBody(without, { ...without, rateUnit: 'perSecond' })).toEqual({});
  });
});

describe('what is sent of a new destination', () => {
  test.each<[Partial<DestinationFields>, object]>([
    [{}, {}],
    [{ signingSecret: ' whsec_1 ' }, { signingSecret: 'whsec_1' }],
    [{ rate: '7' }, { rate: { perSecond: 7 } }],
    [{ timeoutSeconds: '' }, {}],
    [{ headers: '\n' }, { headers: {} }],
    [{ authKind: 'basic', username: '', password: 'p' }, { auth: { kind: 'basic', username: '', password: 'p' } }],
    [
      { authKind: 'header', headerName: ' x-key ', headerValue: ' v' },
      { auth: { kind: 'header', name: 'x-key', value: ' v' } },
    ],
    [
      { authKind: 'oauth2', tokenUrl: ' https://id.example/ ', clientId: ' c ', clientSecret: ' s', scope: ' ' },
      {
        auth: {
          ...{ kind: 'oauth2', tokenUrl: 'https://id.example/', clientId: 'c', clientSecret: ' s' },
          clientAuthentication: 'basic',
        },
      },
    ],
  ])('with %j has %j', (entered, body) => {
    expect(newDestinationBody({ ...created, ...entered })).toEqual({
      ...{ name: 'shop', url: 'https://shop.example/' },
      ...body,
    });
  });
});

describe('what is wrong', () => {
  const count = 'Enter a whole number from 1.';
  test.each<[string, DestinationFields, Partial<DestinationFields>, object]>([
    ['a new destination', newFields, {}, { name: 'Enter a name.', url: 'Enter a URL.' }],
    ['a new destination', newFields, { name: 'shop', url: 'x' }, {}],
    ['a new destination', newFields, { ...created, authKind: 'bearer', token: ' ' }, { token: 'Enter a value.' }],
    ['a new destination', newFields, { ...created, authKind: 'basic' }, { password: 'Enter a value.' }],
    [
      ...(['a new destination', newFields, { ...created, authKind: 'header' }] as const),
      { headerName: 'Enter a value.', headerValue: 'Enter a value.' },
    ],
    [
      ...(['a new destination', newFields, { ...created, authKind: 'oauth2' }] as const),
      { tokenUrl: 'Enter a value.', clientId: 'Enter a value.', clientSecret: 'Enter a value.' },
    ],
    [
      ...(['a new destination', newFields, { ...created, headers: 'x-a: 1\n\nx b: 2' }] as const),
      { headers: 'Line 3 is not a header, such as x-team: payments.' },
    ],
    [
      ...(['a new destination', newFields, { ...created, headers: 'x-a:' }] as const),
      { headers: 'Line 1 is not a header, such as x-team: payments.' },
    ],
    ['a new destination', newFields, { ...created, timeoutSeconds: '0' }, { timeoutSeconds: count }],
    ['a new destination', newFields, { ...created, rate: '-1' }, { rate: count }],
    ['a new destination', newFields, { ...created, concurrency: '1e3' }, { concurrency: count }],
    ['a new destination', newFields, { ...created, giveUpAfterHours: '1.5' }, { giveUpAfterHours: count }],
    ['a new destination', newFields, { ...created, schedule: '5' }, { schedule: 'Enter waits such as 30s, 5m, 1h.' }],
    ['one that exists', shop, { url: '', rate: '', concurrency: '', schedule: '', retryOn: '' }, {}],
    ['one that exists', shop, { headers: 'of no effect' }, {}],
    ['one that exists', shop, { timeoutSeconds: '' }, { timeoutSeconds: 'Enter a number.' }],
    ['one that exists', shop, { giveUpAfterHours: ' ' }, { giveUpAfterHours: 'Enter a number.' }],
  ])('with %s: %#', (_, start, entered, errors) => {
    expect(errorsOf(start, { ...start, ...entered })).toEqual(errors);
  });
});

describe('what the API finds wrong', () => {
  const refusal = (...errors: object[]) =>
    new ApiError(422, { code: 'invalid_request', detail: 'x', errors }, undefined);
  test.each<[string, Partial<DestinationFields>, keyof DestinationFields | undefined]>([
    ['/url', {}, 'url'],
    ['/headers/x-key', {}, 'headers'],
    ['/rate/perSecond', {}, 'rate'],
    ['/schedule/0', {}, 'schedule'],
    ['/retryOn/1', {}, 'retryOn'],
    ['/auth/clientSecret', { authKind: 'oauth2' }, 'clientSecret'],
    ['/auth/name', { authKind: 'header' }, 'headerName'],
    ['/auth/value', { authKind: 'header' }, 'headerValue'],
    ['/auth/other', { authKind: 'bearer' }, undefined],
    ['/other', {}, undefined],
    ['/toString', {}, undefined],
  ])('at %s is at its field', (pointer, fields, field) => {
    const error = refusal({ path: 'x', pointer, message: 'is odd' });
    expect(refusedFields(error, { ...newFields, ...fields })).toEqual(field ? { [field]: 'It is odd.' } : {});
  });

  test('is said once for each field, and is nothing if it is about no field', () => {
    const [first, second] = ['is odd', 'is long'].map((message) => ({ path: 'url', pointer: '/url', message }));
    expect(refusedFields(refusal(first as object, second as object), newFields)).toEqual({ url: 'It is odd.' });
    expect(refusedFields(refusal({ path: 'url', message: 'is odd' }), newFields)).toEqual({});
    expect(refusedFields(new Error('no network'), newFields)).toEqual({});
  });
});

test('what a person entered, and nothing else, is carried over to what somebody else changed', () => {
  const texts = fc.record({ description: fc.string(), concurrency: fc.string(), timeoutSeconds: fc.string() });
  fc.assert(
    fc.property(
      texts,
      texts,
      fc.constantFrom('description', 'concurrency', 'timeoutSeconds'),
      (first, theirs, field) => {
        const start = { ...newFields, ...first };
        const now = { ...start, [field]: `${first[field]}!` };
        const merged = { ...newFields, ...theirs, ...enteredFields(start, now) };
        expect(merged).toEqual({ ...newFields, ...theirs, [field]: `${first[field]}!` });
      },
    ),
  );
});
