/** When `apply` asks, and that nothing is written before the answer. */
import { describe, expect, test } from '@jest/globals';
import { aFolder, methodsOf } from './given-file-folder.ts';

const closed = `name: shop
connections:
  orders: { token: generate, status: inactive, retentionDays: 14, allowFrom: [192.0.2.0/24], routes: { rules: [{ id: paid, to: erp }, { id: rest, to: erp }] } }
destinations: { erp: { url: env:ERP_URL } }
`;

/** A deployment on which the file was applied, and the requests from then on. */
async function anApplied(text: string) {
  const world = aFolder(text);
  expect((await world.run('apply')).code).toBe(0);
  const before = world.asked.length;
  return { ...world, methods: () => methodsOf(world.asked.slice(before)) };
}

const other = closed.replace('retentionDays: 14', 'retentionDays: 7');
const lines = `~  change the connection orders
     retentionDays: 14 → 7
`;

describe('at a terminal', () => {
  test('the plan is shown before the question, and yes applies it', async () => {
    const { write, runAsTyped, ask, methods } = await anApplied(closed);
    write(other);
    const { code, out, err } = await runAsTyped({ typed: ['yes\n'] }, 'apply');
    expect([code, out]).toEqual([0, 'Done.\n']);
    expect(err.startsWith(`${lines}1 to change.\n`)).toBe(true);
    expect(err).toContain('Apply this? (yes/no) ');
    expect(methods()).toContain('PUT');
    expect((await ask('GET /v1/connections/{name}', 'orders')).endpoint.retentionDays).toBe(7);
  });

  test.each([
    ['no', 'no\n', 1, 'Nothing was changed.'],
    ['anything else', 'maybe\n', 1, 'Nothing was changed.'],
    ['nothing', '\n', 1, 'Nothing was changed.'],
    ['the end of what is typed', '\u0004', 130, ''],
    ['Ctrl-C', '\u0003', 130, ''],
  ])('%s writes nothing', async (_, typed, code, message) => {
    const { write, runAsTyped, methods, run } = await anApplied(closed);
    write(other);
    const ran = await runAsTyped({ typed: [typed] }, 'apply');
    expect([ran.code, ran.out, methods()]).toEqual([code, '', ['GET']]);
    expect(ran.err).toContain(lines);
    expect(ran.err).toContain(message);
    expect((await run('plan')).code).toBe(7);
  });

  test('what deletes or opens something is in the question', async () => {
    const { write, runAsTyped, methods } = await anApplied(closed);
    write('name: shop\nconnections: { code: { provider: github, token: env:GITHUB_SECRET } }\n');
    const { err } = await runAsTyped({ typed: ['no\n'] }, 'apply', '--prune');
    expect(err).toContain(
      'This deletes the connection orders, the destination erp and opens the endpoint of code. Apply it? (yes/no) ',
    );
    expect(methods()).toEqual(['GET']);
  });

  test('--yes asks nothing and shows the plan on stdout', async () => {
    const { write, runAsTyped } = await anApplied(closed);
    write(other);
    const { code, out, err } = await runAsTyped({ typed: ['no\n'] }, 'apply', '--yes');
    expect([code, out, err.includes('(yes/no)')]).toEqual([0, `${lines}Done.\n`, false]);
  });

  test('an empty plan asks nothing', async () => {
    const { runAsTyped, methods } = await anApplied(closed);
    expect(await runAsTyped({ typed: ['no\n'] }, 'apply')).toMatchObject({
      code: 0,
      out: 'Everything is as the file says.\n',
    });
    expect(methods()).toEqual(['GET']);
  });

  test('with --json the question is not in the document', async () => {
    const { write, runAsTyped } = await anApplied(closed);
    write(other);
    const { code, out } = await runAsTyped({ typed: ['y\n'] }, 'apply', '--json');
    expect([code, JSON.parse(out).items]).toEqual([
      0,
      [
        {
          ...{ kind: 'connection', name: 'orders', action: 'change' },
          differences: [{ field: 'retentionDays', from: 14, to: 7 }],
        },
      ],
    ]);
  });
});

describe('without a terminal', () => {
  test.each([
    ['a setting', other],
    ['another order of rules', closed.replace(/(\{ id: paid.*?\}), (\{ id: rest.*?\})/, '$2, $1')],
    ['another rule', closed.replace('{ id: rest, to: erp }', '{ id: rest, to: erp }, { id: late, to: erp }')],
    [
      'a new endpoint that is closed',
      closed.replace('  orders:', '  code: { token: generate, status: inactive }\n  orders:'),
    ],
    [
      'a new destination',
      closed.replace('erp: { url: env:ERP_URL }', 'erp: { url: env:ERP_URL }, more: { url: env:ERP_URL }'),
    ],
  ])('%s is applied without a question', async (_, text) => {
    const { write, runAsTyped, run } = await anApplied(closed);
    write(text);
    expect(await runAsTyped({}, 'apply')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nDone\.\n$/),
      err: '',
    });
    expect((await run('plan')).code).toBe(0);
  });

  const open = closed.replace('status: inactive', 'status: active');
  test.each([
    ['opens an endpoint', closed, open, 'opens the endpoint of orders'],
    [
      'makes an open endpoint',
      closed,
      closed.replace('  orders:', '  code: { provider: github, token: env:GITHUB_SECRET }\n  orders:'),
      'opens the endpoint of code',
    ],
    ['deletes what is gone', closed, 'name: shop\n', 'deletes the connection orders, the destination erp', ['--prune']],
    ['deletes a rule', closed, closed.replace(', { id: rest, to: erp }', ''), 'deletes the rule rest of orders'],
    [
      'deletes all rules',
      closed,
      closed.replace(/rules: \[.*\]/, 'rules: []'),
      'deletes the rule paid of orders, the rule rest of orders',
    ],
    ['lets other addresses send', open, open.replace('192.0.2.0/24', '0.0.0.0/0'), 'changes who may send to orders'],
    [
      'lets every address send',
      open,
      open.replace('allowFrom: [192.0.2.0/24], ', ''),
      'changes who may send to orders',
    ],
    [
      'takes the token at another place',
      open,
      open.replace('token: generate', 'token: generate, auth: { kind: token, accept: [{ in: path }] }'),
      'changes who may send to orders',
    ],
  ])('what %s needs --yes, and says so by its exit code', async (_, first, second, risk, more: string[] = []) => {
    const { write, runAsTyped, methods, run } = await anApplied(first);
    write(second);
    expect(await runAsTyped({}, 'apply', ...more)).toEqual({
      ...{ code: 2, out: '' },
      err: `This ${risk}. Apply it? Without a terminal nobody can answer, so nothing was changed. To go on, add --yes.\n`,
    });
    expect(methods()).toEqual(['GET']);
    expect((await runAsTyped({}, 'apply', '--yes', ...more)).code).toBe(0);
    expect((await run('plan', ...more)).code).toBe(0);
  });

  test('an endpoint that an operator closed is opened with --reopen and --yes alone', async () => {
    const { ask, runAsTyped, methods } = await anApplied(open);
    await ask('POST /v1/connections/{name}/endpoint/deactivate', 'orders');
    const { code, err } = await runAsTyped({}, 'apply', '--reopen');
    expect([code, err.split('.')[0]]).toEqual([2, 'This opens the endpoint of orders']);
    expect(methods()).toEqual(['GET']);
    expect((await runAsTyped({}, 'apply', '--reopen', '--yes')).code).toBe(0);
  });

  test('the failure is one JSON document with --json', async () => {
    const { write, runAsTyped } = await anApplied(closed);
    write(open);
    const { code, out } = await runAsTyped({}, 'apply', '--json');
    expect([code, JSON.stringify(JSON.parse(out)).includes('add --yes')]).toEqual([2, true]);
  });
});
