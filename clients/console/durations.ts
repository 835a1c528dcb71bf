/** The lengths of time that a person chooses from. The first one of each list is the default. */
import { text } from './text.ts';

const choicesOf = <Key extends string>(labels: Record<Key, string>, values: Record<Key, number>) =>
  (Object.keys(values) as Key[]).map((key) => ({ value: String(values[key]), label: labels[key] }));

/** How long the current token is still accepted after a rotation, in seconds. */
export const graces = choicesOf(text.token.graces, {
  day: 86_400,
  hour: 3_600,
  week: 604_800,
  month: 2_592_000,
  none: 0,
});

/** How far back a list goes, in hours. */
export const hoursBack = choicesOf(text.rejections.ranges, { hour: 1, day: 24, week: 168 });

/** How long a new operator may stay, in days. */
export const daysToStay = choicesOf(text.operators.expiryChoices.days, { week: 7, month: 30, quarter: 90, year: 365 });
