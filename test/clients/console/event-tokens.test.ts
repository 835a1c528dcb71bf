import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { consistent, type EventListView, noView } from '../../../clients/console/events/event-request.ts';
import { optionsOf, properties, tokensOf, withTokens } from '../../../clients/console/events/event-tokens.ts';

const token = (propertyKey: string | undefined, operator: string, value: string) => ({
  ...(propertyKey !== undefined && { propertyKey }),
  ...{ operator: operator as '=', value },
});

test.each<[Partial<EventListView>, ReturnType<typeof token>[]]>([
  [{}, []],
  [{ type: 'invoice.paid' }, [token('type', '=', 'invoice.paid')]],
  [{ type: 'invoice.*' }, [token('type', '^', 'invoice.')]],
  [{ type: '*paid*' }, [token('type', ':', 'paid')]],
  [{ type: '*.paid' }, [token('type', '=', '*.paid')]],
  [{ type: 'a*b*' }, [token('type', '=', 'a*b*')]],
  [{ above: '10', below: '20' }, [token('size', '>', '10'), token('size', '<', '20')]],
  [{ contains: 'blue' }, [token(undefined, ':', 'blue')]],
  [
    {
      deliveryId: 'd',
      method: 'PUT',
      contentType: 'json',
      verifiedBy: 'both',
      sourceIp: '192.0.2.1',
      publication: 'held',
    },
    [
      token('deliveryId', '=', 'd'),
      token('method', '=', 'PUT'),
      token('contentType', ':', 'json'),
      token('verifiedBy', '=', 'both'),
      token('sourceIp', '=', '192.0.2.1'),
      token('publication', '=', 'held'),
    ],
  ],
])('%j is shown as its tokens, and back', (given, tokens) => {
  const view = { ...noView, ...given };
  expect([tokensOf(view), withTokens(noView, tokens)]).toEqual([tokens, view]);
});

test('whatever a view says, its tokens say the same', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '*', ' ', '.', ':') });
  const views = fc
    .record({ type: text, deliveryId: text, contentType: text, contains: text, hours: fc.constantFrom('', '24') })
    .map((fields) => consistent({ ...noView, ...fields }));
  fc.assert(
    fc.property(views, (view) => {
      expect(withTokens(view, tokensOf(view))).toEqual(view);
    }),
  );
});

test('a later token stands for an earlier one of its kind, and the time stays', () => {
  const tokens = [token('type', '=', 'a'), token('size', '>', '1'), token('type', '^', 'b'), token('size', '>', '2')];
  expect(withTokens({ ...noView, hours: '1', method: 'PUT' }, tokens)).toEqual({
    ...noView,
    ...{ type: 'b*', above: '2', hours: '1' },
  });
});

test.each([
  [token('size', '>', 'large'), 'size'],
  [token('size', '<', '1.5'), 'size'],
  [token('size', '>', '0'), 'size'],
  [token('verifiedBy', '=', 'luck'), 'verifiedBy'],
  [token('publication', '=', 'lost'), 'publication'],
])('%j means nothing', (wrong, mistake) => {
  expect(withTokens(noView, [token('size', '<', '0'), wrong])).toEqual({ mistake });
});

test('a property that the filter has not is left out', () => {
  expect(withTokens(noView, [token('toString', '=', 'a')])).toEqual(noView);
});

test('values that were seen are offered once, beside those of the API', () => {
  const seen = [{ type: 'b', contentType: 'text/plain' }, { type: 'a' }, { type: 'b' }];
  const offered = optionsOf(seen).map(({ propertyKey, value, label }) => `${propertyKey} ${label ?? value}`);
  expect(offered).toEqual([
    ...['type a', 'type b', 'contentType text/plain'],
    ...['method POST', 'method PUT', 'method PATCH', 'method DELETE', 'method GET'],
    ...['verifiedBy Token', 'verifiedBy Signature', 'verifiedBy Token and signature'],
    ...['publication Held', 'publication Waiting', 'publication Published', 'publication Given up'],
    ...['publication Discarded', 'publication Not published: a test', 'publication Unknown'],
  ]);
});

test('each property says how it compares, and how its values are called', () => {
  const ways = properties.map(({ key, operators = [], defaultOperator }) => ({
    ...{ key, defaultOperator },
    operators: operators.map((each) => (typeof each === 'string' ? { operator: each, format: undefined } : each)),
  }));
  const said = ways.map(({ key, operators, defaultOperator }) =>
    [key, defaultOperator, operators.map(({ operator }) => operator).join(' ')].join(', '),
  );
  expect(said).toEqual([
    'type, =, = : ^',
    'size, >, > <',
    'deliveryId, =, =',
    'method, =, =',
    'contentType, :, :',
    'verifiedBy, =, =',
    'sourceIp, =, =',
    'publication, =, =',
  ]);
  const format = ways.find(({ key }) => key === 'publication')?.operators[0]?.format;
  expect([format?.('given_up'), format?.('else')]).toEqual(['Given up', 'else']);
});
