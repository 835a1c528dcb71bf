/** Builds a console that is not built yet beside the running API, so that the API does not wait for it. */
import { join } from 'node:path';
import { pageHeaders } from '../../shared/operators/api/static-file.ts';
import type { HttpResponse } from '../api-gateway/integration-response.ts';
import type { HttpRequest } from '../api-gateway/payload-v2.ts';
import { synthesize } from '../cloudformation/synthesis.ts';
import type { Runtime } from '../runtime.ts';
import { StartError } from './start-error.ts';

export interface ConsoleBesideOptions {
  projectDir: string;
  /** The folder of the assembly that the runtime runs. */
  assembly: string;
  /** Receives a line for each slow step of the start. */
  onStage: (line: string) => void;
  /** Receives what happens after the start. */
  print: (line: string) => void;
  synthesize?: typeof synthesize;
}

export interface ConsoleBeside {
  /** Synthesizes the app, without a console that is not built yet. Returns the folder of the assembly. */
  assembly(): Promise<string>;
  /** Answers for a console that is not built yet. */
  answerFirst(request: HttpRequest): HttpResponse | undefined;
  /** Builds the console if it is missing. Never rejects: without a console, the API still runs. */
  build(runtime: Pick<Runtime, 'url' | 'replaceCode'>, signal: AbortSignal): Promise<void>;
}

const retryAfterSeconds = 2;

/** A page of words alone: the console's policy allows it no style and no script. */
function pageOf(title: string, text: string, head = ''): HttpResponse {
  const meta = '<meta charset="utf-8"><meta name="color-scheme" content="light dark">';
  const body = `<!doctype html><html lang="en">${meta}${head}<title>${title}</title><h1>${title}</h1><p>${text}</p></html>`;
  const headers = { ...pageHeaders, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  return { status: 503, headers: Object.entries(headers), body: Buffer.from(body) };
}

function buildingPage(): HttpResponse {
  const text = 'This takes some seconds. The page opens by itself after that. The API is ready.';
  const again = `<meta http-equiv="refresh" content="${retryAfterSeconds}">`;
  const page = pageOf('The console is being built', text, again);
  return { ...page, headers: [...page.headers, ['retry-after', String(retryAfterSeconds)]] };
}

const failedPage = (): HttpResponse =>
  pageOf('The console could not be built', 'The terminal of npm start says why. The API is ready.');

export function consoleBeside(options: ConsoleBesideOptions): ConsoleBeside {
  const { projectDir, assembly, onStage, print } = options;
  const run = options.synthesize ?? synthesize;
  let pageInstead: (() => HttpResponse) | undefined;
  return {
    async assembly() {
      const isComplete = await run(projectDir, assembly, { onStage, leaveOutUnbuiltConsole: true });
      if (!isComplete) pageInstead = buildingPage;
      return assembly;
    },
    answerFirst: ({ rawPath }) => (rawPath.startsWith('/console/') ? pageInstead?.() : undefined),
    async build({ url, replaceCode }, signal) {
      if (!pageInstead) return;
      print('Building the console for the first time …');
      try {
        // The runtime still loads code from the other assembly, so this one has a folder within it.
        const complete = join(assembly, 'with-console');
        await run(projectDir, complete, { signal });
        await replaceCode(complete);
        pageInstead = undefined;
        print(`Console ready at ${url}/`);
      } catch (error) {
        if (signal.aborted) return;
        pageInstead = failedPage;
        print(`The console could not be built. The API runs without it.\n${reasonOf(error)}`);
      }
    },
  };
}

const reasonOf = (error: unknown): string =>
  error instanceof StartError ? error.message : String((error as Error).stack ?? error);
