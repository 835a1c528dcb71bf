/** The texts of jobs: their page, and why one of them stands still. */
import type { RedeliverableState } from '../../../shared/deliveries/dispatch/delivery-states.ts';

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

const statuses: Record<RedeliverableState, string> = {
  failed: 'failed',
  given_up: 'given up',
  cancelled: 'cancelled',
  delivered: 'delivered',
};

const range = (from: string, to: string): string => `from ${from} to ${to}`;

export const jobsText = {
  title: 'Jobs',
  intro: 'Replays of many events, releases of held ones, and redeliveries of many, of the last 30 days.',
  table: 'Newest first',
  ofConnection: 'Its jobs',
  loading: 'Loading the jobs',
  none: 'No jobs',
  noneNext:
    '“Replay many” on the events of a connection, the release of a hold, and “Redeliver these” on the deliveries of a destination begin one.',
  noMatch: 'No job matches',
  noMatchNext: 'Choose another kind or state, or clear the connection.',
  older: 'Load older jobs',
  kind: 'Kind',
  kinds: { replay: 'Replay', release: 'Release', redelivery: 'Redelivery' },
  everyKind: 'Every kind',
  state: 'State',
  states: { open: 'Not ended', done: 'Done', cancelled: 'Cancelled', failed: 'Failed' },
  everyState: 'Every state',
  connection: 'Connection',
  connectionHint: 'Its name. If empty: every connection.',
  find: 'Find',
  requested: 'Requested',
  by: 'By',
  of: 'Of',
  what: 'What',
  progress: 'Progress',
  action: 'Action',
  cancel: 'Cancel',
  cancelReason: 'A release can’t be cancelled: held events must be published. To stop later events, hold again.',
  cancelling: 'It is being cancelled already.',
  replayed: (from: string, to: string, type: string | undefined) =>
    `Events${type === undefined ? '' : ` of the type ${type}`} ${range(from, to)}`,
  released: (from: string, to: string) => `Events held ${range(from, to)}`,
  redelivered: (
    from: string,
    to: string,
    which: readonly RedeliverableState[],
    rule: string | undefined,
    connection: string | undefined,
  ) =>
    `Deliveries that are ${which.map((each) => statuses[each]).join(', ')}${rule === undefined ? '' : `, by the rule ${rule}`}${
      connection === undefined ? '' : `, of ${connection}`
    }, ${range(from, to)}`,
  /** What a replay would publish. */
  plan: {
    noBeginning: 'The list has no beginning, so this is an hour ago.',
    oneDelivery:
      'The list shows one delivery id, and a replay of many has none: this one takes every event of its time. To publish that event alone, choose “Replay” on its page.',
    type: 'For example push, or invoice.* for every type that begins so. If empty: every type.',
    toBus: 'It goes to the event bus. No route leads to a destination.',
    goesTo: (destinations: readonly string[]) =>
      `It goes to the event bus and, where the rules of today match, to ${destinations.join(', ')}.`,
    routesLoading: 'Reading the routes',
    routesUnread: 'It goes to the event bus. Which routes there are could not be read.',
    oldest: 'The oldest of them:',
    tests: (count: number) =>
      `${counted(count, 'event', 'events')} of tests ${count === 1 ? 'is' : 'are'} left out: only what senders sent is published.`,
    expired: (count: number) => `${counted(count, 'event has', 'events have')} expired, and can’t be published.`,
    nothing: 'All of them are left out, so there is nothing to publish.',
    noneNext: 'Choose an earlier beginning, a later end, or another type.',
    runs: 'A replay of this connection has not ended. The next one can begin when it has ended, or when you cancel it:',
  },
  /** Why a job does not move now, what it leaves out, and what to do about what it has not done. */
  still: {
    connectionGone:
      'Its connection was deleted meanwhile, and its events can no longer be read: nothing is left to do.',
    destinationGone:
      'Its destination was deleted meanwhile. To send the events to another one, add a route to that, then choose “Replay many” on the events of the connection.',
    notPublished: (count: number) =>
      `${counted(count, 'event', 'events')} could not be published after three tries: the log of the function says why. “Replay many” for the same time publishes every event of it once more.`,
    notRedelivered: (count: number) =>
      `${counted(count, 'delivery', 'deliveries')} could not be sent again after three tries: the log of the function says why. “Redeliver these” takes those that are still failed, given up or cancelled.`,
    cancelling: 'It ends after the page that it works on.',
    settling: 'It begins when all events of its time are in the list, which takes some seconds.',
    starting: 'It has not begun its first page yet. That takes a minute at most.',
    behind: (others: number) =>
      `It waits: ${counted(others, 'other job is', 'other jobs are')} open, and eight are worked on at once.`,
    notStarted:
      'It should have begun by now. The function that works on jobs may fail or be throttled: look at its alarm and its log. Nothing is lost.',
    held: (count: number) =>
      `${counted(count, 'event is', 'events are')} held by the endpoint, and left out: the release of the hold publishes them.`,
    rate: (rate: number, seconds: number, isRedelivery: boolean) =>
      `At ${isRedelivery ? counted(rate, 'delivery', 'deliveries') : counted(rate, 'event', 'events')} a second, the rest takes about ${
        seconds < 5_400
          ? counted(Math.ceil(seconds / 60), 'minute', 'minutes')
          : counted(Math.ceil(seconds / 3_600), 'hour', 'hours')
      }.`,
  },
};
