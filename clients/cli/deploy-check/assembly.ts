/** Reads what `cdk synth` has written: the template of each stack, and where it would be deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../command-error.ts';
import type { Resources } from './lost-resources.ts';

/** A stack that would be deployed. */
export interface SynthesizedStack {
  /** By which `cdk deploy` names it. */
  id: string;
  /** Its name in CloudFormation. */
  name: string;
  /** Undefined if the credentials of the caller decide. */
  account?: string;
  /** Undefined if the AWS configuration of the caller decides. */
  region?: string;
  /** The role with which CDK deploys. It has placeholders if the account or the region is not known. */
  deployRole?: string;
  resources: Resources;
}

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema).default({}) });

const artifactSchema = z.looseObject({
  type: z.string(),
  environment: z.string().optional(),
  properties: z
    .looseObject({
      templateFile: z.string(),
      stackName: z.string(),
      assumeRoleArn: z.string(),
      /** The folder of a nested assembly. */
      directoryName: z.string(),
    })
    .partial()
    .default({}),
});
const manifestSchema = z.looseObject({ artifacts: z.record(z.string(), artifactSchema) });
type Artifact = z.infer<typeof artifactSchema>;

/** @throws UsageError for a text that is no template in JSON. CDK writes no other. */
export function resourcesIn(what: string, text: string): Resources {
  return parsed(what, text, templateSchema).Resources;
}

function parsed<T>(what: string, text: string, schema: z.ZodType<T>): T {
  const value = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new UsageError(`${what} is not valid JSON`, { cause: error });
    }
  })();
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw new UsageError(`${what} has an unexpected form: ${z.prettifyError(error)}`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read: name the folder that cdk synth has written with --app`, {
      cause: error,
    });
  }
}

/** The parts of `aws://123456789012/eu-central-1`. CDK writes `unknown-account` and `unknown-region`. */
function placeOf({ environment = '' }: Artifact): { account?: string; region?: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(environment) ?? [];
  return {
    ...(account && account !== 'unknown-account' && { account }),
    ...(region && region !== 'unknown-region' && { region }),
  };
}

function stackOf(folder: string, id: string, artifact: Artifact): SynthesizedStack {
  const { templateFile = `${id}.template.json`, stackName = id, assumeRoleArn } = artifact.properties;
  const file = join(folder, templateFile);
  return {
    id,
    name: stackName,
    ...placeOf(artifact),
    ...(assumeRoleArn && { deployRole: assumeRoleArn }),
    resources: resourcesIn(file, textOf(file)),
  };
}

/**
 * All stacks of a synthesized app, those of its stages included.
 * @throws UsageError if the folder is none that `cdk synth` has written
 */
export function readStacks(folder: string): SynthesizedStack[] {
  const file = join(folder, 'manifest.json');
  const { artifacts } = parsed(file, textOf(file), manifestSchema);
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    if (artifact.type === 'aws:cloudformation:stack') return [stackOf(folder, id, artifact)];
    const nested = artifact.type === 'cdk:cloud-assembly' ? artifact.properties.directoryName : undefined;
    return nested === undefined ? [] : readStacks(join(folder, nested));
  });
}

/** @throws UsageError if the app has no stack of such a name */
export function chosenStacks(stacks: readonly SynthesizedStack[], names: readonly string[]): SynthesizedStack[] {
  const known = stacks.map(({ name }) => name).join(', ') || 'none';
  const missing = names.find((wanted) => !stacks.some(({ id, name }) => [id, name].includes(wanted)));
  if (missing !== undefined) throw new UsageError(`The app has no stack ${missing}; it has: ${known}`);
  if (stacks.length === 0) throw new UsageError('The app has no stack');
  return stacks.filter(({ id, name }) => names.length === 0 || names.includes(id) || names.includes(name));
}
