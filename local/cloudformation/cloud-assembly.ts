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

const stackProperties = z.object({ templateFile: z.string(), stackName: z.string().optional() });

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
 * @throws StartError if it is not an assembly, does not contain exactly one stack, or an asset's folder is missing
 */
export function readCloudAssembly(directory: string): CloudAssembly {
  const { artifacts } = readJson(join(directory, 'manifest.json'), manifest);
  const nested = Object.entries(artifacts).filter(([, artifact]) => artifact.type === 'cdk:cloud-assembly');
  const stacks = Object.entries(artifacts).filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack');
  const [stack] = stacks;
  if (!stack || stacks.length > 1 || nested.length > 0) {
    const found = [...stacks, ...nested].map(([id]) => id).join(', ') || 'none';
    throw new StartError(`The assembly ${directory} must contain exactly one stack; it contains: ${found}`);
  }
  const [id, artifact] = stack;
  const properties = stackProperties.parse(artifact.properties);
  return {
    stackName: properties.stackName ?? id,
    template: readJson(join(directory, properties.templateFile), templateSchema),
    assets: readAssets(directory, artifacts),
  };
}

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
