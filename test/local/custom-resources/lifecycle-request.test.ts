import { describe, expect, test } from '@jest/globals';
import type { CustomResource } from '../../../local/custom-resources/custom-resource.ts';
import {
  asTexts,
  changeRequest,
  deleteRequest,
  readAnswer,
  refusalOf,
  timeoutOf,
} from '../../../local/custom-resources/lifecycle-request.ts';

const at = { stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/s/u', responseUrl: 'http://127.0.0.1:1/x' };
const wanted = {
  type: 'Custom::Endpoint',
  properties: { ServiceToken: 'arn', name: 'b' },
  deletionPolicy: 'Delete',
  updateReplacePolicy: 'Delete',
} as const;
const current: CustomResource = {
  ...wanted,
  properties: { ServiceToken: 'arn', name: 'a' },
  physicalId: 'p1',
  attributes: {},
};
const identity = { requestId: 'r1', logicalId: 'Orders' };

const common = {
  ServiceToken: 'arn',
  ResponseURL: at.responseUrl,
  StackId: at.stackId,
  RequestId: 'r1',
  LogicalResourceId: 'Orders',
  ResourceType: 'Custom::Endpoint',
};

describe('a request has exactly the fields of CloudFormation', () => {
  test('Create', () => {
    expect(changeRequest({ ...identity, wanted }, at)).toEqual({
      ...common,
      RequestType: 'Create',
      ResourceProperties: { ServiceToken: 'arn', name: 'b' },
    });
  });

  test('Update', () => {
    expect(changeRequest({ ...identity, wanted, current }, at)).toEqual({
      ...common,
      RequestType: 'Update',
      PhysicalResourceId: 'p1',
      ResourceProperties: { ServiceToken: 'arn', name: 'b' },
      OldResourceProperties: { ServiceToken: 'arn', name: 'a' },
    });
  });

  test('Delete', () => {
    expect(deleteRequest({ logicalId: 'Orders', resource: current }, 'r1', at)).toEqual({
      ...common,
      RequestType: 'Delete',
      PhysicalResourceId: 'p1',
      ResourceProperties: { ServiceToken: 'arn', name: 'a' },
    });
  });

  test('numbers and booleans become texts, at any depth', () => {
    expect(asTexts({ days: 7, nested: [{ on: true }, 'x', 1.5] })).toEqual({
      days: '7',
      nested: [{ on: 'true' }, 'x', '1.5'],
    });
  });
});

describe('the time for an answer', () => {
  test.each([
    [{}, 3_600_000],
    [{ ServiceTimeout: '5' }, 5000],
  ])('of %j is %d milliseconds', (properties, expected) => {
    expect(timeoutOf(properties)).toBe(expected);
  });
});

describe('a request is not sent', () => {
  const functions = new Map([
    ['arn', 1],
    ['other', 1],
  ]);
  const withProperties = (properties: Record<string, unknown>) => ({ ...wanted, properties });

  test('unless something is wrong with it', () => {
    const slow = withProperties({ ServiceToken: 'arn', ServiceTimeout: '3600' });
    expect(refusalOf({ ...identity, wanted, current }, functions)).toBeUndefined();
    expect(refusalOf({ ...identity, wanted: slow }, functions)).toBeUndefined();
  });

  test.each([
    ['without a ServiceToken', { wanted: withProperties({}) }, 'it has no ServiceToken'],
    [
      'to a function that is not in the template',
      { wanted: withProperties({ ServiceToken: 'arn:aws:sns:x' }) },
      'its ServiceToken is not the ARN of a function in the template',
    ],
    [
      'to another function than before',
      { wanted: withProperties({ ServiceToken: 'other' }), current },
      "its ServiceToken can't change",
    ],
    [
      'for another type than before',
      { wanted, current: { ...current, type: 'Custom::Old' } },
      "its type can't change from Custom::Old to Custom::Endpoint",
    ],
    ...['0', '3601', '1.5', 'soon'].map(
      (ServiceTimeout) =>
        [
          `with a timeout of ${ServiceTimeout}`,
          { wanted: withProperties({ ServiceToken: 'arn', ServiceTimeout }) },
          'its ServiceTimeout must be from 1 to 3600 seconds',
        ] as const,
    ),
  ])('%s', (_, change, reason) => {
    expect(refusalOf({ ...identity, ...change }, functions)).toBe(reason);
  });
});

describe('an answer', () => {
  const request = changeRequest({ ...identity, wanted }, at);
  const valid = {
    Status: 'SUCCESS',
    PhysicalResourceId: 'p1',
    StackId: at.stackId,
    RequestId: 'r1',
    LogicalResourceId: 'Orders',
  };
  const reading = (answer: Record<string, unknown>) => readAnswer(JSON.stringify({ ...valid, ...answer }), request);

  test('of success has the id and the attributes', () => {
    const Data = { url: 'https://x' };
    expect(reading({ Data, NoEcho: true })).toEqual({ status: 'fulfilled', physicalId: 'p1', attributes: Data });
    expect(reading({})).toEqual({ status: 'fulfilled', physicalId: 'p1', attributes: {} });
  });

  test('of failure has the reason, and the id if there is one', () => {
    const failed = { Status: 'FAILED', Reason: 'The name exists' };
    expect(reading(failed)).toEqual({ status: 'failed', reason: 'The name exists', physicalId: 'p1' });
    const { reason, ...rest } = { status: 'failed', reason: 'The name exists', physicalId: undefined };
    expect(reading({ ...failed, PhysicalResourceId: undefined })).toEqual({ ...rest, reason });
  });

  test.each([
    ['that is too long', { Data: { x: 'x'.repeat(4096) } }, 'it is longer than 4096 bytes'],
    ['with another status', { Status: 'DONE' }, 'Status has another form'],
    ['to another request', { RequestId: 'r2' }, 'RequestId is not that of the request'],
    ['for another stack', { StackId: 'x' }, 'StackId is not that of the request'],
    ['for another resource', { LogicalResourceId: 'x' }, 'LogicalResourceId is not that of the request'],
    ['of failure without a reason', { Status: 'FAILED' }, 'it has no Reason'],
    ['without an id', { PhysicalResourceId: undefined }, 'PhysicalResourceId must have 1 to 1024 bytes'],
    ['with an empty id', { PhysicalResourceId: '' }, 'PhysicalResourceId must have 1 to 1024 bytes'],
    ['with a long id', { PhysicalResourceId: 'é'.repeat(513) }, 'PhysicalResourceId must have 1 to 1024 bytes'],
  ])('%s is a failure', (_, answer, problem) => {
    expect(reading(answer)).toEqual({ status: 'failed', reason: `The answer is not valid: ${problem}` });
  });

  test('that is not JSON is a failure, and is not quoted', () => {
    expect(readAnswer('secret', request)).toEqual({
      status: 'failed',
      reason: 'The answer is not valid: it has another form',
    });
  });
});
