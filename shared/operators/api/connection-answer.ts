/** The answer of a read and of every verb: the connection's record, with its uses and counts. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { type ConnectionView, connectionViewOf, withNotes } from '../../endpoints/endpoint/connection-view.ts';
import { withLastUse } from '../../events/arrival/usage.ts';
import type { UsageTable } from '../../events/arrival/usage-table.ts';
import type { CountHeld } from '../../events/event/held-event-count.ts';
import { releaseIdOf } from '../../events/event/replay-job.ts';
import type { Log } from '../../ground/aws/logger.ts';
import type { Advice } from '../../ground/base/advice-schema.ts';
import type { OperationContext } from '../operation/operation.ts';

/** The answer with a connection. The ETag is the connection's version. */
export const viewAnswer = (
  connection: Connection,
  { actor, now }: Pick<OperationContext, 'actor' | 'now'>,
  publicUrl: string,
  status = 200,
) => ({
  status,
  body: connectionViewOf(connection, actor.role, publicUrl, now),
  headers: { etag: etagOf(connection) },
});

export const etagOf = ({ version }: Connection): string => `"${version}"`;

export interface RecordAnswerDeps {
  usage: Pick<UsageTable, 'lastUse'>;
  countHeld: CountHeld;
  publicUrl: string;
  log: Log;
}

function withHeldCount(view: ConnectionView, held: Awaited<ReturnType<CountHeld>> | undefined): ConnectionView {
  if (!view.endpoint || !held) return view;
  return { ...view, endpoint: { ...view.endpoint, heldCount: held.count, heldCountComplete: held.complete } };
}

/** The record, the last uses of its tokens, and the number of held events. */
export async function observedAnswer(connection: Connection, call: OperationContext, deps: RecordAnswerDeps) {
  const { id, endpoint } = connection;
  const answer = viewAnswer(connection, call, deps.publicUrl);
  const [use, held] = await Promise.all([
    deps.usage.lastUse(id),
    endpoint?.hold ? deps.countHeld(id, endpoint.hold, call.now) : undefined,
  ]);
  return { ...answer, body: withHeldCount(withLastUse(answer.body, use), held) };
}

/** The note that says where to see the progress of a release, if a release made this version of the record. */
const releaseNotes = ({ entry: { verb, hold } }: Connection): Advice[] =>
  verb === 'release' && hold !== undefined ? [{ code: 'release_runs', replayId: releaseIdOf(hold) }] : [];

/** The answer to a verb. The change is already made, so if uses and counts can't be read, the answer has a note instead. */
export async function recordAnswer(connection: Connection, call: OperationContext, deps: RecordAnswerDeps) {
  const notes = releaseNotes(connection);
  try {
    const answer = await observedAnswer(connection, call, deps);
    return { ...answer, body: withNotes(answer.body, notes) };
  } catch (error) {
    deps.log({ warning: 'record_not_observed', fault: (error as Error).name, requestId: call.requestId }, 'warn');
    const answer = viewAnswer(connection, call, deps.publicUrl);
    return { ...answer, body: withNotes(answer.body, [...notes, { code: 'not_observed' }]) };
  }
}
