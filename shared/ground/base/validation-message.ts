/**
 * Validation messages for the sender of a request. These messages replace zod's own messages, such as "Invalid input:
 * expected string, received undefined". Each message follows the field's path: `name: is missing; send a string`. No
 * message quotes a value, because a value may be a secret.
 */
import type * as z from 'zod/mini';
import { nearest } from './nearest.ts';

type Issue = z.core.$ZodRawIssue;

/** The number of characters of an unknown field's name that are quoted. */
const maxQuotedKey = 64;

const typeNames: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a JSON object',
  record: 'a JSON object',
  array: 'a list',
};

/** The name of a value's JSON type. */
function jsonTypeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a JSON object' : `a ${typeof value}`;
}

const didYouMean = (typed: unknown, known: readonly string[]): string => {
  const meant = typeof typed === 'string' ? nearest(typed, known) : undefined;
  return meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`;
};

/** Whether another field of the object was meant for the one that says which form it has. */
function mistypedField(discriminator: string | undefined, input: unknown): string {
  if (discriminator === undefined || typeof input !== 'object' || input === null || discriminator in input) return '';
  const typed = Object.keys(input).find((key) => nearest(key, [discriminator]) !== undefined);
  return typed === undefined ? '' : `; did you mean it by ${JSON.stringify(typed.slice(0, maxQuotedKey))}?`;
}

function oneOf(values: readonly unknown[], typed: unknown): string {
  const listed = values.map((value) => JSON.stringify(value)).join(', ');
  const names = values.filter((value) => typeof value === 'string');
  return values.length === 1 ? `must be ${listed}` : `must be one of ${listed}${didYouMean(typed, names)}`;
}

/** A limit in words, such as `must have at least 3 items`. */
function bound(origin: string, least: boolean, inclusive: boolean | undefined, limit: unknown): string {
  const words = least ? ['at least', 'more than'] : ['at most', 'less than'];
  const word = words[inclusive === false ? 1 : 0];
  const verb = origin === 'string' || origin === 'array' ? 'have' : 'be';
  const unit = { string: 'character', array: 'item' }[origin];
  const counted = unit === undefined ? '' : ` ${unit}${limit === 1 ? '' : 's'}`;
  return `must ${verb} ${word} ${limit}${counted}`;
}

const formats: Record<string, string> = {
  datetime: 'must be a time in UTC, such as 2026-03-01T12:00:00Z',
  url: 'must be a URL',
};

/** The field names of an object's schema. A record's schema has none. */
function knownFields({ inst }: Issue): string[] {
  const { shape = {} } = (inst as z.core.$ZodObject)._zod.def as { shape?: object };
  return Object.keys(shape);
}

function unknownFields(issue: Extract<Issue, { code: 'unrecognized_keys' }>): string {
  const known = knownFields(issue);
  const named = issue.keys.map((key) => JSON.stringify(key.slice(0, maxQuotedKey)));
  const hint = issue.keys.length === 1 ? didYouMean(issue.keys[0], known) : '';
  const listed = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
  return `has no field ${named.join(', ')}${hint || `; ${listed}`}`;
}

/** The message for a zod issue. Pass it to `z.config`. */
export function validationMessage(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = typeNames[issue.expected] ?? issue.expected;
      return issue.input === undefined
        ? `is missing; send ${expected}`
        : `must be ${expected}, and is ${jsonTypeOf(issue.input)}`;
    }
    case 'invalid_value':
      return oneOf(issue.values, issue.input);
    case 'too_small':
      return bound(issue.origin, true, issue.inclusive, issue.minimum);
    case 'too_big':
      return bound(issue.origin, false, issue.inclusive, issue.maximum);
    case 'invalid_format':
      return formats[issue.format] ?? 'is not in the expected form';
    case 'unrecognized_keys':
      return unknownFields(issue);
    case 'invalid_union': {
      const { discriminator, options } = issue as { discriminator?: string; options?: unknown[] };
      const typed = discriminator && (issue.input as Record<string, unknown>)[discriminator];
      return options
        ? oneOf(options, typed) + mistypedField(discriminator, issue.input)
        : 'matches none of the allowed forms';
    }
    case 'invalid_key':
      // The path ends with the key, so the message about it stands as well behind the path.
      return issue.issues[0]?.message ?? 'cannot be used here';
    default:
      return 'cannot be used here';
  }
}
