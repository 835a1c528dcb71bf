/**
 * kill -9 while a function puts events on the bus and the runtime forwards them. After the restart, the log contains
 * the accepted events as whole lines, and a listener gets all of them in the order of the log.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { type Fixture, givenAssembly, temporaryFolder } from '../local/assembly-fixture.ts';
import { aListener, type Listener } from '../local/forward/given-listener.ts';
import { send } from '../local/http-client.ts';
import { readBusEvents } from '../support/given.ts';
import { aStartedProcess, type Started } from './given-process.ts';

const rounds = 8;

/** Puts three events on the bus, one of them large, and returns their ids. */
const putting = `
  const { EventBridgeClient, PutEventsCommand } = require('@aws-sdk/client-eventbridge');
  const client = new EventBridgeClient({});
  const entry = (size) => ({
    Source: 'shop',
    DetailType: 'order\\u001b[31m',
    Detail: JSON.stringify({ secret: 'x'.repeat(size) }),
  });
  exports.handler = async () => {
    const answer = await client.send(new PutEventsCommand({ Entries: [entry(1), entry(300000), entry(1000)] }));
    return { ids: answer.Entries.map(({ EventId }) => EventId) };
  };`;

const fixture: Fixture = {
  functions: { Putting: putting },
  routes: [{ key: 'POST /', to: 'Putting' }],
  resources: {
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'putting',
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Action: 'events:PutEvents',
              Resource: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
            },
          ],
        },
        Roles: [{ Ref: 'PuttingRole' }],
      },
    },
  },
};

const dataDir = temporaryFolder();
const taken: string[] = [];
let running: Started | undefined;
let listener: Listener | undefined;
afterAll(async () => {
  await running?.end('SIGKILL');
  await listener?.stop();
});

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

/** Starts the process and kills it some milliseconds after its function has started to put events. */
async function killInTheMiddle(flags: string[], after: number): Promise<string> {
  const started = await aStartedProcess(dataDir, flags);
  running = started;
  const round = { isKilled: false };
  const before = taken.length;
  const putting = Promise.all([1, 2, 3].map(() => putUntilKilled(started.url, round)));
  while (taken.length === before) await Promise.race([sleep(5), putting]);
  await sleep(after);
  round.isKilled = true;
  await started.end('SIGKILL');
  await putting;
  return started.output();
}

test('the log stays readable, and a listener gets every event in the end', async () => {
  let refuses = false;
  const listening = await aListener((count) => {
    const isRefused = refuses || count === 3 || count % 31 === 0;
    refuses = false;
    return { status: isRefused ? 500 : 200 };
  });
  listener = listening;
  const { port } = new URL(listening.url);
  const flags = ['--assembly', givenAssembly(fixture), '--forward', `http://me:hidden@127.0.0.1:${port}/`];
  const output: string[] = [];
  for (let round = 0; round < rounds; round += 1) output.push(await killInTheMiddle(flags, 37 * round));
  running = await aStartedProcess(dataDir, flags);
  // A kill can come before a refusal is shown. This one is shown by the process that is not killed.
  refuses = true;
  const last = await send(running.url, { method: 'POST' });
  taken.push(...(last.json()['ids'] as string[]));
  const ids = readBusEvents(dataDir).map(({ id }) => id);
  expect(taken.length).toBeGreaterThanOrEqual(rounds);
  expect(taken.filter((id) => !ids.includes(id))).toEqual([]);

  const posted = () => [...new Set(listening.taken.map(({ body }) => JSON.parse(body).id))];
  while (posted().length < ids.length) await listening.took(listening.taken.length + 1);
  expect(posted()).toEqual(ids);
  await running.end('SIGINT');

  const shown = output.join('') + running.output();
  expect(shown).toMatch(/^\S+Z {2}bus {2}shop {2}order\\u001b\[31m {2}[0-9a-f-]{36} {2}\d+ bytes$/m);
  expect(shown).toContain('status 500, event');
  expect(shown).not.toMatch(/hidden|xxxxxxxxxx/);
});
