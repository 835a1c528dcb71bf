import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type RangeName, ranges } from '../../../clients/console/charts/periods.ts';
import { listHash } from '../../../clients/console/charts/traffic-links.ts';
import { spanHash, spanIn, trafficViewIn, viewHash } from '../../../clients/console/charts/traffic-view.ts';
import { rejectionHash, rejectionViewIn, spanNow } from '../../../clients/console/rejections/rejection-view.ts';
import { codePoint } from '../../support/any-text.ts';

const [ten, eleven] = ['2026-11-26T10:00:00.000Z', '2026-11-26T11:00:00.000Z'];

const times = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((time) => time.toISOString());
const spans = fc
  .tuple(times, times)
  .filter(([one, other]) => one !== other)
  .map((pair) => pair.toSorted())
  .map(([from = '', to = '']) => ({ from, to }));

test('a link shows the same again', () => {
  const views = fc.record(
    {
      range: fc.constantFrom(...(Object.keys(ranges) as RangeName[])),
      as: fc.constantFrom('chart' as const, 'table' as const),
      span: spans,
    },
    { requiredKeys: ['range', 'as'] },
  );
  fc.assert(
    fc.property(views, spans, fc.constantFrom('1', '24', '168'), (view, span, hours) => {
      expect(trafficViewIn(viewHash(view))).toEqual(view);
      expect(spanIn(spanHash(span))).toEqual(span);
      for (const time of [span, { hours }])
        expect(rejectionViewIn(rejectionHash({ time, as: view.as }))).toEqual({ time, as: view.as });
    }),
  );
});

test('whatever somebody writes into a link is a view', () => {
  fc.assert(
    fc.property(fc.string({ unit: codePoint }), (hash) => {
      const view = trafficViewIn(hash);
      expect(trafficViewIn(viewHash(view))).toEqual(view);
      const rejections = rejectionViewIn(hash);
      expect(rejectionViewIn(rejectionHash(rejections))).toEqual(rejections);
    }),
  );
});

test.each([
  ['', { range: '24h', as: 'chart' }, { hours: '1' }],
  ['#range=7d&as=table', { range: '7d', as: 'table' }, { hours: '1' }],
  ['#range=toString&as=toString&hours=7', { range: '24h', as: 'chart' }, { hours: '1' }],
  ['#hours=168', { range: '24h', as: 'chart' }, { hours: '168' }],
  [
    `#from=${ten}&to=${eleven}&hours=24`,
    { range: '24h', as: 'chart', span: { from: ten, to: eleven } },
    { from: ten, to: eleven },
  ],
  [
    '#from=2026-11-26T11:00:00%2B01:00&to=2026-11-26T11:00Z',
    { range: '24h', as: 'chart', span: { from: ten, to: eleven } },
    { from: ten, to: eleven },
  ],
  [`#from=${eleven}&to=${ten}`, { range: '24h', as: 'chart' }, { hours: '1' }],
  [`#from=${ten}&to=${ten}`, { range: '24h', as: 'chart' }, { hours: '1' }],
  [`#from=${ten}`, { range: '24h', as: 'chart' }, { hours: '1' }],
  [`#from=${ten}&to=soon`, { range: '24h', as: 'chart' }, { hours: '1' }],
  ['#from=1&to=2', { range: '24h', as: 'chart' }, { hours: '1' }],
])('%s', (hash, traffic, rejections) => {
  // Both show a chart, or both a table.
  expect([trafficViewIn(hash), rejectionViewIn(hash)]).toEqual([traffic, { time: rejections, as: traffic.as }]);
});

test('the rejections of the last hours end now, and those of a time stay where they are', () => {
  const now = new Date('2026-11-26T12:00:00.000Z');
  // The minute that has just begun is one of the 1,440.
  expect(spanNow({ hours: '24' }, now)).toEqual({ from: new Date('2026-11-25T12:01:00.000Z'), to: now });
  expect(spanNow({ from: ten, to: eleven }, now)).toEqual({ from: new Date(ten), to: new Date(eleven) });
});

test('a list of a bar, which has its end too, has nothing of the next bar', () => {
  const later = '2026-11-26T12:00:00.000Z';
  const [first, next] = [spanIn(listHash({ from: ten, to: eleven })), spanIn(listHash({ from: eleven, to: later }))];
  expect([first, next]).toEqual([
    { from: ten, to: '2026-11-26T10:59:59.999Z' },
    { from: eleven, to: '2026-11-26T11:59:59.999Z' },
  ]);
});
