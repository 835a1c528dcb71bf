/** How files of web pages are served: their types, their codings, and how long a browser may keep them. */

/** The types of files. A file with another ending is refused when it is bundled. */
const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  txt: 'text/plain; charset=utf-8',
};

const endingOf = (path: string): string => /\.(\w+)$/.exec(path)?.[1] ?? '';

/** Undefined for a file of an unknown type. */
export const fileTypeOf = (path: string): string | undefined =>
  Object.hasOwn(contentTypes, endingOf(path)) ? contentTypes[endingOf(path)] : undefined;

/** Whether compression makes a file smaller. Images and fonts are compressed already. */
export const isCompressible = (path: string): boolean => !['png', 'ico', 'woff2'].includes(endingOf(path));

/** The codings of a compressed file, the best first. The value is the ending of the file that has it. */
export const codings = { br: '.br', gzip: '.gz' } as const;
export type Coding = keyof typeof codings;

/** The folder of a site whose file names contain a digest of the content, as Vite writes them. */
const digestFolder = 'assets/';

/** A name with a digest never gets another content, so a browser may keep the file for ever. Other files are checked each time. */
export const cacheControlOf = (path: string): string =>
  path.startsWith(digestFolder) ? 'public, max-age=31536000, immutable' : 'no-cache';

/**
 * The headers of every file. A page may load from its own origin alone, and no other page may frame it. It names no page to
 * others, because a URL of the console may say what an operator looks at.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    ...["default-src 'none'", "script-src 'self'", "worker-src 'self'", "style-src 'self'", "font-src 'self' data:"],
    ...["img-src 'self' blob: data:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'"],
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** The codings that an Accept-Encoding header takes, with their weights. */
function weightsOf(accept: string): Map<string, number> {
  const entries = accept.split(',').map((entry) => {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((each) => each.startsWith('q='))?.slice(2);
    return [name, weight === undefined ? 1 : Number(weight) || 0] as const;
  });
  return new Map(entries);
}

/** The best coding that a client takes (RFC 9110, section 12.5.3), or undefined for the plain file. */
export function codingFor(accept: string | undefined, available: readonly Coding[]): Coding | undefined {
  const weights = weightsOf(accept ?? '');
  const weightOf = (coding: string): number => weights.get(coding) ?? weights.get('*') ?? 0;
  const taken = available.filter((coding) => weightOf(coding) > 0);
  return taken.toSorted((one, other) => weightOf(other) - weightOf(one))[0];
}

/** Whether the client has this content already. `If-None-Match` compares weakly (RFC 9110, section 13.1.2). */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  const opaque = (text: string) => text.trim().replace(/^W\//, '');
  return ifNoneMatch?.split(',').some((each) => ['*', opaque(etag)].includes(opaque(each))) ?? false;
}
