/** Steps for tests of the synthesized template: synthesize a stage, then look at its resources. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { appFlags } from '../../local/cloudformation/synthesis.ts';
import type { Resource, Template } from '../../local/cloudformation/template.ts';
import { count } from '../support/full-counts.ts';
import { assembly } from '../support/given.ts';

export type Stage = 'dev' | 'prod';

/** Everything of a deployment that has a name: CloudFront, an address for alarms, and both example rules. */
const named = {
  ...{
    account: '123456789012',
    alarmEmail: 'on-call@example.com',
    exampleRules: 'log,queue',
    originSha256: 'a'.repeat(64),
  },
  edgeOrigin: 'api.example.com',
  edgeSecretVersion: '00000000-0000-4000-8000-000000000001',
};

/**
 * The stage and settings of each template that tests read. The stage dev without settings is the assembly that every other test
 * runs, see `given.ts`.
 */
export const variants = {
  prod: { stage: 'prod' },
  pinned: { stage: 'prod', account: '123456789012', region: 'eu-central-1' },
  logRule: { stage: 'prod', exampleRules: 'log' },
  queueRule: { stage: 'prod', exampleRules: 'queue' },
  bothRules: { stage: 'prod', exampleRules: 'queue,log' },
  alarmTopic: { stage: 'prod', alarmTopic: 'arn:aws:sns:eu-central-1:123456789012:on-call' },
  alarmEmail: { stage: 'prod', alarmEmail: 'on-call@example.com' },
  // The app of test/infra/own-app.ts.
  ownDev: { stage: 'dev' },
  ownProd: { stage: 'prod' },
  ownWithoutBilling: { stage: 'prod', billing: 'empty' },
  edge: {
    stage: 'prod',
    region: 'eu-central-1',
    domainName: 'api.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
    originSha256: 'a'.repeat(64),
    edgeOrigin: 'api.example.com',
    edgeSecretVersion: '00000000-0000-4000-8000-000000000001',
    edgeDomain: 'hooks.example.com',
    edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
    edgeRate: '5000',
    tags: 'team=payments,cost-center=4 2',
  },
  // Shares its account with another stage.
  confined: {
    stage: 'dev',
    account: '123456789012',
    region: 'eu-central-1',
    alarmEmail: 'on-call@example.com',
    bootstrapQualifier: 'hookdev',
    permissionsBoundary: 'hooklatch-dev-boundary-eu-central-1',
  },
  prodInFrankfurt: { ...named, stage: 'prod', region: 'eu-central-1' },
  prodInVirginia: { ...named, stage: 'prod', region: 'us-east-1' },
  devInFrankfurt: { ...named, stage: 'dev', region: 'eu-central-1' },
  devInVirginia: { ...named, stage: 'dev', region: 'us-east-1' },
  mtls: {
    stage: 'dev',
    domainName: 'hooks.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
    mtlsTruststore: 's3://trust/store.pem',
  },
  /** Everything that adds a resource. */
  largest: {
    stage: 'dev',
    exampleRules: 'queue,log',
    alarmEmail: 'on-call@example.com',
    warningEmail: 'team@example.com',
    domainName: 'hooks.example.com',
    certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef',
    managedConnections: 'true',
  },
  // All of them in one template, because they do not affect each other.
  settings: {
    stage: 'dev',
    publicUrl: 'https://hooks.example.com/in',
    replayCeiling: '2000',
    dispatchConcurrency: '2',
    alarmTopic: 'arn:aws:sns:eu-central-1:123456789012:on-call',
    warningTopic: 'arn:aws:sns:eu-central-1:123456789012:team',
    warmThroughput: '15000',
    tags: 'team=payments,cost-center=4 2',
    tokenReminderDays: '365',
    allowPrivate: '10.0.0.0/8,fd00::/8',
    managedConnections: 'true',
    eventShards: '8',
    senderRate: '20',
    senderBurst: '30',
    reservedConcurrency: '50',
    oidcIssuer: 'https://id.example.com',
    oidcAudience: 'hooklatch',
    oidcJwksUri: 'https://keys.example.com/jwks',
    oidcAdmins: 'groups=platform',
    oidcDesigners: 'groups=support',
    oidcOperatorDays: '7',
  },
} satisfies Record<string, { stage: Stage } & Record<string, string>>;

export type Variant = keyof typeof variants;

/** Those that only `npm run test:full` has. `names.test.ts` pins each name in the other two deployments. */
const left: readonly string[] = count({ usual: 1, full: 0 }) === 1 ? ['prodInVirginia', 'devInFrankfurt'] : [];

/** How a run of the app ended, and what it printed. */
export interface Run {
  exitCode: number | null;
  output: string;
}

async function run(args: string[], env: Record<string, string> = {}): Promise<Run> {
  const options = { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'] };
  const app = spawn(process.execPath, [...appFlags, ...args], options);
  const written: string[] = [];
  for (const stream of [app.stdout, app.stderr]) stream.setEncoding('utf8').on('data', (text) => written.push(text));
  const exitCode = await new Promise<number | null>((resolve) => app.once('close', resolve));
  return { exitCode, output: written.join('') };
}

/** The context of cdk.json, which `cdk` passes to the app. */
const { context: projectContext } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: object };

/** The context of a synthesis that does not bundle the functions. */
const contextOf = (settings: object): object => ({
  ...projectContext,
  'hooklatch:withoutStageFile': true,
  ...settings,
  'aws:cdk:bundling-stacks': [],
});

/** Runs the app as `cdk synth -c …` does, without bundling the functions, and writes to `folder`. */
export const runApp = (settings: Record<string, string>, folder: string): Promise<Run> =>
  run(['infra/app.ts'], { CDK_OUTDIR: folder, CDK_CONTEXT_JSON: JSON.stringify(contextOf(settings)) });

/** Synthesizes the variants, each in its own folder in `folder`. */
export function synthesizeVariants(folder: string, env: Record<string, string> = {}): Promise<Run> {
  const chosen = Object.entries(variants).filter(([name]) => !left.includes(name));
  const contexts = chosen.map(([name, settings]) => [name, contextOf(settings)]);
  return run(['test/infra/synthesize-variants.ts', folder, JSON.stringify(Object.fromEntries(contexts))], env);
}

/** The folder with all variants. The first file of tests that asks makes it, for this run of Jest. */
async function theVariants(): Promise<string> {
  const folder = join(dirname(assembly()), 'variants');
  if (existsSync(folder)) return folder;
  const draft = mkdtempSync(`${folder}-`);
  // CDK's rules take half of the time. `cdk-rules.test.ts` runs them.
  // A stack trace for each resource takes another tenth.
  const { exitCode, output } = await synthesizeVariants(draft, {
    CDK_VALIDATION: 'false',
    CDK_DISABLE_STACK_TRACE: '1',
  });
  if (exitCode !== 0) throw new Error(`the templates could not be synthesized (${exitCode}):\n${output}`);
  // Another file of tests may have made the same folder meanwhile. Its content is the same.
  if (!existsSync(folder)) renameSync(draft, folder);
  return folder;
}

/** A synthesized template and the folder of its assembly. */
export interface Synthesized {
  template: Template;
  folder: string;
}

const read = (folder: string, stage: Stage): Synthesized => ({
  template: JSON.parse(readFileSync(join(folder, `hooklatch-${stage}.template.json`), 'utf8')),
  folder,
});

/** The folder with the assembly of a variant. */
export const theFolder = async (variant: Variant): Promise<string> => join(await theVariants(), variant);

/** The tags that CloudFormation gives a stack and all that it has. They are in the manifest of the assembly, not in the template. */
export async function stackTags(variant: Variant, stack: string): Promise<unknown> {
  const { artifacts } = JSON.parse(readFileSync(join(await theFolder(variant), 'manifest.json'), 'utf8'));
  return artifacts[stack].properties.tags;
}

/** The template with the settings of a variant. */
export const theTemplate = async (variant: Variant): Promise<Synthesized> =>
  read(await theFolder(variant), variants[variant].stage);

/** The template of the stack with CloudFront. */
export async function edgeTemplate(): Promise<Template> {
  const folder = await theFolder('edge');
  return JSON.parse(readFileSync(join(folder, 'hooklatch-prod-edge-eu-central-1.template.json'), 'utf8'));
}

/** The templates of the stacks in test/infra/own-app.ts. */
export async function theOwnApp(stage: Stage, without: 'nothing' | 'payments' = 'nothing') {
  const own = stage === 'dev' ? 'ownDev' : 'ownProd';
  const folder = join(await theVariants(), without === 'nothing' ? own : 'ownWithoutBilling');
  const templateOf = (stack: string): Template =>
    JSON.parse(readFileSync(join(folder, `${stack}.template.json`), 'utf8'));
  const [shop, billing, archive] = [templateOf('shop'), templateOf('billing'), templateOf('archive')];
  return { shop, billing, archive, templateOf, folder };
}

/** The templates of the stages without settings. */
export async function theTemplates(): Promise<Record<Stage, Template> & { folders: string[] }> {
  const [dev, prod] = [read(assembly(), 'dev'), await theTemplate('prod')];
  return { dev: dev.template, prod: prod.template, folders: [dev.folder, prod.folder] };
}

/** A resource with its logical id. Its properties are untyped. */
export interface Found {
  id: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type here.
  properties: any;
  resource: Resource;
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

/** The policies of the functions' roles: those in a role, and those beside it. */
export const policiesIn = (template: Template): [role: string, document: Found['properties']][] => [
  ...ofType(template, 'AWS::IAM::Role').flatMap(({ id, properties }) =>
    (properties.Policies ?? []).map(({ PolicyDocument }: Found['properties']) => [id, PolicyDocument]),
  ),
  ...ofType(template, 'AWS::IAM::Policy').map(({ properties }): [string, Found['properties']] => [
    only<{ Ref: string }>(properties.Roles).Ref,
    properties.PolicyDocument,
  ]),
];
