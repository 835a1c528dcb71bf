/** The texts of the replay of many events. */
export const replaysText = {
  replays: {
    title: 'Replay many events',
    intro:
      'Publishes stored events on the event bus again. Your targets then get them once more, and destinations too, by the routes of today.',
    goesOn: 'The replay goes on if you leave this page.',
    from: 'From',
    to: 'To',
    toHint: 'If empty: now.',
    timeHint: (zone: string) => `A time like 2026-11-26T09:30, in the time zone\u00a0${zone}.`,
    timeError: 'Enter a time like 2026-11-26T09:30.',
    type: 'Only this type',
    rate: 'Events per second',
    rateError: 'Enter a whole number from 1.',
    count: 'Count first',
    found: (count: number, isComplete: boolean) =>
      `${isComplete ? '' : 'At least '}${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'} would be published again.`,
    start: 'Start the replay',
    cancel: 'Cancel the replay',
    close: 'Close',
    running: 'Replay',
    progress: (done: number, count: number | null) =>
      count === null
        ? `${done.toLocaleString('en')} ${done === 1 ? 'event' : 'events'}`
        : `${done.toLocaleString('en')} of ${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`,
    failed: (count: number) => `${count} failed`,
    skipped: (count: number) => `${count} skipped`,
    states: {
      running: 'Running',
      cancelling: 'Being cancelled',
      done: 'Done',
      cancelled: 'Cancelled',
      failed: 'Failed',
    },
  },
};
