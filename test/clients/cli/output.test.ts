/** Tables, errors and exit codes. */
import { expect, test } from '@jest/globals';
import { CommanderError } from 'commander';
import { BadResult, ConflictError, Declined, Interrupted, UsageError } from '../../../clients/cli/command-error.ts';
import { errorText, withoutSecrets } from '../../../clients/cli/error-text.ts';
import { exitCodeOf } from '../../../clients/cli/exit-code.ts';
import { columns, fields, painted, table } from '../../../clients/cli/output/table.ts';
import { ClientSettingError } from '../../../shared/operators/api/api-client.ts';
import { ApiError, UnreachableError } from '../../../shared/operators/api/api-error.ts';

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
