/** What needs somebody at a destination, in sentences. Each client shows times in its own way. */
import type { DestinationAttention, Unwell } from './attention.ts';

/** How a client shows a time. */
export type ShowTime = (time: string) => string;

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** How many wait, and since when the oldest. */
const waits = ({ count, isMore, oldest }: Unwell['waiting'], show: ShowTime): string => {
  if (count === 0) return 'Nothing waits for it.';
  const since = oldest === undefined ? '' : `, the oldest of ${show(oldest)}`;
  return sentence(`${isMore ? 'more than ' : ''}${counted(count, 'delivery waits', 'deliveries wait')}${since}.`);
};

const next = (at: string | undefined, show: ShowTime): string =>
  at === undefined ? '' : ` Next attempt: ${show(at)}.`;

/** What went wrong, how many wait, and when the next attempt is. */
const facts = ({ wrong, waiting, nextAttemptAt }: Unwell, show: ShowTime): string =>
  `${wrong ? `${sentence(wrong.what)} at ${show(wrong.at)}. ` : ''}${waits(waiting, show)}${next(nextAttemptAt, show)}`;

/** Why a finding needs somebody, and what to do. */
export function whyOfDestination(found: DestinationAttention, show: ShowTime): string {
  switch (found.kind) {
    case 'destination_failing':
      return `Its attempts fail, and none has succeeded since. ${facts(found, show)}`;
    case 'destination_blocked':
      return `It asked for nothing until ${show(found.until)}. ${facts(found, show)}`;
    case 'destination_slow':
      return `It answers slowly, so what is for it waits in its own lane. ${facts(found, show)}`;
    case 'destination_recovering':
      return `It gets what waits, faster and faster, until all is well. ${facts(found, show)}`;
    case 'delivery_failing': {
      const { count, attempts, wrong, nextAttemptAt } = found;
      const many = count === 1 ? 'One delivery fails' : `${count.toLocaleString('en')} deliveries fail`;
      return `${many} although others succeed. ${count === 1 ? 'It' : 'The oldest'} was attempted ${attempts} times: ${wrong.what} at ${show(wrong.at)}.${next(nextAttemptAt, show)}`;
    }
    case 'deliveries_given_up':
      return 'Some deliveries were tried until their time was over. Mend the destination, then redeliver them.';
    case 'paused':
      return `${waits(found.waiting, show)} Resume the destination, if the pause was only forgotten.`;
  }
}
