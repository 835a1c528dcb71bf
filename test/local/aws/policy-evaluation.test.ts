import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluatePolicies, matchesWildcards, type PolicyStatement } from '../../../local/aws/policy-evaluation.ts';

const table = 'arn:aws:dynamodb:eu-central-1:123456789012:table/state';
const read = { action: 'dynamodb:GetItem', resource: table };
const allow = (statement: Partial<PolicyStatement>): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: table,
  ...statement,
});
const withLeadingKeys = (...keys: string[]) => ({ ...read, conditions: { 'dynamodb:LeadingKeys': keys } });
const onKeys = (operator: string, value: string | string[]) =>
  allow({ Condition: { [operator]: { 'dynamodb:LeadingKeys': value } } });

describe('a wildcard pattern', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/', '.', '*', '?', '[', '\\', '\n', 'é', '😀') });

  /** The definition of a wildcard, without regular expressions. */
  const covers = (pattern: string[], value: string[]): boolean => {
    const [first, ...rest] = pattern;
    if (first === undefined) return value.length === 0;
    if (first === '*') return covers(rest, value) || (value.length > 0 && covers(pattern, value.slice(1)));
    return value.length > 0 && (first === '?' || first === value[0]) && covers(rest, value.slice(1));
  };

  test('matches exactly the values that its definition matches', () => {
    fc.assert(
      fc.property(letters, letters, (pattern, value) => {
        expect(matchesWildcards(pattern, value)).toBe(covers([...pattern], [...value]));
      }),
    );
  });

  test('that replaces some parts of a value with stars matches the value', () => {
    const parts = fc.array(fc.tuple(letters, fc.boolean()));
    fc.assert(
      fc.property(parts, (chosen) => {
        const value = chosen.map(([part]) => part).join('');
        expect(matchesWildcards(chosen.map(([part, isHidden]) => (isHidden ? '*' : part)).join(''), value)).toBe(true);
      }),
    );
  });
});

describe('a request', () => {
  test('is denied if there is no statement', () => {
    expect(evaluatePolicies([], read)).toEqual({
      allowed: false,
      reason: 'because no identity-based policy allows the dynamodb:GetItem action',
    });
  });

  test('is allowed if a statement matches its action in any letter case, and its resource in the same case', () => {
    expect(evaluatePolicies([allow({ Action: ['sqs:*', 'DynamoDB:get*'] })], read).allowed).toBe(true);
    expect(evaluatePolicies([allow({ Resource: `${table}/index/*` })], read).allowed).toBe(false);
    expect(evaluatePolicies([allow({ Resource: table.toUpperCase() })], read).allowed).toBe(false);
  });

  test('is checked against NotAction and NotResource too', () => {
    const { Action: _, ...rest } = allow({});
    expect(evaluatePolicies([{ ...rest, NotAction: 'dynamodb:PutItem' }], read).allowed).toBe(true);
    expect(evaluatePolicies([{ ...rest, NotAction: ['dynamodb:*'] }], read).allowed).toBe(false);
    const { Resource: __, ...noResource } = allow({});
    expect(evaluatePolicies([{ ...noResource, NotResource: '*/other' }], read).allowed).toBe(true);
  });

  test('is denied if any statement denies it, in any order', () => {
    const statements = fc.array(fc.constantFrom('dynamodb:*', 'dynamodb:PutItem', '*', 'secretsmanager:*'));
    fc.assert(
      fc.property(statements, fc.nat(), (actions, at) => {
        const allows = actions.map((Action) => allow({ Action }));
        const decision = evaluatePolicies(
          allows.toSpliced(at % (allows.length + 1), 0, allow({ Effect: 'Deny' })),
          read,
        );
        expect(decision).toEqual({ allowed: false, reason: 'with an explicit deny in an identity-based policy' });
      }),
    );
  });
});

describe('a condition on the leading keys', () => {
  test.each([
    ['ForAllValues:StringEquals', ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'c'], false],
    ['ForAllValues:StringEquals', [], true],
    ['ForAllValues:StringLike', ['a', 'b'], true],
    ['ForAnyValue:StringEquals', ['c', 'b'], true],
    ['ForAnyValue:StringEquals', ['c'], false],
    ['ForAnyValue:StringEquals', [], false],
    ['StringEquals', ['a'], true],
    ['StringEquals', ['c'], false],
  ])('%s a or b, for a request with the keys %j, gives %s', (operator, keys, allowed) => {
    expect(evaluatePolicies([onKeys(operator, ['a', 'b'])], withLeadingKeys(...keys)).allowed).toBe(allowed);
  });

  test('is met by a request without keys only with ForAllValues', () => {
    expect(evaluatePolicies([onKeys('StringEquals', 'a')], read).allowed).toBe(false);
    expect(evaluatePolicies([onKeys('ForAllValues:StringEquals', 'a')], read).allowed).toBe(true);
  });

  test('takes a star literally in StringEquals, and as a wildcard in StringLike', () => {
    expect(evaluatePolicies([onKeys('StringEquals', 'a*')], withLeadingKeys('ab')).allowed).toBe(false);
    expect(evaluatePolicies([onKeys('StringLike', 'a*')], withLeadingKeys('ab')).allowed).toBe(true);
  });
});

test('ArnLike compares each part of the ARN, so a star does not match a colon', () => {
  const request = {
    ...read,
    conditions: { 'aws:SourceArn': ['arn:aws:execute-api:eu-central-1:1:api/$default/GET/v1'] },
  };
  const from = (arn: string) => allow({ Condition: { ArnLike: { 'AWS:SourceArn': arn } } });
  expect(evaluatePolicies([from('arn:aws:execute-api:*:1:api/*/GET/*')], request).allowed).toBe(true);
  expect(evaluatePolicies([from('arn:aws:*:api/*')], request).allowed).toBe(false);
});

describe('an unsupported part of a statement throws', () => {
  test.each([
    ['operator', { Condition: { NumericEquals: { 'dynamodb:LeadingKeys': '1' } } }, 'NumericEquals'],
    ['suffix of an operator', { Condition: { StringEqualsIfExists: { 'aws:SourceArn': '1' } } }, 'IfExists'],
    ['condition key', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }, 'aws:PrincipalTag/team'],
    ['policy variable', { Resource: `${table}/\${aws:username}` }, 'aws:username'],
    ['element', { NotPrincipal: '*' } as Partial<PolicyStatement>, 'NotPrincipal'],
    ['effect', { Effect: 'Perhaps' as 'Allow' }, 'Effect'],
  ])('%s', (_, statement, named) => {
    expect(() => evaluatePolicies([allow(statement)], read)).toThrow(named);
  });

  test('unless the statement is for another action', () => {
    const other = allow({ Action: 'sqs:SendMessage', Condition: { Bool: { 'aws:SecureTransport': 'true' } } });
    expect(evaluatePolicies([other, allow({})], read).allowed).toBe(true);
  });
});
