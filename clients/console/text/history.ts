/** The texts of the histories of connections and destinations. */
export const historyText = {
  history: {
    title: 'History',
    loading: 'Loading the history',
    none: 'Nothing has happened yet',
    noneNext: 'Every change of the connection and every replay appears here, with who made it.',
    steps: { begin: 'not finished', abandon: 'given up', deliver: 'waits for confirmation' },
    real: 'a real webhook, in the name of the sender',
    at: 'When',
    by: 'Who',
    via: (program: string) => `via ${program}, as the client says`,
    verb: 'What',
    detail: 'Details',
    status: 'Status',
    older: 'Load older entries',
    requestId: 'Request id',
    replayOf: (from: string, to: string, type: string | undefined, count: number | undefined) =>
      `${count === undefined ? 'Events' : `${count.toLocaleString('en')} ${count === 1 ? 'event' : 'events'}`}${
        type === undefined ? '' : ` of the type ${type}`
      } from ${from} to ${to}`,
  },
};
