/**
 * Every cause that rang one of the 48 alarms of the time before decision 83, with what AWS and our functions write while it lasts. Written by
 * hand, from the template of that time: the alarm, its metric, its threshold, its severity.
 */
import type { Written } from './given-alarms.ts';

export interface Cause {
  /** The alarm that it rang, by its logical id. */
  was: string;
  severity: 'urgent' | 'warning';
  /** The function or the queue at fault. */
  at: string;
  /** What is written in each period, as long as the cause lasts. */
  written: readonly Written[];
  /** What is written in each period after the cause, if it is not nothing. */
  after?: Written;
  /** The alarms that ring now. */
  rings: readonly string[];
  /** What the text of the first of them must name. */
  where: readonly string[];
}

/** Lambda's line about a call that ended in this way, in the JSON format. */
export const reportOf = (
  status: 'success' | 'error' | 'failure' | 'timeout',
  errorType?: string,
  type = 'platform.report',
): object => ({
  time: '2026-12-02T10:00:00.000Z',
  type,
  record: {
    requestId: '6f0a1c52-0000-4000-8000-000000000001',
    metrics: { durationMs: 60_000, billedDurationMs: 60_000, memorySizeMB: 256, maxMemoryUsedMB: 256 },
    status,
    ...(errorType && { errorType }),
  },
});

/** A line of ours, as Lambda wraps it. */
export const lineOf = (message: object, level = 'INFO'): object => ({
  timestamp: '2026-12-02T10:00:00.000Z',
  level,
  requestId: '6f0a1c52-0000-4000-8000-000000000001',
  message,
});

/** The ways in which a call fails: it throws, takes too long, needs too much memory, ends, or does not start. */
const failures = [
  reportOf('error'),
  reportOf('timeout'),
  reportOf('error', 'Runtime.OutOfMemory'),
  reportOf('failure', 'Runtime.ExitError'),
  reportOf('error', 'Runtime.ImportModuleError'),
  reportOf('timeout', undefined, 'platform.runtimeDone'),
  reportOf('error', 'Runtime.ImportModuleError', 'platform.initReport'),
];

const failing = (name: string, more: Readonly<Record<string, number>> = {}): Written[] =>
  failures.map((line) => ({ metrics: { [`AWS/Lambda Errors of ${name}`]: 1, ...more }, lines: [[name, line]] }));

/** Alarm of a function that answers requests → the function, its log group, and its severity. */
const answering = [
  ['authorizeFailing', 'authorize', 'SendersLog', 'urgent'],
  ['ingestFailing', 'ingest', 'SendersLog', 'urgent'],
  ['authorizeoperatorFailing', 'authorize-operator', 'OperatorsLog', 'urgent'],
  ['apiconnectionsFailing', 'api-connections', 'OperatorsLog', 'warning'],
  ['apideliveriesFailing', 'api-deliveries', 'OperatorsLog', 'warning'],
  ['apidestinationsFailing', 'api-destinations', 'OperatorsLog', 'warning'],
  ['apiendpointFailing', 'api-endpoint', 'OperatorsLog', 'warning'],
  ['apieventsFailing', 'api-events', 'OperatorsLog', 'warning'],
  // Its routes are those of `api-events` now.
  ['apihistoryandrejectionsFailing', 'api-events', 'OperatorsLog', 'warning'],
  ['apioperatorsFailing', 'api-operators', 'OperatorsLog', 'warning'],
  ['apiroutesFailing', 'api-routes', 'OperatorsLog', 'warning'],
  ['apiselftestFailing', 'api-self-test', 'OperatorsLog', 'warning'],
  ['servefilesFailing', 'serve-files', 'OperatorsLog', 'warning'],
] as const;

const ofAnswering = answering.map(
  ([was, at, log, severity]): Cause => ({
    ...{ was, severity, at },
    written: failing(at, { 'AWS/ApiGateway 5xx of the API': 1 }),
    rings: ['HttpApiFailing'],
    where: [log, 'integrationError', 'log stream has the function', 'docs/alarms.md'],
  }),
);

/** Alarm of a function that answers no request → the function. All were warnings. */
const inBackground = {
  relayFailing: 'relay',
  counteventsFailing: 'count-events',
  followstatechangesFailing: 'follow-state-changes',
  dispatchFailing: 'dispatch',
  parkdeliveriesFailing: 'park-deliveries',
  servelanesFailing: 'serve-lanes',
  sweepsecretsFailing: 'sweep-secrets',
  sweepdeliveriesFailing: 'sweep-deliveries',
  raisealertsFailing: 'raise-alerts',
  runreplayjobsFailing: 'run-replay-jobs',
  runredeliveryjobsFailing: 'run-redelivery-jobs',
  storedeliveredsecretFailing: 'store-delivered-secret',
  // Of a gateway that manages connections.
  manageconnectionFailing: 'manage-connection',
};

const ofBackground = Object.entries(inBackground).map(
  ([was, at]): Cause => ({
    ...{ was, severity: 'warning', at },
    written: failing(at),
    rings: ['BackgroundFailing'],
    where: ['BackgroundLog', at, 'record.status', 'docs/alarms.md'],
  }),
);

/** Alarm → the sum of which functions' throttles it watched. No line of a log shows a throttle. */
const throttled: readonly (readonly [was: string, functions: readonly string[]])[] = [
  [
    'BackgroundThrottled',
    ['relay', 'count-events', 'follow-state-changes', 'dispatch', 'park-deliveries', 'serve-lanes', 'transform'],
  ],
  [
    'SchedulesThrottled',
    ['run-replay-jobs', 'run-redelivery-jobs', 'sweep-secrets', 'sweep-deliveries', 'raise-alerts'],
  ],
];

const ofThrottles = [
  ...throttled.flatMap(([was, functions]) =>
    functions.map(
      (at): Cause => ({
        ...{ was, severity: 'warning', at },
        written: [{ metrics: { [`AWS/Lambda Throttles of ${at}`]: 3 } }],
        rings: ['AccountThrottled'],
        where: ['Throttles by function', 'docs/limits.md', 'docs/alarms.md'],
      }),
    ),
  ),
  ...['authorize', 'ingest', 'authorize-operator'].map(
    (at): Cause => ({
      ...{ was: 'Throttled', severity: 'urgent', at },
      written: [{ metrics: { [`AWS/Lambda Throttles of ${at}`]: 3, 'AWS/ApiGateway 5xx of the API': 3 } }],
      rings: ['HttpApiFailing', 'AccountThrottled'],
      where: ['integrationError', 'no concurrency left', 'docs/limits.md'],
    }),
  ),
];

/** Alarm on the age of what waits → its severity, the function, its metric, an age over the threshold, and the alarm now. */
const late = [
  ['relayLate', 'urgent', 'relay', 'AWS/Lambda IteratorAge of relay', 600_001, 'WebhooksLate'],
  ['counteventsLate', 'warning', 'count-events', 'AWS/Lambda IteratorAge of count-events', 600_001, 'BackgroundLate'],
  [
    ...(['followstatechangesLate', 'warning', 'follow-state-changes'] as const),
    ...(['AWS/Lambda IteratorAge of follow-state-changes', 600_001, 'BackgroundLate'] as const),
  ],
  [
    ...(['DeliveryQueuesDispatchLate', 'urgent', 'dispatch'] as const),
    ...(['AWS/SQS ApproximateAgeOfOldestMessage of Dispatch', 901, 'WebhooksLate'] as const),
  ],
  [
    ...(['DeliveryQueuesOverflowLate', 'warning', 'park-deliveries'] as const),
    ...(['AWS/SQS ApproximateAgeOfOldestMessage of Overflow', 3_601, 'BackgroundLate'] as const),
  ],
  [
    ...(['DeliveryQueuesLaneLate', 'warning', 'serve-lanes'] as const),
    ...(['AWS/SQS ApproximateAgeOfOldestMessage of Lane', 3_601, 'BackgroundLate'] as const),
  ],
] as const;

const ofAges = late.map(
  ([was, severity, at, metric, age, alarm]): Cause => ({
    ...{ was, severity, at },
    written: [{ metrics: { [metric]: age } }, { metrics: { [metric]: age + 300_000 } }],
    rings: [alarm],
    where: ['BackgroundLog', at, 'graph shows which', 'event source mapping', 'docs/alarms.md'],
  }),
);

/** Alarm on dead letters in a queue → the function that could not handle them, and the queue. */
const deadLetters = {
  DeliveryQueuesDispatchDeadLettersArrived: ['dispatch', 'Dispatch'],
  DeliveryQueuesOverflowDeadLettersArrived: ['park-deliveries', 'Overflow'],
  DeliveryQueuesLaneDeadLettersArrived: ['serve-lanes', 'Lane'],
} as const;

const ofDeadLetters = Object.entries(deadLetters).map(
  ([was, [at, queue]]): Cause => ({
    ...{ was, severity: 'warning', at },
    written: [{ metrics: { [`AWS/SQS ApproximateNumberOfMessagesVisible of dead letters of ${queue}`]: 1 } }],
    rings: ['DeadLettersInQueue'],
    where: ['BackgroundLog', at, 'DeadLetterQueueSourceArn', 'redrive', '14 days', 'docs/alarms.md'],
  }),
);

const expired = 'AWS/Lambda OnFailureDestinationDeliveredEventCount of mapping of';

const givenUp = (at: string): Written[] => [{ lines: [[at, lineOf({ function: at, outcome: 'given_up' }, 'ERROR')]] }];

const ofRecords: Cause[] = [
  {
    ...{ was: 'relayTooOld', severity: 'urgent', at: 'relay' },
    written: [{ metrics: { [`${expired} relay`]: 1 } }],
    rings: ['WebhooksLate'],
    where: ['relay', '23 hours', 'dead-letter bucket', 'hooklatch redrive', 'docs/alarms.md'],
  },
  ...[
    ['counteventsTooOld', 'count-events'],
    ['followstatechangesTooOld', 'follow-state-changes'],
  ].map(
    ([was = '', at = '']): Cause => ({
      ...{ was, severity: 'warning', at },
      written: [{ metrics: { [`${expired} ${at}`]: 1 } }],
      rings: ['DeadLettersInBucket'],
      where: [at, '23 hours', 'dead-letter bucket', 'hooklatch redrive', 'docs/alarms.md'],
    }),
  ),
  ...[
    ['relayGivenUp', 'relay'],
    ['followstatechangesGivenUp', 'follow-state-changes'],
  ].map(
    ([was = '', at = '']): Cause => ({
      ...{ was, severity: 'warning', at, written: givenUp(at) },
      rings: ['DeadLettersInBucket'],
      where: ['BackgroundLog', `of ${at}`, 'outcome given_up', 'hooklatch redrive', 'docs/alarms.md'],
    }),
  ),
];

/** Calls of the relay, so that it does not count as stalled. */
const called = { metrics: { 'AWS/Lambda Invocations of relay': 1 } };

const ofLines: Cause[] = [
  ...['dispatch', 'serve-lanes'].map(
    (at): Cause => ({
      ...{ was: 'AttemptsPostponed', severity: 'warning', at },
      written: [{ lines: [[at, lineOf({ function: at, warning: 'attempt_postponed', fault: 'X' }, 'WARN')]] }],
      rings: ['BackgroundFailing'],
      where: ['BackgroundLog', at, 'attempt_postponed', 'docs/alarms.md'],
    }),
  ),
  ...(['destination.failing', 'delivery.given_up'] as const).map(
    (outcome): Cause => ({
      ...{ severity: 'warning', at: 'serve-lanes' },
      was: outcome === 'delivery.given_up' ? 'servelanesDeliveriesGivenUp' : 'servelanesDestinationFailing',
      written: [
        { lines: [['serve-lanes', lineOf({ function: 'serve-lanes', outcome, destination: 'shop' }, 'WARN')]] },
      ],
      rings: ['DestinationFailing'],
      where: ['BackgroundLog', 'serve-lanes', outcome, 'hooklatch deliveries list', 'hooklatch redeliveries start'],
    }),
  ),
  {
    ...{ was: 'HttpApiOperatorsThrottled', severity: 'urgent', at: 'the API' },
    written: [{ lines: [['access', { route: 'GET /v1/connections', method: 'GET', status: '429' }]] }],
    rings: ['HttpApiOperatorsThrottled'],
    where: ['access log', 'docs/floods.md'],
  },
  {
    ...{ was: 'HttpApiFailing', severity: 'urgent', at: 'the API' },
    written: [{ metrics: { 'AWS/ApiGateway 5xx of the API': 1 } }],
    rings: ['HttpApiFailing'],
    where: ['access log', 'authorizerError', 'integrationError'],
  },
];

/** Webhooks are accepted, and nothing calls the relay. The alarm waits for three periods. */
export const stalled: Cause = {
  ...{ was: 'RelayStalled', severity: 'urgent', at: 'relay' },
  written: [1, 2, 3].map(() => ({ lines: [['ingest', lineOf({ function: 'ingest', outcome: 'accepted' })]] })),
  after: called,
  rings: ['RelayStalled'],
  where: ['relay', 'event source mapping', '15 minutes', 'docs/alarms.md'],
};

/** Those that ring in the period in which they begin. */
export const causes: readonly Cause[] = [
  ...[...ofAnswering, ...ofBackground, ...ofThrottles],
  ...[...ofAges, ...ofDeadLetters, ...ofRecords, ...ofLines],
];
