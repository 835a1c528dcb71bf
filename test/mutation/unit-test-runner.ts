/**
 * A test runner for Stryker: runs the unit tests in Stryker's own process, with each test file in a world of its own.
 * `docs/decisions/0028-mutation-run.md` says why jest and vitest are too slow for this.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { INSTRUMENTER_CONSTANTS, type InstrumenterContext, type StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, tokens } from '@stryker-mutator/api/plugin';
import {
  type DryRunResult,
  DryRunStatus,
  determineHitLimitReached,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestResult,
  type TestRunner,
  type TestRunnerCapabilities,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { jest } from './jest-globals.ts';
import { collect, messageOf, type Result, type Run } from './test-file.ts';
import { openWorlds } from './world.ts';

/** A test that stands for what a file does while it is loaded: tables, schemas, the cases of `test.each`. */
const loading = 'loading';
const loadingId = (file: string) => `${file}#${loading}`;
const fileOf = (testId: string) => testId.slice(0, testId.indexOf('#'));

/** The instrumented code reads and writes this global. */
function instrumentation(): InstrumenterContext {
  const name = INSTRUMENTER_CONSTANTS.NAMESPACE;
  const global = globalThis as unknown as Record<string, InstrumenterContext>;
  global[name] ??= {} as InstrumenterContext;
  return global[name];
}

/** Which test files detected most mutants of a source file. They run first for its next mutants. */
class Detections {
  readonly #counts = new Map<string, number>();

  note(source: string, testFile: string): void {
    this.#counts.set(`${source} ${testFile}`, this.count(source, testFile) + 1);
  }

  count(source: string, testFile: string): number {
    return this.#counts.get(`${source} ${testFile}`) ?? 0;
  }
}

/**
 * How often a mutant may be reached before it counts as a loop without end. `hits`: how often all tests reach it in the
 * original code. Stryker allows a hundred times as much, for tests that shrink. None shrinks here, and a scanner is
 * reached millions of times.
 */
const loopLimit = (hits: number): number => Math.min(hits * 10, hits * 2 + 1_000_000);

/** Runs the tests of `test/shared` and `test/functions` for Stryker. */
export class UnitTestRunner implements TestRunner {
  static readonly inject = tokens(commonTokens.options);
  readonly #excluded: string[];
  readonly #environment = { ...process.env };
  readonly #detections = new Detections();
  readonly #ms = new Map<string, number>();
  #import: (path: string) => Promise<void> = async () => {};

  constructor(options: StrykerOptions) {
    this.#excluded = (options['excludedTests'] as string[] | undefined) ?? [];
  }

  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    this.#import = openWorlds(process.cwd());
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    const coverage = { static: {}, perTest: {} };
    const context = instrumentation();
    Object.assign(context, { activeMutant: undefined, mutantCoverage: coverage });
    // While no test runs, the code that is reached belongs to loading the file.
    for (const file of this.#testFiles()) {
      const onTest = (id: string | undefined) => {
        context.currentTestId = id ?? loadingId(file);
      };
      tests.push(...(await this.#runFile(file, { wanted: 'all', isBailing: false, onTest })).map(resultIn(file)));
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant, hitLimit: given, testFilter = [] }: MutantRunOptions): Promise<MutantRunResult> {
    const hitLimit = given === undefined ? undefined : loopLimit(given / 100);
    const context = instrumentation();
    Object.assign(context, { activeMutant: activeMutant.id, hitCount: 0, hitLimit, currentTestId: undefined });
    const results: Result[] = [];
    for (const [file, wanted] of this.#inOrder(activeMutant.fileName, testFilter)) {
      results.push(...(await this.#runFile(file, { wanted, isBailing: true, onTest: () => {} })));
      if (results.some(({ failure }) => failure !== undefined)) {
        this.#detections.note(activeMutant.fileName, file);
        break;
      }
    }
    Object.assign(context, { activeMutant: undefined });
    return verdict(results, determineHitLimitReached(context.hitCount, hitLimit));
  }

  #testFiles(): string[] {
    const files = globSync('test/{shared,functions}/**/*.test.ts').sort();
    return files.filter((file) => !this.#excluded.includes(file));
  }

  /** The files of the tests, each with the tests to run in it: those first that detected most, then the fast ones. */
  #inOrder(source: string, testIds: string[]): [string, Run['wanted']][] {
    const wanted = new Map<string, Set<string>>();
    for (const id of testIds) wanted.set(fileOf(id), (wanted.get(fileOf(id)) ?? new Set()).add(id));
    const detected = (file: string) => this.#detections.count(source, file);
    const ms = (file: string) => this.#ms.get(file) ?? 0;
    return [...wanted]
      .sort(([a], [b]) => detected(b) - detected(a) || ms(a) - ms(b))
      .map(([file, ids]) => [file, ids.has(loadingId(file)) ? 'all' : ids]);
  }

  /** Loads a test file in a new world and runs its tests. The first result is that of loading it. */
  async #runFile(file: string, run: Run): Promise<Result[]> {
    const began = performance.now();
    this.#reset();
    run.onTest(undefined);
    const results: Result[] = [{ id: loadingId(file), name: loading, ms: 0, failure: undefined }];
    try {
      const tests = await collect(file, () => this.#import(join(process.cwd(), file)));
      results.push(...(await tests.run(run)));
    } catch (error) {
      results[0] = { ...(results[0] as Result), failure: messageOf(error) };
    }
    jest.restoreAllMocks();
    const ms = performance.now() - began;
    this.#ms.set(file, ms);
    return results.map((result) => (result.name === loading ? { ...result, ms } : result));
  }

  /** Undoes what a test file may have changed, and makes property tests short and the same in each run. */
  #reset(): void {
    for (const name of Object.keys(process.env)) if (!(name in this.#environment)) delete process.env[name];
    Object.assign(process.env, this.#environment, { HOOKLATCH_RUNS: '30' });
    fc.configureGlobal({ numRuns: 30, seed: 1, endOnFailure: true });
    z.config({ localeError: undefined });
  }
}

const resultIn =
  (file: string) =>
  ({ id, name, ms, failure }: Result): TestResult => {
    const base = { id, name, timeSpentMs: ms, fileName: join(process.cwd(), file) };
    if (failure === undefined) return { ...base, status: TestStatus.Success };
    return { ...base, status: TestStatus.Failed, failureMessage: failure };
  };

function verdict(results: Result[], timeout: DryRunResult | undefined): MutantRunResult {
  if (timeout) return toMutantRunResult(timeout);
  const failed = results.find(({ failure }) => failure !== undefined);
  const nrOfTests = results.length;
  if (failed === undefined) return { status: MutantRunStatus.Survived, nrOfTests };
  return { status: MutantRunStatus.Killed, killedBy: [failed.id], failureMessage: failed.failure ?? '', nrOfTests };
}
