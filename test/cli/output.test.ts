/** Tables, errors and exit codes. */

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { BadResult, ConflictError, Declined, Interrupted, UsageError } from '../../cli/command-error.ts';
import { errorText, withoutSecrets } from '../../cli/error-text.ts';
import { exitCodeOf } from '../../cli/exit-code.ts';
import { columns, fields, painted, table } from '../../cli/output/table.ts';
import { withCommands } from '../../cli/route-commands.ts';
import { ClientSettingError } from '../../shared/api/api-client.ts';
import { ApiError, UnreachableError } from '../../shared/api/api-error.ts';

const apiError = (status: number) => new ApiError(status, { code: 'some_code', detail: 'Do this.' }, 'r-1');

test.each([
  [new Error('a bug'), 1],
  [new Declined('no'), 1],
  [new BadResult(), 1],
  [apiError(500), 1],
  [new UsageError('typo'), 2],
  [new ClientSettingError('no URL'), 2],
  [new CommanderError(1, 'commander.unknownOption', 'typo'), 2],
  [apiError(400), 2],
  [apiError(422), 2],
  [apiError(404), 3],
  [apiError(403), 4],
  [apiError(409), 5],
  [apiError(412), 5],
  [new ConflictError('held'), 5],
  [new UnreachableError('gone'), 6],
  [apiError(429), 6],
  [apiError(503), 6],
  [new Interrupted(), 130],
  [new CommanderError(0, 'commander.helpDisplayed', ''), 0],
])('the exit code of %s is %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test.each([
  [apiError(409), 'Do this. (some_code, request r-1)'],
  [
    new ApiError(409, { code: 'held', detail: 'First POST …/endpoint/handshake.' }, undefined),
    'First hooklatch handshake open NAME. (held)',
  ],
  [new UsageError('Say --yes.'), 'Say --yes.'],
  [new CommanderError(1, 'commander.unknownOption', 'printed already'), ''],
  [new BadResult('printed already'), ''],
  [new ApiError(409, { code: 'c', detail: 'Do\u001b[2Jthis.' }, undefined), 'Do\\u001b[2Jthis. (c)'],
])('the text of %s', (error, text) => {
  expect(errorText(error)).toBe(text);
});

test.each([
  [`a stack with hlo_${'a'.repeat(49)} in it`, 'a stack with hlo_… in it'],
  [`a secret hls_${'a'.repeat(49)} in it`, 'a secret hls_… in it'],
  ["error: unknown option '--token=whsec_1234'", "error: unknown option '--token=…'"],
  ["error: unknown command 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'", "error: unknown command '…'"],
  ["error: unknown command 'conections'", "error: unknown command 'conections'"],
])('%j is printed as %j', (text, shown) => {
  expect(withoutSecrets(text)).toBe(shown);
});

test.each([
  ['(POST …/endpoint/token/rotate)', '(hooklatch token rotate NAME)'],
  [
    'Then send it as value: POST …/endpoint/token {"value": "…"}.',
    'Then send it as value: hooklatch token generate NAME --value-stdin.',
  ],
  ['POST …/endpoint/token/rotate {"value": "…"}', 'hooklatch token rotate NAME --value-stdin'],
  [
    'POST …/endpoint/token {"signingSecret": "…"}',
    'hooklatch token generate NAME --file - with {"signingSecret": "…"} on stdin',
  ],
  [
    'There is no connection of this name. GET /v1/connections lists them.',
    'There is no connection of this name. hooklatch connections list shows them.',
  ],
  ['GET /v1/providers lists them, or use generic', 'hooklatch providers list shows them, or use generic'],
  [
    'no operator with this id. GET /v1/operators lists them.',
    'no operator with this id. hooklatch operators list shows them.',
  ],
  ['If-Match has version 1, but the connection has version 6.', '--if-version is 1, but the connection has version 6.'],
  ['ratePerSecond can be at most 500 here.', '--rate can be at most 500 here.'],
  ['expiresAt must be in the future.', '--expires-at must be in the future.'],
  ['nothing to change', 'nothing to change'],
])('advice of the API as commands: %s', (detail, shown) => {
  expect(withCommands(detail)).toBe(shown);
});

test('advice about a known connection has its name', () => {
  expect(withCommands('First POST …/endpoint/handshake.', 'orders')).toBe('First hooklatch handshake open orders.');
  const error = new ApiError(409, { code: 'held', detail: 'First POST …/endpoint/handshake.' }, undefined);
  expect(errorText(error, 'orders')).toBe('First hooklatch handshake open orders. (held)');
});

test('every route in an advice of the API has a command', () => {
  const files = ['shared', 'functions'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  // The descriptions of the routes are for the OpenAPI document, and comments for nobody. A refusal of the lifecycle has steps,
  // which have a word each.
  const withSteps = ['next-step.ts', 'conflict-advice.ts'];
  const isShown = (name: string) => !name.endsWith('-routes.ts') && !withSteps.includes(basename(name));
  const sources = files.filter((name) => name.endsWith('.ts') && isShown(name));
  const advice = /^(?! *(?:\/?\*|\/\/)).*((?:GET|POST|PUT|PATCH|DELETE) (?:…[\w/]+|\/v1\/\w+ lists))/gm;
  const routes = sources.flatMap((name) => [...readFileSync(name, 'utf8').matchAll(advice)].map(([, route]) => route));
  expect(new Set(routes).size).toBeGreaterThan(5);
  expect(routes.filter((route = '') => !withCommands(route).includes('hooklatch '))).toEqual([]);
});

test('aligns columns, without spaces at the end of a line', () => {
  const rows = [
    ['a', 'long text', 'x'],
    ['longer', 'b', ''],
  ];
  expect(columns(rows, false)).toEqual(['a       long text  x', 'longer  b']);
});

test('a table has headings, or says that it is empty', () => {
  expect(table(['NAME', 'STATUS'], [['orders', painted('green', 'active')]], false)).toEqual([
    'NAME    STATUS',
    'orders  active',
  ]);
  expect(table(['NAME'], [], false)).toEqual(['none']);
});

test('colours texts only on request', () => {
  expect(columns([[painted('green', 'active')]], true)).toEqual(['\u001b[32mactive\u001b[39m']);
  expect(columns([[painted('green', 'active')]], false)).toEqual(['active']);
});

test('leaves out a field without a value', () => {
  expect(
    fields(
      [
        ['name', 'orders'],
        ['URL', undefined],
        ['status', 'active'],
      ],
      false,
    ),
  ).toEqual(['name    orders', 'status  active']);
});

test('a cell can write nothing else to a terminal', () => {
  expect(columns([[painted('red', '\u001b[2Jx\u202e'), 'y']], false)).toEqual(['\\u001b[2Jx\\u202e  y']);
});
