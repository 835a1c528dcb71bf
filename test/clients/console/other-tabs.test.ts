import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { answerMs } from '../../../clients/console/session/other-tabs.ts';
import { ownClock, useRealClock } from './controls/given-clock.ts';
import { aTab, FakeChannel, FakeLocks, type OpenTab } from './controls/given-tabs.ts';

const api = 'https://hooks.example.com';
const other = 'https://elsewhere.example.com';
const opened: (OpenTab | FakeChannel)[] = [];

/** Without locks, unless a test gives them: what holds with the one holds with the other, too. */
let locks: FakeLocks | undefined;

const open = (token?: string, of = api): OpenTab => {
  const tab = aTab(token, of, locks);
  opened.push(tab);
  return tab;
};

/** A page of the origin that speaks on the channel, whatever it says. It keeps what it hears. */
function aStranger() {
  const channel = new FakeChannel(`hooklatch ${api}`);
  const heard: unknown[] = [];
  channel.onmessage = ({ data }) => heard.push(data);
  opened.push(channel);
  return { say: (message: unknown) => channel.postMessage(message), heard };
}

const delivered = () => jest.advanceTimersByTimeAsync(0);

/** What a tab gets that asks, once the time for answers is over. */
async function asks(tab: OpenTab): Promise<string | undefined> {
  const answer = tab.ask();
  await jest.advanceTimersByTimeAsync(answerMs);
  return answer;
}

beforeEach(() => {
  ownClock('2026-11-28T12:00:00Z');
});
afterEach(() => {
  locks = undefined;
  useRealClock();
  for (const each of opened.splice(0)) 'leave' in each ? each.leave() : each.close();
  expect(FakeChannel.names).toEqual([]);
});

test('a tab gets the token of one that is signed in, without waiting for the rest of the time', async () => {
  open();
  open('hlo_a');
  expect(await open().ask()).toBe('hlo_a');
  expect(jest.getTimerCount()).toBe(0);
});

test('a tab waits for nobody if it is the only one', async () => {
  locks = new FakeLocks();
  open('hlo_of-another-api', other);
  const closed = open();
  closed.leave();
  await delivered();
  expect([await open().ask(), jest.getTimerCount()]).toEqual([undefined, 0]);
});

test('a tab asks again, and finds one that opened in the meantime', async () => {
  locks = new FakeLocks();
  const tab = open();
  expect(await tab.ask()).toBeUndefined();
  open('hlo_a');
  expect(await tab.ask()).toBe('hlo_a');
});

test.each([
  ['there is none', () => {}],
  ['none is signed in', () => open()],
  ['the one that is signed in was closed', () => open('hlo_a').leave()],
  ['the one that is signed in is for another API', () => open('hlo_a', other)],
])('a tab gets no token if %s', async (_, given) => {
  given();
  expect(await asks(open())).toBeUndefined();
});

test('tabs of another API share nothing, even on the same channel', async () => {
  const signedIn = open('hlo_a');
  const { say, heard } = aStranger();
  say({ kind: 'ask', api: other });
  say({ kind: 'sign-out', api: other });
  await delivered();
  expect([heard, signedIn.token]).toEqual([[], 'hlo_a']);
  const asking = open();
  const answer = asking.ask();
  say({ kind: 'token', token: 'hlo_of-the-other-api', api: other });
  expect(await answer).toBe('hlo_a');
});

test('a token that nobody asked for, or that comes too late, is not taken', async () => {
  const { say } = aStranger();
  const tab = open();
  say({ kind: 'token', token: 'hlo_early', api });
  await delivered();
  expect(await asks(tab)).toBeUndefined();
  say({ kind: 'token', token: 'hlo_late', api });
  await delivered();
  expect([await asks(tab), tab.token]).toEqual([undefined, undefined]);
});

test('a sign-out reaches every other tab of the same API', async () => {
  const [here, there, alsoThere] = [open('hlo_a'), open('hlo_a'), open('hlo_b')];
  const elsewhere = open('hlo_c', other);
  here.signOut();
  await delivered();
  expect([here, there, alsoThere, elsewhere].map(({ token, signOuts }) => [token, signOuts])).toEqual([
    ...[
      ['hlo_a', 0],
      [undefined, 1],
    ],
    ...[
      [undefined, 1],
      ['hlo_c', 0],
    ],
  ]);
});

const shapes = fc.oneof(
  fc.jsonValue(),
  fc.record({ kind: fc.constantFrom('ask', 'token', 'sign-out', 'else'), api: fc.constantFrom(other, '', 1, null) }),
  fc.record({ kind: fc.constantFrom('else', '', 1, null), api: fc.constant(api), token: fc.constant('hlo_x') }),
  fc.record({ kind: fc.constant('token'), api: fc.constant(api), token: fc.constantFrom(1, null, {}, []) }),
);

test('whatever else is said on the channel changes nothing, and is not answered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(shapes), async (messages) => {
      const [signedIn, { say, heard }] = [open('hlo_a'), aStranger()];
      const asking = open();
      const answer = asking.ask();
      for (const each of messages) say(each);
      expect(await answer).toBe('hlo_a');
      await delivered();
      expect([signedIn.token, signedIn.signOuts]).toEqual(['hlo_a', 0]);
      // The question of the tab, and the answer to it.
      expect(heard).toHaveLength(2);
      for (const each of opened.splice(0)) 'leave' in each ? each.leave() : each.close();
    }),
    { numRuns: 50 },
  );
});

test('in any order of sign-ins, sign-outs and closed tabs, a new tab gets a token exactly if an open one has it', async () => {
  const step = fc.record({ tab: fc.nat(3), what: fc.constantFrom('in', 'out', 'close') });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12, size: 'max' }), fc.boolean(), async (steps, hasLocks) => {
      locks = hasLocks ? new FakeLocks() : undefined;
      const tabs = Array.from({ length: 4 }, () => open());
      const live = new Map<number, string>();
      const closed = new Set<number>();
      for (const [n, { tab: index, what }] of steps.entries()) {
        const tab = tabs[index] as OpenTab;
        if (closed.has(index)) continue;
        if (what === 'in') {
          tab.token = `hlo_${n}`;
          live.set(index, tab.token);
        } else if (what === 'out') {
          tab.token = undefined;
          tab.signOut();
          live.clear();
        } else {
          tab.leave();
          closed.add(index);
          live.delete(index);
        }
        await delivered();
      }
      const tokens = live.size === 0 ? [undefined] : [...live.values()];
      expect(tokens).toContain(await asks(open()));
      for (const each of opened.splice(0)) 'leave' in each ? each.leave() : each.close();
    }),
    { numRuns: 50 },
  );
});
