/** The texts of the page of an event that no other page shows. */
import type { TimelineStep } from '../../../shared/operators/journal/event-timeline.ts';

const steps: Record<TimelineStep['step'], string> = {
  received: 'Received',
  verified: 'Verified',
  stored: 'Stored',
  held: 'Held',
  published: 'Published',
  given_up: 'Given up: it is a dead letter',
  replayed: 'Replayed',
  attempted: 'Attempted',
};

const proofs: Record<'token' | 'signature' | 'both', string> = {
  token: 'By the token',
  signature: 'By the signature',
  both: 'By the token and the signature',
};

/** A length of time in the unit that a person would take. */
function lengthOf(seconds: number): string {
  if (seconds < 60) return `${seconds.toLocaleString('en', { maximumFractionDigits: 1 })} s`;
  return seconds < 3_600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

export const eventText = {
  neighbours: {
    ...{ older: 'Previous event', newer: 'Next event' },
    /** Why there is no way to one. */
    none: {
      older: 'No event of this connection came before it, or it has expired.',
      newer: 'No event of this connection came after it, or it came only some seconds ago.',
    },
    loading: 'Looking for it.',
    failed: 'It could not be read. The console tries again every minute.',
  },
  curl: 'Copy as curl',
  way: {
    title: 'Journey',
    bus: 'Event bus',
    destinations: 'Destinations',
    /** Which of several ways is shown. */
    last: (replays: number) => `Of replay ${replays}, the last time that the event was sent.`,
    to: (destination: string, rule: string) => `${destination} by rule ${rule}`,
    unread: 'Where it went could not be read.',
    /** A delivery is known some seconds after the event. */
    none: 'No delivery, or not yet.',
    /** From the arrival, or from the replay, to the last attempt. */
    after: (seconds: number) => `last attempt after ${lengthOf(seconds)}`,
  },
  copyId: 'Copy id',
  copyDeliveryId: 'Copy delivery id',
  timeline: {
    title: 'Timeline',
    about: 'What happened to the event. A step has a time only where one is stored.',
    loading: 'Loading the timeline',
    steps,
    well: 'Done',
    bad: 'Failed',
    waits: 'Waiting',
    ended: 'Ended',
    received: (method: string, size: string, sourceIp: string) => `${method}, ${size}, from ${sourceIp}`,
    verified: (proof: keyof typeof proofs, tokenId: string) => `${proofs[proof]}, version ${tokenId}`,
    stored: (until: string) => `Kept until ${until}`,
    held: (until: string | undefined) => (until === undefined ? 'Not released' : `Until its release at ${until}`),
    asOf: (time: string) => `Checked ${time}`,
    givenUp: (code: string) => `The event bus answered ${code}`,
    replayed: (replay: number) => `Replay ${replay}`,
    /** Before the name of the operator. */
    by: 'by',
    byUnknown: 'Who asked for it is not known, or not yet.',
    job: (id: string) => `in the job ${id}`,
    attempted: (destination: string) => `Attempted: ${destination}`,
    attempt: (attempt: number, rule: string, replay: number | undefined) =>
      `Attempt ${attempt} by the rule ${rule}${replay === undefined ? '' : `, replay ${replay}`}`,
    /** @param result may be a sentence */
    result: (result: string, ms: number) => `${result.replace(/\.$/, ',')} after ${ms.toLocaleString('en')} ms`,
    showAll: (count: number) => `Show all ${count.toLocaleString('en')} steps`,
  },
};
