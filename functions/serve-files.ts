/**
 * Wakes up for the files of web pages: the console under /console, and the description of the API under /docs. The files are in the
 * function's own bundle.
 */
import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2 as Event, APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';
import { fromEnvironment } from '../shared/ground/aws/environment.ts';
import { httpHandler } from '../shared/ground/aws/http-handler.ts';
import {
  type Coding,
  cacheControlOf,
  codingFor,
  codings,
  fileTypeOf,
  isKnown,
  pageHeaders,
} from '../shared/operators/api/static-file.ts';

export interface Deps {
  /** The folder with a folder for each site. A site has an `index.html`. A compressed file is beside the plain one. */
  folder: string;
  /** The sites that are served. */
  served: readonly string[];
}

type Files = ReadonlySet<string>;

/** Site → the paths of its files. A request can only name one of them, so no path leads out of the folder. */
function pathsOfSites({ folder, served }: Deps): Map<string, Files> {
  if (!existsSync(folder)) return new Map();
  const sites = readdirSync(folder).filter((site) => served.includes(site));
  const paths = sites.map((site) => {
    const files = readdirSync(join(folder, site), { recursive: true }) as string[];
    return [site, new Set(files)] as const;
  });
  return new Map(paths);
}

const page = 'index.html';

/** The path of the file that answers a request. A path without an ending is a page within the site's own script. */
function fileFor(path: string, files: Files): string | undefined {
  if (fileTypeOf(path) && files.has(path)) return path;
  return files.has(page) && !/\.\w*$/.test(path) ? page : undefined;
}

const plain = (statusCode: number, body: string, headers: Record<string, string> = {}): Result => ({
  statusCode,
  headers: { ...pageHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body,
});

/** API Gateway's own answer to a path without a route. */
const noRoute: Result = {
  statusCode: 404,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Not Found"}',
};

/** The site of a path such as `/docs/guide.html`, and what follows it. The root leads to the console. */
function placeOf(rawPath: string): { site: string; path: string } {
  const [, site = '', path = ''] = /^\/([^/]+)(?:\/([^/].*)?)?$/.exec(rawPath) ?? [];
  return { site: rawPath === '/' ? 'console' : site, path: decoded(path) };
}

/** A path as its file is named. No file has a name with an escape that is broken. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Leads to the page of a site. A relative location also fits behind a URL with a path. */
const toPage = (site: string, rawPath: string): Result =>
  plain(302, '', { location: rawPath === `/${site}/` ? page : `${site}/${page}` });

export const serveFiles = (deps: Deps) => {
  const sites = pathsOfSites(deps);
  const contents = new Map<string, { bytes: Buffer; etag: string }>();

  function read(path: string): { bytes: Buffer; etag: string } {
    const known = contents.get(path);
    if (known) return known;
    const bytes = readFileSync(join(deps.folder, path));
    const content = { bytes, etag: `"${hash('sha256', bytes, 'hex').slice(0, 32)}"` };
    contents.set(path, content);
    return content;
  }

  function answer(site: string, path: string, { headers, requestContext: { http } }: Event, files: Files): Result {
    const available = (Object.keys(codings) as Coding[]).filter((each) => files.has(path + codings[each]));
    const coding = codingFor(headers['accept-encoding'], available);
    const { bytes, etag } = read(`${site}/${path}${coding ? codings[coding] : ''}`);
    const shown = {
      ...pageHeaders,
      'cache-control': cacheControlOf(path),
      etag,
      vary: 'accept-encoding',
    };
    if (isKnown(etag, headers['if-none-match'])) return { statusCode: 304, headers: shown };
    const typed = {
      ...shown,
      'content-type': fileTypeOf(path) ?? '',
      ...(coding && { 'content-encoding': coding }),
    };
    if (http.method === 'HEAD') return { statusCode: 200, headers: typed };
    return { statusCode: 200, headers: typed, body: bytes.toString('base64'), isBase64Encoded: true };
  }

  return async (event: Event): Promise<Result> => {
    const { site, path } = placeOf(event.rawPath);
    const files = sites.get(site);
    if (files === undefined) return noRoute;
    const { method } = event.requestContext.http;
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Method Not Allowed', { allow: 'GET, HEAD' });
    // The links of a page are relative to its folder.
    if (path === '') return toPage(site, event.rawPath);
    const file = fileFor(path, files);
    return file === undefined ? plain(404, 'Not Found') : answer(site, file, event, files);
  };
};

/** The bundle is CommonJS, so it knows its folder. In tests there is none. */
const lambdaDeps = (): Deps => ({
  folder: typeof __dirname === 'string' ? join(__dirname, 'sites') : '',
  served: fromEnvironment('SITES').split(','),
});

export const handler = httpHandler(serveFiles(lambdaDeps()));
