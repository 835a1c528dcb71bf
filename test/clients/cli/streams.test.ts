/**
 * What each stream decides, with every combination of streams that are a terminal: `generate | tee` has a keyboard but writes to a file,
 * and a pipe into a command still shows its answer to a person.
 */
import { describe, expect, test } from '@jest/globals';
import { aConnection, aDeployment, answered, aReplay, env } from './given-api.ts';
import { hooklatch, type TerminalOptions } from './given-terminal.ts';

const both = [true, false];
const combinations = both.flatMap((stdin) =>
  both.flatMap((stdout) => both.map((stderr) => ({ stdin, stdout, stderr }))),
);

const token = `hle_${'0'.repeat(49)}`;
const made = { token, url: null, deliveryUrls: [], connection: aConnection() };
const withToken = aConnection({
  endpoint: { ...aConnection().endpoint, tokens: [{ id: 't', createdAt: '2026-03-01T12:00:00.000Z' }] },
});
const anEvent = { id: 'evt_1', type: 'paid', receivedAt: '2026-03-01T12:00:00.000Z', size: 2, headers: {}, body: '{}' };

/** A deployment where everything works. An endpoint gets a token as soon as one is generated. */
function everythingWorks() {
  let hasToken = false;
  return aDeployment(({ method, path }) => {
    if (path.endsWith('/token/rotate')) return answered(made);
    if (path.endsWith('/endpoint/token')) {
      hasToken ||= method === 'POST';
      return answered(made);
    }
    if (path.endsWith('/replays') && method === 'POST') return answered({ id: 'run_1' });
    if (path.includes('/replays/')) return answered(aReplay());
    if (path.includes('/events/')) return answered(anEvent);
    return answered(hasToken ? withToken : aConnection());
  });
}

describe.each(combinations)('stdin $stdin, stdout $stdout, stderr $stderr', (ttys) => {
  /** Runs a command. A keyboard types `typed`, and a pipe has `stdin`. */
  const run = (args: string[], { typed = [], ...more }: TerminalOptions = {}, deployment = everythingWorks()) =>
    hooklatch(args, { env, fetch: deployment.fetch, ttys, ...(ttys.stdin && { typed }), ...more });

  test.each([
    ['token generate', ['token', 'generate', 'orders']],
    ['token rotate', ['token', 'rotate', 'orders']],
    ['up', ['up', 'orders']],
  ])('%s shows the new token if stdout is a terminal', async (_, args) => {
    const { out, err } = await run(args);
    expect([out.includes(token), err.includes(token)]).toEqual([ttys.stdout, false]);
    expect(await run([...args, '--json'])).toMatchObject({ code: 0, out: expect.not.stringContaining(token) });
    expect((await run([...args, '--show-token'])).out).toContain(token);
  });

  test('answers have colours if stdout is a terminal', async () => {
    const { out } = await run(['connections', 'show', 'orders'], { env: { ...env, NO_COLOR: '' } });
    expect(out.includes('\u001b[')).toBe(ttys.stdout);
    expect(await run(['connections', 'show', 'orders'])).toMatchObject({
      code: 0,
      out: expect.not.stringContaining('\u001b'),
    });
  });

  test('the bytes of a body are refused if stdout is a terminal', async () => {
    const { code, out } = await run(['events', 'show', 'orders', 'evt_1', '--body']);
    expect([code, out]).toEqual(ttys.stdout ? [2, ''] : [0, '{}']);
  });

  test('a replay is watched if stdout is a terminal, and its progress is on stderr if that is one', async () => {
    const { out } = await run(['replays', 'start', 'orders', '--from', '2026-03-01']);
    expect(out.includes('Started the replay')).toBe(!ttys.stdout);
    const waited = await run(['replays', 'show', 'orders', 'run_1', '--wait'], {}, running());
    expect([waited.err.includes('\r\u001b[2K['), waited.out.includes('\r')]).toEqual([ttys.stderr, false]);
  });

  test('a question is asked if stdin is a terminal', async () => {
    const revoke = ['operators', 'revoke', 'ada'];
    const asked = everythingWorks();
    const { code, err } = await run(revoke, { typed: ['yes\n'] }, asked);
    expect([code, asked.asked.length, err.includes('add --yes')]).toEqual(ttys.stdin ? [0, 1, false] : [2, 0, true]);
  });

  test('a secret is asked for if stdin is a terminal, and read from it otherwise', async () => {
    const secret = 'whsec_typed_or_piped';
    const deployment = everythingWorks();
    const args = ['token', 'generate', 'orders', '--value-stdin'];
    const { code, out, err } = await run(args, { typed: [`${secret}\n`], stdin: `${secret}\n` }, deployment);
    expect([code, deployment.asked.find(({ method }) => method === 'POST')?.body]).toEqual([0, { value: secret }]);
    expect([err.includes('Secret: '), `${out}${err}`.includes(secret)]).toEqual([ttys.stdin, false]);
  });

  test('login asks if stdin is a terminal', async () => {
    const { code, err } = await run(['login', '--url', 'https://hooks.example.com'], { typed: ['\u0003'] });
    expect([code, err.includes('Operator token for')]).toEqual(ttys.stdin ? [130, true] : [2, false]);
  });
});

/** A deployment with a replay that ends at the second look. */
function running() {
  let looks = 0;
  return aDeployment(() => {
    looks += 1;
    const { endedAt, ...going } = aReplay({ state: 'running' });
    return answered(looks > 1 ? aReplay({ endedAt }) : going);
  });
}
