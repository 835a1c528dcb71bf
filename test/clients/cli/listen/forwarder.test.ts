/** Sends events to a program that fails, and is ended at any moment. Nothing waits for real. */
import { expect, test } from '@jest/globals';
import { Interrupted } from '../../../../clients/cli/command-error.ts';
import type { ListenCursor } from '../../../../clients/cli/listen/cursor-file.ts';
import { type ForwarderOptions, type ForwardReport, forwarder } from '../../../../clients/cli/listen/forwarder.ts';
import type { OutgoingRequest, SendResult } from '../../../../clients/cli/listen/send-request.ts';
import { forwardUrlOf } from '../../../../shared/ground/base/forward-url.ts';
import { afterEvent, startAt } from '../../../../shared/operators/wait/read-position.ts';
import { anEvent } from './given-event.ts';

const start = startAt('2026-03-01T11:59:00.000Z');
const [stop, abandon] = [() => new AbortController(), () => new AbortController()];

/** A forwarder to a program that gives these answers, and what it did. */
function given(answers: readonly SendResult[], more: Partial<ForwarderOptions> & { cursor?: ListenCursor } = {}) {
  const to = forwardUrlOf('http://localhost:3000/');
  if (!to) throw new Error('no URL');
  const controllers = { stop: stop(), abandon: abandon() };
  const did = {
    ...controllers,
    sent: [] as OutgoingRequest[],
    reported: [] as ForwardReport[],
    noted: [] as string[],
    waits: [] as number[],
    saved: [] as ListenCursor[],
    /** What was saved of the event when it was sent. */
    known: [] as ListenCursor['sending'][],
  };
  const left = [...answers];
  const forward = forwarder({
    to,
    read: async (id) => anEvent({ id }),
    send: async (request) => {
      did.known.push(did.saved.at(-1)?.sending);
      did.sent.push(request);
      return left.shift() ?? { status: 200, retryAfter: undefined };
    },
    file: { path: '/cursor.json', read: () => undefined, write: (cursor) => did.saved.push(cursor) },
    cursor: { position: start },
    repeatsUpTo: undefined,
    windowSeconds: undefined,
    attempts: 3,
    timeoutMs: 1_000,
    wait: async (ms) => void did.waits.push(ms),
    now: () => new Date('2026-03-01T12:00:01.000Z'),
    random: () => 0,
    interruption: { stopped: controllers.stop.signal, abandoned: controllers.abandon.signal },
    report: (progress) => did.reported.push(progress),
    tell: (text) => did.noted.push(text),
    ...more,
  });
  const arrive = (id: string, receivedAt = '2026-03-01T12:00:00.000Z') => {
    const { publication: _, ...event } = anEvent({ id, receivedAt });
    return forward({ event, position: afterEvent(start, event) });
  };
  return { ...did, arrive };
}

const failed: SendResult = { status: 500, retryAfter: undefined };
const absent: SendResult = { reason: 'connection refused', isThere: false };
const attemptsOf = ({ sent }: { sent: OutgoingRequest[] }) => sent.map(({ headers }) => headers['hooklatch-attempt']);

test('an event that the program takes is sent once, and saved', async () => {
  const given200 = given([]);
  await given200.arrive('evt_1');
  expect(given200.reported).toEqual([
    {
      id: 'evt_1',
      receivedAt: '2026-03-01T12:00:00.000Z',
      type: 'webhook',
      attempt: 1,
      ms: 0,
      status: 200,
      outcome: 'delivered',
    },
  ]);
  expect(given200.saved).toEqual([
    { position: start, sending: { id: 'evt_1', attempts: 1 } },
    {
      position: { from: start.from, handled: { evt_1: '2026-03-01T12:00:00.000Z' } },
      sentUpTo: '2026-03-01T12:00:00.000Z',
    },
  ]);
});

test('an event that fails is sent again, with waits that grow, and given up in the end', async () => {
  const failing = given([failed, failed, failed]);
  await failing.arrive('evt_1');
  expect(attemptsOf(failing)).toEqual(['1', '2', '3']);
  expect(failing.waits).toEqual([1_000, 2_000]);
  expect(failing.reported.map(({ outcome }) => outcome)).toEqual(['retry', 'retry', 'given_up']);
  expect(failing.saved.at(-1)).not.toHaveProperty('sending');
  // After a kill at any of these moments, the next start knows that the program may have got it.
  expect(failing.known).toEqual([1, 2, 3].map((attempts) => ({ id: 'evt_1', attempts })));
});

test('it waits as long as the program asks', async () => {
  const busy = given([{ status: 503, retryAfter: '7' }]);
  await busy.arrive('evt_1');
  expect(busy.waits).toEqual([7_000]);
});

test('while the program does not run, no event is given up', async () => {
  const away = given([absent, absent, absent, absent, absent]);
  await away.arrive('evt_1');
  expect(attemptsOf(away)).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(away.reported.at(-1)).toMatchObject({ outcome: 'delivered', attempt: 6 });
  expect(away.reported[0]).toMatchObject({ outcome: 'retry', reason: 'connection refused', nextAttemptInMs: 1_000 });
});

test('after a restart, the event whose result is not known is marked as a repeat, and the next one is not', async () => {
  const restarted = given([], { cursor: { position: start, sending: { id: 'evt_1', attempts: 2 } } });
  await restarted.arrive('evt_1');
  await restarted.arrive('evt_2');
  expect(attemptsOf(restarted)).toEqual(['3', '1']);
});

test('events that an earlier run may have sent are marked as repeats', async () => {
  const again = given([], { repeatsUpTo: '2026-03-01T12:00:00.000Z' });
  await again.arrive('evt_1', '2026-03-01T12:00:00.000Z');
  await again.arrive('evt_2', '2026-03-01T12:00:00.001Z');
  expect(attemptsOf(again)).toEqual(['2', '1']);
});

const sentUpTo = '2026-03-01T11:59:59.000Z';
const [before, after] = ['2026-03-01T11:59:58.000Z', '2026-03-01T12:00:00.000Z'];

// A run can be killed after each save, and the next one knows only what was saved.
test.each<[string, readonly SendResult[], string, Partial<ForwarderOptions>]>([
  ['is sent', [], after, {}],
  ['arrived late', [], before, {}],
  ['is sent after a failure', [failed], after, {}],
  ['waits for the program', [absent, absent, absent, absent], after, {}],
  ['is refused', [{ status: 400, retryAfter: undefined }], after, {}],
  ['is given up', [failed, failed, failed], after, {}],
  ['has expired', [], after, { read: async () => undefined }],
])('how far a run has sent is in each cursor that is saved, if the event %s', async (_, answers, receivedAt, more) => {
  const handled = { evt_0: sentUpTo };
  const { arrive, saved } = given(answers, { cursor: { position: { ...start, handled }, sentUpTo }, ...more });
  await arrive('evt_1', receivedAt);
  expect(saved.map((cursor) => cursor.sentUpTo)).toEqual([
    ...saved.slice(1).map(() => sentUpTo),
    receivedAt > sentUpTo ? receivedAt : sentUpTo,
  ]);
  expect(saved.slice(0, -1)).toEqual(
    saved.slice(1).map(() => expect.objectContaining({ position: { ...start, handled } })),
  );
});

test('Ctrl-C during a wait ends it, and the next start goes on with the same event', async () => {
  const waiting = given([failed]);
  const { stop: controller } = waiting;
  controller.abort();
  await expect(waiting.arrive('evt_1')).rejects.toThrow(Interrupted);
  expect(waiting.saved).toEqual([{ position: start, sending: { id: 'evt_1', attempts: 1 } }]);
});

test('Ctrl-C while the program works lets it finish', async () => {
  const working = given([]);
  working.stop.abort();
  await working.arrive('evt_1');
  expect(working.saved.at(-1)).toMatchObject({ position: { handled: { evt_1: '2026-03-01T12:00:00.000Z' } } });
});

test('a second Ctrl-C abandons the attempt, and the next start goes on with the same event', async () => {
  const working = given([]);
  working.abandon.abort();
  await expect(working.arrive('evt_1')).rejects.toThrow(Interrupted);
  expect(working.saved).toEqual([{ position: start, sending: { id: 'evt_1', attempts: 1 } }]);
});

test.each([
  ['expired', undefined],
  ['body_withheld', anEvent({ bodyWithheld: 'why' })],
  ['unpublished_test', anEvent({ publication: 'none' })],
  ['path_outside', anEvent({ path: '../admin' })],
])('skips an event: %s', async (reason, view) => {
  const skipping = given([], { read: async () => view });
  await skipping.arrive('evt_1');
  expect(skipping.sent).toEqual([]);
  expect(skipping.reported).toMatchObject([{ outcome: 'skipped', reason }]);
  expect(skipping.saved).toMatchObject([{ position: { handled: { evt_1: '2026-03-01T12:00:00.000Z' } } }]);
});

test('an event that can’t be sent is passed over, and the next one is sent', async () => {
  const odd = given([{ reason: 'Invalid character in header content ["x-a"]', isThere: false, isUnsendable: true }]);
  await odd.arrive('evt_1');
  await odd.arrive('evt_2');
  expect(odd.reported).toMatchObject([
    { id: 'evt_1', outcome: 'skipped', reason: 'Invalid character in header content ["x-a"]' },
    { id: 'evt_2', outcome: 'delivered' },
  ]);
  expect(odd.saved[1]).toMatchObject({ position: { handled: { evt_1: '2026-03-01T12:00:00.000Z' } } });
  expect(odd.waits).toEqual([]);
});

test('announces an event that is too old for its signature', async () => {
  const old = given([], { windowSeconds: 300, now: () => new Date('2026-03-01T12:05:01.000Z') });
  await old.arrive('evt_1');
  expect(old.reported).toMatchObject([{ outcome: 'delivered', isTooOld: true }]);
});

test('goes on if its position can’t be saved, and says so', async () => {
  const write = () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  const full = given([], { file: { path: '/cursor.json', read: () => undefined, write } });
  await full.arrive('evt_1');
  expect(full.reported).toMatchObject([{ outcome: 'delivered' }]);
  expect(full.noted[0]).toBe("/cursor.json can't be written (ENOSPC). After a restart, events may be sent again.");
});
