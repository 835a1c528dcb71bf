import type { Command } from 'commander';
import { ApiError, UnreachableError } from '../../../shared/operators/api/api-error.ts';
import { ApplyStopped, applyPlan } from '../../../shared/operators/manifest/apply-plan.ts';
import type { Plan, PlanItem } from '../../../shared/operators/manifest/plan.ts';
import { readSecrets, SecretFormError } from '../../../shared/operators/manifest/plan-secrets.ts';
import { ConflictError, Interrupted, UsageError } from '../command-error.ts';
import { interruptionOf } from '../live/interruption.ts';
import { planDocument, planLines, planSummary, riskText, stoppedLines } from '../output/plan-text.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { type PlanCommandOptions, planned, referencesBeside, withPlanOptions } from './plan-options.ts';

/** The refusal at which a plan stopped, for whoever runs a file: the API's own advice is about one request. */
function refusalIn({ cause, stoppedAt: { kind, name } }: ApplyStopped): unknown {
  if (cause instanceof SecretFormError) return new UsageError(cause.message);
  if (!(cause instanceof ApiError)) return cause;
  if (cause.code === 'version_mismatch')
    return new ConflictError('Somebody changed it after it was read, so it was left as it is.');
  if (cause.code === 'rotation_in_progress' && kind === 'connection')
    return new ConflictError(
      `The token that ${name} had before is still accepted. Run it again when its grace has ended, or end it now: hooklatch token end-grace ${name}`,
    );
  return cause;
}

/** What to change in the file, if the refusal is about it. */
const hintsIn = ({ cause }: ApplyStopped): string[] =>
  cause instanceof ApiError && cause.code === 'token_not_usable'
    ? ['If auth has changed, give token another reference in the file: a new value comes together with auth.']
    : [];

/** How far it is, in one line at a terminal. */
const showProgress =
  ({ progress }: Session) =>
  ({ kind, name }: PlanItem, at: number, count: number): void =>
    progress(`${at + 1} of ${count}: ${kind} ${name}`);

/** Until the first change, Ctrl-C ends the command as any. From then on, it says what is done. */
async function carryOut(session: Session, plan: Plan, file: string): Promise<void> {
  const { terminal, tell, progress } = session;
  const values = await readSecrets(plan, referencesBeside(session, file));
  const { stopped, abandoned } = interruptionOf(terminal);
  // Without the warning, because it is the file that changes its own.
  const api = session.apiUntil(abandoned);
  try {
    await applyPlan(plan, { api, values, onItem: showProgress(session), stopped });
  } catch (error) {
    if (!(error instanceof ApplyStopped)) throw error;
    progress('');
    for (const line of [...stoppedLines(error), ...hintsIn(error)]) tell(line);
    const isOfInterrupt = error.cause === stopped.reason || error.cause instanceof UnreachableError;
    if (stopped.aborted && isOfInterrupt) throw new Interrupted();
    throw refusalIn(error);
  }
  progress('');
}

interface ApplyOptions extends PlanCommandOptions {
  yes?: boolean;
}

/**
 * Shows the plan and asks, at a terminal. Without one, only what deletes something, opens an endpoint or changes its guards needs `--yes`.
 * @returns whether the plan is shown already
 */
async function isAsked({ terminal, tell }: Session, plan: Plan, { yes }: ApplyOptions): Promise<boolean> {
  const isTerminal = terminal.stdin.isTTY === true;
  const risk = riskText(plan);
  if (yes || plan.items.length === 0 || (!isTerminal && risk === '')) return false;
  if (isTerminal) for (const line of [...planLines(plan, false), planSummary(plan)]) tell(line);
  await confirm(terminal, risk === '' ? 'Apply this?' : `This ${risk}. Apply it?`, {});
  return true;
}

async function apply(session: Session, options: ApplyOptions): Promise<void> {
  const { manifest, plan } = await planned(session, options);
  const isShown = await isAsked(session, plan, options);
  await carryOut(session, plan, options.file);
  session.print(planDocument(manifest.name, plan), (isColoured) => [
    ...(isShown ? [] : planLines(plan, isColoured)),
    plan.items.length === 0 ? planSummary(plan) : 'Done.',
  ]);
}

/** `apply`: makes the deployment as a file says. */
export function addApply(program: Command, open: OpenSession): void {
  withPlanOptions(program.command('apply'))
    .option(
      '--yes',
      'do not ask; needed without a terminal for what deletes something, opens an endpoint or changes who may send to it',
    )
    .description('make connections and destinations as a file says; run again, it changes nothing')
    .addHelpText(
      'after',
      examples(
        'hooklatch apply -f hooklatch.yaml',
        "hooklatch apply -f hooklatch.yaml --yes --allow-references 'env:ERP_*'",
      ),
    )
    .action((options: ApplyOptions, command: Command) => apply(open(command), options));
}
