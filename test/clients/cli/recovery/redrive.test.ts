/**
 * `hooklatch redrive` in AWS, with a small server in its place. `test/e2e/relay.test.ts` has what the functions answer,
 * `test/e2e/recovery.test.ts` a data folder.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { printable } from '../../../../shared/ground/base/printable.ts';
import { hooklatch } from '../given-terminal.ts';
import { aFakeAws, type FakeAws, withVariables } from './given-aws.ts';

const bucket = 'AWS::S3::Bucket';
const stacks = {
  'hooklatch-prod': {
    BodiesBucket7CDFEDE9: [bucket, 'bodies-of-prod'],
    FailuresBucketPolicyA0085020: ['AWS::S3::BucketPolicy', 'policy'],
    FailuresBucket3D5A4556: [bucket, 'failures-of-prod'],
  },
  'hooklatch-dev': { FailuresBucket3D5A4556: [bucket, 'of-dev'] },
  Hooks: { GatewayFailuresBucket0123ABCD: [bucket, 'of-hooks'] },
  Twice: { AFailuresBucket0123ABCD: [bucket, 'a'], BFailuresBucket0123ABCD: [bucket, 'b'] },
  Empty: {},
} as const;

let aws: FakeAws;
let restore: () => void;
beforeAll(async () => {
  aws = await aFakeAws(stacks);
  restore = withVariables(aws.env);
});
afterAll(() => {
  restore();
  aws.close();
});
beforeEach(() => {
  aws.calls = [];
  aws.objects.clear();
});

test.each([
  ['the stage dev by default', [], 'of-dev', 1],
  ['a stage, over several pages', ['--stage', 'prod'], 'failures-of-prod', 2],
  ['the stack of an app of your own', ['--stack', 'Hooks'], 'of-hooks', 1],
  ['a bucket by its name', ['--bucket', 'mine'], 'mine', 0],
])('takes the bucket of %s', async (_, flags, name, looks) => {
  const { code, out, err } = await hooklatch(['redrive', ...flags]);
  expect([code, out, err]).toEqual([0, `0 done, 0 left in ${name}\n`, '']);
  expect(aws.calls.filter((call) => call.startsWith('ListStackResources'))).toHaveLength(looks);
  expect(aws.calls.slice(looks)).toEqual([`GET ${name}`, `GET ${name}`]);
});

test('prints one JSON document with --json', async () => {
  const { json } = await hooklatch(['redrive', '--json']);
  expect(json()).toEqual({ bucket: 'of-dev', done: 0, left: 0, letters: [] });
});

test.each([
  [
    'an unknown stage',
    ['--stage', 'test'],
    'There is no stack hooklatch-test in this account and region. Check --stage or --stack, the region and your AWS credentials.',
  ],
  [
    'another stack',
    ['--stack', 'Empty'],
    'The stack Empty has no dead-letter bucket. Name the stack of the gateway: --stack NAME',
  ],
  ['two gateways', ['--stack', 'Twice'], 'The stack Twice has several: a, b. Name one: --bucket NAME'],
])('%s is explained', async (_, flags, message) => {
  const { code, out, err } = await hooklatch(['redrive', ...flags]);
  expect([code, out, err]).toEqual([2, '', `${message}\n`]);
});

const letter = (functionArn: string) =>
  JSON.stringify({ requestContext: { condition: 'Refused', functionArn }, payload: '{"Records":[]}' });

describe('two dead letters', () => {
  const [first, second] = ['refused/2026-03-01/a', 'refused/2026-03-02/\u001b'];
  beforeEach(() => {
    aws.objects.set(first, letter('relay'));
    aws.objects.set(second, letter('count-events'));
  });
  const invoked = () => aws.calls.filter((call) => call.startsWith('Invoke'));
  const redrive = (...flags: string[]) => hooklatch(['redrive', '--bucket', 'mine', ...flags]);

  test('are handed to the functions that failed, and deleted', async () => {
    const { code, out } = await redrive();
    expect([code, out]).toEqual([0, `done   ${first}\ndone   ${printable(second)}\n2 done, 0 left in mine\n`]);
    expect([invoked(), aws.objects.size]).toEqual([['Invoke relay', 'Invoke count-events'], 0]);
  });

  test('of which --prefix takes one leave the other', async () => {
    const { code, out } = await redrive('--prefix', 'refused/2026-03-01');
    expect([code, out]).toEqual([0, `done   ${first}\n1 done, 0 left in mine\n`]);
    expect([invoked(), [...aws.objects.keys()]]).toEqual([['Invoke relay'], [second]]);
  });

  test('all go to the function that --function names', async () => {
    expect((await redrive('--function', 'new')).code).toBe(0);
    expect(invoked()).toEqual(['Invoke new', 'Invoke new']);
  });

  test('are only listed with --dry-run', async () => {
    const { code, out } = await redrive('--dry-run');
    expect([code, out]).toEqual([1, `there  ${first}\nthere  ${printable(second)}\n0 done, 2 left in mine\n`]);
    expect([invoked(), aws.objects.size]).toEqual([[], 2]);
  });

  test('of which one is none are one JSON document with --json', async () => {
    aws.objects.set(second, 'notes');
    const { code, json } = await redrive('--json');
    const letters = [
      { key: first, outcome: 'done' },
      { key: second, outcome: 'left', reason: 'is not a dead letter' },
    ];
    expect([code, json()]).toEqual([1, { bucket: 'mine', done: 1, left: 1, letters }]);
  });
});
