import { dirname } from 'node:path';
import type { Command } from 'commander';
import { ApiError } from '../../shared/api/api-error.ts';
import { ApplyStopped, applyPlan } from '../../shared/manifest/apply-plan.ts';
import type { Item } from '../../shared/manifest/plan.ts';
import { ConflictError } from '../command-error.ts';
import { itemNames, planDocument, planLines, planSummary } from '../output/plan-text.ts';
import { secretReader } from '../secret-reference.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type PlanCommandOptions, type Planned, planned, withPlanOptions } from './plan-options.ts';

const isOutdated = (cause: unknown): boolean => cause instanceof ApiError && cause.code === 'version_mismatch';
const outdated = 'Somebody changed it after it was read, so it was left as it is.';

/** How far it is, in one line at a terminal. */
const showProgress =
  ({ progress }: Session) =>
  ({ kind, name }: Item, at: number, count: number): void =>
    progress(`${at + 1} of ${count}: ${kind} ${name}`);

function tellStopped({ tell }: Session, { done, stoppedAt, notDone }: ApplyStopped): void {
  tell(`Stopped at the ${stoppedAt.kind} ${stoppedAt.name}, of which a part may be done.`);
  tell(`Done: ${itemNames(done)}. Not done: ${itemNames(notDone)}. Run it again, and it goes on.`);
}

async function carryOut(session: Session, { api, plan }: Planned, file: string): Promise<void> {
  const readSecret = secretReader(session.terminal, dirname(file));
  try {
    await applyPlan(plan, { api, readSecret, onItem: showProgress(session) });
  } catch (error) {
    session.progress('');
    if (!(error instanceof ApplyStopped)) throw error;
    tellStopped(session, error);
    throw isOutdated(error.cause) ? new ConflictError(outdated) : error.cause;
  }
  session.progress('');
}

async function apply(session: Session, options: PlanCommandOptions): Promise<void> {
  const made = await planned(session, options);
  const { manifest, plan } = made;
  await carryOut(session, made, options.file);
  session.print(planDocument(manifest.name, plan), (isColoured) => [
    ...planLines(plan, isColoured),
    plan.items.length === 0 ? planSummary(plan) : 'Done.',
  ]);
}

/** `apply`: makes the deployment as a file says. */
export function addApply(program: Command, open: OpenSession): void {
  withPlanOptions(program.command('apply'))
    .description('make connections and destinations as a file says; run again, it changes nothing')
    .addHelpText('after', examples('hooklatch apply -f hooklatch.yaml', 'hooklatch apply -f hooklatch.yaml --prune'))
    .action((options: PlanCommandOptions, command: Command) => apply(open(command), options));
}
