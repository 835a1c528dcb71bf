/** The rules of a queue, for every order of sends, receives, deletions, waits and restarts. */
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FairOrder } from '../../../local/sqs/fair-order.ts';
import { MessageQueue, type ReceivedMessage } from '../../../local/sqs/message-queue.ts';
import { MessageStore } from '../../../local/sqs/message-store.ts';
import { queueProperties } from '../../../local/sqs/queue-properties.ts';
import { count } from '../../support/full-counts.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { aDataFolder } from '../aws/given-aws.ts';

const day = 86_400_000;
const never = new AbortController().signal;
const stores: MessageStore[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

interface Queues {
  store: MessageStore;
  main: MessageQueue;
  dead: MessageQueue;
}

const settings = { VisibilityTimeout: 30, MessageRetentionPeriod: 4 * 86_400, maxReceiveCount: 3 };

async function openQueues(folder: string, clock: VirtualClock, maxInFlight?: number): Promise<Queues> {
  const store = await MessageStore.open(folder);
  stores.push(store);
  const queues = new Map<string, MessageQueue>();
  const open = async (QueueName: string, rest: object = {}): Promise<MessageQueue> => {
    const properties = queueProperties({ QueueName, MessageRetentionPeriod: settings.MessageRetentionPeriod, ...rest });
    const states = await store.states(QueueName);
    const { now, wait } = clock;
    const find = (arn: string) => queues.get(arn);
    const queue = new MessageQueue({
      arn: QueueName,
      properties,
      store,
      states,
      find,
      now,
      wait,
      signal: never,
      maxInFlight,
    });
    queues.set(QueueName, queue);
    return queue;
  };
  const { VisibilityTimeout, maxReceiveCount } = settings;
  const dead = await open('dead', { MessageRetentionPeriod: 14 * 86_400 });
  const RedrivePolicy = { deadLetterTargetArn: 'dead', maxReceiveCount };
  return { store, dead, main: await open('main', { VisibilityTimeout, RedrivePolicy }) };
}

const contentOf = (body: string) => ({ content: { body, attributes: {} } });
const sendTo = (queue: MessageQueue, body: string, delaySeconds?: number, group?: string) =>
  queue.send([{ ...contentOf(body), delaySeconds, group }]);
const receiveFrom = (queue: MessageQueue, limit: number, visibilitySeconds?: number) =>
  queue.receive({ limit, visibilitySeconds, waitMs: 0 });
const bodyOf = ({ content }: ReceivedMessage): string => content.body;

/** What a test knows of a message. */
interface Known {
  sentAt: number;
  visibleAt: number;
  receives: number;
  isDeleted: boolean;
  handle?: string;
}

type Step =
  | { do: 'send'; delay: number | undefined; group: string | undefined }
  | { do: 'receive'; limit: number; visibility: number | undefined }
  | { do: 'delete' | 'show'; at: number }
  | { do: 'hide'; at: number; seconds: number }
  | { do: 'wait'; milliseconds: number }
  | { do: 'restart' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      delay: fc.option(fc.constantFrom(0, 5, 900), { nil: undefined }),
      group: fc.option(fc.constantFrom('g', 'h'), { nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('receive' as const),
      limit: fc.integer({ min: 1, max: 10 }),
      visibility: fc.option(fc.constantFrom(0, 1, 30, 43_200), { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('delete', 'show' as const), at: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('hide' as const),
      at: fc.nat(20),
      seconds: fc.constantFrom(1, 30, 600),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      milliseconds: fc.constantFrom(1, 999, 5_000, 30_000, 3_600_000, day),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

/** A queue beside what is known of its messages. */
class Watched {
  readonly clock = new VirtualClock();
  readonly known = new Map<string, Known>();
  readonly #folder = aDataFolder();
  #queues: Queues | undefined;

  async queues(): Promise<Queues> {
    this.#queues ??= await openQueues(this.#folder, this.clock);
    return this.#queues;
  }

  get now(): number {
    return this.clock.now().getTime();
  }

  /** The messages that a receive may return now. */
  visible(): string[] {
    return [...this.known].filter(([, each]) => this.#isReceivable(each)).map(([body]) => body);
  }

  #isPresent({ sentAt, isDeleted }: Known): boolean {
    return !isDeleted && sentAt + settings.MessageRetentionPeriod * 1_000 > this.now;
  }

  #isReceivable(each: Known): boolean {
    return this.#isPresent(each) && each.visibleAt <= this.now && each.receives < settings.maxReceiveCount;
  }

  /** The messages whose last receive may still be answered. */
  inFlight(): Known[] {
    return [...this.known.values()].filter(
      (each) => this.#isPresent(each) && each.handle !== undefined && each.visibleAt > this.now,
    );
  }

  async take(given: Step): Promise<void> {
    const { main, store } = await this.queues();
    const inFlight = this.inFlight();
    const chosen = 'at' in given ? inFlight[given.at % inFlight.length] : undefined;
    if (given.do === 'send') {
      const body = `m${this.known.size}`;
      await sendTo(main, body, given.delay, given.group);
      const visibleAt = this.now + (given.delay ?? 0) * 1_000;
      this.known.set(body, { sentAt: this.now, visibleAt, receives: 0, isDeleted: false });
    } else if (given.do === 'receive') {
      await this.receive(main, given.limit, given.visibility);
    } else if (given.do === 'wait') {
      this.clock.advance(given.milliseconds);
    } else if (given.do === 'restart') {
      await store.close();
      stores.splice(stores.indexOf(store), 1);
      this.#queues = undefined;
    } else if (chosen?.handle !== undefined && given.do === 'delete') {
      await main.delete(chosen.handle);
      chosen.isDeleted = true;
    } else if (chosen?.handle !== undefined && given.do !== 'delete') {
      const seconds = given.do === 'hide' ? given.seconds : 0;
      // Not longer than the twelve hours after which SQS refuses the change.
      await main.changeVisibility(chosen.handle, seconds).then(
        () => Object.assign(chosen, { visibleAt: this.now + seconds * 1_000 }),
        () => undefined,
      );
    }
  }

  async receive(main: MessageQueue, limit: number, visibility = settings.VisibilityTimeout): Promise<void> {
    const visible = this.visible();
    const received = await receiveFrom(main, limit, visibility);
    const got = received.map(bodyOf);
    // Each one may be received now, none of them comes twice, and none is kept back.
    expect(visible).toEqual(expect.arrayContaining(got));
    expect(new Set(got).size).toBe(Math.min(limit, visible.length));
    expect(got).toHaveLength(new Set(got).size);
    const receivesBefore = got.map((body) => this.known.get(body)?.receives);
    expect(received.map(({ state }) => state.receives - 1)).toEqual(receivesBefore);
    for (const message of received) {
      Object.assign(this.known.get(bodyOf(message)) ?? {}, {
        receives: message.state.receives,
        visibleAt: this.now + visibility * 1_000,
        handle: message.handle,
      });
    }
  }

  /** Receives until nothing is left, half a day after the last change of a visibility. */
  async drained(): Promise<{ main: string[]; dead: string[] }> {
    const { main, dead } = await this.queues();
    this.clock.advance(day / 2);
    const all = async (queue: MessageQueue): Promise<string[]> => {
      const found: string[] = [];
      for (;;) {
        const received = await receiveFrom(queue, 10, 43_200);
        if (received.length === 0) return found.sort();
        found.push(...received.map(bodyOf));
      }
    };
    return { main: await all(main), dead: await all(dead) };
  }

  /** What is still there: to be received again, or given up. */
  expected(): { main: string[]; dead: string[] } {
    const present = [...this.known].filter(([, each]) => this.#isPresent(each));
    const isDead = ([, { receives }]: (typeof present)[number]) => receives >= settings.maxReceiveCount;
    const bodies = (of: typeof present) => of.map(([body]) => body).sort();
    return { main: bodies(present.filter((each) => !isDead(each))), dead: bodies(present.filter(isDead)) };
  }
}

test('a message is received at least once, hidden while it is in flight, and lost by nothing but its age', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
      const watched = new Watched();
      for (const each of steps) await watched.take(each);
      const found = await watched.drained();
      const expected = watched.expected();
      expect(found.main).toEqual(expected.main);
      // A message that became a dead letter in time is kept there longer.
      expect(found.dead).toEqual(expect.arrayContaining(expected.dead));
      const deleted = [...watched.known].filter(([, { isDeleted }]) => isDeleted).map(([body]) => body);
      expect([...found.main, ...found.dead].filter((body) => deleted.includes(body))).toEqual([]);
    }),
    { numRuns: count({ usual: 60, full: 250 }) },
  );
});

test('messages that are sent and received at once are each received once', async () => {
  const clock = new VirtualClock();
  const { main } = await openQueues(aDataFolder(), clock);
  const sending = Array.from({ length: 40 }, (_, at) => sendTo(main, `m${at}`));
  const receiving = Array.from({ length: 12 }, () => main.receive({ limit: 5, waitMs: 1_000 }));
  await Promise.all(sending);
  const got: string[] = [];
  while (got.length < 40) got.push(...(await receiveFrom(main, 10)).map(bodyOf), ...(await firstOf(receiving)));
  expect(got.sort()).toEqual(Array.from({ length: 40 }, (_, at) => `m${at}`).sort());
  clock.advance(1_000);
  expect((await Promise.all(receiving)).flat()).toEqual([]);
});

/** Takes the messages of one receive out of a list of receives. */
async function firstOf(receiving: Promise<ReceivedMessage[]>[]): Promise<string[]> {
  const [first] = receiving.splice(0, 1);
  return ((await first) ?? []).map(bodyOf);
}

test('a message waits three days for its receiver, fifteen minutes at a time', async () => {
  const clock = new VirtualClock();
  const { main } = await openQueues(aDataFolder(), clock);
  await sendTo(main, 'hop 0', 900);
  for (let hop = 1; hop <= 3 * 24 * 4; hop += 1) {
    clock.advance(899_999);
    expect(await receiveFrom(main, 1)).toEqual([]);
    clock.advance(1);
    const [message] = await receiveFrom(main, 1);
    expect(message && bodyOf(message)).toBe(`hop ${hop - 1}`);
    await sendTo(main, `hop ${hop}`, 900);
    await main.delete(message?.handle ?? '');
  }
  expect(main.counts()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
});

describe('a disk that fails', () => {
  /** The counts of the queue after an action that failed, because the store can't be written any more. */
  async function afterFailing(act: (queue: MessageQueue, message: ReceivedMessage | undefined) => Promise<unknown>) {
    const { main, store } = await openQueues(aDataFolder(), new VirtualClock());
    await sendTo(main, 'a');
    const [message] = await receiveFrom(main, 1, 60);
    await store.close();
    await expect(act(main, message)).rejects.toMatchObject({ code: 'LEVEL_DATABASE_NOT_OPEN' });
    return main.counts();
  }

  test('leaves the message that should be deleted', async () => {
    const counts = await afterFailing((queue, message) => queue.delete(message?.handle ?? ''));
    expect(counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  });

  test('lets nobody receive a message that was not sent', async () => {
    const counts = await afterFailing((queue) => sendTo(queue, 'b'));
    expect(counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  });
});

describe('with too many messages in flight', () => {
  test('a receive that does not wait fails, and one that waits gets nothing until one is deleted', async () => {
    const clock = new VirtualClock();
    const { main } = await openQueues(aDataFolder(), clock, 2);
    for (const body of ['a', 'b', 'c']) await sendTo(main, body);
    const [first] = await receiveFrom(main, 2);
    await expect(receiveFrom(main, 1)).rejects.toMatchObject({ type: 'com.amazonaws.sqs#OverLimit' });
    const empty = main.receive({ limit: 1, waitMs: 1_000 });
    clock.advance(1_000);
    expect(await empty).toEqual([]);
    const waiting = main.receive({ limit: 1, waitMs: 1_000 });
    await main.delete(first?.handle ?? '');
    expect((await waiting).map(bodyOf)).toEqual(['c']);
  });
});

describe('groups', () => {
  const groupNames = ['a', 'b', 'c', 'd', undefined];

  test('take turns: until a group gets its turn, each other group gets one at most', () => {
    const arrivals = fc.array(fc.array(fc.constantFrom(...groupNames), { maxLength: 6, size: 'max' }), {
      maxLength: 40,
      size: 'max',
    });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 10 }), (rounds, limit) => {
        const order = new FairOrder();
        const waiting = new Set<{ group: string | undefined; visibleAt: number }>();
        /** The groups that got a message since this one began to wait for its turn. */
        const before = new Map<string | undefined, (string | undefined)[]>();
        for (const [visibleAt, groups] of rounds.entries()) {
          for (const group of groups) {
            waiting.add({ group, visibleAt });
            if (!before.has(group)) before.set(group, []);
          }
          for (const message of order.choose(waiting, limit)) {
            waiting.delete(message);
            before.delete(message.group);
            for (const others of before.values()) others.push(message.group);
            if ([...waiting].some(({ group }) => group === message.group)) before.set(message.group, []);
          }
          const gotTwo = [...before.values()].filter((others) => others.length > new Set(others).size);
          expect(gotTwo).toEqual([]);
        }
      }),
      { numRuns: count({ usual: 200, full: 3_000 }) },
    );
  });

  test('with new names in each round do not keep an old one waiting', () => {
    const order = new FairOrder();
    const old = { group: 'old', visibleAt: 1 };
    order.choose([{ group: 'old', visibleAt: 0 }], 1);
    const rounds = Array.from({ length: 5 }, (_, at) => order.choose([{ group: `new ${at}`, visibleAt: 2 }, old], 1));
    expect(rounds.flat()).toContain(old);
  });

  test('share a receive, though one of them has sent a hundred messages before', async () => {
    const { main } = await openQueues(aDataFolder(), new VirtualClock());
    await main.send(Array.from({ length: 100 }, (_, at) => ({ ...contentOf(`noisy ${at}`), group: 'noisy' })));
    await sendTo(main, 'quiet', 0, 'quiet');
    await sendTo(main, 'alone');
    const got = (await receiveFrom(main, 4)).map(bodyOf);
    expect(got).toEqual(['noisy 0', 'quiet', 'alone', 'noisy 1']);
  });
});
