/** The streams that a deployment would make a function read again, on pairs of templates: the deployed one and the new one. */
import { expect, test } from '@jest/globals';
import type { Resources } from '../../../../clients/cli/deploy-check/lost-resources.ts';
import { rereadStreams } from '../../../../clients/cli/deploy-check/reread-streams.ts';
import { theTemplate } from '../../../infra/given-template.ts';

const streamOf = (table: string) => ({ 'Fn::GetAtt': [table, 'StreamArn'] });
const mapping = (table: string, more: object = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { EventSourceArn: streamOf(table), StartingPosition: 'TRIM_HORIZON', BatchSize: 100, ...more },
});
const found = (deployed: Resources, next: Resources) => rereadStreams(deployed, next).map(({ id }) => id);

test.each<[string, Resources, Resources, string[]]>([
  ['a function that was renamed', { Tally: mapping('Events') }, { Count: mapping('Events') }, ['Tally']],
  [
    'two that have exchanged their streams',
    { A: mapping('Events'), B: mapping('State') },
    { A: mapping('State'), B: mapping('Events') },
    ['A', 'B'],
  ],
  [
    'one that begins with the first record from now on',
    { A: mapping('Events'), B: mapping('Events', { StartingPosition: 'LATEST' }) },
    { B: mapping('Events') },
    ['A'],
  ],
  [
    'the stream of another stack, by its ARN',
    { A: mapping('', { EventSourceArn: 'arn:s' }) },
    { B: mapping('', { EventSourceArn: 'arn:s' }) },
    ['A'],
  ],
])('is read again: %s', (_, deployed, next, expected) => {
  expect(found(deployed, next)).toEqual(expected);
});

test.each<[string, Resources, Resources]>([
  ['no change', { A: mapping('Events') }, { A: mapping('Events') }],
  ['another size of batches', { A: mapping('Events') }, { A: mapping('Events', { BatchSize: 10 }) }],
  ['another reader beside the old one', { A: mapping('Events') }, { A: mapping('Events'), B: mapping('Events') }],
  ['a reader that goes', { A: mapping('Events'), B: mapping('Events') }, { A: mapping('Events') }],
  ['a first deployment', {}, { A: mapping('Events') }],
  ['a new reader of what comes', { A: mapping('Events') }, { B: mapping('Events', { StartingPosition: 'LATEST' }) }],
  ['another stream', { A: mapping('Events') }, { B: mapping('State') }],
  [
    'a queue, which has no beginning',
    { A: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'arn:q' } } },
    { B: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: 'arn:q' } } },
  ],
])('is not read again: %s', (_, deployed, next) => {
  expect(found(deployed, next)).toEqual([]);
});

test('an update of Hooklatch from the version that called two of the functions otherwise is told', async () => {
  const { Resources: next } = (await theTemplate('prod')).template;
  const renamed: Record<string, string> = {
    counteventsFunctionStream12B1B873: 'tallyFunctionStream57A64B3C',
    followstatechangesFunctionStream8D76E4CC: 'historyFunctionStream2523DB03',
  };
  const deployed = Object.fromEntries(Object.entries(next).map(([id, each]) => [renamed[id] ?? id, each]));
  const warnings = rereadStreams(deployed, next);
  expect(warnings.map(({ id }) => id).sort()).toEqual(Object.values(renamed).sort());
  expect(warnings.find(({ id }) => id === 'tallyFunctionStream57A64B3C')?.sentence).toContain(
    'It would be replaced by counteventsFunctionStream12B1B873, which reads the stream of EventsTable4B7491D3 from its first record.',
  );
  expect(rereadStreams(next, next)).toEqual([]);
});
