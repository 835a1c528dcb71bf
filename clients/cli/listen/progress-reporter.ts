/** Tells the operator what happens to each event, and explains what is unusual the first time that it happens. */
import { progressLine } from '../output/progress-text.ts';
import type { Session } from '../session.ts';
import type { ForwardReport } from './forwarder.ts';

export function progressReporter(
  session: Session,
  windowSeconds: number | undefined,
): (progress: ForwardReport) => void {
  const explained = new Set<string>();
  const explain = (subject: string, text: string) => {
    if (!explained.has(subject)) session.tell(text);
    explained.add(subject);
  };
  return (progress) => {
    const { withheld = [], isTooOld, outcome, reason, attempt, receivedAt } = progress;
    for (const name of withheld) {
      explain(name, `Your program does not get ${name}: it contained a credential, which Hooklatch does not store.`);
    }
    if (isTooOld) {
      explain(
        'age',
        `Some events are older than ${windowSeconds} s, for which the sender's signature is accepted. Your program may refuse them. Let the sender send them again.`,
      );
    }
    if (outcome === 'skipped' && reason === 'path_outside') {
      explain(
        reason,
        'Your program does not get events whose path has "." or ".." as a part: they could reach other paths of it than that of --forward.',
      );
    }
    // Only an event that was tried has an attempt.
    if (outcome === 'skipped' && attempt !== undefined) {
      explain(
        'unsendable',
        'Your program does not get events that HTTP has no form for. To look at one: hooklatch events show',
      );
    }
    session.printEach(progress, (isColoured) => [progressLine(progress, isColoured)]);
    // An event that is too old would be refused again.
    if (!isTooOld && (outcome === 'refused' || outcome === 'given_up')) {
      explain('again', `To send such an event again, once your program takes it: --from ${receivedAt}`);
    }
  };
}
