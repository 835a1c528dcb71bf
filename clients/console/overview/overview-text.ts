/** The texts of the overview. */

import type { AdviceCode } from '../../../shared/ground/base/advice-text.ts';
import type { AttentionKind } from '../../../shared/operators/journal/attention.ts';
import { whyOfDestination } from '../../../shared/operators/journal/destination-words.ts';
import { inByteOrder } from '../body/visible-text.ts';
import { reasonText } from '../rejections/sample-text.ts';
import { absoluteTime } from '../relative-time.ts';
import { texts } from '../shell/answer-words.ts';
import { text } from '../text.ts';
import type { ExplainedAttention } from './overview-reads.ts';
import type { Delivering, Receiving } from './verdict.ts';

const kinds: Record<AttentionKind, string> = {
  secret_missing: 'Secret missing',
  refusing: 'Refuses webhooks',
  events_given_up: 'Events given up',
  destination_failing: 'Destination fails',
  deliveries_given_up: 'Deliveries given up',
  delivery_failing: 'Delivery fails',
  destination_blocked: 'Destination asked to wait',
  destination_slow: 'Destination slow',
  destination_recovering: 'Destination recovers',
  grace_ending: 'Grace ends soon',
  silent: 'Silent',
  token_old: 'Token is old',
  held: 'Held for long',
  paused: 'Paused for long',
};

const counted = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

/** A length of time in the largest unit that has it whole. */
function lengthOf(minutes: number): string {
  if (minutes % 1_440 === 0) return counted(minutes / 1_440, 'day', 'days');
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour', 'hours') : counted(minutes, 'minute', 'minutes');
}

/** Those that need nobody, because the endpoint was not active. */
const inactiveOf = (count: number): string =>
  count === 0 ? '' : ` (${count} of them while the endpoint was not active)`;

/** The reason of most refusals, and what to do about its most frequent cause, or about the reason if no cause is known. */
function mostOftenText({ refused, mostOften }: Extract<ExplainedAttention, { kind: 'refusing' }>): string {
  const [first] = Object.entries(refused).sort(([, one], [, other]) => other - one);
  if (!first) return '.';
  const [reason, count] = first;
  const cause = mostOften?.reason === reason ? mostOften.samples[0] : undefined;
  // Not every cause says more than its reason.
  const advice =
    (cause && texts.sample(cause)) ||
    texts.said({ facts: [{ code: reason as AdviceCode }] }, 'The page says what to do.');
  return `, most often (${count.toLocaleString('en')}): ${reasonText(reason)}. ${advice}`;
}

/** Why a finding needs somebody, and what to do. */
function whyOf(found: ExplainedAttention): string {
  switch (found.kind) {
    case 'secret_missing':
      return found.secretFrom === 'sender'
        ? 'Every webhook is refused: the sender makes the secret, and it is not here. Paste it on the page of the endpoint.'
        : 'Every webhook is refused: the sender delivers the secret in a handshake, and none came. Open the handshake, then start it at the sender.';
    case 'refusing':
      return `${found.isComplete ? '' : 'At least '}${counted(found.count, 'webhook was', 'webhooks were')} refused in the last hour${inactiveOf(found.whileInactive)}${mostOftenText(found)}`;
    case 'events_given_up':
      return `The event bus refused ${counted(found.count, 'event', 'events')} for good in the last 7 days. They are stored: look at why, then replay them. What was replayed since is still counted.`;
    case 'grace_ending':
      return `The previous token ends ${absoluteTime(found.until)}. ${
        found.oldUsedAt === undefined ? 'No use of it is known' : `It was last used ${absoluteTime(found.oldUsedAt)}`
      }, and the new one ${
        found.isNewUsed ? 'is used too: some sender still has the old one.' : 'is not used yet.'
      } Enter the new token at the sender.`;
    case 'silent':
      return `No webhook came for longer than ${lengthOf(found.minutes)}, which the alerts of the endpoint allow. Look at the sender.`;
    case 'token_old':
      return `The token is older than ${counted(found.days, 'day', 'days')}, which this deployment allows. Rotate it on the page of the endpoint.`;
    case 'held':
      return 'Webhooks are stored and not published. Release them, if the hold was only forgotten.';
    default:
      return inByteOrder(whyOfDestination(found, absoluteTime));
  }
}

/** "2 of 3 fail", where `isAtLeast` says that more may. */
const ofAll = ({ bad, of, isAtLeast }: Receiving | Delivering, one: string, verb: string): string[] =>
  bad === 0 ? [] : [`${isAtLeast ? '≥ ' : ''}${bad.toLocaleString('en')} of ${counted(of, one, `${one}s`)} ${verb}`];

const all = (of: number, one: string, verb: string, verbOfOne = `${verb}s`): string =>
  of === 1 ? `the ${one} ${verbOfOne}` : `all ${of.toLocaleString('en')} ${one}s ${verb}`;

const givenUpOf = (count: number, isAtLeast: boolean, what: string, one: string): string[] =>
  count === 0 ? [] : [`${what} given up of ${isAtLeast ? '≥ ' : ''}${counted(count, one, `${one}s`)}`];

const look = ({ found, of, isAtLeast }: Receiving | Delivering, one: string): string =>
  `nothing is lost, but ${isAtLeast ? '≥ ' : ''}${found.toLocaleString('en')} of ${counted(of, one, `${one}s`)} ${found === 1 ? 'needs' : 'need'} a look`;

function receivingWords(half: Receiving): string[] {
  switch (half.state) {
    case 'unknown':
      return ['not known'];
    case 'never':
      return ['no webhook ever came'];
    case 'none':
      return ['no endpoint is active'];
    case 'look':
      return [look(half, 'endpoint')];
    case 'well':
      return [all(half.of, 'endpoint', 'accept')];
    default:
      return [
        ...ofAll(half, 'endpoint', half.bad === 1 ? 'refuses' : 'refuse'),
        ...givenUpOf(half.givenUp, half.isAtLeast, 'events', 'connection'),
      ];
  }
}

/** What an operator has paused is neither well nor wrong, and none of those that deliver. */
const pausedOf = ({ paused }: Delivering): string[] =>
  paused === 0 ? [] : [`${paused.toLocaleString('en')} ${paused === 1 ? 'is' : 'are'} paused`];

function deliveringWords(half: Delivering): string[] {
  switch (half.state) {
    case 'unknown':
      return ['not known'];
    case 'never':
    case 'none':
      return [half.paused === 0 ? 'no destination' : all(half.paused, 'destination', 'are paused', 'is paused')];
    case 'look':
      return [look(half, 'destination'), ...pausedOf(half)];
    case 'well':
      return half.paused === 0
        ? [all(half.of, 'destination', 'deliver')]
        : [counted(half.of, 'destination delivers', 'destinations deliver'), ...pausedOf(half)];
    default:
      return [
        ...ofAll(half, 'destination', half.bad === 1 ? 'fails' : 'fail'),
        ...givenUpOf(half.givenUp, half.isAtLeast, 'deliveries', 'destination'),
        ...pausedOf(half),
      ];
  }
}

/** How much waits. Empty if nothing does. */
const waitText = ({ count, isMore }: Delivering['waiting']): string =>
  count === 0 ? '' : `${isMore ? '≥ ' : ''}${count.toLocaleString('en')} ${count === 1 ? 'waits' : 'wait'}`;

const verdict = {
  title: 'Is everything all right?',
  /** A half has this name, and these words behind it. */
  halves: { receiving: 'Receiving', delivering: 'Delivering' },
  wordsOf: (half: Receiving | Delivering): string[] =>
    half.what === 'receiving' ? receivingWords(half) : deliveringWords(half),
  waitText,
  oldest: 'the oldest',
  well: 'All is well',
  last: 'The last webhook came',
  /** Why a half is not known. */
  old: 'What was read, or its counts, are older than five minutes.',
  attempt: text.destination.attempt,
  seeCause: 'See the cause',
  goTo: (name: string) => `Go to ${name}`,
  seeGivenUp: 'See what was given up',
};

export const overviewText = {
  title: 'Overview',
  verdict,
  loading: 'Loading what needs somebody',
  attention: 'What needs somebody',
  kinds,
  whyOf,
  what: 'What',
  where: 'Where',
  since: 'Since',
  why: 'Why, and what to do',
  /** What is said of a time that is not known exactly. */
  atLeast: 'at least',
  newest: 'the newest',
  unknown: 'Not known',
  none: 'Nothing needs you',
  noneNext:
    'No endpoint refuses, is silent for longer than its alerts allow or is held for long. No secret is missing, no token is too old, no grace ends soon, every destination takes what it gets and answers quickly, and no event was given up in the last 7 days.',
  noneKnown: 'Nothing was found in what could be read',
  noneKnownNext: 'What could not be read is named above.',
  unread: 'Not everything could be read',
  parts: {
    connections: 'The connections could not be read.',
    destinations: 'The destinations could not be read.',
    givenUp: 'The events that were given up could not be read.',
  },
  month: (dollars: string) =>
    `This month so far: about ${dollars} for what came, by list prices of us-east-1, for webhooks of 1 KB. What is stored, and what costs money when nothing comes, is not in it: npm run cost has the whole.`,
  monthUnread: 'What this month costs so far could not be read.',
  notLookedAt: (destinations: number) =>
    `${counted(destinations, 'destination was', 'destinations were')} not looked at: this page looks at the first 50 by name.`,
  notCounted: (connections: number) =>
    `Events were given up, but of ${counted(connections, 'connection', 'connections')} nobody looked: this page looks at 50.`,
};
