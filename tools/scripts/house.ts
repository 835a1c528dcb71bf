/**
 * `npm run house`: counts what makes the project easy or hard to hold: folders, circles of imports, imports that lead up, the length of
 * files and functions, names that stand twice, and how many files a change of an endpoint and an attempt of a delivery pass.
 * Exits with 1 if a limit of `limits` is exceeded.
 */
import { execFileSync } from 'node:child_process';
import { Session } from 'node:inspector/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from '@typescript/typescript6';
import { exportedTwice } from '../../test/lint/exported-names.ts';
import { folderFault } from '../../test/lint/folder-faults.ts';
import { type Import, importsIn, sourceFiles, textOf } from '../../test/lint/imports.ts';

const root = resolve(import.meta.dirname, '../..');

const limits = {
  topFolders: 10,
  wings: 5,
  roomsOfShared: 26,
  roomsOfAWing: 8,
  functionLines: 60,
  consoleFunctionLines: 80,
  fileLines: 300,
};

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
const isConfiguration = (file: string) => /^[^/]+\.(json|js)$/.test(file) && file !== 'package-lock.json';
const lineCount = (file: string): number => textOf(file).split('\n').length - 1;
const median = (numbers: number[]): number =>
  numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

/** Groups that import each other in a circle, by Tarjan's algorithm. */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const path: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    const own = index.size;
    index.set(node, own);
    low.set(node, own);
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (path.includes(next)) low.set(node, Math.min(low.get(node) ?? own, low.get(next) ?? own));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = path.splice(path.indexOf(node));
    if (group.length > 1) found.push(group.sort());
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return found;
}

function edgesBetween(imports: readonly Import[], nameOf: (file: string) => string): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of imports) {
    const [one, other] = [nameOf(from), nameOf(to)];
    if (one !== other) edges.set(one, (edges.get(one) ?? new Set()).add(other));
  }
  return edges;
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));

interface LongFunction {
  lines: number;
  at: string;
}

function functionsOf(file: string): LongFunction[] {
  const source = ts.createSourceFile(
    file,
    textOf(file),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: LongFunction[] = [];
  const lineOf = (at: number) => source.getLineAndCharacterOfPosition(at).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const [first, last] = [lineOf(node.getStart()), lineOf(node.end)];
      found.push({ lines: last - first + 1, at: `${file}:${first}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The files of `shared/` and `functions/` of which a function runs while `work` runs. */
async function filesPassed(work: () => Promise<void>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await session.post('Profiler.takePreciseCoverage');
  await work();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  return result
    .filter(
      ({ url, functions }) => url.startsWith('file:') && functions.some(({ ranges }) => (ranges[0]?.count ?? 0) > 0),
    )
    .map(({ url }) => fileURLToPath(url).slice(root.length + 1))
    .filter((file) => /^(shared|functions)\//.test(file))
    .sort();
}

async function filesOfAChange(): Promise<string[]> {
  const { aLifecycle } = await import('../../test/shared/endpoints/endpoint/given-lifecycle.ts');
  const { anOperator } = await import('../../test/functions/given-operator.ts');
  const { apiEndpoint } = await import('../../functions/api-endpoint.ts');
  const { deps } = aLifecycle();
  const { ask } = anOperator(
    apiEndpoint({
      ...deps,
      events: { list: async () => ({ events: [], next: undefined }) },
      usage: { lastUse: async () => ({ tokens: new Map(), lastEventAt: null, handshakes: undefined }) },
      countHeld: async () => ({ count: 0, complete: true }),
    }),
  );
  const did = async (route: string) => {
    const { status, body } = await ask(route, { params: { name: 'orders' }, body: {} });
    if (status >= 300) throw new Error(`${route}: ${status} ${body.code}`);
  };
  const endpoint = '/v1/connections/{name}/endpoint';
  await did(`PUT ${endpoint}`);
  await did(`POST ${endpoint}/token`);
  await did(`POST ${endpoint}/activate`);
  return filesPassed(() => did(`POST ${endpoint}/deactivate`));
}

async function filesOfAnAttempt(): Promise<string[]> {
  const { eventIdOf, profiles, World } = await import('../../test/support/dispatch-world/scenario.ts');
  const world = new World(1, profiles.calm, { isPrompt: true });
  const to = world.addDestination('orders');
  return filesPassed(async () => {
    world.arrive(eventIdOf('first'), [{ id: 'all', to }], 86_400_000);
    await world.time.runUntil(world.time.now + 30_000);
  });
}

const files = sourceFiles();
const imports = files.flatMap((file) => importsIn(file, textOf(file))).filter(({ isPackage }) => !isPackage);
const shared = files.filter((file) => file.startsWith('shared/'));
/** A room has its own folders in it. */
const roomOf = (file: string): string =>
  file.startsWith('shared/') ? file.split('/').slice(0, 3).join('/') : folderOf(file);
const rooms = new Set(shared.map(roomOf));
const top = new Set(
  tracked.filter((file) => file.includes('/') && !file.startsWith('.')).map((file) => file.split('/')[0]),
);
const wings = new Map<string, Set<string>>();
for (const room of rooms) {
  const [, wing = '', inner] = room.split('/');
  wings.set(wing, (wings.get(wing) ?? new Set()).add(inner ?? '(none)'));
}
const lines = new Map([...files, ...tracked.filter(isConfiguration)].map((file) => [file, lineCount(file)]));
const functions = files.flatMap(functionsOf).sort((one, other) => other.lines - one.lines);
const isOfConsole = ({ at }: LongFunction) => at.includes('console/');
const twice = exportedTwice(files.map((file) => [file, textOf(file)]));
const outsideRooms = shared.filter((file) => file.split('/').length < 4);
const longFiles = [...lines].filter(([file, count]) => count > limits.fileLines && /\.tsx?$/.test(file));
const totalLines = [...lines.values()].reduce((sum, count) => sum + count, 0);
const [change, attempt] = [await filesOfAChange(), await filesOfAnAttempt()];
const fileCircles = circles(edgesBetween(imports, (file) => file));
const roomCircles = circles(edgesBetween(imports, roomOf)).filter((group) =>
  group.some((room) => room.startsWith('shared')),
);
const up = imports.filter((each) => folderFault(each));
const [longest, longestOfConsole] = [functions.find((each) => !isOfConsole(each)), functions.find(isOfConsole)];

/** Each figure, and whether it is within its limit. */
const figures: [string, number | string, boolean][] = [
  ['folders at the top', top.size, top.size <= limits.topFolders],
  ['wings of shared', wings.size, wings.size <= limits.wings],
  ['rooms of shared', rooms.size, rooms.size <= limits.roomsOfShared],
  [
    'most rooms in a wing',
    Math.max(...[...wings.values()].map(({ size }) => size)),
    [...wings.values()].every(({ size }) => size <= limits.roomsOfAWing),
  ],
  ['files of shared outside a room', outsideRooms.length, outsideRooms.length === 0],
  ['circles of files', fileCircles.length, fileCircles.length === 0],
  ['circles of rooms', roomCircles.length, roomCircles.length === 0],
  ['imports that lead up', up.length, up.length === 0],
  ['lines of sources and configuration', totalLines, true],
  ['files', files.length, true],
  ['median lines of a file', median(files.map((file) => lines.get(file) ?? 0)), true],
  [
    'files longer than 300 lines',
    longFiles.map(([file, count]) => `${file} ${count}`).join(', ') || 0,
    longFiles.length === 0,
  ],
  ['longest function', `${longest?.lines} ${longest?.at}`, (longest?.lines ?? 0) <= limits.functionLines],
  [
    'longest function of the console',
    `${longestOfConsole?.lines} ${longestOfConsole?.at}`,
    (longestOfConsole?.lines ?? 0) <= limits.consoleFunctionLines,
  ],
  ['names exported twice', twice.size, true],
  ['files that a change of an endpoint passes', change.length, true],
  ['files that an attempt passes', attempt.length, true],
];
for (const [name, value, isWithin] of figures) process.stdout.write(`${isWithin ? '  ' : '! '}${name}: ${value}\n`);
if (process.argv.includes('--list')) {
  const list = (title: string, each: Iterable<string>) =>
    process.stdout.write(`\n${title}\n${[...each].map((line) => `  ${line}\n`).join('')}`);
  list(
    'Circles',
    [...fileCircles, ...roomCircles].map((group) => group.join(' ')),
  );
  list(
    'Up',
    up.map(({ from, to }) => `${from} -> ${to}`),
  );
  list(
    'Longest functions',
    functions.slice(0, 40).map(({ lines, at }) => `${lines} ${at}`),
  );
  list(
    'Exported twice',
    [...twice].map(([name, places]) => `${name}: ${places.join(' ')}`),
  );
  list('A change passes', change);
  list('An attempt passes', attempt);
}
process.exitCode = figures.every(([, , isWithin]) => isWithin) ? 0 : 1;
