import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JobFilter, jobFilterIn, jobHashOf, noFilter, queryOf } from '../../../clients/console/jobs/job-filter.ts';
import { codePoint } from '../../support/any-text.ts';

test.each<[string, Partial<JobFilter>]>([
  ['', {}],
  ['#', {}],
  ['#kind=release&state=open&connection=orders', { kind: 'release', state: 'open', connection: 'orders' }],
  ['#state=done', { state: 'done' }],
  ['#connection=%20orders%20', { connection: 'orders' }],
  ['#kind=job&state=running&type=push', {}],
])('the URL %s is the filter %j', (hash, expected) => {
  expect(jobFilterIn(hash)).toEqual({ ...noFilter, ...expected });
});

test('a filter that is written into the URL is read from it again', () => {
  const filter = fc.record({
    kind: fc.constantFrom<JobFilter['kind']>('', 'replay', 'release', 'redelivery'),
    state: fc.constantFrom<JobFilter['state']>('', 'open', 'done', 'cancelled', 'failed'),
    connection: fc.string({ unit: codePoint, maxLength: 8 }).map((text) => text.trim()),
  });
  fc.assert(
    fc.property(filter, (each) => {
      expect(jobFilterIn(jobHashOf(each))).toEqual(each);
    }),
  );
});

test('the request has only what narrows the list', () => {
  expect(queryOf(noFilter)).toEqual({});
  expect(queryOf({ kind: '', state: 'open', connection: 'orders' })).toEqual({ state: 'open', connection: 'orders' });
});
