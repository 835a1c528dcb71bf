/** Settings that a command takes as options or reads from a file. */
import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod/mini';
import { settingsChangeSchema } from '../../../shared/endpoints/settings/settings.ts';
import { parse } from '../../../shared/ground/base/parse.ts';
import { Refusal } from '../../../shared/ground/base/refusal.ts';
import { validationMessage } from '../../../shared/ground/base/validation-message.ts';
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { type EndpointSettingName, faultText } from '../../../shared/operators/api/field-name.ts';
import { UsageError } from '../command-error.ts';
import { confirm, readJson } from '../prompt.ts';
import type { Session } from '../session.ts';
import { endsAtOnce } from './grace-options.ts';

export type SettingsBody = ApiBody<'PUT /v1/connections/{name}/endpoint'>;

export interface SettingsOptions {
  file?: string;
  allowFrom?: string[];
  dedupeHeader?: string;
  method?: string[];
  raw?: boolean;
  retentionDays?: number;
  yes?: boolean;
}

/** The options of settings, by the setting that each one is. */
const optionNames = {
  allowFrom: '--allow-from',
  dedupe: '--dedupe-header',
  methods: '--method',
  raw: '--raw',
  retentionDays: '--retention-days',
} as const satisfies Partial<Record<EndpointSettingName, string>>;

export const withYesOption = (command: Command): Command =>
  command.option('--yes', 'do not ask if a live secret ends at once');

const together = (value: string, earlier: string[] = []): string[] => [...earlier, value];

/** @throws InvalidArgumentError if it is no whole number */
function days(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of days.');
}

/** Adds the settings that most endpoints need, and the file for all others. */
export const withSettingsOptions = (command: Command): Command =>
  withYesOption(command)
    .option('--file <path>', 'read settings as a JSON object from a file, or - for stdin')
    .option(`${optionNames.allowFrom} <range>`, 'an address or range (CIDR) that may send; again for more', together)
    .option(`${optionNames.dedupe} <name>`, 'the header with the id of a delivery; a repeat is stored once')
    .option(`${optionNames.methods} <method>`, 'an HTTP method that is accepted; again for more', together)
    .option(optionNames.raw, 'send the exact bytes of JSON to the bus too, as dataBase64')
    .option(`${optionNames.retentionDays} <days>`, 'how long events are kept', days);

const settingsOf = ({ allowFrom, dedupeHeader, method, raw, retentionDays }: SettingsOptions) => ({
  ...(allowFrom && { allowFrom }),
  ...(dedupeHeader !== undefined && { dedupe: { by: 'header' as const, name: dedupeHeader } }),
  ...(method && { methods: method }),
  ...(raw !== undefined && { raw }),
  ...(retentionDays !== undefined && { retentionDays }),
});

z.config({ localeError: validationMessage });

/**
 * Checks settings as the API does, so that nothing is made for settings that it would refuse.
 * @param typed the settings that came as options
 * @throws UsageError that names what is wrong by its option, or as the file does
 */
function check({ values: _, ...settings }: SettingsBody, typed: object): void {
  try {
    parse(settingsChangeSchema, settings, 'file');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const wordOf = (path: string): string => {
      const [name = ''] = path.split('.');
      return Object.hasOwn(typed, name) ? optionNames[name as keyof typeof optionNames] : path;
    };
    const { errors: faults } = error.facts as { errors: { path: string }[] };
    const errors = faults.map((fault) => ({
      ...fault,
      path: wordOf(fault.path),
    }));
    throw new UsageError(faultText({ errors }, {}, {}) ?? error.message);
  }
}

/**
 * The settings of the options and of the file. They can bring new secrets, and end the live ones without a grace.
 * @returns undefined if there are none
 * @throws UsageError if they can't be right, or if a secret would end and nobody can be asked
 */
export async function readSettings(
  { terminal, warnIfManaged }: Session,
  name: string,
  { file, yes, ...options }: SettingsOptions,
): Promise<SettingsBody | undefined> {
  const typed = settingsOf(options);
  if (file === undefined && Object.keys(typed).length === 0) return undefined;
  const fromFile: SettingsBody = file === undefined ? {} : await readJson(terminal, file);
  const twice = Object.keys(typed).find((each) => Object.hasOwn(fromFile, each)) as
    | keyof typeof optionNames
    | undefined;
  if (twice)
    throw new UsageError(`${twice} is in the file, and ${optionNames[twice]} says it too. Leave one of them out.`);
  const settings: SettingsBody = { ...fromFile, ...typed } as SettingsBody;
  check(settings, typed);
  if (endsAtOnce(settings.values ?? {})) {
    await warnIfManaged(name, 'PUT /v1/connections/{name}/endpoint');
    await confirm(
      terminal,
      `Change the settings of ${name}? A token that senders may use ends now.`,
      yes ? { yes } : {},
    );
  }
  return settings;
}
