/** The one list of what each folder may import. `npm run check` holds every file against it. */

/** The folders of `shared/`, from the ground up. A folder imports itself and what stands before it. */
export const sharedOrder: readonly string[] = [
  'ground/base',
  'ground/file',
  'ground/pattern',
  'ground/outbound',
  'ground/aws',
  'ground/job',
  'ground/statistics',
  'endpoints/credential',
  'endpoints/signature',
  'endpoints/settings',
  'endpoints/provider',
  'endpoints/endpoint',
  'events/event',
  'events/bus',
  'events/arrival',
  'events/search',
  'deliveries/destination',
  'deliveries/route',
  'deliveries/transform',
  'deliveries/dispatch',
  'operators/operator',
  'operators/journal',
  'operators/operation',
  'operators/api',
  'operators/wait',
  'operators/manifest',
];

/** These folders of `shared/` import no AWS client: they are tested without a store. */
export const pureFolders: readonly string[] = [
  'ground/base',
  'ground/file',
  'ground/pattern',
  'ground/outbound',
  'endpoints/signature',
  'endpoints/settings',
  'endpoints/provider',
  'operators/operation',
  'operators/api',
  'operators/wait',
  'operators/manifest',
];

export interface FolderRule {
  /** Files below it. The first rule that fits a file counts. */
  folder: RegExp;
  /** What a file of it may import, itself aside. */
  imports: RegExp;
  /** Packages that it may not import. */
  noPackages?: RegExp;
  because: string;
}

export const awsClients = /^@(aws-sdk|smithy)\//;

/** Through no import of an import does an AWS client join what these folders are bundled or loaded with. */
export const withoutAwsClients = /^clients\/(console|mcp|testing)\//;

/** All other folders. What no rule names, such as the tests, may import everything. */
export const folderRules: readonly FolderRule[] = [
  {
    folder: /^functions\/(api-.*|serve-files)\.ts$/,
    imports: /^(functions|shared)\//,
    because: 'Imports go one way: infra and local lead to functions, functions lead to shared.',
  },
  {
    folder: /^functions\//,
    imports: /^(functions|shared\/(?!operators\/api\/))/,
    because: 'Only a function that answers operators has calls of the API. Any other asks shared/operators/operation.',
  },
  {
    folder: /^infra\//,
    imports: /^(infra|functions|shared)\//,
    because: 'infra says what exists. The local runtime reads what it synthesizes, never the other way round.',
  },
  {
    folder: /^local\//,
    imports: /^(local|shared)\//,
    because:
      'The local runtime knows the template alone. What it imported from the app would be a second implementation.',
  },
  {
    folder:
      /^clients\/cli\/(commands\/local\.ts|doctor\/aws-checks\.ts|aws-config\.ts|secrets-manager\.ts|deploy-check\/(deployed-template|emptied-queues|quota-warnings)\.ts|recovery\/)/,
    imports: /^(clients\/(cli|mcp)|shared|local)\//,
    because: 'These files of the command line reach AWS or the local runtime, and no other folder.',
  },
  {
    folder: /^clients\/cli\//,
    imports: /^(clients\/(cli|mcp)|shared)\//,
    noPackages: awsClients,
    because: 'The command line is a client of the API, and needs no AWS credentials.',
  },
  {
    folder: /^clients\/mcp\//,
    imports: /^(clients\/mcp|shared)\//,
    noPackages: /^(@(aws-sdk|smithy)\/|zod\/mini$)/,
    because:
      'The server for agents is a client of the API. Its schemas are those of zod itself, from which the protocol reads a JSON schema.',
  },
  {
    folder: /^clients\/console\//,
    imports: /^(clients\/console|shared)\//,
    noPackages: awsClients,
    because: 'The console is a client of the API.',
  },
  {
    folder: /^clients\/consumer\//,
    imports: /^(clients\/consumer|shared)\//,
    because: "What handles webhooks runs in somebody's own function: it imports only shared.",
  },
  {
    folder: /^clients\/testing\//,
    imports: /^(clients\/testing|shared)\//,
    because: "What waits for webhooks runs in somebody's own tests: it imports only shared.",
  },
  {
    folder: /^examples\/http-server\//,
    imports: /^examples\/http-server\//,
    because: 'An example is copied out of this project: it imports packages, and files of its own folder.',
  },
  {
    folder: /^examples\/lambda\//,
    imports: /^examples\/lambda\//,
    because: 'An example is copied out of this project: it imports packages, and files of its own folder.',
  },
  {
    folder: /^tools\/ops\//,
    imports: /^(tools\/(ops|scripts)|clients\/(cli|console)|shared)\//,
    because: 'A command of this folder runs programs, and imports nothing of them.',
  },
];
