/** Steps for the tests of the package: an empty app in a temporary folder, with the package as `npm pack` makes it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { commandsOf } from '../docs/given-pages.ts';
import type { ShellCommand } from '../docs/shell-commands.ts';
import { aStartedProcess, readiness, type Started } from '../e2e/given-process.ts';
import { assembly } from '../support/given.ts';

export interface App {
  folder: string;
  /** Runs a program of the app to its end. @returns what it printed @throws with the output if it fails */
  run(program: string, args: string[], env?: Record<string, string>): string;
  /** Runs a program beside this process, which may answer its requests. @returns its exit code */
  start(program: string, args: string[], env: Record<string, string>): Promise<number | null>;
  /** Runs a program as `start` does. @returns what it printed @throws with the output if it fails */
  runBeside(program: string, args: string[], env: Record<string, string>): Promise<string>;
  write(name: string, text: string): void;
  read(name: string): string;
  remove(): void;
}

const { version, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string;
  devDependencies: Record<string, string>;
};

/** The app knows nothing of this test run: not that it is a test, not the settings of its npm, nor Node's flags. */
function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|NODE_OPTIONS$|NODE_ENV$|JEST_|HOOKLATCH_)/i.test(name),
  );
  return { ...Object.fromEntries(inherited), CDK_VALIDATION: 'false', NO_COLOR: '1', ...more };
}

function runIn(folder: string, program: string, args: string[], env?: Record<string, string>): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: folder,
    env: environment(env),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  return stdout;
}

const packing = resolve('node_modules/.cache/hooklatch-packing');
/** After so long, the process that packs must have been killed. */
const longestPackMs = 180_000;

/**
 * Packs the package, once for all files of this run. Each pack makes `dist/` anew, so another process has to wait.
 * @returns the archive
 */
function packed(): string {
  const folder = join(dirname(assembly()), 'packed');
  const archive = join(folder, `hooklatch-${version}.tgz`);
  mkdirSync(dirname(packing), { recursive: true });
  for (;;) {
    try {
      mkdirSync(packing);
      break;
    } catch {
      const held = statSync(packing, { throwIfNoEntry: false });
      if (held && held.mtimeMs < Date.now() - longestPackMs) rmSync(packing, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    if (!existsSync(archive)) {
      mkdirSync(folder, { recursive: true });
      runIn(process.cwd(), 'npm', ['pack', '--silent', '--pack-destination', folder]);
    }
  } finally {
    rmSync(packing, { recursive: true, force: true });
  }
  return archive;
}

/** An empty folder for an app. */
function aFolder(): App {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-app-'));
  return {
    folder,
    run: (program, args, env) => runIn(folder, program, args, env),
    async start(program, args, env) {
      const child = spawn(program, args, { cwd: folder, env: environment(env), stdio: 'ignore' });
      const [code] = await once(child, 'close');
      return code;
    },
    async runBeside(program, args, env) {
      const child = spawn(program, args, { cwd: folder, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
      const printed: string[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(String(chunk)));
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${printed.join('')}`);
      return printed.join('');
    },
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An empty app with the small package, as its script packs it, installed from the registry with what it needs. */
export function anAppWithLite(): App {
  const app = aFolder();
  runIn(process.cwd(), 'npm', ['run', '--silent', 'pack:lite', '--', '--pack-destination', app.folder]);
  app.write('package.json', '{ "private": true }');
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  app.run('npm', ['install', '--save-dev', ...quiet, `./hooklatch-lite-${version}.tgz`]);
  return app;
}

/** Packs the package, and installs it with these packages of the registry into an empty app. */
export function anAppWith(packages: readonly string[], manifest: object = { name: 'own-app', private: true }): App {
  const app = aFolder();
  app.write('package.json', JSON.stringify(manifest));
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  app.run('npm', ['install', ...quiet, packed(), ...packages]);
  return app;
}

/** An app with the package and the CDK. */
export const anEmptyApp = (): App =>
  anAppWith(['aws-cdk-lib', 'constructs'].map((name) => `${name}@${devDependencies[name]}`));

interface Manifest {
  bin?: string | Record<string, string>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** What npm installs with a package: what it depends on, and the peers that are not optional. */
const neededBy = ({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }: Manifest): string[] => [
  ...Object.keys(dependencies),
  ...Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional),
];

/** What a command such as `npm install --save-dev aws-cdk` installs. */
export const installedBy = ({ words: [npm, install, ...rest] }: ShellCommand): string[] =>
  npm === 'npm' && install === 'install' ? rest.filter((word) => !word.startsWith('-')) : [];

export interface LinkedApp extends App {
  /**
   * Installs packages as `npm install` does, without the registry: the package as `npm pack` makes it, and links to this project's own
   * ones. What these need is installed too, and nothing else.
   * @param names of packages, or `./hooklatch-….tgz`
   */
  install(names: readonly string[]): void;
}

/** A folder that has no file, not even a package.json. */
export function anEmptyFolder(): LinkedApp {
  const app = aFolder();
  const modules = join(app.folder, 'node_modules');

  function link(name: string): void {
    const folder = join(modules, name);
    if (existsSync(folder)) return;
    mkdirSync(dirname(folder), { recursive: true });
    if (name === 'hooklatch') {
      mkdirSync(folder);
      app.run('tar', ['-xzf', packed(), '-C', folder, '--strip-components', '1']);
    } else symlinkSync(resolve('node_modules', name), folder);
    const manifest = manifestIn(folder);
    const { bin = {} } = manifest;
    mkdirSync(join(modules, '.bin'), { recursive: true });
    for (const [program, file] of Object.entries(typeof bin === 'string' ? { [name]: bin } : bin)) {
      symlinkSync(join(folder, file), join(modules, '.bin', program));
      // npm makes the programs of a package executable. Those of this project are.
      if (name === 'hooklatch') chmodSync(join(folder, file), 0o755);
    }
    // Some packages have others of their own inside, which are found there.
    for (const needed of neededBy(manifest)) if (existsSync(resolve('node_modules', needed))) link(needed);
  }

  return {
    ...app,
    install: (names) => names.map((name) => (name.endsWith('.tgz') ? 'hooklatch' : name)).forEach(link),
  };
}

/** A folder in which a page is followed. */
export interface FollowedPage {
  app: LinkedApp;
  /** In a process of its own: commands of the app run to their end before this process goes on. */
  local: Started;
  end(): Promise<void>;
}

/** A folder with nothing but what the commands of a page install, and a runtime with an empty data folder. */
export async function aFolderFor(page: string): Promise<FollowedPage> {
  const app = anEmptyFolder();
  app.install(commandsOf(page).flatMap(installedBy));
  const dataDir = mkdtempSync(join(tmpdir(), 'hooklatch-data-'));
  const local = await aStartedProcess(dataDir);
  return {
    app,
    local,
    async end() {
      app.remove();
      await local.end('SIGINT');
      rmSync(dataDir, { recursive: true });
    },
  };
}

export interface Local {
  /** Everything that it has printed. */
  output(): string;
  url: string;
  admin: string;
  /** The outputs of the stack. */
  outputs: Record<string, string>;
  stop(): Promise<void>;
}

/** `hooklatch local` in the app, with these options. */
export const runningLocally = (app: App, options: string[]): Promise<Local> =>
  running(app, [join('node_modules', '.bin', 'hooklatch'), 'local', ...options]);

/** A command of the app that runs Hooklatch on this machine until it is stopped. */
export async function running(
  { folder }: App,
  [program = '', ...args]: readonly string[],
  env: Record<string, string> = {},
): Promise<Local> {
  const child = spawn(program, args, { cwd: folder, env: environment(env), detached: true });
  const written: string[] = [];
  await readiness(child, written);
  const output = () => written.join('');
  return {
    output,
    url: /ready at (\S+)/.exec(output())?.[1] ?? '',
    admin: /Operator token +(\S+)/.exec(output())?.[1] ?? '',
    outputs: Object.fromEntries([...output().matchAll(/^ {2}(\w+) = (.*)$/gm)].map(([, name, value]) => [name, value])),
    async stop() {
      const closed = once(child, 'close');
      // As Ctrl+C does, for the command and what it has started.
      process.kill(-(child.pid ?? 0), 'SIGINT');
      await closed;
    },
  };
}
