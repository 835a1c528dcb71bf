/** What `plan` and `apply` have in common: their options, and the plan. */
import type { Command } from 'commander';
import type { Manifest } from '../../../shared/operators/manifest/manifest.ts';
import type { Plan } from '../../../shared/operators/manifest/plan.ts';
import { planManifest } from '../../../shared/operators/manifest/plan-manifest.ts';
import { readActual } from '../../../shared/operators/manifest/read-actual.ts';
import { ConflictError } from '../command-error.ts';
import { readManifestFile } from '../manifest-file.ts';
import type { Session } from '../session.ts';

export interface PlanCommandOptions {
  file: string;
  prune?: boolean;
  reopen?: boolean;
}

export const withPlanOptions = (command: Command): Command =>
  command
    .requiredOption('-f, --file <path>', 'the file, in YAML or JSON, or - for stdin')
    .option('--prune', 'delete what the file made and names no longer, and detach what it adopted')
    .option('--reopen', 'open what operators deactivated, deconfigured or hold');

/** What a file says, and what has to be done for it. */
export interface Planned {
  manifest: Manifest;
  plan: Plan;
}

/** @throws ConflictError if the file may not have what it names; then nothing is done */
export async function planned(
  session: Session,
  { file, prune = false, reopen = false }: PlanCommandOptions,
): Promise<Planned> {
  const manifest = await readManifestFile(session.terminal, file);
  const plan = planManifest(manifest, await readActual(session.api, manifest), { prune, reopen });
  if ('refused' in plan) throw new ConflictError(`Nothing is changed. ${plan.refused.join(' ')}`);
  return { manifest, plan };
}
