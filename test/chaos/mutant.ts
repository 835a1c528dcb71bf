/**
 * Makes an assembly with one planted fault: a function is bundled again from sources with one change. If the checker
 * misses it here, it would miss it in the real code too.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Template } from '../../local/cloudformation/template.ts';

export interface Mutant {
  name: string;
  /** The function to bundle again. */
  function: string;
  /** A source file, a text that occurs in it once, and its replacement. */
  file: string;
  from: string;
  to: string;
  /** The first word of the violation that reveals the fault. */
  violates: string;
}

/**
 * Applies the change to the source.
 * @throws if the text does not occur exactly once, because the code has changed
 */
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
