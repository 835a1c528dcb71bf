/** Steps for the tests of the package: an empty app in a temporary folder, with the package as `npm pack` makes it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readiness } from '../e2e/given-process.ts';

export interface App {
  folder: string;
  /** Runs a program of the app to its end. @returns what it printed @throws with the output if it fails */
  run(program: string, args: string[], env?: Record<string, string>): string;
  /** Runs a program beside this process, which may answer its requests. @returns its exit code */
  start(program: string, args: string[], env: Record<string, string>): Promise<number | null>;
  write(name: string, text: string): void;
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

/** Packs the package into a folder. Each pack makes `dist/` anew, so another process of this run has to wait. */
function pack(folder: string): void {
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
    runIn(process.cwd(), 'npm', ['pack', '--silent', '--pack-destination', folder]);
  } finally {
    rmSync(packing, { recursive: true, force: true });
  }
}

/** An empty folder, but for the package as `npm pack` makes it. */
function aFolderWithThePackage(): App {
  const folder = mkdtempSync(join(tmpdir(), 'hooklatch-app-'));
  mkdirSync(join(folder, 'packed'));
  pack(join(folder, 'packed'));
  return {
    folder,
    run: (program, args, env) => runIn(folder, program, args, env),
    async start(program, args, env) {
      const child = spawn(program, args, { cwd: folder, env: environment(env), stdio: 'ignore' });
      const [code] = await once(child, 'close');
      return code;
    },
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Packs the package, and installs it with the CDK into an empty app. */
export function anEmptyApp(): App {
  const app = aFolderWithThePackage();
  app.write('package.json', JSON.stringify({ name: 'own-app', private: true }));
  const cdk = ['aws-cdk-lib', 'constructs'].map((name) => `${name}@${devDependencies[name]}`);
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  app.run('npm', ['install', ...quiet, `./packed/hooklatch-${version}.tgz`, ...cdk]);
  return app;
}

/**
 * A folder that has the package and this project's packages as if it had installed them, without the registry. It has no file, not
 * even a package.json.
 */
export function aFolderWithPackages(): App {
  const app = aFolderWithThePackage();
  const [modules, own] = [join(app.folder, 'node_modules'), resolve('node_modules')];
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of readdirSync(own).filter((each) => !each.startsWith('.')))
    symlinkSync(join(own, name), join(modules, name));
  mkdirSync(join(modules, 'hooklatch'));
  const packed = join('packed', `hooklatch-${version}.tgz`);
  app.run('tar', ['-xzf', packed, '-C', join(modules, 'hooklatch'), '--strip-components', '1']);
  for (const [program, file] of Object.entries({ cdk: 'aws-cdk/bin/cdk', hooklatch: 'hooklatch/dist/cli/main.js' })) {
    symlinkSync(join('..', file), join(modules, '.bin', program));
  }
  // npm makes the programs of a package executable.
  chmodSync(join(modules, 'hooklatch/dist/cli/main.js'), 0o755);
  return app;
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
export async function runningLocally({ folder }: App, options: string[]): Promise<Local> {
  const command = join('node_modules', '.bin', 'hooklatch');
  const child = spawn(command, ['local', ...options], { cwd: folder, env: environment() });
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
      child.kill('SIGINT');
      await closed;
    },
  };
}
