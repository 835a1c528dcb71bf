import { expect, test } from '@jest/globals';
import {
  requestUuid,
  resourceAnswer,
  resourceRequestSchema,
  sendAnswer,
} from '../../../../shared/ground/aws/custom-resource.ts';
import { aMoment } from '../../../support/a-moment.ts';

const ids = {
  StackId: 'arn:aws:cloudformation:eu-central-1:1:stack/shop/1',
  RequestId: 'r1',
  LogicalResourceId: 'Orders',
};
const url = 'https://cloudformation.example.com/answer?X-Amz-Signature=signed';
const request = { ...ids, RequestType: 'Create', ResponseURL: url, ResourceProperties: { Name: 'orders' } };
const made = { PhysicalResourceId: 'c1' };
const update = { ...request, RequestType: 'Update', ...made, OldResourceProperties: {} };
const deletion = { ...request, RequestType: 'Delete', ...made };

test.each([request, update, deletion])('a request is read without what the protocol adds: %j', (event) => {
  const typed = { ...event, ResourceType: 'Custom::HooklatchDestination' };
  expect(resourceRequestSchema.parse({ ...typed, ServiceToken: 'arn' })).toEqual(typed);
  expect(resourceRequestSchema.parse(event)).toEqual({ ...event, ResourceType: '' });
});

test('the UUID of a request is that of its repetition, and of no other request', () => {
  const id = requestUuid(request);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(requestUuid({ ...request })).toBe(id);
  const others = [{ StackId: 'another' }, { RequestId: 'r2' }, { LogicalResourceId: 'Shop' }];
  expect(new Set([id, ...others.map((other) => requestUuid({ ...request, ...other }))]).size).toBe(4);
});

const without = <T extends object>(event: T, name: keyof T) =>
  Object.fromEntries(Object.entries(event).filter(([key]) => key !== name));

test.each([
  ['of another type', { ...request, RequestType: 'Read' }],
  ['without a type', without(request, 'RequestType')],
  ['without a URL', { ...request, ResponseURL: 'here' }],
  ['without a stack', without(request, 'StackId')],
  ['without an id', without(request, 'RequestId')],
  ['without a name of the resource', without(request, 'LogicalResourceId')],
  ['without properties', without(request, 'ResourceProperties')],
  ['whose properties are a text', { ...request, ResourceProperties: 'Name=orders' }],
  ['that updates nothing', without(update, 'PhysicalResourceId')],
  ['that updates without the old properties', without(update, 'OldResourceProperties')],
  ['that deletes nothing', without(deletion, 'PhysicalResourceId')],
])('a request %s is none', (_, event) => {
  expect(resourceRequestSchema.safeParse(event).success).toBe(false);
});

test('an answer names the request, and has either attributes or a reason', () => {
  expect(resourceAnswer(ids, { status: 'SUCCESS', physicalId: 'c1', data: { Url: 'https://a' } })).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: 'c1',
    ...ids,
    Data: { Url: 'https://a' },
  });
  expect(resourceAnswer(ids, { status: 'FAILED', physicalId: 'c1', reason: 'held' })).toEqual({
    Status: 'FAILED',
    PhysicalResourceId: 'c1',
    ...ids,
    Reason: 'held',
  });
});

test('a reason has at most a thousand characters', () => {
  const answer = resourceAnswer(ids, { status: 'FAILED', physicalId: 'c1', reason: `${'a'.repeat(1_000)}b` });
  expect(answer['Reason']).toBe('a'.repeat(1_000));
});

/** Sends an answer to CloudFormation, which takes it as these results say. A number in `steps` is a wait that is over. */
async function sent(results: readonly (number | Error)[]) {
  const left = [...results];
  const steps: ('put' | number)[] = [];
  const puts: object[] = [];
  const done = sendAnswer(
    url,
    { Status: 'SUCCESS' },
    {
      fetch: async (to, { body, signal, ...init } = {}) => {
        steps.push('put');
        puts.push({ to, ...init, body: String(body), hasTimeLimit: signal instanceof AbortSignal });
        const result = left.shift() ?? 500;
        if (result instanceof Error) throw result;
        return new Response(null, { status: result });
      },
      wait: async (ms) => {
        await aMoment();
        steps.push(ms);
      },
    },
  );
  const thrown = await done.then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { steps, puts, thrown };
}

test('an answer is put to the URL with an empty content type, which the signature of the URL covers', async () => {
  expect(await sent([200])).toEqual({
    puts: [
      {
        to: url,
        method: 'PUT',
        headers: { 'content-type': '' },
        redirect: 'error',
        body: '{"Status":"SUCCESS"}',
        hasTimeLimit: true,
      },
    ],
    steps: ['put'],
    thrown: undefined,
  });
});

test('an answer that does not arrive is sent again, after waits that grow', async () => {
  expect(await sent([new TypeError('fetch failed'), 503, 200])).toMatchObject({
    steps: ['put', 500, 'put', 1_000, 'put'],
    thrown: undefined,
  });
});

test('an answer that never arrives is an error without the URL', async () => {
  const { steps, thrown } = await sent([]);
  expect(steps).toStrictEqual(['put', 500, 'put', 1_000, 'put', 2_000, 'put', 4_000, 'put']);
  expect(thrown).toBe('CloudFormation could not be answered');
});
