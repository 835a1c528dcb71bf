/** The texts of the console about deliveries. */
import type { RoutedDelivery } from '../../shared/deliveries/dispatch/delivery-view.ts';
import type { DestinationHealthView } from '../../shared/deliveries/dispatch/destination-health-view.ts';

type DeliveryStatus = RoutedDelivery['status'];

const statuses: Record<DeliveryStatus, string> = {
  waiting: 'Waiting',
  parked: 'Parked',
  delivered: 'Delivered',
  failed: 'Failed',
  given_up: 'Given up',
  cancelled: 'Cancelled',
  expired: 'Expired',
  queued: 'Queued',
  not_matched: 'Not matched',
  not_reached: 'Not reached',
};

/** What each status means. */
const meanings: Record<DeliveryStatus, string> = {
  waiting: 'An attempt is due, now or at the time of the next attempt.',
  parked: 'Its destination is failing, slow, limited or paused. It is attempted when the destination takes it.',
  delivered: 'The receiver answered with a 2xx.',
  failed: 'No repetition helps.',
  given_up: 'All attempts failed, until the time for which its destination is tried was over.',
  cancelled: 'Its destination was deleted, or its transform left nothing to send.',
  expired: 'Its event was gone before it could be delivered.',
  queued: 'It was not attempted yet.',
  not_matched: 'The rule is not for this event.',
  not_reached: 'An earlier rule took the event.',
};

/** What a status means for a delivery with so many attempts: one that was given up may have had none. */
const meaningOf = ({ status, attempts }: { status: DeliveryStatus; attempts: number }): string =>
  status === 'given_up' && attempts === 0
    ? 'The time for which its destination is tried was over before an attempt could be made.'
    : meanings[status];

/** How a destination is, and what that means. */
const healths: Record<DestinationHealthView['state'], { word: string; meaning: string }> = {
  well: { word: 'Well', meaning: '' },
  slow: { word: 'Slow', meaning: 'what is for it waits apart from the others' },
  recovering: { word: 'Recovering', meaning: 'it gets what waits, faster and faster' },
  failing: { word: 'Failing', meaning: 'no attempt has succeeded since then' },
  paused: { word: 'Paused', meaning: '' },
};

/** Why a delivery ended without an answer that says it. Where the delivery has a cause of its own, that follows. */
const reasons: Record<string, string> = {
  destination_deleted: 'The destination was deleted.',
  transform_empty: 'The transform left nothing to send.',
  transform_input_too_large: 'The event is too large for a transform.',
  transform_error: 'The transform failed:',
  rule_not_found: 'The rule is gone.',
  body_not_found: 'The body of the event is gone.',
  not_retried: 'The destination is not to be tried again after this answer.',
  loop: 'The request came back to Hooklatch again and again.',
  gone: 'The receiver answered 410: it wants no more of this.',
  match_too_costly: 'To find out whether the rule matches would take too long.',
  internal: 'Hooklatch itself failed at this delivery each time.',
  event_expired: 'The event has expired.',
  transform_throttled: 'Too many expressions are evaluated at present. Try again.',
};

/** Why a parked delivery waits, by how its destination is. */
const parkedBecause: Partial<Record<DestinationHealthView['state'], string>> = {
  paused: 'The destination is paused: the delivery waits until it is resumed.',
  failing: 'The destination is failing and gets one attempt at a time.',
  recovering: 'The destination is recovering: the delivery waits for its turn.',
  slow: 'The destination is slow: the delivery waits for its turn.',
};

/** Why what is redelivered does not move yet, by how its destination is. */
const standsStill: Partial<Record<DestinationHealthView['state'], string>> = {
  paused: 'The destination is paused: what is redelivered waits until it is resumed.',
  failing:
    'The destination is failing and gets one attempt at a time: what is redelivered waits until it has recovered.',
  recovering: 'The destination is recovering: what is redelivered waits for its turn.',
  slow: 'The destination is slow: what is redelivered waits for its turn.',
};

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

export const deliveryText = {
  statuses,
  meaningOf,
  parkedBecause,
  healths,
  reasons,
  title: 'Deliveries',
  loading: 'Loading deliveries',
  received: 'Event received',
  byRule: 'Delivery by rule',
  destination: 'Destination',
  connection: 'Connection',
  event: 'Event',
  rule: 'Rule',
  status: 'Status',
  attempts: 'Attempts',
  why: 'Why',
  next: 'Next attempt',
  replay: (count: number) => `replay ${count}`,
  test: 'test',
  ofEvent: {
    both: '“Replay” sends the event again, by the routes of today. “Redeliver”, on the page of a delivery, sends again what was made for it.',
    none: 'This event went to no destination: the connection had no routes when it came.',
  },
  ofDestination: {
    older: 'Load older deliveries',
    filter: 'Status',
    deliveredBound:
      'A page looks through about 14,000 deliveries for these. It can be short, or empty, although there are older ones.',
    all: 'Every status',
    none: 'No deliveries',
    noneNext:
      'What the routes of connections send to this destination appears here. Without a route, add one on the tab “Destination”.',
    noMatch: 'No delivery has this status',
    noMatchNext: 'Choose another status.',
  },
  health: {
    title: 'Health',
    state: 'State',
    waiting: 'Waits for an attempt',
    nothing: 'Nothing',
    waits: (count: number, isMore: boolean) =>
      `${isMore ? 'At least ' : ''}${counted(count, 'delivery', 'deliveries')}`,
    since: 'Since',
    inListSince: 'since',
    waitInList: (count: number, isMore: boolean) => `${count.toLocaleString('en')}${isMore ? '+' : ''} waiting`,
    oldest: 'the event of the oldest came',
    wrong: 'What went wrong',
    alone: (count: number) => `${counted(count, 'delivery fails', 'deliveries fail')} although others succeed`,
    aloneInList: (count: number) => `Well, ${count.toLocaleString('en')} failing`,
    next: 'Next attempt',
    now: 'Now',
    blocked: 'It asked for nothing until',
    last: 'Failed last',
    until: 'until',
    givenUp: 'Given up, the newest of',
    unread: 'Not known',
    loading: 'Loading the health',
  },
  redelivery: {
    button: 'Redeliver these',
    nothing: 'None of the listed deliveries can be sent again.',
    title: 'Redeliver many',
    intro:
      'Sends again what was made for ended deliveries, by the rules as they were then, those of the oldest events first. “Replay many”, on the events of a connection, sends events by the routes of today.',
    standsStill,
    from: 'Events received from',
    fromHint: (zone: string) =>
      `At first: that of the oldest one in the list. A time like 2026-11-26T09:30, in the time zone\u00a0${zone}.`,
    to: 'To',
    toHint: 'If empty: now.',
    statuses: 'With the status',
    statusesError: 'Choose a status.',
    connection: 'Only of this connection',
    rule: 'Only by this rule',
    ruleHint: 'The id of a rule of the routes. If empty: every rule.',
    connectionHint: 'If empty: every connection.',
    rate: 'Deliveries per second',
    count: 'Count first',
    found: (count: number, isComplete: boolean) =>
      `${isComplete ? '' : 'At least '}${counted(count, 'delivery', 'deliveries')} would be sent again.${count === 0 ? '' : ' The oldest:'}`,
    skipped: (count: number) =>
      `${count.toLocaleString('en')} of them would be skipped: what has expired by now can’t be sent.`,
    noneNext: 'Choose an earlier beginning or more statuses, or leave the connection and the rule empty.',
    start: 'Start the redelivery',
    cancel: 'Cancel the redelivery',
    close: 'Close',
    running: 'Redelivery',
    goesOn: 'The redelivery goes on if you leave this page.',
    progress: (done: number, count: number | null) =>
      count === null
        ? counted(done, 'delivery', 'deliveries')
        : `${done.toLocaleString('en')} of ${counted(count, 'delivery', 'deliveries')}`,
    /** What came of what was queued, such as `28 queued: 3 delivered, 25 waiting`. Its last parameter: `of` if only so many were counted, and `gone` */
    outcomes: (
      queued: number,
      counted: readonly { status: DeliveryStatus; count: number }[],
      { of, gone }: { of: number | undefined; gone: number },
    ) => {
      const parts = counted.map(
        ({ status, count }) => `${count.toLocaleString('en')} ${statuses[status].toLowerCase()}`,
      );
      if (gone > 0) parts.push(`${gone.toLocaleString('en')} redelivered once more since, or gone`);
      const first = of === undefined ? '' : `. The first ${of.toLocaleString('en')}`;
      return `${queued.toLocaleString('en')} queued${first}: ${parts.join(', ')}`;
    },
    started: 'Started by',
    rated: (rate: number) => `, at most ${rate.toLocaleString('en')} a second`,
    /** What was redelivered, in the history. */
    of: (from: string, to: string, statuses: string, more: readonly string[], count: number | undefined) =>
      `${count === undefined ? 'Deliveries' : counted(count, 'delivery', 'deliveries')} (${[statuses, ...more].join('; ')}) of events from ${from} to ${to}`,
    ofConnection: (name: string) => `connection ${name}`,
    ofRule: (id: string) => `rule ${id}`,
  },
  message: {
    sent: {
      title: 'What was sent',
      show: 'Show what was sent',
      about:
        'Made again from the event, the rule as it was then and the destination as it is now. Nothing is sent, and no secret is read.',
    },
    /** Before the first attempt, and if there was none. */
    unsent: {
      title: 'What would be sent',
      show: 'Show what would be sent',
      about:
        'Made from the event, the rule as it was then and the destination as it is now. Nothing is sent, and no secret is read.',
    },
    changed: (at: string) =>
      `The destination was changed, paused or resumed after the last attempt, at ${at}. That attempt may have had another method or other headers.`,
    masked: 'The body of the event holds a token. It was sent masked.',
    headersHint:
      'Dots stand for what only the secret of the destination has, and for the signature. Credentials in a header of another name are not listed.',
    compare: 'Compare with the event',
    before: 'In the event',
    after: 'Sent',
    equal: 'The body is that of the event, apart from white space and the order of members.',
    notCompared: 'Only JSON of up to 500 levels is compared, and a body that you may read.',
  },
  page: {
    loading: 'Loading the delivery',
    /** What its receiver reads as `webhook-id`. */
    id: 'Id',
    copyId: 'Copy id',
    title: 'Delivery',
    attempts: 'Attempts',
    noAttempts: 'No attempt was made.',
    attempt: 'Attempt',
    at: 'Time',
    took: 'Duration',
    ms: (ms: number) => `${ms.toLocaleString('en')} ms`,
    result: 'Result',
    answered: (status: number) => `Answered ${status}`,
    answer: 'Answer',
    nextWhenTaken: 'When the destination takes it',
    attemptNow: 'Attempt now',
    attemptNote: '“Attempt now” lets its destination take it next, before all others that wait, within its rate.',
    attemptDone: 'It is attempted next.',
    asked: 'Asked for',
    by: 'by',
    redelivered: 'Redelivered',
    times: (count: number) => counted(count, 'time', 'times'),
    lastBy: 'last by',
    redeliver: 'Redeliver',
    redeliverNote:
      '“Redeliver” sends again what was made for this delivery, by the rule as it was then. “Replay”, on the page of the event, sends the event by the routes of today.',
    notEnded: 'It still waits for its next attempt, so it needs no other one.',
    done: 'It is sent again now.',
  },
};
