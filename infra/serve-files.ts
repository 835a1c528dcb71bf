import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import { isConsoleBuilt } from './sites/console-build.ts';

/**
 * The context with which `npm start` synthesizes a first time. A console that is not built yet is then left out, because its
 * build takes some seconds.
 */
const localOnly = 'hooklatch:leaveOutUnbuiltConsole';

/** Serves the files of web pages, which are in its bundle: see `bundle/bundle-folder.ts`. It needs no rights. */
export class ServeFiles extends HooklatchFunction {
  constructor(scope: Construct, { hasConsole }: { hasConsole: boolean }) {
    const lacksConsole = hasConsole && scope.node.tryGetContext(localOnly) === true && !isConsoleBuilt();
    super(scope, 'serve-files', {
      leftOut: lacksConsole ? ['console'] : [],
    });
    this.setVariable('SITES', hasConsole ? 'console,docs' : 'docs');
    // cdk deploys nothing that has an error.
    if (lacksConsole) Annotations.of(this).addError('The console is left out, so this assembly is for npm start only.');
  }
}
