/** What a verb answers with: the whole record as it stands after it, as reading the connection does. */
import type { Connection } from './connection.ts';
import { type AnyCall, viewAnswer } from './revision.ts';
import { withLastUse } from './usage.ts';
import type { UsageLog } from './usage-log.ts';

export interface RecordAnswerDeps {
  usage: Pick<UsageLog, 'lastUse'>;
  publicUrl: string;
  log(line: Record<string, unknown>): void;
}

const unread = 'This is done. When the tokens were last used could not be read: read the connection again.';

/** Answers with the record. The verb is done by then, so a last use that can not be read fails nothing. */
export async function recordAnswer(connection: Connection, call: AnyCall, { usage, publicUrl, log }: RecordAnswerDeps) {
  const answer = viewAnswer(connection, call, publicUrl);
  try {
    return { ...answer, body: withLastUse(answer.body, await usage.lastUse(connection.id)) };
  } catch (error) {
    log({ warning: 'last_use_not_read', fault: (error as Error).name, requestId: call.requestId });
    return { ...answer, body: { ...answer.body, note: unread } };
  }
}
