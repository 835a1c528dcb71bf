/** The example of docs/contributing/adding-a-preset.md works as it is written there: with one new file, and the files that a command writes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Guide, Preset, Sample } from '../../../../shared/endpoints/provider/preset.ts';
import { checkScheme } from '../../../../shared/endpoints/signature/scheme-check.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { filled } from '../../../support/filled.ts';
import { accepted, aRequest, later, now, refused } from '../signature/given-signature.ts';

const root = resolve(import.meta.dirname, '../../../..');
/** The files that the commands in the copy need. */
const copied = [
  'shared',
  'tools/scripts',
  'docs',
  'test/shared/endpoints/provider',
  'test/shared/endpoints/signature',
  'test/e2e',
];
const settings = ['package.json', 'test/support/filled.ts'];

/** The first block of TypeScript below a marker. */
function example(name: string): string {
  const text = readFileSync(join(root, 'docs/contributing/adding-a-preset.md'), 'utf8');
  const [, code] = text.split(`<!-- example: ${name} -->\n\n\`\`\`ts\n`);
  if (code === undefined) throw new Error(`docs/contributing/adding-a-preset.md has no example ${name}`);
  return code.slice(0, code.indexOf('```'));
}

let copy: string;

/** Writes the file of the sender Acme, and the files that list all senders. */
function addSender(code: string): void {
  writeFileSync(join(copy, 'shared/endpoints/provider/presets/acme.ts'), code);
  execFileSync(process.execPath, ['--no-warnings', 'tools/scripts/providers.ts'], { cwd: copy });
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'hooklatch-preset-'));
  for (const path of [...copied, ...settings]) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      // Not the file of the project, which has other sources.
      compilerOptions: { tsBuildInfoFile: 'tsbuildinfo.json' },
      include: ['shared/endpoints/provider', 'test/shared/endpoints/provider'],
    }),
  );
  // The global setup, which synthesizes the app, is left out: these tests do not use the app. The runner, the sequencer, the
  // reporter and the environment are not in the copy.
  writeFileSync(
    join(copy, 'jest.config.js'),
    `import all from '${join(root, 'jest.config.js')}';
    const { globalSetup, runner, testSequencer, reporters, testEnvironment, ...needed } = all;
    export default needed;`,
  );
  addSender(example('acme.ts'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** Runs a program of `node_modules` in the copy. */
const run = (program: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--no-warnings', join(root, 'node_modules', program), ...args], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules', NO_COLOR: '1' },
  });

interface TestReport {
  fullName: string;
  status: string;
  failureMessages: string[];
}

/** Runs tests of presets in the copy. @param names the files in `test/shared/endpoints/provider/`, without the ending */
function reportOf(...names: string[]) {
  const tests = names.map((name) => `test/shared/endpoints/provider/${name}`);
  const { success, numTotalTestSuites, testResults } = JSON.parse(
    run('jest/bin/jest.js', '--json', '--maxWorkers=1', ...tests).stdout,
  ) as { success: boolean; numTotalTestSuites: number; testResults: { assertionResults: TestReport[] }[] };
  return { success, numTotalTestSuites, tests: testResults.flatMap(({ assertionResults }) => assertionResults) };
}

interface SenderFile {
  preset: Preset;
  guide: Guide;
  sample: Sample;
}

/** The exports of a sender's file in the copy. */
function senderIn(folder: string, id: string): SenderFile {
  const code = `const { preset, guide, sample } = await import('./shared/endpoints/provider/presets/${id}.ts');
    console.log(JSON.stringify({ preset, guide, sample }));`;
  const options = { cwd: folder, encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], options));
}

describe('the preset that the guide adds', () => {
  let acme: SenderFile;
  let scheme: NonNullable<Preset['scheme']>;
  beforeAll(() => {
    acme = senderIn(copy, 'acme');
    if (acme.preset.scheme === undefined) throw new Error('The guide adds a preset without a scheme');
    scheme = acme.preset.scheme;
  });
  const secret = 'a secret of Acme';
  const request = aRequest({ body: Buffer.from('{"type":"parcel.sent","delivery":{"id":"d1"}}') });

  test('describes how the sender behaves', () => {
    expect(acme.preset).toEqual({
      kind: 'signature',
      scheme,
      dedupe: { by: 'body', path: '/delivery/id' },
      type: [
        { in: 'body', path: '/type' },
        { in: 'header', name: 'acme-event' },
      ],
      handshakes: [
        {
          method: 'GET',
          when: [{ in: 'query', name: 'acme.check' }],
          proof: 'none',
          challenge: { in: 'query', name: 'acme.check' },
          answer: { with: 'text' },
        },
      ],
      answer: { status: 204 },
    });
    expect(checkScheme(scheme)).toEqual([]);
  });

  test('accepts deliveries that its sender signed, and rejects others', () => {
    const time = String(now.getTime() / 1000);
    const signature = createHmac('sha256', secret).update(`${time}.${request.body}`).digest('hex');
    const sent = { ...request, headers: { ...request.headers, 'acme-signature': `t=${time},v1=${signature}` } };
    expect(sign(scheme, secret, request)).toEqual(sent);
    expect(verifyWithSecrets(scheme, [secret], sent)).toEqual(accepted());
    expect(verifyWithSecrets(scheme, ['another'], sent)).toEqual(refused('signature_mismatch'));
    expect(verifyWithSecrets(scheme, [secret], { ...sent, body: Buffer.from('{}') })).toEqual(
      refused('signature_mismatch'),
    );
    expect(verifyWithSecrets(scheme, [secret], { ...sent, now: later(301) })).toEqual(refused('timestamp_too_old'));
    expect(verifyWithSecrets(scheme, [secret], request)).toEqual(refused('signature_missing'));
  });

  test('has a guide', () => {
    expect(acme.guide).toEqual({
      name: 'Acme Parcels',
      docs: expect.stringMatching(/^https:/),
      url: expect.any(String),
      secret: expect.any(String),
      deadlineSeconds: 10,
      confidence: 'stated',
    });
  });

  test('is in the list of docs/senders.md', () => {
    const page = readFileSync(join(copy, 'docs/senders.md'), 'utf8');
    expect(page).toMatch(/^- \[Acme Parcels\]\(https:\/\/acme.example\/docs\/webhooks\), `acme`: /m);
    expect(page).toContain('[Adyen](');
  });

  test('needs no other change of code: the type check and the tests of all presets pass', () => {
    expect(run('typescript/bin/tsc', '--noEmit').stdout).toBe('');
    const report = reportOf('presets', 'provider-name', 'literal-deliveries', 'spoiled-presets');
    expect(filled(report.tests).filter(({ status }) => status === 'failed')).toEqual([]);
    expect(report).toMatchObject({ success: true, numTotalTestSuites: 4 });
    const names = report.tests.map(({ fullName }) => fullName);
    expect(names).toContain('acme finds the type and the id of its sample');
    expect(names).toContain('a signature of acme is accepted');
    expect(names).toContain('the signature of acme covers the body');
    expect(names).toContain('acme: the preset passes all checks, and fails one if any of its values is wrong');
  });

  test('fails a test with a message if its file has no literals', () => {
    const [code = ''] = example('acme.ts').split('export const literals');
    addSender(code);
    const report = reportOf('literal-deliveries', 'spoiled-presets');
    const failed = report.tests.filter(({ status }) => status === 'failed');
    expect(failed.map(({ fullName }) => fullName)).toEqual([
      'the file of acme has a delivery as text',
      'acme: the preset passes all checks, and fails one if any of its values is wrong',
    ]);
    const message = 'Export literals from shared/endpoints/provider/presets/acme.ts and run npm run providers.';
    for (const { failureMessages } of failed) expect(failureMessages.join()).toContain(message);
  });
});
