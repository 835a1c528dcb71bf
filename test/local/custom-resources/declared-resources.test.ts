import { describe, expect, test } from '@jest/globals';
import { customResourceIds, referencesIn } from '../../../local/custom-resources/declared-resources.ts';

const sub = (name: string): string => `\${${name}}`;
const custom = (Properties: Record<string, unknown> = {}, more = {}) => ({ Type: 'Custom::Any', Properties, ...more });

describe('the order of custom resources', () => {
  test.each([
    ['a Ref', custom({ a: [{ b: { Ref: 'First' } }] })],
    ['an attribute', custom({ a: { 'Fn::GetAtt': ['First', 'Url'] } })],
    ['an attribute as one text', custom({ a: { 'Fn::GetAtt': 'First.Url' } })],
    ['a substitution', custom({ a: { 'Fn::Sub': `x${sub('First.Url')}` } })],
    [
      'a variable of a substitution',
      custom({ a: { 'Fn::Sub': [`x${sub('v')}`, { v: { 'Fn::Join': ['', [{ Ref: 'First' }]] } }] } }),
    ],
    ['DependsOn', custom({}, { DependsOn: 'First' })],
    ['DependsOn in a list', custom({}, { DependsOn: ['Other', 'First'] })],
  ])('follows %s', (_, Second) => {
    expect(customResourceIds({ Second, First: custom() })).toEqual(['First', 'Second']);
  });

  test('follows resources of other types', () => {
    const Policy = { Type: 'AWS::IAM::Policy', DependsOn: ['First'] };
    expect(customResourceIds({ Second: custom({}, { DependsOn: ['Policy'] }), Policy, First: custom() })).toEqual([
      'First',
      'Second',
    ]);
  });

  test("is the template's otherwise, without resources of other types", () => {
    const Bus = { Type: 'AWS::Events::EventBus' };
    const CustomResource = { Type: 'AWS::CloudFormation::CustomResource' };
    const Emptied = { Type: 'Custom::S3AutoDeleteObjects' };
    expect(customResourceIds({ B: custom(), Bus, Emptied, A: custom(), CustomResource })).toEqual([
      'B',
      'A',
      'CustomResource',
    ]);
  });

  test('ends if resources refer to each other', () => {
    expect(customResourceIds({ A: custom({ x: { Ref: 'B' } }), B: custom({ x: { Ref: 'A' } }) })).toEqual(['B', 'A']);
  });
});

test('a literal in a substitution is not a reference', () => {
  expect(referencesIn({ 'Fn::Sub': `${sub('!Literal')} ${sub('A')} ${sub('B.Arn')}` })).toEqual(['A', 'B']);
});
