import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { validationMessage } from '../../../../shared/ground/base/validation-message.ts';

z.config({ localeError: validationMessage });

const place = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('header'), name: z.string() }),
  z.strictObject({ in: z.literal('path') }),
]);

const schema = z.strictObject({
  name: z.string().check(z.minLength(2), z.maxLength(48)),
  kind: z.optional(z.enum(['token', 'signature', 'both'])),
  allowFrom: z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(64))),
  retentionDays: z.optional(z.int().check(z.minimum(1), z.maximum(365))),
  force: z.optional(z.boolean()),
  split: z.optional(z.union([z.boolean(), z.strictObject({ items: z.string() })])),
  type: z.optional(place),
  from: z.optional(z.iso.datetime()),
});

const messages = (value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

test.each<[object | null | string, string[]]>([
  [{}, ['name: is missing; send a string']],
  [{ name: 7 }, ['name: must be a string, and is a number']],
  [{ name: null }, ['name: must be a string, and is null']],
  [{ name: 'ab', force: [true] }, ['force: must be true or false, and is a list']],
  [{ name: { a: 1 } }, ['name: must be a string, and is a JSON object']],
  [{ name: 'a' }, ['name: must have at least 2 characters']],
  [{ name: 'a'.repeat(49) }, ['name: must have at most 48 characters']],
  [{ name: 'ab', kind: 'signatur' }, ['kind: must be one of "token", "signature", "both"; did you mean "signature"?']],
  [{ name: 'ab', kind: 'magic' }, ['kind: must be one of "token", "signature", "both"']],
  [{ name: 'ab', kind: 5 }, ['kind: must be one of "token", "signature", "both"']],
  [{ name: 'ab', allowFrom: '10.0.0.1' }, ['allowFrom: must be a list, and is a string']],
  [{ name: 'ab', allowFrom: [] }, ['allowFrom: must have at least 1 item']],
  [{ name: 'ab', retentionDays: 0 }, ['retentionDays: must be at least 1']],
  [{ name: 'ab', retentionDays: 366 }, ['retentionDays: must be at most 365']],
  [{ name: 'ab', retentionDays: 1.5 }, ['retentionDays: must be a whole number, and is a number']],
  [{ name: 'ab', force: 'yes' }, ['force: must be true or false, and is a string']],
  [{ name: 'ab', split: 'yes' }, ['split: matches none of the allowed forms']],
  [{ name: 'ab', type: { in: 'heder' } }, ['type.in: must be one of "header", "path"; did you mean "header"?']],
  [{ name: 'ab', type: {} }, ['type.in: must be one of "header", "path"']],
  [{ name: 'ab', type: { inn: 'path' } }, ['type.in: must be one of "header", "path"; did you mean it by "inn"?']],
  [{ name: 'ab', type: { name: 'path' } }, ['type.in: must be one of "header", "path"']],
  [{ name: 'ab', type: { in: 'path', name: 'x' } }, ['type: has no field "name"; it takes in']],
  [{ name: 'ab', from: 'yesterday' }, ['from: must be a time in UTC, such as 2026-03-01T12:00:00Z']],
  [{ name: 'ab', allowfrom: [] }, [': has no field "allowfrom"; did you mean "allowFrom"?']],
  [
    { name: 'ab', colour: 1 },
    [': has no field "colour"; it takes name, kind, allowFrom, retentionDays, force, split, type, from'],
  ],
  ['text', [': must be a JSON object, and is a string']],
])('says what is wrong with %j and what to send', (value, expected) => {
  expect(messages(value)).toEqual(expected);
});

test('a validation message quotes no value', () => {
  const secret = 'fake-secret-0123456789';
  const everywhere = { name: { secret }, kind: secret, allowFrom: secret, split: secret, type: { in: secret } };
  expect(messages(everywhere)).toHaveLength(5);
  expect(messages(everywhere).join('\n')).not.toContain(secret);
});

test.each<[string, z.ZodMiniType, unknown, string]>([
  ['a number', z.number(), 'text', 'must be a number, and is a string'],
  ['a record', z.record(z.string(), z.number()), 'text', 'must be a JSON object, and is a string'],
  ['null', z.null(), 'text', 'must be null, and is a string'],
  ['a URL', z.url(), 'text', 'must be a URL'],
  ['one text', z.literal('stats'), 'all', 'must be "stats"'],
  ['one of several numbers', z.literal([1, 2]), '1', 'must be one of 1, 2'],
  ['a number above a limit', z.number().check(z.gt(0)), 0, 'must be more than 0'],
  ['a number below a limit', z.number().check(z.lt(10)), 10, 'must be less than 10'],
  ['an object without fields', z.strictObject({}), { a: 1 }, 'has no field "a"; it takes none'],
  ['a record of certain names', z.record(z.enum(['a']), z.number()), { a: 1, b: 1 }, 'has no field "b"; it takes none'],
  [
    'an object, with two wrong fields',
    z.strictObject({ name: z.any() }),
    { name: 1, nam: 1, x: 1 },
    'has no field "nam", "x"; it takes name',
  ],
  ['a value that passes a check without a message', z.any().check(z.refine(() => false)), 1, 'cannot be used here'],
  ['a value of a format without a message', z.string().check(z.regex(/^a$/)), 'b', 'is not in the expected form'],
])('says what is wrong if the value must be %s', (_, one, value, message) => {
  expect(one.safeParse(value).error?.issues.map((issue) => issue.message)).toEqual([message]);
});

test('a message quotes at most 64 characters of the name of an unknown field', () => {
  const known = `"${'b'.repeat(64)}"; it takes none`;
  expect(z.strictObject({}).safeParse({ ['b'.repeat(65)]: 1 }).error?.issues[0]?.message).toBe(`has no field ${known}`);
});
