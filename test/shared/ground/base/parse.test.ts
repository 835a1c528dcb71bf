import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { parse } from '../../../../shared/ground/base/parse.ts';
import { Refusal } from '../../../../shared/ground/base/refusal.ts';

const schema = z.strictObject({
  at: z._default(z.number('must be a number'), 7),
  in: z.optional(z.strictObject({ city: z.string('is unknown; did you mean Ulm?') }, 'must be an object')),
});

test('a value is parsed, with defaults', () => {
  expect(parse(schema, { in: { city: 'Ulm' } }, 'body')).toEqual({ at: 7, in: { city: 'Ulm' } });
});

test.each<[object, string, string[]]>([
  [{ at: 'noon' }, 'at in the body must be a number.', ['at']],
  [{ in: { city: 5 } }, 'in.city in the body is unknown; did you mean Ulm?', ['in.city']],
  [{ at: 'noon', in: 5 }, 'at in the body must be a number.', ['at', 'in']],
])('%j is refused: %s', (value, message, paths) => {
  const parsing = () => parse(schema, value, 'body');
  expect(parsing).toThrow(Refusal);
  const errors = paths.map((path) => expect.objectContaining({ path, message: expect.any(String) }));
  expect(parsing).toThrow(expect.objectContaining({ code: 'invalid_request', message, facts: { errors } }));
});

test('a value as a whole is named by what it is', () => {
  expect(() => parse(z.string('must be a text'), 5, 'secret')).toThrow('The secret must be a text.');
});

test.each<[string, object, string | undefined]>([
  ['body', { in: { city: 5 } }, '/in/city'],
  ['query', { in: { city: 5 } }, undefined],
  ['body', { elsewhere: 5 }, undefined],
])('in the %s, %j is wrong at the pointer %s', (what, value, pointer) => {
  const parsing = () => parse(schema, value, what);
  const errors = [{ path: expect.any(String), message: expect.any(String), ...(pointer && { pointer }) }];
  expect(parsing).toThrow(expect.objectContaining({ facts: { errors } }));
});
