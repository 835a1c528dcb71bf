/** What `doctor` makes of what it finds. AWS is a small server on this machine that answers as CloudWatch and Lambda do. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from '@jest/globals';
import { alarmChecks, awsChecks, functionChecks, quotaChecks } from '../../../../clients/cli/doctor/aws-checks.ts';
import type { Check } from '../../../../clients/cli/doctor/check.ts';
import { clockCheck, tokenCheck, versionCheck } from '../../../../clients/cli/doctor/deployment-checks.ts';
import { aDeployment, answered, env } from '../given-api.ts';
import { hooklatch } from '../given-terminal.ts';

const now = new Date('2026-03-01T12:00:00.000Z');

test.each([
  ['Sun, 01 Mar 2026 12:00:00 GMT', 'passed', "This machine's clock is 0 s ahead of the deployment's."],
  ['Sun, 01 Mar 2026 12:01:00 GMT', 'passed', "This machine's clock is 60 s behind the deployment's."],
  ['Sun, 01 Mar 2026 11:58:59 GMT', 'warning', "This machine's clock is 61 s ahead of the deployment's. Correct it"],
  ['yesterday', 'skipped', 'The answer does not say what time it is.'],
  [null, 'skipped', 'The answer does not say what time it is.'],
])('if the deployment says that it is %s, the clock has %s', (date, outcome, text) => {
  const check = clockCheck(date, { sent: now, answered: now });
  expect(check).toMatchObject({ check: 'clock', outcome });
  expect(check.detail).toContain(text);
});

test.each([
  ['1.2.3', 'passed', 'The deployment and this command line have version 1.2.3.'],
  ['1.2.4', 'warning', 'The deployment has version 1.2.4, and this command line 1.2.3. Some commands can fail: deploy'],
])('beside a deployment of version %s, 1.2.3 has %s', (theirs, outcome, text) => {
  const check = versionCheck({ theirs, ours: '1.2.3' });
  expect(check).toMatchObject({ check: 'version', outcome });
  expect(check.detail).toContain(text);
});

test('half of the time of the request counts', () => {
  const between = { sent: now, answered: new Date('2026-03-01T12:00:10.000Z') };
  expect(clockCheck('Sun, 01 Mar 2026 12:00:05 GMT', between).detail).toContain('is 0 s');
});

const me = { id: 'ci', name: 'ci', role: 'flow_designer' as const, allowedActions: [] };

test.each([
  [undefined, 'passed', 'ci, flow_designer'],
  ['2026-03-09T12:00:00.000Z', 'passed', 'ci, flow_designer, until 2026-03-09T12:00:00.000Z'],
  ['2026-03-08T12:00:00.000Z', 'warning', 'hooklatch operators create'],
])('a token until %s has %s', (expiresAt, outcome, text) => {
  const check = tokenCheck({ ...me, ...(expiresAt && { expiresAt }) }, now);
  expect(check).toMatchObject({ outcome });
  expect(check.detail).toContain(text);
});

const alarm = { AlarmName: 'hooklatch-dev-relay', AlarmActions: ['arn'], ActionsEnabled: true };
const ringing = { ...alarm, StateValue: 'ALARM' as const, AlarmDescription: 'Nothing is published.' };
const outcomesOf = (checks: readonly Check[]) => checks.map(({ check, outcome }) => `${check}: ${outcome}`);

test.each([
  ['none', [], ['alarms: failed']],
  ['a quiet one', [{ ...alarm, StateValue: 'OK' as const }], ['alarms: passed']],
  ['one without data', [{ ...alarm, StateValue: 'INSUFFICIENT_DATA' as const }], ['alarms: passed']],
  ['a ringing one', [ringing, alarm], ['alarm hooklatch-dev-relay: failed']],
  ['one that tells nobody', [{ ...alarm, AlarmActions: [] }], ['alarms: passed', 'alarm actions: warning']],
  ['one that is switched off', [{ ...alarm, ActionsEnabled: false }], ['alarms: passed', 'alarm actions: warning']],
])('alarms: %s', (_, alarms, outcomes) => {
  expect(outcomesOf(alarmChecks('hooklatch-dev', alarms))).toEqual(outcomes);
});

test('an alarm that rings says what breaks', () => {
  expect(alarmChecks('hooklatch-dev', [ringing])[0]?.detail).toBe('Nothing is published.');
});

const fn = { FunctionName: 'hooklatch-dev-ingest' };

test.each([
  ['none of this stage', [{ FunctionName: 'hooklatch-prod-ingest' }], ['functions: failed']],
  ['one that runs', [fn, { ...fn, State: 'Inactive' as const }], ['functions: passed']],
  ['one that can’t be made', [{ ...fn, State: 'Failed' as const }], ['function hooklatch-dev-ingest: failed']],
  [
    'one with a failed update',
    [{ ...fn, LastUpdateStatus: 'Failed' as const }],
    ['function hooklatch-dev-ingest: failed'],
  ],
])('functions: %s', (_, functions, outcomes) => {
  expect(outcomesOf(functionChecks('hooklatch-dev', functions))).toEqual(outcomes);
});

/** A function of a stack that a queue wakes, and how many of it at once. */
const woken = (stack: string, name: string, MaximumConcurrency: number, variables: string[] = []) => {
  const FunctionArn = `arn:aws:lambda:eu-central-1:123456789012:function:${stack}-${name}`;
  const Environment = { Variables: Object.fromEntries(variables.map((each) => [each, 'x'])) };
  const Description = `Hooklatch functions/${name}.ts`;
  return {
    fn: { FunctionName: `${stack}-${name}`, FunctionArn, Description, Environment },
    mapping: { FunctionArn, ScalingConfig: { MaximumConcurrency } },
  };
};

test.each([
  [['TRANSFORM_FUNCTION'], 'dispatch 2, park-deliveries 2, transform 4', 11],
  [['TRANSFORM_FUNCTION', 'ONE_TRANSFORM'], 'dispatch 2, park-deliveries 2, transform 1', 8],
])('quota: deliveries with %j hold %s, and three more are needed', (variables, held, needed) => {
  const all = [
    woken('hooklatch-dev', 'dispatch', 2, variables),
    woken('hooklatch-dev', 'park-deliveries', 2),
    woken('hooklatch-prod', 'dispatch', 50, ['TRANSFORM_FUNCTION']),
  ];
  const relay = { FunctionArn: all[0]?.fn.FunctionArn.replace('dispatch', 'relay') };
  const mappings = [relay, ...all.map(({ mapping }) => mapping)];
  const functions = all.map((each) => each.fn);
  const checked = (limit: object) => quotaChecks('hooklatch-dev', functions, mappings, limit);
  expect(checked({ ConcurrentExecutions: needed })).toEqual([
    { check: 'quota', outcome: 'passed', detail: `Lambda runs the ${needed} executions that it needs.` },
  ]);
  const [few] = checked({ ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: needed - 1 });
  expect(few).toMatchObject({ check: 'quota', outcome: 'warning' });
  expect(few?.detail).toContain(
    `at most 1000 executions at once in this account and region, ${needed - 1} of them unreserved`,
  );
  expect(few?.detail).toContain(`Deliveries can hold ${needed - 3} (${held}), and 3 more`);
});

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

/** An answer of AWS: to an operation, or the path of a request, with this body. */
type AwsAnswer = (target: string, response: ServerResponse, body: string) => void;

/** Starts a server in place of AWS. @returns its URL */
async function inPlaceOfAws(answer: AwsAnswer): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    answer(`${request.headers['x-amz-target'] ?? request.url}`, response, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** @returns the checks of a look at a server in place of AWS */
async function lookAt(answer: AwsAnswer): Promise<Check[]> {
  const endpoint = await inPlaceOfAws(answer);
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  const checks: Check[] = [];
  for await (const check of awsChecks('hooklatch-dev', {
    endpoint,
    region: 'eu-central-1',
    credentials,
    maxAttempts: 1,
  })) {
    checks.push(check);
  }
  return checks;
}

test('reads every page of the alarms, functions and mappings', async () => {
  const dispatch = woken('hooklatch-dev', 'dispatch', 2);
  const answers: Record<string, object[]> = {
    DescribeAlarms: [{ MetricAlarms: [alarm], NextToken: 'more' }, { MetricAlarms: [ringing] }],
    functions: [{ Functions: [], NextMarker: 'more' }, { Functions: [dispatch.fn] }],
    'event-source-mappings': [
      { EventSourceMappings: [], NextMarker: 'more' },
      { EventSourceMappings: [dispatch.mapping] },
    ],
    // Two of the five that are needed are known from the second page alone.
    'account-settings': [{ AccountLimit: { ConcurrentExecutions: 4 } }],
  };
  const checks = await lookAt((target, response) => {
    const page = answers[Object.keys(answers).find((each) => target.includes(each)) ?? '']?.shift();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(page));
  });
  expect(outcomesOf(checks)).toEqual(['alarm hooklatch-dev-relay: failed', 'functions: passed', 'quota: warning']);
});

test('names the permission that the caller lacks', async () => {
  const checks = await lookAt((_, response) => {
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' };
    response.writeHead(403, headers).end('{"__type":"AccessDeniedException","message":"no"}');
  });
  expect(checks).toEqual([
    { check: 'alarms', outcome: 'skipped', detail: 'Your AWS credentials lack cloudwatch:DescribeAlarms.' },
    { check: 'functions', outcome: 'skipped', detail: 'Your AWS credentials lack lambda:ListFunctions.' },
  ]);
});

test('an error of AWS is a failed check', async () => {
  const checks = await lookAt((_, response) => response.writeHead(500).end('{}'));
  expect(outcomesOf(checks)).toEqual(['alarms: failed', 'functions: failed']);
  expect(checks[0]?.detail).toContain('Check your AWS credentials and the region.');
});

const inAws = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };

describe('destinations', () => {
  const at = '2026-03-01T11:00:00.000Z';
  const waiting = { count: 12, isMore: false, oldest: at };
  const wrong = { at, what: 'answered 503' };
  const checked = async (healths: Record<string, object>) => {
    const { fetch } = aDeployment(({ path }) => {
      if (path === '/v1/me') return answered(me);
      if (path === '/healthz') return answered({ version: '0' });
      if (path === '/v1/destinations')
        return answered({ items: Object.keys(healths).map((name) => ({ name })), nextCursor: null });
      const health = healths[path.split('/')[3] ?? ''] ?? {};
      return path.endsWith('/health') ? answered(health) : answered({ items: [], nextCursor: null });
    });
    const { code, json } = await hooklatch(['doctor', '--json'], { env, fetch });
    const checks = (json()['checks'] as Check[]).filter(({ check }) => check.startsWith('destination'));
    return { code, checks };
  };

  test('that take what they get pass', async () => {
    expect(await checked({ crm: { state: 'well', waiting: { count: 0, isMore: false } } })).toEqual({
      code: 0,
      checks: [{ check: 'destinations', outcome: 'passed', detail: '1 of 1 take what they get.' }],
    });
  });

  test('that fail say since when, what went wrong, how many wait and the next attempt', async () => {
    const failing = { state: 'failing', since: at, wrong, waiting, nextAttemptAt: '2026-03-01T12:00:00.000Z' };
    const well = { state: 'well', waiting: { count: 0, isMore: false } };
    const alone = { count: 1, id: 'dlv_1', since: at, attempts: 4, wrong };
    const { code, checks } = await checked({ crm: failing, depot: { ...well, alone }, shop: well });
    expect(code).toBe(1);
    expect(checks).toEqual([
      {
        check: 'destination crm',
        outcome: 'failed',
        detail:
          'destination failing since 2026-03-01T11:00:00.000Z: Its attempts fail, and none has succeeded since. Answered 503 at 2026-03-01T11:00:00.000Z. 12 deliveries wait, the oldest of 2026-03-01T11:00:00.000Z. Next attempt: 2026-03-01T12:00:00.000Z.',
      },
      {
        check: 'destination depot',
        outcome: 'warning',
        detail:
          'delivery failing since 2026-03-01T11:00:00.000Z: One delivery fails although others succeed. It was attempted 4 times: answered 503 at 2026-03-01T11:00:00.000Z.',
      },
      { check: 'destinations', outcome: 'passed', detail: '1 of 3 take what they get.' },
    ]);
  });
});

/** Runs `doctor` with these variables of AWS. The deployment has no connection. */
async function doctor(args: string[], variables: Readonly<Record<string, string>>) {
  const before = { ...process.env };
  endings.push(() => {
    process.env = before;
  });
  Object.assign(process.env, inAws, variables);
  const { fetch } = aDeployment(({ path }) => {
    if (path === '/v1/me') return answered(me);
    return answered(path === '/healthz' ? { version: '0' } : { items: [], nextCursor: null });
  });
  const { code, json } = await hooklatch(['doctor', ...args, '--json'], { env, fetch });
  return { code, checks: outcomesOf(json()['checks'] as Check[]).slice(6) };
}

test.each([
  [[], []],
  [['--stage', 'prod'], []],
  [['--aws'], ['alarms: passed', 'functions: failed']],
  [
    ['--aws', '--stage', 'prod'],
    ['alarm hooklatch-prod-relay: failed', 'functions: passed', 'quota: passed'],
  ],
  [
    ['--aws', '--stack', 'Hooks'],
    ['alarm Hooks-relay: failed', 'functions: passed', 'quota: passed'],
  ],
])(
  'doctor %j looks at AWS with --aws alone, at the alarms and functions of --stage or --stack',
  async (args, outcomes) => {
    const alarms: Readonly<Record<string, object>> = {
      'hooklatch-dev-': alarm,
      'hooklatch-prod-': { ...ringing, AlarmName: 'hooklatch-prod-relay' },
      'Hooks-': { ...ringing, AlarmName: 'Hooks-relay' },
    };
    const url = await inPlaceOfAws((target, response, body) => {
      const isOfAlarms = target.includes('DescribeAlarms');
      const functions = { Functions: [{ FunctionName: 'hooklatch-prod-ingest' }, { FunctionName: 'Hooks-ingest' }] };
      const answer = isOfAlarms ? { MetricAlarms: [alarms[JSON.parse(body).AlarmNamePrefix]] } : functions;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
    });
    const { code, checks } = await doctor(args, { AWS_ENDPOINT_URL: url });
    expect([code, checks]).toEqual([outcomes.some((outcome) => outcome.endsWith('failed')) ? 1 : 0, outcomes]);
  },
);
