import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Deps } from '../../functions/follow-state-changes.ts';
import { type Connection, newConnection, nextVersion } from '../../shared/endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../shared/endpoints/endpoint/endpoint-record.ts';
import type { HistoryEntry } from '../../shared/endpoints/endpoint/history-entry.ts';
import { deadLetterSchema } from '../../shared/ground/aws/dead-letter.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import type { Roster } from '../../shared/operators/operator/roster.ts';
import { tokenGuard } from '../shared/endpoints/endpoint/given-record.ts';
import { aMoment } from '../support/a-moment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of variables) process.env[name] ??= 'unused';
const { followStateChanges } = await import('../../functions/follow-state-changes.ts');

const noon = '2026-03-01T12:00:00.000Z';
const invocation = {
  awsRequestId: 'r-1',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:follow',
  functionVersion: '$LATEST',
};

const opened = newConnection({ name: 'orders', provider: 'generic', description: '' }, 'c1', {
  by: 'op_1',
  now: new Date(noon),
});
const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;
const endpoint: Endpoint = { id: 'e1', status: 'active', settings: {}, guard: tokenGuard, tokens: [] };
const entry = (verb: HistoryEntry['verb'], more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  verb,
  by: 'op_1',
  at: noon,
  from: 'active',
  to: 'active',
  ...more,
});
const withEndpoint = (more: Partial<Endpoint>, made: HistoryEntry): Connection =>
  nextVersion(opened, { endpoint: { ...endpoint, ...more } }, made);

const imageOf = (record: object) => ({ record: { S: JSON.stringify(record) }, requestId: { S: 'request-1' } });

/** The stream's record of a change of a connection, with this sequence number. */
const changed = (
  before: Connection | undefined,
  after: Connection | undefined,
  SequenceNumber = '1',
): DynamoDBRecord => ({
  dynamodb: {
    Keys: { pk: { S: 'connection#orders' } },
    SequenceNumber,
    ApproximateCreationDateTime: Date.parse(noon) / 1000,
    ...(before && { OldImage: imageOf(before) }),
    ...(after && { NewImage: imageOf(after) }),
  },
});

/** The names of the steps that fail, each with the name of its error. */
type Faults = Partial<Record<'append' | 'open' | 'wake' | 'delete' | 'publish' | 'keep' | 'begin' | 'cancel', string>>;

/**
 * The function's dependencies. `steps` has each call in its order. `code` is the bus's error code for each notice.
 */
function aWorld({ faults = {}, code, waiting = 0 }: { faults?: Faults; code?: string; waiting?: number } = {}) {
  const steps: unknown[] = [];
  const lines: unknown[] = [];
  const kept = new Map<string, string>();
  const jobs = new Set<string>();
  const attempt = async (step: keyof Faults) => {
    await aMoment();
    const name = faults[step];
    if (name) throw Object.assign(new Error('a record {"token":"x"}'), { name });
  };
  const deps: Deps = {
    async append(connectionId, { verb, version, requestId }) {
      await attempt('append');
      steps.push(['history', connectionId, verb, version, requestId]);
    },
    async appendDestinationLine(id, { verb, version, requestId }) {
      await attempt('append');
      steps.push(['destination history', id, verb, version, requestId]);
    },
    async appendOperatorLine({ verb, version }) {
      await attempt('append');
      steps.push(['operator history', verb, version]);
    },
    jobs: {
      find: async (_, id) => (jobs.has(id) ? ({} as never) : undefined),
      async open({ id, kind, connectionId, startedAt }) {
        await attempt('open');
        jobs.add(id);
        steps.push(['job', id, kind, connectionId, startedAt]);
        return undefined;
      },
    },
    async wake() {
      // Longer than a notice takes.
      await aMoment();
      await attempt('wake');
      steps.push(['wake']);
    },
    async deleteSecret(name) {
      await attempt('delete');
      steps.push(['delete secret', name]);
    },
    async beginGeneration({ id, generation }) {
      await attempt('begin');
      steps.push(['generation', id, generation]);
    },
    async cancelDeliveries(id) {
      await attempt('cancel');
      steps.push(['cancel', id]);
      return { cancelled: waiting, sample: waiting === 0 ? [] : ['dlv_1'] };
    },
    async publish(entries) {
      await attempt('publish');
      return entries.map(({ DetailType }) => {
        steps.push(['notice', DetailType]);
        return code;
      });
    },
    async keepDeadLetter(key, text) {
      await attempt('keep');
      kept.set(key, text);
    },
    now: () => new Date('2026-03-01T12:00:05.000Z'),
    log: (line, level = 'info') => lines.push({ level, ...line }),
  };
  const follow = followStateChanges(deps);
  /** Passes a batch on. @returns the sequence number from which the stream repeats it, if any */
  const run = async (...Records: DynamoDBRecord[]) =>
    (await follow({ Records }, invocation)).batchItemFailures.map(({ itemIdentifier }) => String(itemIdentifier));
  return { steps, lines, kept, run };
}

test('a change is written to the history, and then the bus gets a notice', async () => {
  const { steps, lines, run } = aWorld();
  expect(await run(changed(undefined, opened))).toEqual([]);
  expect(steps).toEqual([
    ['history', 'c1', 'create', 1, 'request-1'],
    ['notice', 'connection.opened'],
  ]);
  expect(lines).toEqual([]);
});

test('a step that only begins something is written to the history without a notice', async () => {
  const { steps, run } = aWorld();
  expect(await run(changed(opened, withEndpoint({}, entry('generateToken', { step: 'begin' }))))).toEqual([]);
  expect(steps).toEqual([['history', 'c1', 'generateToken', 2, 'request-1']]);
});

test('the removal of a connection adds no line to the history, because the version before names the operator', async () => {
  const { steps, run } = aWorld();
  await run(changed(opened, undefined));
  expect(steps).toEqual([['notice', 'connection.deleted']]);
});

test('a secret that the record no longer names is deleted before the notice, and the deletion is logged', async () => {
  const { steps, lines, run } = aWorld();
  const before = withEndpoint({ secret: arn('hooks/orders/1') }, entry('generateToken'));
  expect(await run(changed(before, nextVersion(before, { endpoint }, entry('removeToken'))))).toEqual([]);
  expect(steps).toEqual([
    ['history', 'c1', 'removeToken', 3, 'request-1'],
    ['delete secret', 'hooks/orders/1'],
    ['notice', 'endpoint.token_removed'],
  ]);
  expect(lines).toEqual([{ level: 'info', outcome: 'secret_deleted', connection: 'orders', version: 3 }]);
});

describe('a change that no verb makes, such as a table that is cleared or restored by hand, deletes no secret', () => {
  const before = withEndpoint({ secret: arn('hooks/orders/1') }, entry('generateToken'));
  const older = { ...opened, endpoint };

  const told = ['history', 'notice'];

  test.each<[string, Connection | undefined, string[]]>([
    ['a record that is removed with its secret', undefined, ['notice']],
    ['an older record', older, told],
    ['a record of the same version', { ...older, version: 2 }, told],
    ['a record that skips a version', { ...older, version: 4 }, told],
    ['the next version of another connection of the same name', { ...older, id: 'c2', version: 3 }, told],
  ])('%s', async (_, after, kinds) => {
    const { steps, lines, run } = aWorld();
    expect(await run(changed(before, after))).toEqual([]);
    expect(steps.map((step) => (step as unknown[])[0])).toEqual(kinds);
    const { version } = after ?? before;
    const secrets = ['hooks/orders/1'];
    expect(lines).toEqual([{ level: 'warn', outcome: 'secrets_kept', connection: 'orders', version, secrets }]);
  });
});

const release = () =>
  changed(
    withEndpoint({ hold: { id: 'h1', since: noon } }, entry('hold')),
    withEndpoint({}, entry('release', { hold: 'h1', heldSince: noon })),
  );

test('a release starts its job and wakes the runner, once even if the stream repeats the record', async () => {
  const { steps, run } = aWorld();
  await run(release());
  const notice = ['notice', 'endpoint.released'];
  const history = ['history', 'c1', 'release', 2, 'request-1'];
  expect(steps).toEqual([
    history,
    ['job', 'release-h1', 'release', 'c1', '2026-03-01T12:00:05.000Z'],
    ['wake'],
    notice,
  ]);
  steps.length = 0;
  await run(release());
  expect(steps).toEqual([history, ['wake'], notice]);
});

test("a release goes on if the runner can't be woken, because the schedule wakes it", async () => {
  const { steps, lines, run } = aWorld({ faults: { wake: 'TooManyRequestsException' } });
  expect(await run(release())).toEqual([]);
  expect(steps).toContainEqual(['notice', 'endpoint.released']);
  expect(lines).toEqual([{ level: 'error', outcome: 'runner_not_woken', fault: 'TooManyRequestsException' }]);
});

const roster: Roster = {
  version: 4,
  operators: [],
  entry: {
    verb: 'createOperator',
    by: 'op_1',
    at: noon,
    operator: { id: 'op_2', name: 'ci', role: 'flow_designer' },
  },
};
const rosterChanged = (record: object): DynamoDBRecord => ({
  dynamodb: { Keys: { pk: { S: 'operators' } }, SequenceNumber: '7', NewImage: imageOf(record) },
});

test('a change of the operators is written to their history, and then the bus gets a notice', async () => {
  const { steps, run } = aWorld();
  expect(await run(rosterChanged(roster))).toEqual([]);
  expect(steps).toEqual([
    ['operator history', 'createOperator', 4],
    ['notice', 'operator.created'],
  ]);
});

test("if the operators' history or notice fails, the stream repeats that record", async () => {
  const history = aWorld({ faults: { append: 'ThrottlingException' } });
  expect([await history.run(rosterChanged(roster)), history.steps]).toEqual([['7'], []]);
  const notice = aWorld({ code: 'ThrottlingException' });
  expect(await notice.run(rosterChanged(roster))).toEqual(['7']);
});

test('a record of another kind needs no step', async () => {
  const { steps, lines, run } = aWorld();
  expect(
    await run({ dynamodb: { Keys: { pk: { S: 'other' } } } }, rosterChanged({ version: 1, operators: [] })),
  ).toEqual([]);
  expect([steps, lines]).toEqual([[], []]);
});

test.each<[string, Faults, number]>([
  ['the history', { append: 'ThrottlingException' }, 0],
  ['the job of a release', { open: 'ThrottlingException' }, 1],
  ['the notice', { publish: 'ThrottlingException' }, 3],
])('if %s fails, the stream repeats the batch from that record', async (_, faults, done) => {
  const { steps, lines, run } = aWorld({ faults });
  expect(await run(release(), changed(undefined, opened, '2'))).toEqual(['1']);
  // The steps before the failed one are done. The second record waits.
  expect(steps).toHaveLength(done);
  expect(lines).toEqual([{ level: 'error', outcome: 'stuck', fault: 'ThrottlingException' }]);
});

test('if the deletion of a secret fails, the records before it are done', async () => {
  const { steps, run } = aWorld({ faults: { delete: 'InternalServiceError' } });
  const before = withEndpoint({ secret: arn('hooks/orders/1') }, entry('generateToken'));
  expect(
    await run(
      changed(undefined, opened, '1'),
      changed(before, nextVersion(before, { endpoint }, entry('removeToken')), '2'),
    ),
  ).toEqual(['2']);
  expect(steps).toContainEqual(['notice', 'connection.opened']);
  expect(steps).not.toContainEqual(['notice', 'endpoint.token_removed']);
});

test('a stuck record without a sequence number asks for the whole batch again', async () => {
  const { run } = aWorld({ faults: { append: 'ThrottlingException' } });
  const { dynamodb: { SequenceNumber: _, ...rest } = {} } = changed(undefined, opened);
  expect(await run({ dynamodb: rest })).toEqual(['']);
});

test.each([
  ['throttles', 'ThrottlingException', ['1'], { level: 'error', outcome: 'stuck', fault: 'ThrottlingException' }],
  [
    'refuses for good',
    'InvalidArgument',
    [],
    { level: 'error', outcome: 'notice_refused', connection: 'orders', version: 1, code: 'InvalidArgument' },
  ],
])('a notice that the bus %s', async (_, code, repeated, line) => {
  const { lines, run } = aWorld({ code });
  expect(await run(changed(undefined, opened))).toEqual(repeated);
  expect(lines).toEqual([line]);
});

test("an operators' notice that the bus refuses for good names the version of the roster", async () => {
  const { lines, run } = aWorld({ code: 'InvalidArgument' });
  expect(await run(rosterChanged(roster))).toEqual([]);
  expect(lines).toEqual([{ level: 'error', outcome: 'notice_refused', version: 4, code: 'InvalidArgument' }]);
});

test("a record that can't be read becomes a dead letter, and the next record is followed", async () => {
  const { steps, lines, kept, run } = aWorld();
  const unreadable = changed(undefined, { name: 'orders' } as Connection);
  expect(await run(unreadable, changed(undefined, opened, '2'))).toEqual([]);
  expect(steps).toContainEqual(['notice', 'connection.opened']);
  const [[key = '', text = ''] = []] = [...kept];
  const { payload, requestContext } = deadLetterSchema.parse(JSON.parse(text));
  expect(JSON.parse(String(payload)).Records).toEqual([unreadable]);
  expect(requestContext).toMatchObject({ condition: 'Unreadable' });
  expect(lines).toEqual([{ level: 'error', outcome: 'given_up', object: key }]);
});

test("an unreadable record is repeated if its dead letter can't be stored", async () => {
  const { steps, lines, run } = aWorld({ faults: { keep: 'SlowDown' } });
  expect(await run(changed(undefined, {} as Connection), changed(undefined, opened, '2'))).toEqual(['1']);
  expect(steps).toEqual([]);
  expect(lines).toEqual([{ level: 'error', outcome: 'stuck', fault: 'SlowDown' }]);
});

describe('a change of a destination', () => {
  const name = 'hooklatch/dev/destination/shop/1';
  const made = {
    ...{
      id: 'dst_1',
      name: 'shop',
      description: '',
      origin: 'https://shop.example.com',
      method: 'POST',
      headerNames: [],
    },
    ...{ authKind: 'none', timeoutSeconds: 15, version: 2, createdAt: noon, updatedAt: noon, updatedBy: 'op_1' },
    secret: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`,
    valueId: 'v1',
    signing: { createdAt: noon, createdBy: 'op_1' },
    entry: { verb: 'create', by: 'op_1', at: noon },
  };
  const deleted = { ...made, version: 3, entry: { ...made.entry, verb: 'delete' } };
  const changeOf = (before: object | undefined, after: object | undefined): DynamoDBRecord => ({
    dynamodb: {
      Keys: { pk: { S: 'destination#shop' } },
      SequenceNumber: '1',
      ...(before && { OldImage: imageOf(before) }),
      ...(after && { NewImage: imageOf(after) }),
    },
  });
  const line = (verb: string, version: number) => ['destination history', 'dst_1', verb, version, 'request-1'];

  test.each([
    ['a new one', undefined, made, [line('create', 2)]],
    ['a deletion', made, deleted, [line('delete', 3)]],
    [
      'a removal after it',
      deleted,
      undefined,
      [
        ['delete secret', name],
        ['cancel', 'dst_1'],
      ],
    ],
    ['a removal by hand', made, undefined, [['cancel', 'dst_1']]],
    [
      'another generation',
      { ...made, generation: 2 },
      { ...made, version: 3, generation: 3 },
      [line('create', 3), ['generation', 'dst_1', 3]],
    ],
  ])('is followed by its steps: %s', async (_, before, after, expected) => {
    const { run, steps, lines } = aWorld();
    expect(await run(changeOf(before, after))).toEqual([]);
    expect(steps).toEqual(expected);
    const isDeletion = { level: 'info', outcome: 'secret_deleted', destination: 'shop', version: 3 };
    expect(lines.filter((line) => (line as { level: string }).level === 'info')).toEqual(
      after === undefined && before !== made ? [isDeletion] : [],
    );
  });

  test('by hand is in the log, with the name of the secret that stays', async () => {
    const { run, lines } = aWorld();
    await run(changeOf(made, undefined));
    expect(lines).toEqual([
      { level: 'warn', outcome: 'secrets_kept', destination: 'shop', version: 2, secrets: [name] },
    ]);
  });

  test.each<[keyof Faults, object | undefined, object | undefined]>([
    ['append', undefined, made],
    ['delete', deleted, undefined],
    ['cancel', made, undefined],
    ['begin', made, { ...made, generation: 2 }],
  ])('is handed over again if %s fails, and then succeeds', async (step, before, after) => {
    const faults: Faults = { [step]: 'ThrottlingException' };
    const { run, steps } = aWorld({ faults });
    expect(await run(changeOf(before, after))).toEqual(['1']);
    delete faults[step];
    expect(await run(changeOf(before, after))).toEqual([]);
    expect(new Set(steps.map((each) => JSON.stringify(each))).size).toBe(
      before && after ? 2 : before === deleted ? 2 : 1,
    );
  });

  test('that cancels deliveries is told on the bus, and logged', async () => {
    const { run, steps, lines } = aWorld({ waiting: 3 });
    expect(await run(changeOf(deleted, undefined))).toEqual([]);
    expect(steps.slice(-2)).toEqual([
      ['cancel', 'dst_1'],
      ['notice', 'delivery.cancelled'],
    ]);
    expect(lines).toContainEqual({
      level: 'warn',
      outcome: 'deliveries_cancelled',
      destination: 'shop',
      version: 3,
      records: 3,
    });
  });
});
