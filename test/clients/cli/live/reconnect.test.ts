/** A read outlives a restart of the deployment, and nothing else. */
import { expect, test } from '@jest/globals';
import { Interrupted } from '../../../../clients/cli/command-error.ts';
import { reconnect } from '../../../../clients/cli/live/reconnect.ts';
import { ApiError, UnreachableError } from '../../../../shared/operators/api/api-error.ts';

const apiError = (status: number) => new ApiError(status, { code: 'some_code', detail: 'Why.' }, undefined);

/** A read that fails with these errors, and then succeeds. */
async function read(errors: readonly Error[], stop = new AbortController()) {
  const left = [...errors];
  const did = { waits: [] as number[], notes: [] as string[] };
  const result = await reconnect(
    async () => {
      const error = left.shift();
      if (error) throw error;
      return 'read';
    },
    { wait: async (ms) => void did.waits.push(ms), stopped: stop.signal, tell: (text) => did.notes.push(text) },
  );
  return { ...did, result };
}

test('waits longer each time up to eight seconds, and notes each reason and the answer once', async () => {
  const gone = new UnreachableError("Can't reach http://127.0.0.1:3000.");
  expect(await read([gone, gone, apiError(503), apiError(429), apiError(503), gone])).toEqual({
    result: 'read',
    waits: [1_000, 2_000, 4_000, 8_000, 8_000, 8_000],
    notes: [
      "Can't reach http://127.0.0.1:3000. Tries again until it answers.",
      'Why. Tries again until it answers.',
      "Can't reach http://127.0.0.1:3000. Tries again until it answers.",
      'The API answers again.',
    ],
  });
});

test.each<[string, Error]>([
  ['a revoked token', apiError(403)],
  ['a deleted connection', apiError(404)],
  ['a bug', new TypeError('a bug')],
])('ends at %s', async (_, error) => {
  await expect(read([error])).rejects.toBe(error);
});

test('Ctrl-C ends the attempts', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(read([new UnreachableError('gone')], stop)).rejects.toThrow(Interrupted);
});

test('an answer must begin within five seconds, as a connection can be dead after a sleep, and that of a further attempt within twice as long, up to forty', async () => {
  const limits: number[] = [];
  const gone = async (beginsWithinMs: number) => {
    limits.push(beginsWithinMs);
    if (limits.length < 6) throw new UnreachableError('gone');
    return 'read';
  };
  await reconnect(gone, { wait: async () => {}, stopped: new AbortController().signal, tell: () => {} });
  expect(limits).toEqual([5_000, 10_000, 20_000, 40_000, 40_000, 40_000]);
});
