import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';

/** Serves the files of web pages, which are in its bundle: see `bundle/bundle-folder.ts`. It needs no rights. */
export class ServeFiles extends HooklatchFunction {
  constructor(scope: Construct) {
    super(scope, 'serve-files', {
      impact:
        'The console and the page that describes the API do not open. The API itself works, and webhooks are still accepted.',
    });
  }
}
