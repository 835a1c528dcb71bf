/** The timeline of an event: what each step says, and when it is read again. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { inTurn, Refusal } from './given-api.ts';
import { stopClock } from './given-clock.ts';
import { openConsole } from './given-console.ts';
import { aDelivery, anEvent, aTimeline } from './given-records.ts';

type Timeline = ApiAnswer<'GET /v1/connections/{name}/events/{id}/timeline'>;
type Step = Timeline['items'][number];

const path = '/connections/shop/events/evt_1';
const timeline = 'GET /v1/connections/{name}/events/{id}/timeline';
const event = { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_1') };
const at = (seconds: number) => `2026-11-26T10:00:${String(seconds).padStart(2, '0')}.000Z`;

const attempt = (number: number, more: Partial<Extract<Step, { step: 'attempted' }>> = {}): Step => ({
  ...{ step: 'attempted', at: at(number), ms: 1_250, delivery: 'dlv_1', destination: 'shop', rule: 'to-shop' },
  ...{ attempt: number, outcome: 'answered', status: 200 },
  ...more,
});

/** Each step: its icon's name and its text. */
const shown = () =>
  [...document.querySelectorAll('[aria-label=Timeline] li')].map(
    (step) =>
      `${step.querySelector('[role=img]')?.getAttribute('aria-label')}: ${step.textContent?.replaceAll(/\s+/g, ' ')}`,
  );

const steps: [step: Step, shown: string][] = [
  [
    { step: 'received', at: at(0), method: 'POST', size: 2048, sourceIp: '192.0.2.7' },
    'Done: ReceivedNov 26, 2026, 6:30:00.000 AM GMT-3:30POST, 2.0 KiB, from 192.0.2.7',
  ],
  [{ step: 'verified', verifiedBy: 'token', tokenId: 't1' }, 'Done: VerifiedBy the token, version t1'],
  [{ step: 'verified', verifiedBy: 'both', tokenId: 't2' }, 'Done: VerifiedBy the token and the signature, version t2'],
  [{ step: 'verified', verifiedBy: 'signature', tokenId: 't3' }, 'Done: VerifiedBy the signature, version t3'],
  [
    { step: 'stored', expiresAt: '2026-12-26T10:00:00.000Z' },
    'Done: StoredKept until Dec 26, 2026, 6:30:00 AM GMT-3:30',
  ],
  [{ step: 'held' }, 'Waiting: HeldNot released'],
  [{ step: 'held', releasedAt: at(5) }, 'Done: HeldUntil its release at Nov 26, 2026, 6:30:05 AM GMT-3:30'],
  [{ step: 'published', asOf: at(9) }, 'Done: PublishedChecked Nov 26, 2026, 6:30:09 AM GMT-3:30'],
  [
    { step: 'given_up', at: at(9), code: 'Internal\u202eFailure' },
    'Failed: Given up: it is a dead letterNov 26, 2026, 6:30:09.000 AM GMT-3:30The event bus answered Internal⟨U+202E⟩Failure',
  ],
  [
    { step: 'replayed', replay: 1, at: at(10), by: 'op_0' },
    'Done: Replay 1Nov 26, 2026, 6:30:10.000 AM GMT-3:30by Zoe op_0 ',
  ],
  [
    { step: 'replayed', replay: 2, at: at(11), by: 'op_9', job: 'job-1' },
    'Done: Replay 2Nov 26, 2026, 6:30:11.000 AM GMT-3:30by op_9 in the job job-1',
  ],
  [{ step: 'replayed', replay: 3 }, 'Done: Replay 3Who asked for it is not known, or not yet.'],
  [
    attempt(1),
    'Done: Attempted: shopNov 26, 2026, 6:30:01.000 AM GMT-3:30Attempt 1 by the rule to-shopAnswered 200 after 1,250 ms',
  ],
  [
    attempt(2, { status: 503, replay: 2 }),
    'Failed: Attempted: shopNov 26, 2026, 6:30:02.000 AM GMT-3:30Attempt 2 by the rule to-shop, replay 2Answered 503 after 1,250 ms',
  ],
];

describe('the timeline of an event', () => {
  test('says of each step what is stored, and a time only if there is one', async () => {
    await openConsole(path, { ...event, [timeline]: aTimeline(steps.map(([step]) => step)) });
    expect(shown()).toEqual(steps.map(([, expected]) => expected));
  });

  test('says an attempt without an answer by its cause, or by its outcome', async () => {
    const { status: _, ...unanswered } = attempt(1) as Extract<Step, { step: 'attempted' }>;
    const items = [
      { ...unanswered, outcome: 'no_answer', cause: 'The host\u202e is unknown.' },
      { ...unanswered, outcome: 'timed_out' },
    ];
    await openConsole(path, { ...event, [timeline]: aTimeline(items) });
    expect(shown().map((each) => each.split('to-shop')[1])).toEqual([
      'The host⟨U+202E⟩ is unknown, after 1,250 ms',
      'timed out after 1,250 ms',
    ]);
  });

  test.each([
    ['waiting', ['Waiting: Waiting to be publishedChecked Nov 26, 2026, 6:30:09 AM GMT-3:30']],
    ['discarded', ['Ended: Discarded: never publishedChecked Nov 26, 2026, 6:30:09 AM GMT-3:30']],
    ['none', ['Ended: Not published: it is a testChecked Nov 26, 2026, 6:30:09 AM GMT-3:30']],
    ['unknown', ['Ended: Unknown: too long agoChecked Nov 26, 2026, 6:30:09 AM GMT-3:30']],
    ['held', []],
    ['given_up', []],
    ['published', []],
  ] as const)(
    'says that the publication is %s where no step does, before what came later',
    async (publication, more) => {
      const items: Step[] = [{ step: 'verified', verifiedBy: 'token', tokenId: 't1' }, attempt(1)];
      await openConsole(path, { ...event, [timeline]: aTimeline(items, { publication, publicationAsOf: at(9) }) });
      expect(shown().slice(1, -1)).toEqual(more);
    },
  );

  test('leads to the delivery of an attempt', async () => {
    const app = await openConsole(path, {
      ...event,
      [timeline]: aTimeline([attempt(1)]),
      'GET /v1/deliveries/{id}': aDelivery(),
    });
    await app.press('link', 'Attempt 1 by the rule to-shop', {
      page: '/console/destinations/shop/deliveries/dlv_1',
      shows: ['Duration'],
    });
  });

  test('begins with thirty steps if there are more', async () => {
    const attempts = Array.from({ length: 31 }, (_, before) => attempt(before + 1));
    const app = await openConsole(path, { ...event, [timeline]: aTimeline(attempts) });
    expect(shown()).toHaveLength(30);
    await app.press('button', 'Show all 31 steps', { shows: ['Attempt 31 '], hides: ['Show all'] });
  });

  test('that could not be read is read again', async () => {
    const app = await openConsole(path, {
      ...event,
      [timeline]: inTurn(new Refusal(500, 'Not now.'), aTimeline([attempt(1)])),
    });
    await app.press('button', 'Try again', { hides: ['Not now.'], shows: ['Attempted: shop'] });
  });

  test('is read again until the history has who asked for a replay', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const replay: Step = { step: 'replayed', replay: 1 };
    const app = await openConsole(path, {
      ...event,
      [timeline]: inTurn(aTimeline([replay]), aTimeline([{ ...replay, at: at(9), by: 'op_0' }])),
    });
    expect(app.text).toContain('Who asked for it is not known, or not yet.');
    await app.does({ shows: ['by Zoe'], hides: ['not known, or not yet'] }, () => app.comeBack());
  });

  test.each([
    ['the event is published', anEvent('evt_1'), []],
    ['the event is replayed', anEvent('evt_1', { publication: 'waiting', replays: 1 }), []],
    ['a delivery is attempted', anEvent('evt_1', { publication: 'waiting' }), [aDelivery()]],
  ])('is read again when %s', async (_, later, deliveries) => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, {
      'GET /v1/connections/{name}/events/{id}': inTurn(anEvent('evt_1', { publication: 'waiting' }), later),
      'GET /v1/connections/{name}/events/{id}/deliveries': inTurn({ items: [] }, { items: deliveries }),
      [timeline]: inTurn(aTimeline(), aTimeline([attempt(1)])),
    });
    await app.does({ shows: ['Attempted: shop'] }, () => app.comeBack());
  });

  test('is read again when the event is replayed, also before its deliveries are known', async () => {
    stopClock('2026-11-26T12:00:00.000Z');
    const app = await openConsole(path, {
      'GET /v1/connections/{name}/events/{id}': inTurn(anEvent('evt_1'), anEvent('evt_1', { replays: 1 })),
      'GET /v1/connections/{name}/events/{id}/deliveries': new Refusal(500, 'Not now.'),
      'POST /v1/connections/{name}/events/{id}/replay': { id: 'evt_1', replay: 1 },
      [timeline]: inTurn(aTimeline(), aTimeline([attempt(1)])),
    });
    await app.press('button', 'Replay', { dialog: 'Replay this event?' });
    await app.press('button', 'Replay', {
      dialog: null,
      sent: ['POST /v1/connections/shop/events/evt_1/replay'],
      shows: ['Published again: replay 1.', 'Attempted: shop'],
    });
  });
});

/** Each stop of the way: its text, with a line for each destination. */
const way = () =>
  [...document.querySelectorAll('ol[aria-label=Journey] > li')].map((stop) =>
    [...(stop.querySelectorAll('ul > li').length > 0 ? stop.querySelectorAll('ul > li') : [stop])].map((each) =>
      each.textContent?.replaceAll(/\s+/g, ' '),
    ),
  );
type Routed = ApiAnswer<'GET /v1/connections/{name}/events/{id}/deliveries'>['items'][number];
const routed = (id: string, more: Partial<Routed>): Routed => ({ ...aDelivery({ id }), ...more });

describe('the way of an event', () => {
  test('leads over the bus to each destination of the last replay, and to what failed', async () => {
    const app = await openConsole(path, {
      'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { replays: 2 }),
      'GET /v1/connections/{name}/events/{id}/deliveries': {
        items: [
          routed('dlv_0', { destination: 'old' }),
          routed('dlv_1', { destination: 'shop', replay: 2 }),
          routed('dlv_2', { destination: 'crm', replay: 2, status: 'queued', attempts: 0 }),
        ],
      },
      'GET /v1/deliveries/{id}': aDelivery(),
      [timeline]: aTimeline([
        { step: 'received', at: at(0), method: 'POST', size: 8, sourceIp: '192.0.2.7' },
        { step: 'replayed', replay: 2, at: at(10), by: 'op_0' },
        attempt(12, { attempt: 1, replay: 2, status: 503 }),
      ]),
    });
    expect(way()).toEqual([
      ['ReceivedNov 26, 2026, 6:30:00.000 AM GMT-3:30'],
      ['Verified'],
      ['Stored'],
      ['Event busPublished'],
      ['shop by rule to-shopGiven uplast attempt after 2 s', 'crm by rule to-shopQueued'],
    ]);
    expect(app.text).toContain('Of replay 2, the last time that the event was sent.');
    await app.press('link', 'shop by rule to-shop', {
      page: '/console/destinations/shop/deliveries/dlv_1',
      shows: ['Duration'],
    });
  });

  test.each<[what: string, deliveries: { items: [] } | Refusal, said: string]>([
    ['nothing was made, or is known yet', { items: [] }, 'No delivery, or not yet.'],
    ['the deliveries can’t be read', new Refusal(409, 'Not now.'), 'Where it went could not be read.'],
  ])('says so if %s', async (_, deliveries, said) => {
    await openConsole(path, { ...event, 'GET /v1/connections/{name}/events/{id}/deliveries': deliveries });
    expect(way().at(-1)).toEqual([said]);
  });

  test.each([
    ['published', 'Published'],
    ['waiting', 'Waiting to be published'],
    ['held', 'Held'],
    ['given_up', 'Not published: it is a dead letter'],
  ] as const)('says of the bus that the event is %s', async (publication, said) => {
    await openConsole(path, { 'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', { publication }) });
    expect(way()[3]?.[0]).toContain(`Event bus${said}`);
  });
});
