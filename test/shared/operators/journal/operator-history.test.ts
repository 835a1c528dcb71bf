import { expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import {
  type OperatorHistoryLine,
  operatorHistoryLineOf,
  operatorNoticeOf,
} from '../../../../shared/operators/journal/operator-history.ts';

const at = '2026-01-31T12:00:00.000Z';
const operator = { id: 'op_2', name: 'pipeline', role: 'flow_designer' };
const roster = {
  version: 3,
  operators: [{ ...operator, digest: 'ab', createdAt: at, createdBy: 'op_1' }],
  entry: { verb: 'createOperator', by: 'op_1', at, operator },
};
const line: OperatorHistoryLine = {
  version: 3,
  verb: 'createOperator',
  by: 'op_1',
  at,
  requestId: 'r3',
  operator: { id: 'op_2', name: 'pipeline', role: 'flow_designer' },
};

/** The stream record of a change of the roster. */
const changedTo = (record: object | undefined, pk = 'operators'): DynamoDBRecord => ({
  dynamodb: {
    Keys: { pk: { S: pk } },
    ...(record && { NewImage: { record: { S: JSON.stringify(record) }, requestId: { S: 'r3' } } }),
  },
});

test('a change of the roster becomes a line without the digest of a token', () => {
  expect(operatorHistoryLineOf(changedTo(roster))).toEqual(line);
});

test.each<[string, DynamoDBRecord]>([
  ['a connection', changedTo(roster, 'connection#orders')],
  ['a removed roster', changedTo(undefined)],
  ['a roster of a release without history', changedTo({ ...roster, entry: undefined })],
  ['a record without a change', {}],
  ['a record without keys', { dynamodb: {} }],
  ['a record without a partition key', { dynamodb: { Keys: {} } }],
])('%s has no line', (_, record) => {
  expect(operatorHistoryLineOf(record)).toBeUndefined();
});

test('a change by hand, without a request id, has an empty one', () => {
  const NewImage = { record: { S: JSON.stringify(roster) } };
  const record = { dynamodb: { Keys: { pk: { S: 'operators' } }, NewImage } };
  expect(operatorHistoryLineOf(record)?.requestId).toBe('');
});

test.each([{ record: { S: '{"version":3}' } }, { record: { S: '' } }, {}])(
  'the invalid roster %j throws',
  (NewImage) => {
    expect(() => operatorHistoryLineOf({ dynamodb: { Keys: { pk: { S: 'operators' } }, NewImage } })).toThrow();
  },
);

test.each([
  ['createOperator', 'operator.created'],
  ['revokeOperator', 'operator.revoked'],
  ['closeBootstrap', 'operator.bootstrap_closed'],
  ['resetOperators', 'operator.reset'],
] as const)('the notice of %s is %s', (verb, type) => {
  const notice = operatorNoticeOf({ ...line, verb });
  expect(notice).toMatchObject({ Source: 'hooklatch', DetailType: type, Time: new Date('2026-01-31T12:00:00.000Z') });
  expect(JSON.parse(notice.Detail)).toEqual({ version: 3, by: 'op_1', at, operator, requestId: 'r3' });
});
