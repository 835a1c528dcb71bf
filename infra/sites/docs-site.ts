/** The page under /docs, which shows the OpenAPI document. It needs nothing from another origin. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'node:path';
import type { Site } from './site.ts';

const require = createRequire(import.meta.url);
const own = (name: string): Buffer => readFileSync(new URL(`docs/${name}`, import.meta.url));
const rendererFile = (name: string): Buffer => readFileSync(require.resolve(`swagger-ui-dist/${name}`));

/** The files that `index.html` names. Each gets a name with a digest of its content. */
const linked: Record<string, () => Buffer> = {
  'swagger-ui.css': () => rendererFile('swagger-ui.css'),
  'swagger-ui-bundle.js': () => rendererFile('swagger-ui-bundle.js'),
  'start.js': () => own('start.js'),
};

function hashedName(name: string, bytes: Buffer): string {
  const { name: stem, ext } = parse(name);
  return `assets/${stem}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}${ext}`;
}

/** Makes the files of the page. */
export function docsSite(): Site {
  let page = own('index.html').toString('utf8');
  const site = new Map<string, Buffer>();
  for (const [name, read] of Object.entries(linked)) {
    const bytes = read();
    const hashed = hashedName(name, bytes);
    page = page.replace(`"${name}"`, `"${hashed}"`);
    site.set(hashed, bytes);
  }
  return site.set('index.html', Buffer.from(page)).set('LICENSE.txt', rendererFile('LICENSE'));
}
