/**
 * The assembly with one fault planted in a function's code: the sources are bundled again with one place changed. What the
 * checker does not find here it would not find in the real code either.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Template } from '../../local/cloudformation/template.ts';

export interface Mutant {
  name: string;
  /** The function that is bundled again. */
  function: string;
  /** A source file, a text that stands in it once, and what stands there instead. */
  file: string;
  from: string;
  to: string;
  /** The first word of the violation that gives it away. */
  violates: string;
}

/** The source with its one place changed. @throws when the place is not there exactly once: the code has moved on */
function mutated({ name, file, from, to }: Mutant): string {
  const source = readFileSync(file, 'utf8');
  const found = source.split(from).length - 1;
  if (found !== 1) throw new Error(`the mutant "${name}" looks for a text that stands ${found} times in ${file}`);
  return source.replace(from, () => to);
}

/** The folder of a function's code in an assembly. */
function codeFolder(assembly: string, name: string): string {
  const read = (file: string) => JSON.parse(readFileSync(join(assembly, file), 'utf8'));
  const template: Template = read('hooklatch-dev.template.json');
  const fn = Object.values(template.Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' && Properties?.['Description'] === `Hooklatch functions/${name}.ts`,
  );
  if (!fn?.Properties) throw new Error(`the assembly has no function ${name}`);
  const { S3Key } = fn.Properties['Code'] as { S3Key: string };
  return join(assembly, `asset.${S3Key.replace('.zip', '')}`);
}

/** Makes the mutant's assembly in `folder`. */
export async function plant(assembly: string, mutant: Mutant, folder: string): Promise<void> {
  cpSync(assembly, folder, { recursive: true });
  const path = resolve(mutant.file);
  const contents = mutated(mutant);
  const { outputFiles } = await build({
    entryPoints: [`functions/${mutant.function}.ts`],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/client-s3'],
    write: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'mutant',
        setup: ({ onLoad }) => {
          onLoad({ filter: /\.ts$/ }, (args) => (args.path === path ? { contents, loader: 'ts' } : undefined));
        },
      },
    ],
  });
  writeFileSync(join(codeFolder(folder, mutant.function), 'index.js'), outputFiles[0]?.contents ?? '');
}
