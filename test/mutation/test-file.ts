/** The tests of one file: collects them while the file is imported, and runs them in the order in which they were written. */

type Body = () => unknown;
type HookName = 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';

interface Test {
  id: string;
  name: string;
  body: Body;
}

interface Block {
  title: string;
  parent?: Block;
  hooks: Record<HookName, Body[]>;
  children: (Test | Block)[];
}

export interface Result {
  id: string;
  name: string;
  ms: number;
  /** The message of the first error. `undefined` if the test passed. */
  failure: string | undefined;
}

export interface Run {
  /** The ids of the tests to run, or `all`. */
  wanted: Set<string> | 'all';
  /** Stop after the first test that fails. */
  isBailing: boolean;
  /** Called before each test with its id, and after it with `undefined`. */
  onTest: (id: string | undefined) => void;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function newBlock(title: string, parent?: Block): Block {
  const hooks = { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [] };
  return parent ? { title, parent, hooks, children: [] } : { title, hooks, children: [] };
}

const isBlock = (child: Test | Block): child is Block => 'children' in child;
const isWanted = (child: Test | Block, run: Run): boolean =>
  isBlock(child)
    ? child.children.some((inner) => isWanted(inner, run))
    : run.wanted === 'all' || run.wanted.has(child.id);
/** The block and those around it, from the outside in. */
const lineOf = (block: Block): Block[] => (block.parent ? [...lineOf(block.parent), block] : [block]);

/** Runs the bodies in turn. Returns the first error's message. */
async function firstFailure(bodies: Body[]): Promise<string | undefined> {
  try {
    for (const body of bodies) await body();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

export class TestFile {
  readonly #path: string;
  readonly #root = newBlock('');
  readonly #ids = new Set<string>();
  #open = this.#root;

  /** `path` becomes the start of the ids of the tests. */
  constructor(path: string) {
    this.#path = path;
  }

  addBlock(title: string, body: Body): void {
    const parent = this.#open;
    this.#open = newBlock(title, parent);
    parent.children.push(this.#open);
    body();
    this.#open = parent;
  }

  addTest(title: string, body: Body): void {
    const name = [...lineOf(this.#open).map((block) => block.title), title].join(' ').trim();
    let id = `${this.#path}#${name}`;
    while (this.#ids.has(id)) id += ' (again)';
    this.#ids.add(id);
    this.#open.children.push({ id, name: id.slice(this.#path.length + 1), body });
  }

  addHook(name: HookName, body: Body): void {
    this.#open.hooks[name].push(body);
  }

  async run(run: Run): Promise<Result[]> {
    const results: Result[] = [];
    await this.#runBlock(this.#root, run, results);
    return results;
  }

  async #runBlock(block: Block, run: Run, results: Result[], broken?: string): Promise<void> {
    const failure = broken ?? (await firstFailure(block.hooks.beforeAll));
    for (const child of block.children) {
      if (run.isBailing && results.some((result) => result.failure !== undefined)) break;
      if (!isWanted(child, run)) continue;
      if (isBlock(child)) await this.#runBlock(child, run, results, failure);
      else results.push(await this.#runTest(child, block, run, failure));
    }
    const last = results.at(-1);
    const late = await firstFailure(block.hooks.afterAll);
    if (last && late !== undefined) last.failure ??= late;
  }

  async #runTest({ id, name, body }: Test, block: Block, { onTest }: Run, broken?: string): Promise<Result> {
    const began = performance.now();
    onTest(id);
    const line = lineOf(block);
    const before = line.flatMap(({ hooks }) => hooks.beforeEach);
    const failure = broken ?? (await firstFailure([...before, body]));
    const late = await firstFailure(line.reverse().flatMap(({ hooks }) => hooks.afterEach));
    onTest(undefined);
    return { id, name, ms: performance.now() - began, failure: failure ?? late };
  }
}

/** The file that is imported at the moment. */
export let currentTests = new TestFile('');

/** Collects the tests that `load` adds. */
export async function collect(path: string, load: () => Promise<void>): Promise<TestFile> {
  currentTests = new TestFile(path);
  await load();
  return currentTests;
}
