/** Steps for tests of the synthesized template: synthesize a stage, then look at its resources. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appFlags } from '../../local/cloudformation/synthesis.ts';
import type { Resource, Template } from '../../local/cloudformation/template.ts';
import { assembly } from '../given.ts';

export type Stage = 'dev' | 'prod';

/** How a run of the app ended, what it printed, and the files it made. */
export interface Synthesis {
  exitCode: number | null;
  output: string;
  /** The folder of the files. */
  folder: string;
}

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-synth-'));
  folders.push(folder);
  return folder;
}

/** Removes the folders of all syntheses. */
export function removeSyntheses(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The context of cdk.json, which `cdk` passes to the app. */
const { context: projectContext } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: object };

/** Runs the app as `cdk synth -c stage=…` does, without bundling the functions. */
export async function aSynthesis(
  stage: string,
  more: Record<string, string> = {},
  folder = newFolder(),
): Promise<Synthesis> {
  const context = JSON.stringify({ ...projectContext, stage, ...more, 'aws:cdk:bundling-stacks': [] });
  const env = { ...process.env, CDK_OUTDIR: folder, CDK_CONTEXT_JSON: context };
  const app = spawn(process.execPath, [...appFlags, 'infra/app.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const written: string[] = [];
  for (const stream of [app.stdout, app.stderr]) stream.setEncoding('utf8').on('data', (text) => written.push(text));
  const exitCode = await new Promise<number | null>((resolve) => app.once('close', resolve));
  return { exitCode, output: written.join(''), folder };
}

/** The templates of the assembly that all tests use (dev), and of a new synthesis of prod. */
export async function theTemplates(): Promise<Record<Stage, Template> & { folders: string[] }> {
  const { exitCode, output, folder } = await aSynthesis('prod');
  if (exitCode !== 0) throw new Error(`the stage prod could not be synthesized (${exitCode}):\n${output}`);
  const read = (from: string, stage: Stage) =>
    JSON.parse(readFileSync(join(from, `hooklatch-${stage}.template.json`), 'utf8')) as Template;
  return { dev: read(assembly(), 'dev'), prod: read(folder, 'prod'), folders: [assembly(), folder] };
}

/** A resource with its logical id. Its properties are untyped. */
export interface Found {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type here.
  properties: any;
  resource: Resource & { DependsOn?: string[]; DeletionPolicy?: string; UpdateReplacePolicy?: string };
}

/** The resources of a type. */
export const ofType = ({ Resources }: Template, type: string): Found[] =>
  Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, resource]) => ({ id, properties: resource.Properties ?? {}, resource }));

/**
 * The text of an intrinsic function. Each reference is the logical id in braces, so the text is the same in each
 * synthesis.
 */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument]] = Object.entries(value) as [[string, unknown]];
  if (name === 'Ref') return `{${argument}}`;
  if (name === 'Fn::GetAtt') return `{${(argument as string[]).join('.')}}`;
  if (name === 'Fn::Sub') return (argument as string).replaceAll('${', '{');
  if (name === 'Fn::Join') return (argument as [string, unknown[]])[1].map(textOf).join('');
  throw new Error(`${name} is an intrinsic function that this test can't read`);
}

/** Hooklatch's own functions. In the stage `dev`, CDK adds a function that empties buckets before they are deleted. */
export const functionsIn = (template: Template): Found[] =>
  ofType(template, 'AWS::Lambda::Function').filter(({ properties }) =>
    textOf(properties.Description).startsWith('Hooklatch functions/'),
  );

/** Logical id → name of the function's file. */
export function functionNames(template: Template): Map<string, string> {
  const named = functionsIn(template).map(({ id, properties }) => {
    return [id, String(properties.Description).replace(/^Hooklatch functions\/(.+)\.ts$/, '$1')] as const;
  });
  return new Map(named);
}

/** The only element of a list. Throws if the list has none or several. */
export function only<T>(list: readonly T[]): T {
  const [one, ...more] = list;
  if (one === undefined || more.length > 0) throw new Error(`expected one element, but found ${list.length}`);
  return one;
}
