/**
 * Synthesizes the app once for each context, in one process: CDK takes seconds to load and to check its first template, and
 * less than half a second for each further template.
 */
import { join } from 'node:path';

const [folder = '', contexts = '{}'] = process.argv.slice(2);
for (const [name, context] of Object.entries<object>(JSON.parse(contexts))) {
  process.env['CDK_OUTDIR'] = join(folder, name);
  process.env['CDK_CONTEXT_JSON'] = JSON.stringify(context);
  // Another query makes Node run the app again. All apps write their files when the process has nothing left to do.
  await import(name.startsWith('own') ? `./own-app.ts?variant=${name}` : `../../infra/app.ts?variant=${name}`);
}
