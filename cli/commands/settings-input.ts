/** Settings that a command reads from a file. */
import type { Command } from 'commander';
import type { ApiBody } from '../../shared/api/api-client.ts';
import { confirm, readJson } from '../prompt.ts';
import type { Session } from '../session.ts';
import { endsAtOnce } from './grace-options.ts';

export type Settings = ApiBody<'PUT /v1/connections/{name}/endpoint'>;

export const withYesOption = (command: Command): Command =>
  command.option('--yes', 'do not ask if a live secret ends at once');

/**
 * Reads settings, which the API checks. They can bring new secrets, and end the live ones without a grace.
 * @throws UsageError if that is so and nobody can be asked
 */
export async function readSettings(
  { terminal, warnIfManaged }: Session,
  name: string,
  { file, yes }: { file: string; yes?: boolean },
): Promise<Settings> {
  const settings: Settings = await readJson(terminal, file);
  if (endsAtOnce(settings.values ?? {})) {
    await warnIfManaged(name);
    await confirm(
      terminal,
      `Change the settings of ${name}? A token that senders may use ends now.`,
      yes ? { yes } : {},
    );
  }
  return settings;
}
