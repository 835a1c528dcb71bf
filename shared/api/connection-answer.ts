/** What reading a connection and every verb answer with: the record, and what was observed of it. */
import type { Log } from '../aws/logger.ts';
import type { Connection } from '../endpoint/connection.ts';
import type { ConnectionView } from '../endpoint/connection-view.ts';
import type { CountHeld } from '../event/held-event-count.ts';
import { withLastUse } from '../journal/usage.ts';
import type { UsageTable } from '../journal/usage-table.ts';
import { type AnyCall, viewAnswer } from './connection-update.ts';

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

/** The record, the last uses of its tokens, and how many events its hold holds. */
export async function observedAnswer(connection: Connection, call: AnyCall, deps: RecordAnswerDeps) {
  const { id, endpoint } = connection;
  const answer = viewAnswer(connection, call, deps.publicUrl);
  const [use, held] = await Promise.all([
    deps.usage.lastUse(id),
    endpoint?.hold ? deps.countHeld(id, endpoint.hold, call.now) : undefined,
  ]);
  return { ...answer, body: withHeldCount(withLastUse(answer.body, use), held) };
}

const unobserved = 'This is done. Last uses and counts could not be read: read the connection again.';

/** The same after a verb. The verb is done by then, so what can not be read fails nothing. */
export async function recordAnswer(connection: Connection, call: AnyCall, deps: RecordAnswerDeps) {
  try {
    return await observedAnswer(connection, call, deps);
  } catch (error) {
    deps.log({ warning: 'record_not_observed', fault: (error as Error).name, requestId: call.requestId }, 'warn');
    const answer = viewAnswer(connection, call, deps.publicUrl);
    return { ...answer, body: { ...answer.body, note: unobserved } };
  }
}
