import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from '@jest/globals';
import { givenAssembly, temporaryFolder } from '../assembly-fixture.ts';
import { send } from '../http-client.ts';
import { aConsumer, allow, type StreamFixture, streamFixture } from './given-stream.ts';

/** Stores an item under the id in the path. */
const writer = `
  const { DynamoDBClient, PutItemCommand } = require('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  exports.handler = async ({ rawPath }) => {
    await client.send(new PutItemCommand({ TableName: 'Fixture-Data', Item: { id: { S: rawPath.slice(1) } } }));
    return 'stored';
  };`;

/** A table that a route writes to. Its consumer appends the id of each record to a file. */
const fixture = (dataDir: string): StreamFixture => ({
  code: `require('node:fs').appendFileSync('${join(dataDir, 'taken')}', ids.join('\\n') + '\\n');`,
  mapping: { BatchSize: 5 },
  more: {
    functions: { Writer: writer },
    routes: [{ key: 'GET /{id}', to: 'Writer' }],
    resources: { WriterPolicy: allow('Writer', ['dynamodb:PutItem'], { 'Fn::GetAtt': ['Data', 'Arn'] }) },
  },
});

/**
 * Runs the assembly as `npm start` does. Kills it when this many writes are acknowledged, while others are running.
 * Returns the acknowledged ids.
 */
async function killedWhileWriting(assembly: string, dataDir: string, round: number, enough: number): Promise<string[]> {
  const flags = ['--assembly', assembly, '--data', dataDir, '--port', '0'];
  const child = spawn(process.execPath, ['local/main.ts', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let output = '';
  const ready = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
    if (output.includes('Ctrl+C')) ready.resolve();
  });
  await Promise.race([ready.promise, closed]);
  const url = /ready at (\S+)/.exec(output)?.[1] ?? '';
  const acknowledged: string[] = [];
  const writeOn = async (line: number): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const id = `${round}-${line}-${n}`;
      const answer = await send(url, { path: `/${id}` }).catch((error: unknown) => {
        if (!child.killed) throw error;
      });
      if (answer?.text !== 'stored') return;
      acknowledged.push(id);
      if (acknowledged.length === enough) child.kill('SIGKILL');
    }
  };
  await Promise.all([0, 1, 2, 3].map(writeOn));
  await closed;
  return acknowledged;
}

/** How many writes are acknowledged before each kill. */
const kills = [25, 60, 41];

test('after kills, the function has processed the records of all stored writes and of no others', async () => {
  const dataDir = temporaryFolder();
  const assembly = givenAssembly(streamFixture(fixture(dataDir)));
  const acknowledged: string[] = [];
  for (const [round, enough] of kills.entries()) {
    acknowledged.push(...(await killedWhileWriting(assembly, dataDir, round, enough)));
  }
  const { runtime, client } = await aConsumer(fixture(dataDir), { dataDir });
  await runtime.settled();
  const taken = new Set(readFileSync(join(dataDir, 'taken'), 'utf8').trim().split('\n'));
  expect(acknowledged.length).toBeGreaterThanOrEqual(kills.reduce((sum, each) => sum + each));
  expect(acknowledged.filter((id) => !taken.has(id))).toEqual([]);
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Fixture-Data' }));
  expect([...taken].sort()).toEqual(Items.map(({ id }) => id?.S).sort());
});
