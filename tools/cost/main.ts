/** `npm run cost`: what a month costs, by line, from the template that a deployment would have. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCloudAssembly } from '../../local/cloudformation/cloud-assembly.ts';
import { appFlags } from '../../local/cloudformation/synthesis.ts';
import type { Template } from '../../local/cloudformation/template.ts';
import { OptionError, readCostOptions, usage } from './cost-options.ts';
import { withCosts } from './cost-page.ts';
import { monthJson, monthText } from './cost-text.ts';
import { monthOf } from './month.ts';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const page = join(projectDir, 'docs', 'cost.md');

/** Synthesizes a stage without bundling its functions, which changes no price. Prints what the app says if it fails. */
async function templateOf(stage: string, more: object = {}): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-cost-'));
  const { context } = JSON.parse(readFileSync(join(projectDir, 'cdk.json'), 'utf8')) as { context: object };
  const given = { ...context, ...more, stage, 'aws:cdk:bundling-stacks': [] };
  try {
    const app = spawn(process.execPath, [...appFlags, join('infra', 'app.ts')], {
      cwd: projectDir,
      env: { ...process.env, CDK_OUTDIR: join(folder, 'assembly'), CDK_CONTEXT_JSON: JSON.stringify(given) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const written: string[] = [];
    for (const stream of [app.stdout, app.stderr]) stream.setEncoding('utf8').on('data', (text) => written.push(text));
    const code = await new Promise((resolve, reject) => app.once('error', reject).once('close', resolve));
    if (code !== 0) throw new OptionError(`The app could not be synthesized:\n${written.join('')}`);
    return readCloudAssembly(join(folder, 'assembly'), `hooklatch-${stage}`).template;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The page has the stages as they are without settings. */
async function updatePage(): Promise<void> {
  const bare = { 'hooklatch:withoutStageFile': true };
  const templates = { dev: await templateOf('dev', bare), prod: await templateOf('prod', bare) };
  writeFileSync(page, withCosts(readFileSync(page, 'utf8'), templates));
}

async function run(args: string[]): Promise<void> {
  const options = readCostOptions(args);
  if (options === 'help') return console.log(usage);
  if (options.updatePage) return updatePage();
  const month = monthOf(await templateOf(options.stage), options);
  console.log(options.isJson ? JSON.stringify(monthJson(month), null, 2) : monthText(month));
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof OptionError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
