import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from '../start/start-error.ts';
import { type Template, templateSchema } from './template.ts';

/** A synthesized cloud assembly: one stack and the folders of its functions' code. */
export interface CloudAssembly {
  stackName: string;
  template: Template;
  /** The folder of each code asset, by the object key in the template's `S3Key`. */
  assets: ReadonlyMap<string, string>;
}

const manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({ type: z.string(), properties: z.record(z.string(), z.unknown()).optional() }),
  ),
});

const stackProperties = z.object({ templateFile: z.string() });

const assetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string(), packaging: z.string() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/**
 * Reads the cloud assembly in `directory`, as `cdk synth` writes it.
 * @param stackName the stack to read, by its name or its id in the app; needed if there are several
 * @throws StartError if it is not an assembly, does not contain exactly one such stack, or an asset's folder is missing
 */
export function readCloudAssembly(directory: string, stackName?: string): CloudAssembly {
  const { artifacts } = readJson(join(directory, 'manifest.json'), manifest);
  const stacks = Object.entries(artifacts)
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { properties }]) => ({ id, name: String(properties?.['stackName'] ?? id), properties }));
  const nested = Object.entries(artifacts).filter(([, artifact]) => artifact.type === 'cdk:cloud-assembly');
  const chosen = stacks.filter(({ id, name }) => stackName === undefined || [id, name].includes(stackName));
  const [stack] = chosen;
  if (!stack || chosen.length > 1 || (stackName === undefined && nested.length > 0)) {
    const found = [...stacks.map(({ name }) => name), ...nested.map(([id]) => id)].join(', ') || 'none';
    throw new StartError(notOneStack(directory, found, stackName));
  }
  return {
    stackName: stack.name,
    template: readJson(join(directory, stackProperties.parse(stack.properties).templateFile), templateSchema),
    assets: readAssets(directory, artifacts),
  };
}

const notOneStack = (directory: string, found: string, wanted: string | undefined): string =>
  wanted === undefined
    ? `The assembly ${directory} must contain exactly one stack, or --stack must name one of them; it contains: ${found}`
    : `The assembly ${directory} has no stack ${wanted}; it contains: ${found}`;

function readAssets(directory: string, artifacts: z.infer<typeof manifest>['artifacts']): Map<string, string> {
  const assets = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    const { files } = readJson(join(directory, String(artifact.properties?.['file'])), assetManifest);
    for (const { source, destinations } of Object.values(files)) {
      if (source.packaging !== 'zip') continue;
      const folder = resolve(directory, source.path);
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
        throw new StartError(`The asset folder ${folder} is missing: synthesize the app again`);
      }
      for (const { objectKey } of Object.values(destinations)) assets.set(objectKey, folder);
    }
  }
  return assets;
}

function readJson<T>(file: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new StartError(`${file} can't be read: is this the folder of a synthesized cloud assembly?`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StartError(`${file} is not valid JSON`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new StartError(`${file} has an unexpected form: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
