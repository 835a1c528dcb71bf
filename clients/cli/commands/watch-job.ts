/** Shows how far a job is: a replay, a release or a redelivery of many. */
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { untilInterrupted } from '../live/interruption.ts';
import { type JobView, progressText } from '../output/job-text.ts';
import type { Session } from '../session.ts';

/** The time between two looks at a job, in ms. */
const lookEveryMs = 1_000;

/**
 * Shows the progress until the job ends, or until Ctrl-C. The job goes on after that.
 * @param show the command that shows it
 */
export async function watchJob<View extends JobView>(
  session: Session,
  show: string,
  read: (api: ApiClient) => Promise<View>,
): Promise<View> {
  const { terminal, tell } = session;
  let view = await read(session.api);
  await untilInterrupted(terminal, async ({ stopped }) => {
    const api = session.apiUntil(stopped);
    while (view.endedAt === undefined && !stopped.aborted) {
      session.progress(progressText(view));
      await terminal.wait(lookEveryMs, stopped);
      view = await read(api);
    }
  });
  session.progress('');
  if (view.endedAt === undefined) tell(`It goes on. To see how far it is: ${show}`);
  return view;
}

/** Whether a command that starts a job shows its progress. By default at a terminal. */
export const isWatched = ({ terminal, isJson }: Session, { wait }: { wait?: boolean }): boolean =>
  wait ?? (terminal.stdout.isTTY === true && !isJson);
