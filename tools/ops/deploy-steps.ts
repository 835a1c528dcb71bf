/**
 * The steps of `npm run deploy`: synthesizes the app, checks what the deployment would lose, and deploys exactly what was
 * checked. The same assembly is used for both, so nothing can change in between.
 */

/**
 * Runs a program of Node to its end.
 * @param script the program's file
 * @returns its exit code
 */
export type RunScript = (script: string, args: readonly string[], env: Readonly<Record<string, string>>) => number;

export interface DeployPorts {
  run: RunScript;
  /** The ids of the stacks in a synthesized assembly. */
  stackIdsIn(folder: string): readonly string[];
}

/** Arguments that can't be used. */
export class DeployUsageError extends Error {
  override name = 'DeployUsageError';
}

const cdk = 'node_modules/aws-cdk/bin/cdk';
const commandLine = 'clients/cli/main.ts';
const folder = 'cdk.out';

interface DeployArguments {
  /** What `--allow-loss` names. */
  allowed: string[];
  /** Settings for the synthesis, as `-c name=value`. */
  context: string[];
  profile?: string;
  /** What `cdk deploy` gets besides. */
  rest: string[];
}

/** The options that have a value, with the option's short name. */
const valued: Readonly<Record<string, 'allow-loss' | 'context' | 'profile' | 'ours'>> = {
  '--allow-loss': 'allow-loss',
  '--context': 'context',
  '-c': 'context',
  '--profile': 'profile',
  '--app': 'ours',
  '-a': 'ours',
  '--output': 'ours',
  '-o': 'ours',
};

/** @throws DeployUsageError for an option without its value, and for one that names another app */
function readArguments(args: readonly string[]): DeployArguments {
  const read: DeployArguments = { allowed: [], context: [], rest: [] };
  for (let at = 0; at < args.length; at += 1) {
    const [, name = '', inline] = /^(--?[\w-]+)(?:=(.*))?$/s.exec(args[at] ?? '') ?? [];
    const kind = Object.hasOwn(valued, name) ? valued[name] : undefined;
    if (kind === undefined) {
      read.rest.push(args[at] ?? '');
      continue;
    }
    if (kind === 'ours')
      throw new DeployUsageError(`npm run deploy synthesizes the app itself, so it can't have ${name}; use cdk deploy`);
    if (inline === undefined) at += 1;
    const value = inline ?? args[at];
    if (!value) throw new DeployUsageError(`${name} needs a value`);
    if (kind === 'allow-loss') read.allowed.push(value);
    else if (kind === 'context') read.context.push('-c', value);
    else read.profile = value;
  }
  return read;
}

const each = (option: string, values: readonly string[]): string[] => values.flatMap((value) => [option, value]);

/**
 * Deploys, unless something would be lost that `--allow-loss` does not name.
 * @param args as typed after `npm run deploy --`; `cdk deploy` gets all that are not of this command
 * @returns the exit code of the step that failed, or 0
 * @throws DeployUsageError for arguments that can't be used
 */
export function deploy(args: readonly string[], { run, stackIdsIn }: DeployPorts): number {
  const { allowed, context, profile, rest } = readArguments(args);
  const env = profile === undefined ? {} : { AWS_PROFILE: profile };
  const synthesized = run(cdk, ['synth', '--quiet', '--output', folder, ...context], env);
  if (synthesized !== 0) return synthesized;
  const named = stackIdsIn(folder).filter((id) => rest.includes(id));
  const checks = [...each('--stack', named), ...each('--allow-loss', allowed)];
  const checked = run(commandLine, ['deploy-check', '--app', folder, ...checks], env);
  if (checked !== 0) return checked;
  return run(cdk, ['deploy', '--app', folder, ...rest], env);
}
