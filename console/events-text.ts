/** The texts of the console about looking through events. */
export const eventsText = {
  received: 'Received',
  anyTime: 'Any time',
  last: (amount: number, unit: string) => (amount === 1 ? `Last ${unit}` : `Last ${amount} ${unit}s`),
  rangeMistakes: {
    incomplete: 'Enter a date and a time of both the beginning and the end.',
    backwards: 'The end is before the beginning.',
    length: 'Enter a whole number that is at most 9,999 hours.',
  },
};
