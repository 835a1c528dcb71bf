/** What `plan` and `apply` check of a file before they ask the deployment anything: its references, patterns and expressions. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aFolder } from './given-file-folder.ts';

/** Runs both commands, which say the same and ask the deployment nothing. */
async function faultsOf(text: string, ...more: string[]) {
  const { run, asked } = aFolder(text);
  const [planned, applied] = [await run('plan', ...more), await run('apply', ...more)];
  expect(applied).toEqual(planned);
  expect(asked).toEqual([]);
  expect([planned.code, planned.out]).toEqual([2, '']);
  return planned.err.trimEnd().split('\n');
}

const shop = `name: shop
connections:
  orders: { token: generate }
  code: { provider: github, token: env:GITHUB_SECRET }
destinations:
  erp:
    url: env:ERP_URL
    headers: { x-team: shop, x-key: "secretsmanager:erp/key#value" }
    auth: { kind: bearer, token: file:secrets/erp.txt }
    signingSecret: env:ERP_SIGNING
`;

describe('--allow-references', () => {
  const refused = {
    token: '4:36: connections.code.token is env:GITHUB_SECRET',
    url: '7:10: destinations.erp.url is env:ERP_URL',
    header: '8:37: destinations.erp.headers.x-key is secretsmanager:erp/key#value',
    auth: '9:34: destinations.erp.auth.token is file:secrets/erp.txt',
    signing: '10:20: destinations.erp.signingSecret is env:ERP_SIGNING',
  };
  type Place = keyof typeof refused;

  test.each<[string[], Place[]]>([
    [['env:ERP_*'], ['token', 'header', 'auth']],
    [
      ['env:ERP_*', 'env:GITHUB_SECRET'],
      ['header', 'auth'],
    ],
    [['env:*', 'file:secrets/*'], ['header']],
    [['env:*', 'file:*', 'secretsmanager:erp/*'], []],
    [['*'], []],
    // A pattern is the whole reference.
    [
      ['env:ERP', 'file:secrets', 'secretsmanager:erp/key', 'env:GITHUB_SECRE'],
      ['token', 'url', 'header', 'auth', 'signing'],
    ],
    [
      ['ERP_URL', 'RP_*', '*_URL'],
      ['token', 'header', 'auth', 'signing'],
    ],
    [
      ['env:erp_*', 'ENV:*'],
      ['token', 'url', 'header', 'auth', 'signing'],
    ],
    // No other character means anything.
    [
      ['env:.*', 'env:ERP_URL|.*', 'file:secrets/erp.tx?', 'env:ERP_UR.', 'env:[A-Z]*'],
      ['token', 'url', 'header', 'auth', 'signing'],
    ],
    [
      ['file:secrets/erp.txt', 'secretsmanager:erp/key#value', 'env:ERP_URL'],
      ['token', 'signing'],
    ],
  ])('%j', async (patterns, places) => {
    const options = patterns.flatMap((pattern) => ['--allow-references', pattern]);
    if (places.length === 0) {
      expect(await aFolder(shop).run('plan', ...options)).toMatchObject({ code: 7, err: '' });
      return;
    }
    expect(await faultsOf(shop, ...options)).toEqual(
      Object.entries(refused)
        .filter(([place]) => places.includes(place as Place))
        .sort(([one], [other]) => Number(one === 'token') - Number(other === 'token'))
        .map(([, told]) => `hooklatch.yaml:${told}, and only these references may be used: ${patterns.join(', ')}.`),
    );
  });

  test('what is refused is not read either', async () => {
    const [line = '', ...more] = await faultsOf(
      'name: shop\nconnections: { code: { provider: github, token: env:MISSING } }\n',
      ...['--allow-references', 'env:ERP_*', '--check-references'],
    );
    expect([line.includes('is env:MISSING, and only'), more]).toEqual([true, []]);
  });
});

describe('--check-references', () => {
  test('says of each reference that leads to no secret where it stands, and of none what it leads to', async () => {
    const { run, asked, folder, variables } = aFolder(shop.replace('secretsmanager:erp/key#value', 'env:EMPTY'));
    Object.assign(variables, { EMPTY: '', ERP_SIGNING: 'whsec_a-signing-secret' });
    const expected = {
      ...{ code: 2, out: '' },
      err: `hooklatch.yaml:8:37: destinations.erp.headers.x-key is missing: env:EMPTY leads to no secret: it is empty.
hooklatch.yaml:9:34: destinations.erp.auth.token is missing: file:secrets/erp.txt leads to no secret: it can't be read (ENOENT).
`,
    };
    for (const command of ['plan', 'apply']) expect(await run(command, '--check-references')).toEqual(expected);
    expect(asked).toEqual([]);
    expect((await run('plan')).code).toBe(7);
    writeFileSync(join(folder, 'erp.txt'), 'a-token-of-the-erp');
    variables['EMPTY'] = 'a-key-of-the-erp';
    delete variables['GITHUB_SECRET'];
    const { err } = await run('plan', '--check-references');
    expect(err.split('\n').map((line) => line.split(' ')[1])).toEqual([
      'destinations.erp.auth.token',
      'connections.code.token',
      undefined,
    ]);
    expect(err).not.toMatch(/a-key-of|a-token-of|whsec_/);
  });

  test('a plan of a file whose references are all there is as without', async () => {
    const { run } = aFolder('name: shop\nconnections: { code: { provider: github, token: env:GITHUB_SECRET } }\n');
    expect(await run('plan', '--check-references')).toEqual(await run('plan'));
  });
});

describe('patterns and expressions', () => {
  const withRule = (rule: string) => `name: shop
connections:
  orders:
    token: generate
    routes:
      rules:
        - id: paid
          to: erp
${rule
  .split('\n')
  .map((line) => `          ${line}\n`)
  .join('')}destinations: { erp: { url: env:ERP_URL } }
`;
  const at = 'connections.orders.routes.rules.0';

  test.each<[string, string, string]>([
    [
      'in one line',
      'transform: \'{ "total": total \'',
      `9:39: ${at}.transform is no valid expression: Expected "}" before end of expression`,
    ],
    ['in double quotes', 'transform: "total ) 2"', `9:29: ${at}.transform is no valid expression: Syntax error: ")"`],
    ['without quotes', 'transform: total ) 2', `9:28: ${at}.transform is no valid expression: Syntax error: ")"`],
    [
      'in a block',
      'transform: |\n  {\n    "total": total ]\n  }',
      `11:30: ${at}.transform is no valid expression: Expected "}", got "]"`,
    ],
    [
      'with a function that no transform may use',
      'transform: total + $random()',
      `9:36: ${at}.transform is no valid expression: $random is not available: each attempt must send the same content`,
    ],
    ['of an unknown comparison', 'when: { type: [{ begins: order }] }', `9:26: ${at}.when.type.0`],
    ['that is no list', 'when: { type: order.paid }', `9:25: ${at}.when.type`],
  ])('%s', async (_, rule, expected) => {
    const [told = '', ...more] = await faultsOf(withRule(rule));
    expect(more).toEqual([]);
    expect(told.slice(0, `hooklatch.yaml:${expected}`.length)).toBe(`hooklatch.yaml:${expected}`);
  });

  test('the faults of all rules are told at once', async () => {
    const faults = await faultsOf(
      withRule('transform: "("').replace(
        'destinations:',
        '  code: { token: generate, routes: { rules: [{ id: a, to: erp, transform: ")" }] } }\ndestinations:',
      ),
    );
    expect(faults.map((fault) => fault.split(' ').slice(0, 2).join(' '))).toEqual([
      'hooklatch.yaml:9:23: connections.orders.routes.rules.0.transform',
      'hooklatch.yaml:10:76: connections.code.routes.rules.0.transform',
    ]);
  });

  // Each of these fails, or does not end, when it is evaluated.
  test.each([
    ['fails', "$error('it was evaluated')"],
    ['calls itself for ever', '($f := function($n) { $f($n + 1) }; $f(0))'],
    ['has no function', '$nothing(1)'],
    ['matches for a very long time', "$match($join([1..40].('a')) & 'b', /(a+)+$/)"],
  ])('an expression that %s is not evaluated', async (_, expression) => {
    const { run, asked } = aFolder(withRule(`transform: ${JSON.stringify(expression)}`));
    const { code, out, err } = await run('plan');
    expect([code, err]).toEqual([7, '']);
    expect(out).toContain('transform');
    expect(asked.every(({ key }) => key.startsWith('GET '))).toBe(true);
  });
});
