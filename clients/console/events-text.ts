/** The texts of the console about looking through events. */
import type { PublicationState } from '../../shared/events/bus/publication-state.ts';
import type { Verification } from '../../shared/events/event/event.ts';

const publications: Record<PublicationState, string> = {
  held: 'Held',
  waiting: 'Waiting',
  published: 'Published',
  given_up: 'Given up',
  discarded: 'Discarded',
  none: 'Not published: a test',
  unknown: 'Unknown',
};

const proofs: Record<Verification['verifiedBy'], string> = {
  token: 'Token',
  signature: 'Signature',
  both: 'Token and signature',
};

export const eventsText = {
  received: 'Received',
  anyTime: 'Any time',
  last: (amount: number, unit: string) => (amount === 1 ? `Last ${unit}` : `Last ${amount} ${unit}s`),
  timeHint: (zone: string) => `Dates as YYYY-MM-DD, times from 00:00:00 to 23:59:59, in the time zone ${zone}.`,
  rangeMistakes: {
    incomplete: 'Enter a date and a time of both the beginning and the end.',
    backwards: 'The end is before the beginning.',
    length: 'Enter a whole number that is at most 9,999 hours.',
  },
  filter: 'Filter',
  filterPlaceholder: 'A text, or a property such as Type',
  filterHint:
    'Type and delivery id narrow the list. Everything else is searched for, 500 events at a time. The key / leads here.',
  filterHintOfAll: 'Texts and properties that events must have, all of them. The key / leads here.',
  use: (value: string) => `Use: ${value}`,
  properties: {
    type: 'Type',
    deliveryId: 'Delivery id',
    method: 'Method',
    contentType: 'Content type',
    size: 'Size in bytes',
    verifiedBy: 'Verified by',
    sourceIp: 'Source address',
    publication: 'Event bus',
  },
  values: (property: string) => `${property} values`,
  proofs,
  publications,
  mistakes: {
    size: 'Enter a size in bytes, such as 1500. Between two sizes there must be room.',
    verifiedBy: 'Choose how events were verified from the list.',
    publication: 'Choose a state of the event bus from the list.',
  },
  outcome: 'Outcome',
  outcomes: {
    unread: 'Not read',
    /** A delivery is known some seconds after its event. */
    notYet: 'Not known yet',
    none: 'No delivery',
    rest: (count: number) => `and ${count} more`,
    part: 'and maybe more',
  },
  live: 'Live list',
  columns: 'Columns',
  columnsTitle: 'Columns of the lists of events',
  /** The event that is shown beside the list. */
  preview: {
    choose: (id: string) => `Show ${id} beside the list`,
    group: 'The event that is shown beside the list',
    close: 'Close the preview',
  },
  again: 'Search again',
  /** The search of all connections. */
  all: {
    title: 'Search events',
    intro: 'Looks through the events of one connection after another, the newest first: at most 2,000 of each.',
    link: 'Search all connections',
    connection: 'Connection',
    found: 'Found',
    looked: 'How far',
    connections: 'By connection',
    connectionsHint: 'A connection leads to its own search, which can look further.',
    searching: (done: number, all: number) =>
      `Searching: looked at ${done} of ${all} ${all === 1 ? 'connection' : 'connections'}`,
    searched: (done: number, all: number) => `Searched ${done} of ${all} ${all === 1 ? 'connection' : 'connections'}`,
    failed: (count: number) =>
      `${count === 1 ? 'One of them' : `${count} of them`} could not be searched to the end: below is why.`,
    failedOne: 'Not searched to the end',
    goOn: 'Go on',
    nothing: 'Nothing searched for yet',
    nothingNext: 'Write a text, such as a customer’s number, or a property into the filter.',
    stoppedNext: 'Choose “Go on” to search the other connections.',
    noneNext: 'Change the filter or the time, or choose a connection below to look further in it.',
    noConnections: 'There is no connection to search',
    noConnectionsNext: 'Create one on the page “Connections”. What it receives can be searched here.',
  },
};
