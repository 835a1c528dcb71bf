/**
 * kill -9 while a function puts events on the bus, a rule sends them to a queue, and a function consumes the queue. Each event that
 * the bus accepted is consumed in the end, at least once.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { type Fixture, givenAssembly, temporaryFolder } from '../local/assembly-fixture.ts';
import { allow } from '../local/event-source-mapping/given-stream.ts';
import { send } from '../local/http-client.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aStartedProcess, type Started } from './given-process.ts';

const rounds = 8;
const dataDir = temporaryFolder();
const consumedFile = join(temporaryFolder(), 'consumed');

/** Puts ten events on the bus, and returns their ids. */
const putting = `
  const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
  const client = new EventBridgeClient({});
  const Entries = Array.from({ length: 10 }, () => ({ Source: 'shop', DetailType: 'order', Detail: '{}' }));
  exports.handler = async () => {
    const answer = await client.send(new PutEventsCommand({ Entries }));
    return { ids: answer.Entries.map(({ EventId }) => EventId) };
  };`;

/** Notes the ids of the events, and fails now and then. */
const consuming = `
  const { appendFileSync } = require('node:fs');
  let calls = 0;
  exports.handler = async ({ Records }) => {
    if (++calls % 7 === 0) throw new Error('no luck');
    const ids = Records.map(({ body }) => JSON.parse(body).id + '\\n').join('');
    appendFileSync(${JSON.stringify(consumedFile)}, ids);
  };`;

const queueArn = { 'Fn::GetAtt': ['Jobs', 'Arn'] };
const fixture: Fixture = {
  functions: { Putting: putting, Consuming: consuming },
  functionProperties: { Consuming: { Timeout: 2 } },
  routes: [{ key: 'POST /', to: 'Putting' }],
  resources: {
    PuttingPolicy: allow('Putting', ['events:PutEvents'], 'arn:aws:events:us-east-1:000000000000:event-bus/default'),
    ConsumingPolicy: allow(
      'Consuming',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
      queueArn,
    ),
    Jobs: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 2 } },
    Policy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: {
        Queues: [{ Ref: 'Jobs' }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: queueArn,
              Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['Rule', 'Arn'] } } },
            },
          ],
        },
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { source: ['shop'] }, Targets: [{ Arn: queueArn, Id: 'Queue' }] },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: queueArn, FunctionName: { Ref: 'Consuming' } },
    },
  },
};

const taken: string[] = [];
let running: Started | undefined;
afterAll(() => running?.end('SIGKILL'));

const consumed = (): string[] =>
  existsSync(consumedFile) ? readFileSync(consumedFile, 'utf8').trim().split('\n') : [];

/** Puts events until the process is killed. The interrupted call proves nothing. */
async function putUntilKilled(url: string, round: { isKilled: boolean }): Promise<void> {
  while (!round.isKilled) {
    try {
      const answer = await send(url, { method: 'POST' });
      if (answer.status !== 200) throw new Error(answer.text);
      taken.push(...(answer.json()['ids'] as string[]));
    } catch (error) {
      if (!round.isKilled) throw error;
    }
  }
}

test('no event that the bus accepted is lost between the bus, the queue and its function', async () => {
  const flags = ['--assembly', givenAssembly(fixture)];
  for (let round = 0; round < rounds; round += 1) {
    const started = await aStartedProcess(dataDir, flags);
    running = started;
    const state = { isKilled: false };
    const before = taken.length;
    const puttingNow = Promise.all([1, 2].map(() => putUntilKilled(started.url, state)));
    while (taken.length === before) await Promise.race([sleep(5), puttingNow]);
    await sleep(37 * round);
    state.isKilled = true;
    await started.end('SIGKILL');
    await puttingNow;
  }
  running = await aStartedProcess(dataDir, flags);
  const missing = () => {
    const all = new Set(consumed());
    return taken.filter((id) => !all.has(id));
  };
  await waitUntil('each event is consumed', () => missing().length === 0);
  expect(taken.length).toBeGreaterThanOrEqual(rounds * 10);
  await running.end('SIGINT');
});
