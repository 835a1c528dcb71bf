/** A console that is not built yet is built beside the running API. */
import { expect, test } from '@jest/globals';
import type { HttpRequest } from '../../../local/api-gateway/payload-v2.ts';
import type { synthesize } from '../../../local/cloudformation/synthesis.ts';
import { consoleBeside } from '../../../local/start/console-beside.ts';
import { StartError } from '../../../local/start/start-error.ts';
import { pageHeaders } from '../../../shared/operators/api/static-file.ts';

/** @param first whether the first assembly is complete @param second what happens when the console is built */
function given(first: boolean, second: () => void = () => {}) {
  const did: string[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const run: typeof synthesize = async (_, folder, { leaveOutUnbuiltConsole, signal } = {}) => {
    signals.push(signal);
    did.push(`${leaveOutUnbuiltConsole ? 'synthesize without console' : 'synthesize'} ${folder}`);
    if (leaveOutUnbuiltConsole) return first;
    second();
    return true;
  };
  const print = (line: string) => void did.push(line);
  const beside = consoleBeside({
    projectDir: '/app',
    assembly: '/data/assembly',
    onStage: print,
    print,
    synthesize: run,
  });
  const runtime = {
    url: 'http://127.0.0.1:3000',
    replaceCode: async (assembly: string) => {
      // The functions have no console before that.
      expect(answered('/console/index.html')?.status).toBe(503);
      did.push(`replace code by ${assembly}`);
    },
  };
  const answered = (rawPath: string) => {
    const answer = beside.answerFirst({ rawPath } as HttpRequest);
    return answer && { ...answer, headers: Object.fromEntries(answer.headers), body: answer.body.toString() };
  };
  return { beside, did, runtime, answered, signals };
}

const running = () => new AbortController().signal;

test('a console that is built already is in the assembly, and nothing else happens', async () => {
  const { beside, did, runtime, answered } = given(true);
  expect(await beside.assembly()).toBe('/data/assembly');
  await beside.build(runtime, running());
  expect(answered('/console/index.html')).toBeUndefined();
  expect(did).toEqual(['synthesize without console /data/assembly']);
});

test('while it is built, the console is a page that reloads itself, and the API answers', async () => {
  const { beside, answered } = given(false);
  await beside.assembly();
  const page = answered('/console/index.html');
  expect(page).toMatchObject({
    status: 503,
    headers: {
      ...pageHeaders,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': '2',
    },
  });
  expect(page?.body).toContain('<meta http-equiv="refresh" content="2">');
  expect(page?.body).toContain('<h1>The console is being built</h1>');
  expect(['/', '/console', '/v1/connections', '/hooks/console/x', '/docs/index.html'].map(answered)).toEqual(
    Array(5).fill(undefined),
  );
});

test('when it is built, the functions get the complete assembly', async () => {
  const { beside, did, runtime, answered } = given(false);
  await beside.assembly();
  await beside.build(runtime, running());
  expect(did.slice(1)).toEqual([
    'Building the console for the first time …',
    'synthesize /data/assembly/with-console',
    'replace code by /data/assembly/with-console',
    'Console ready at http://127.0.0.1:3000/',
  ]);
  expect(answered('/console/index.html')).toBeUndefined();
});

test('a failed build says why, and the page does not reload for nothing', async () => {
  const { beside, did, runtime, answered } = given(false, () => {
    throw new StartError('The CDK app could not be synthesized (1):\nUnexpected token <script>');
  });
  await beside.assembly();
  await beside.build(runtime, running());
  expect(did.at(-1)).toBe(
    'The console could not be built. The API runs without it.\nThe CDK app could not be synthesized (1):\nUnexpected token <script>',
  );
  const page = answered('/console/connections');
  expect(page?.status).toBe(503);
  expect(page?.body).toContain('<h1>The console could not be built</h1>');
  expect(page?.body).not.toMatch(/refresh|script/);
});

test('a build that ends because the runtime stops is no failure', async () => {
  const stop = new AbortController();
  const { beside, did, runtime, signals } = given(false, () => {
    stop.abort();
    throw new Error('stopped');
  });
  await beside.assembly();
  await beside.build(runtime, stop.signal);
  expect(did.at(-1)).toBe('synthesize /data/assembly/with-console');
  expect(signals).toEqual([undefined, stop.signal]);
});
