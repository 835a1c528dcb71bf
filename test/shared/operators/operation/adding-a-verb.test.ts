/** The example of docs/contributing/adding-a-verb.md adds a verb as it is written there: its files are enough, and each of them is needed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../../..');
const route = 'POST /v1/connections/{name}/endpoint/re';

/** The files of the diff of that page, each with its part of the diff. */
function partsOfDiff(): Map<string, string> {
  const page = readFileSync(join(root, 'docs/contributing/adding-a-verb.md'), 'utf8');
  const [, begun = ''] = page.split('<!-- example: review.diff -->\n\n```diff\n');
  const diff = begun.slice(0, begun.indexOf('```'));
  const parts = diff.split(/^(?=--- )/m).filter((part) => part !== '');
  return new Map(parts.map((part) => [/^\+\+\+ b\/(.+)$/m.exec(part)?.[1] ?? '', part]));
}

const parts = partsOfDiff();

/** Writes a line behind the line that begins with this. */
const behind = (begin: string, line: string) => (text: string) =>
  text
    .split('\n')
    .flatMap((each) => (each.startsWith(begin) ? [each, line] : [each]))
    .join('\n');

/** What the verb changes in the tests: the rows of tables that have every verb, route or command, and the test of its button. */
const testChanges: [file: string, ...changes: ((text: string) => string)[]][] = [
  [
    'test/support/lifecycle-table.ts',
    (text) =>
      text.replace('  deconfigure      | same`', '  deconfigure      | same\n  review           | action_not_allowed`'),
    ...(['configured', 'active', 'inactive'] as const).map((status) => (text: string) => {
      const [before = '', table = '', rest = ''] = text.split(new RegExp(`(?<=const ${status} = \`)([^\`]*)`));
      const columns = table.trim().split('\n')[0]?.split('|').length ?? 0;
      return `${before}${table}\n  review | ${Array(columns - 1)
        .fill(status)
        .join(' | ')}${rest}`;
    }),
    (text) => text.replaceAll(/^( {4}'edit configure .*)',$/gm, "$1 review',"),
  ],
  ['test/shared/endpoints/endpoint/lifecycle.test.ts', behind('  deconfigure: {', "  review: { verb: 'review' },")],
  [
    'test/shared/endpoints/endpoint/conflict-advice.test.ts',
    (text) => text.replace("test: 'configure',", "test: 'configure', review: 'configure',"),
  ],
  [
    'test/shared/endpoints/endpoint/connection-view-schema.test.ts',
    (text) => text.replace("'closeHandshake', 'test']", "'closeHandshake', 'test', 'review']"),
  ],
  [
    'test/shared/operators/api/routes.test.ts',
    behind(`  '${route}lease'`, `  '${route}view': 'api-endpoint admin 200',`),
  ],
  [
    'test/shared/operators/api/openapi-literal.test.ts',
    (text) => text.replace("'test', 'deconfigure']", "'test', 'deconfigure', 'review']"),
    (text) => text.replace('NameEndpointTest`', 'NameEndpointTest postConnectionsNameEndpointReview`'),
  ],
  ['test/infra/template.test.ts', behind(`  '${route}lease'`, `  '${route}view': ['api-endpoint', 'Operators'],`)],
  [
    'test/e2e/grid.test.ts',
    behind('  deconfigure: {', "  review: { method: 'POST', path: '/endpoint/review', body: {}, success: 200 },"),
  ],
  [
    'test/clients/cli/options.test.ts',
    (text) => text.replace("'release'].map(verb)", "'release', 'review'].map(verb)"),
    (text) => text.replace(/toEqual\(\[(\d+), \[\]\]\)/, (_, count) => `toEqual([${Number(count) + 1}, []])`),
  ],
  [
    'test/clients/cli/flags.test.ts',
    (text) => text.replace("'release'].map((verb)", "'release', 'review'].map((verb)"),
  ],
  [
    'test/clients/cli/verb-words.test.ts',
    behind('  deconfigure:', "  review: 'review the endpoint (hooklatch endpoint review NAME)',"),
  ],
  [
    'test/clients/console/verb-words.test.ts',
    behind('  deconfigure:', "  review: 'review the endpoint (“Mark as reviewed”)',"),
  ],
  [
    'test/clients/console/controls/endpoint-controls.ts',
    behind("  ['Release',", "  ['Mark as reviewed', 'review', shop()],"),
    (text) => `${text}
test('Mark as reviewed', async () => {
  const app = await openConsole(path, {
    'GET /v1/connections/{name}': shop({ allowedActions: ['review'] }),
    'POST /v1/connections/{name}/endpoint/review': shop({ version: 5 }),
  });
  await app.press('button', 'Mark as reviewed', { sent: [\`POST \${api}/endpoint/review\`] });
});
`,
  ],
];

let copy: string;

const apply = (part: string, ...options: string[]) =>
  execFileSync('git', ['apply', ...options, '-'], { cwd: copy, input: part, encoding: 'utf8' });

/** Runs a program of `node_modules` in the copy. */
const run = (program: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--no-warnings', join(root, 'node_modules', program), ...args], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings', NO_COLOR: '1' },
  });

/** The mistakes that the compiler finds in a project, as `npm run check` asks it. */
const mistakes = (project: '.' | 'clients/console') => run('typescript/bin/tsc', '--noEmit', '-p', project).stdout;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'hooklatch-verb-'));
  const left = new Set(['node_modules', '.git', 'screenshots', 'dist', 'cdk.out']);
  for (const name of readdirSync(root).filter((each) => !left.has(each)))
    cpSync(join(root, name), join(copy, name), { recursive: true });
  // A folder of its own, because tools keep their caches in it.
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules')).filter((each) => each !== '.cache'))
    symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  for (const part of parts.values()) apply(part);
  for (const [file, ...changes] of testChanges) {
    const path = join(copy, file);
    for (const change of changes) {
      const before = readFileSync(path, 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`${file} has no place for ${change}`);
      writeFileSync(path, after);
    }
  }
  execFileSync(process.execPath, ['--no-warnings', 'tools/scripts/routes.ts'], { cwd: copy });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('the diff has the verb, its operation, its route and handler, its notice, its command, its button, and its words', () => {
  expect([...parts.keys()].sort()).toEqual([
    'clients/cli/commands/endpoint.ts',
    'clients/cli/verb-words.ts',
    'clients/console/connection/endpoint-actions.tsx',
    'clients/console/shell/verb-words.ts',
    'clients/console/text/endpoint.ts',
    'clients/mcp/agent-words.ts',
    'functions/api-endpoint.ts',
    'shared/endpoints/endpoint/lifecycle.ts',
    'shared/operators/api/endpoint-routes.ts',
    'shared/operators/journal/lifecycle-notice.ts',
    'shared/operators/operation/review-endpoint.ts',
  ]);
});

test('needs no other file: the types are right, and the tests pass', () => {
  expect([mistakes('.'), mistakes('clients/console')]).toEqual(['', '']);
  const tests = [
    ...['lifecycle', 'conflict-advice', 'connection-view-schema', 'history'].map(
      (name) => `shared/endpoints/endpoint/${name}`,
    ),
    ...[
      'shared/operators/api',
      'shared/operators/journal/history',
      'functions/api-endpoint',
      'infra/template',
      'e2e/grid',
      'docs',
    ],
    ...[
      'clients/cli/options',
      'clients/cli/flags',
      'clients/cli/verb-words',
      'clients/console/verb-words',
      'clients/console/controls',
    ],
  ].map((path) => `test/${path}`);
  const { stdout } = run('jest/bin/jest.js', '--json', '--maxWorkers=1', ...tests);
  const { success, testResults } = JSON.parse(stdout) as {
    success: boolean;
    testResults: { name: string; message: string; assertionResults: { fullName: string }[] }[];
  };
  expect([success, testResults.map(({ message }) => message).join('')]).toEqual([true, '']);
  const names = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ fullName }) => fullName));
  expect(names.filter((name) => name.includes('review'))).toEqual(
    expect.arrayContaining([
      'active with a token the verb review is resolved as in the table',
      'the verb review has its words',
      'a button is offered by its own verb, and by no other Mark as reviewed: review',
    ]),
  );
});

test.each([
  'clients/cli/verb-words.ts',
  'clients/console/shell/verb-words.ts',
  'functions/api-endpoint.ts',
  'shared/operators/journal/lifecycle-notice.ts',
])(
  'the compiler asks for the line in %s',
  (file) => {
    const part = parts.get(file) ?? '';
    apply(part, '--reverse');
    const found = mistakes(file.startsWith('clients/console/') ? 'clients/console' : '.');
    apply(part);
    expect(found).toContain(`${file}(`);
  },
  120_000,
);
