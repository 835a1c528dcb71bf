/** The patterns that AWS publishes match as AWS says. */
import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../../../shared/ground/pattern/event-pattern.ts';
import { guide, readme } from './given-examples.ts';

describe.each([
  ['the user guide', guide],
  ['the README of event-ruler', readme],
])('the examples of %s', (_, examples) => {
  test.each(examples)('%s', (_comparison, pattern, matching, others) => {
    const matches = compilePattern(pattern);
    expect(matching.map((event) => [event, matches(event)])).toEqual(matching.map((event) => [event, 'match']));
    expect(others.map((event) => [event, matches(event)])).toEqual(others.map((event) => [event, 'no match']));
  });
});
