/** The texts of the tab “Rejections”. */
export const rejectionsText = {
  rejections: {
    title: 'Rejections',
    loading: 'Loading rejections',
    none: 'No rejections in this time',
    noneNext: 'Refused webhooks are counted here, with the reason and what to do.',
    /** The way on, if the time is not the longest one, if it is, and if a link named it. */
    longer: 'Choose a longer time to see older ones.',
    longest: 'Older ones are in “Traffic”: choose 30 days there, then what was refused.',
    another: 'Choose another time above.',
    notHere:
      'API Gateway itself refuses bodies that are too large for Lambda (413) and too many requests at once (429). These, and requests with another name in the URL, are only in the logs.',
    range: 'Time',
    ranges: { hour: 'Last hour', day: 'Last day', week: 'Last week' },
    /** A time that a link names. */
    chosen: 'Chosen time',
    reason: 'Reason',
    count: 'Count',
    last: 'Last seen',
    advice: 'What it means',
    causes: 'Causes, each with the first webhook of it',
    ofCause: (count: number, isAtLeast: boolean) =>
      `${isAtLeast ? 'At least ' : ''}${count.toLocaleString('en')} ${count === 1 ? 'webhook' : 'webhooks'}:`,
    chart: 'Rejections over time',
    counted: (count: number, isAtLeast: boolean) => `${isAtLeast ? 'at least ' : ''}${count.toLocaleString('en')}`,
  },
};
