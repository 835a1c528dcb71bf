/** What `plan` and `apply` have in common: their options, and the plan. */
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { Manifest } from '../../../shared/operators/manifest/manifest.ts';
import type { Plan } from '../../../shared/operators/manifest/plan.ts';
import { planManifest } from '../../../shared/operators/manifest/plan-manifest.ts';
import type { ReadSecret } from '../../../shared/operators/manifest/plan-secrets.ts';
import { readActual } from '../../../shared/operators/manifest/read-actual.ts';
import { ConflictError } from '../command-error.ts';
import { readManifestFile } from '../manifest-file.ts';
import { fileBelow, referenceReader } from '../secret-reference.ts';
import type { Session } from '../session.ts';
import { repeated } from './repeated-option.ts';

export interface PlanCommandOptions {
  file: string;
  prune?: boolean;
  reopen?: boolean;
  allowReferences: readonly string[];
  checkReferences?: boolean;
}

export const withPlanOptions = (command: Command): Command =>
  command
    .requiredOption('-f, --file <path>', 'the file, in YAML or JSON, or - for stdin')
    .option('--prune', 'delete what the file made and names no longer, and detach what it adopted')
    .option('--reopen', 'open what operators deactivated, deconfigured or hold')
    .option(
      '--allow-references <pattern>',
      "refuse a file with any other reference to a secret, such as 'env:ERP_*'; may be repeated",
      repeated,
      [],
    )
    .option('--check-references', 'read each reference first, and say which lead to no secret');

/** What a file says, and what has to be done for it. */
export interface Planned {
  manifest: Manifest;
  plan: Plan;
}

/** Reads what the references of a file lead to. */
export const referencesBeside = ({ terminal }: Session, file: string): ReadSecret =>
  referenceReader(terminal, fileBelow(dirname(file)));

/** @throws ConflictError if the file may not have what it names; then nothing is done */
export async function planned(session: Session, options: PlanCommandOptions): Promise<Planned> {
  const { file, prune = false, reopen = false, allowReferences, checkReferences } = options;
  const manifest = await readManifestFile(session.terminal, file, {
    allowReferences: allowReferences.length > 0 ? allowReferences : undefined,
    readReference: checkReferences ? referencesBeside(session, file) : undefined,
  });
  const plan = planManifest(manifest, await readActual(session.api, manifest), { prune, reopen });
  if ('refused' in plan) throw new ConflictError(`Nothing is changed. ${plan.refused.join(' ')}`);
  return { manifest, plan };
}
