/** Few alarms, and none of the causes that rang many lost: each is brought about, by what AWS and our functions write then. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { filled } from '../../support/filled.ts';
import { functionNames, theTemplate } from '../given-template.ts';
import { type Cause, causes, lineOf, reportOf, stalled } from './causes.ts';
import { alarmsIn, logGroupOf, ringing, type Written } from './given-alarms.ts';

// It has a receiver for each severity, and the function that manages connections.
const { template } = await theTemplate('largest');
const alarms = alarmsIn(template);
const page = readFileSync('docs/alarms.md', 'utf8');

/** The 48 alarms of the time before, and the one that only a gateway with managed connections had. */
const before = [
  ...[
    'AttemptsPostponed',
    'BackgroundThrottled',
    'DeliveryQueuesDispatchDeadLettersArrived',
    'DeliveryQueuesDispatchLate',
  ],
  ...['DeliveryQueuesLaneDeadLettersArrived', 'DeliveryQueuesLaneLate', 'DeliveryQueuesOverflowDeadLettersArrived'],
  ...[
    'DeliveryQueuesOverflowLate',
    'HttpApiFailing',
    'HttpApiOperatorsThrottled',
    'RelayStalled',
    'SchedulesThrottled',
  ],
  ...['Throttled', 'apiconnectionsFailing', 'apideliveriesFailing', 'apidestinationsFailing', 'apiendpointFailing'],
  ...[
    'apieventsFailing',
    'apihistoryandrejectionsFailing',
    'apioperatorsFailing',
    'apiroutesFailing',
    'apiselftestFailing',
  ],
  ...['authorizeFailing', 'authorizeoperatorFailing', 'counteventsFailing', 'counteventsLate', 'counteventsTooOld'],
  ...['dispatchFailing', 'followstatechangesFailing', 'followstatechangesGivenUp', 'followstatechangesLate'],
  ...['followstatechangesTooOld', 'ingestFailing', 'parkdeliveriesFailing', 'raisealertsFailing', 'relayFailing'],
  ...['relayGivenUp', 'relayLate', 'relayTooOld', 'runredeliveryjobsFailing', 'runreplayjobsFailing'],
  ...['servefilesFailing', 'servelanesDeliveriesGivenUp', 'servelanesDestinationFailing', 'servelanesFailing'],
  ...['storedeliveredsecretFailing', 'sweepdeliveriesFailing', 'sweepsecretsFailing', 'manageconnectionFailing'],
];

test('the causes are those of every alarm of the time before', () => {
  expect([...new Set([...causes, stalled].map(({ was }) => was))].sort()).toEqual(before.toSorted());
  expect(before).toHaveLength(49);
});

const nothing: Written = {};

/** What rings in each period: two before the cause, those of the cause, and four after it. */
const roundOf = ({ written, after = nothing }: Pick<Cause, 'written' | 'after'>, quiet: 0 | undefined) => {
  const periods = [nothing, nothing, ...written, after, after, after, after];
  const all = ringing(template, periods, quiet);
  const end = 2 + written.length;
  return { earlier: all.slice(0, 2), during: all.slice(2, end), end: all.at(-1) };
};

describe.each<[string, 0 | undefined]>([
  ['nothing else is called', undefined],
  ['everything else is well', 0],
])('while %s', (_, quiet) => {
  test.each(causes.map((cause) => [cause.was, cause.at, cause] as const))(
    'what rang %s, at %s, rings one that remains, and no longer when it is over',
    (_was, _at, cause) => {
      const { earlier, during, end } = roundOf(cause, quiet);
      expect(earlier).toEqual([[], []]);
      expect(during).toEqual(cause.written.map(() => expect.arrayContaining([...cause.rings])));
      expect(during.flat()).toHaveLength(cause.written.length * cause.rings.length);
      expect(end).toEqual([]);
    },
  );

  test('what rang RelayStalled rings it after three periods, until the relay is called', () => {
    const { earlier, during, end } = roundOf(stalled, quiet);
    expect([...earlier, ...during]).toEqual([[], [], [], [], ['RelayStalled']]);
    expect(end).toEqual([]);
  });
});

describe('the alarm that rings', () => {
  const rows = [...causes, stalled].map((cause) => [cause.was, cause.at, cause] as const);

  test.each(rows)('for what rang %s, at %s, says where to look, and wakes whom it woke', (_was, _at, cause) => {
    const found = cause.rings.map((name) => alarms.find((alarm) => alarm.name === name));
    expect(found[0]).toMatchObject({ name: cause.rings[0] });
    for (const part of filled(cause.where)) expect(found[0]?.text).toContain(part);
    // What could wait before may wait now, unless the API answers 5xx, which rang an urgent alarm before too.
    const severity = cause.rings.includes('HttpApiFailing') ? 'urgent' : cause.severity;
    expect(found[0]?.severity).toBe(severity);
  });

  test.each(rows.filter(([, , { where }]) => where.some((part) => part.endsWith('Log'))))(
    'for what rang %s names the log group to which %s writes',
    (_was, at, cause) => {
      const [log] = cause.where.filter((part) => part.endsWith('Log'));
      expect(logGroupOf(template, at).replace(/\w{8}$/, '')).toBe(log);
    },
  );
});

describe('no alarm rings for', () => {
  const log = (writer: string, line: object): Written => ({ lines: [[writer, line]] });
  const fine: [string, Written][] = [
    ['a call that went well, if Lambda logs it', log('relay', reportOf('success'))],
    ['an expression that takes too long', log('transform', reportOf('timeout'))],
    ['a dry run of an expression that takes too long', log('dry-run-transform', reportOf('timeout'))],
    ['a refused webhook', log('ingest', lineOf({ function: 'ingest', outcome: 'refused', reason: 'token_invalid' }))],
    ['a record that waits for the bus', log('relay', lineOf({ function: 'relay', outcome: 'stuck' }, 'WARN'))],
    [
      'a failed attempt of a receiver',
      log('dispatch', lineOf({ function: 'dispatch', outcome: 'dispatched', failed: 1 })),
    ],
    [
      'a sender that is refused by the limit',
      log('access', { route: 'ANY /hooks/{connection}/{endpointId}', status: '429' }),
    ],
    ['an operator without a token', log('access', { route: 'GET /v1/connections', status: '403' })],
    ['a record that is just young enough', { metrics: { 'AWS/Lambda IteratorAge of relay': 599_999 } }],
    ['a message that is just young enough', { metrics: { 'AWS/SQS ApproximateAgeOfOldestMessage of Dispatch': 899 } }],
    [
      'two that are half as old as they may be',
      {
        metrics: {
          'AWS/Lambda IteratorAge of relay': 300_000,
          'AWS/SQS ApproximateAgeOfOldestMessage of Dispatch': 450,
        },
      },
    ],
    [
      'calls and messages as usual',
      {
        metrics: {
          'AWS/Lambda Invocations of relay': 50,
          'AWS/Lambda Throttles of relay': 0,
          'AWS/Lambda IteratorAge of relay': 40,
          'AWS/SQS ApproximateNumberOfMessagesVisible of Dispatch': 9,
        },
      },
    ],
  ];

  test.each(fine)('%s', (_, written) => {
    for (const quiet of [undefined, 0] as const) expect(roundOf({ written: [written] }, quiet).during).toEqual([[]]);
  });
});

test('two causes of one alarm ring it as long as one of them lasts', () => {
  const both = {
    'AWS/Lambda IteratorAge of count-events': 700_000,
    'AWS/SQS ApproximateAgeOfOldestMessage of Lane': 4_000,
  };
  const one = { 'AWS/SQS ApproximateAgeOfOldestMessage of Lane': 4_000 };
  const found = ringing(template, [{ metrics: both }, { metrics: one }, nothing, nothing], 0);
  expect(found.slice(0, 2)).toEqual([['BackgroundLate'], ['BackgroundLate']]);
  expect(found.at(-1)).toEqual([]);
});

describe('the texts', () => {
  test.each(alarms.map(({ name, text }) => [name, text]))('of %s name only what is there, and a page', (name, text) => {
    expect(text.length).toBeLessThan(1_024);
    const pages = text.match(/docs\/[\w-]+\.md/g) ?? [];
    expect(pages.length).toBeGreaterThan(0);
    const resources = text.match(/\b(HttpApiFailing|AccountThrottled|DeliveryQueuesDeadLetters|[A-Z]\w+Log)\b/g) ?? [];
    const isThere = (named: string) =>
      existsSync(named) || Object.keys(template.Resources).some((id) => id.startsWith(named));
    for (const named of filled([...pages, ...resources])) expect([named, isThere(named)]).toEqual([named, true]);
    expect(page).toContain(`\`${name}\``);
  });

  test('of BackgroundFailing has each function that writes to the log of the background, and no other', () => {
    const text = alarms.find(({ name }) => name === 'BackgroundFailing')?.text ?? '';
    const [, list = ''] = /has the function, which is ([\w, -]+)\./.exec(text) ?? [];
    const names = [...functionNames(template).values()];
    const background = names.filter((name) => logGroupOf(template, name).startsWith('BackgroundLog'));
    expect(list.split(', ').sort()).toEqual(background.sort());
  });

  test('of docs/alarms.md say what each function delays or breaks', () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name);
    for (const name of filled(functionNames(template).values())) expect(rows).toContain(name);
  });
});
