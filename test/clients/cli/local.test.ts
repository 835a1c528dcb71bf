/** `hooklatch local` with arguments that can't be used. `test/package/` runs it to its end, with '--verbose' and without. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { givenAssembly, temporaryFolder } from '../../local/assembly-fixture.ts';
import { hooklatch } from './given-terminal.ts';

// The warning about --host, and what the start says, go to this process's own streams.
beforeAll(() => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  jest.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(() => {
  jest.restoreAllMocks();
});

const folder = temporaryFolder();
mkdirSync(join(folder, 'projects'));
writeFileSync(join(folder, 'projects', 'notes.txt'), '');
const assembly = givenAssembly({});

test.each([
  [
    'a folder that is no assembly',
    { '--app': join(folder, 'nowhere') },
    /manifest\.json can't be read: is this the folder/,
  ],
  ['a stack that the app does not have', { '--stack': 'Other' }, /has no stack Other; it contains: Fixture/],
  // 192.0.2.0/24 is for documentation, so no machine has this address.
  ['an address of another machine', { '--host': '192.0.2.1' }, /^Can't listen on 192\.0\.2\.1:0 \(E\w+\)\n$/],
  ['a port that is none', { '--port': 'http' }, /^--port must be a number from 0 to 65535, not http\n$/],
  [
    'a folder with other files',
    { '--data': join(folder, 'projects') },
    /it contains "notes\.txt" and no Hooklatch data/,
  ],
  ['a URL that is none', { '--forward': 'nowhere' }, /--forward/],
  ['a name of nothing in the stack', { '--without': 'Machine' }, /^--without Machine: the stack has no such resource/],
])('%s is refused in one line, as a wrong use', async (_, options, message) => {
  const all = { '--app': assembly, '--data': join(folder, 'data'), '--port': '0', ...options };
  const { code, err } = await hooklatch(['local', ...Object.entries(all).flat()]);
  expect([code, err.trim().split('\n')]).toEqual([2, [expect.any(String)]]);
  expect(err).toMatch(message);
});

test('resources that it can not run are listed, each in a line', async () => {
  const resources = { Stream: { Type: 'AWS::Kinesis::Stream' }, 'Odd\u001b': { Type: 'AWS::Kinesis::Stream' } };
  const app = givenAssembly({ resources });
  const { code, err } = await hooklatch(['local', '--app', app, '--data', join(folder, 'listed'), '--port', '0']);
  expect([code, err.split('\n')]).toEqual([
    2,
    [
      "The local runtime can't run these resources of the template:",
      '  Stream (AWS::Kinesis::Stream)',
      '  Odd\\u001b (AWS::Kinesis::Stream)',
      expect.stringContaining('move it to another stack of your app'),
      '',
    ],
  ]);
});

test('the help shows each option with its default', async () => {
  const { out } = await hooklatch(['local', '--help']);
  for (const option of ['--app <folder>', '--stack <name>', '(default: "cdk.out")', '(default: ".hooklatch")'])
    expect(out).toContain(option);
});

test('a port that is taken is refused, with an option that the command takes', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { code, err } = await hooklatch([
    'local',
    '--app',
    assembly,
    '--data',
    join(folder, 'data'),
    '--port',
    `${port}`,
  ]);
  await new Promise((resolve) => other.close(resolve));
  expect([code, err]).toEqual([
    2,
    `Port ${port} is taken by another program. Choose another: hooklatch local --port 4000\n`,
  ]);
});
