import type { Command } from 'commander';
import { apiClient, deploymentUrl } from '../../../shared/operators/api/api-client.ts';
import { UsageError } from '../command-error.ts';
import { variablesBefore, writeProfile } from '../profile.ts';
import { ask, readSecret } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';

interface LoginOptions {
  url?: string;
  tokenStdin?: boolean;
}

/** The URL and the token, asked for at the terminal unless the options say where they come from. */
async function credentials({ terminal }: Session, { url, tokenStdin }: LoginOptions) {
  const { stdin, env } = terminal;
  if (!stdin.isTTY && !tokenStdin) {
    throw new UsageError(
      'Without a terminal nobody can be asked for the token. Pipe it into stdin, with --token-stdin.',
    );
  }
  const known = url || env['HOOKLATCH_URL'];
  if (!known && !stdin.isTTY) throw new UsageError('Say which deployment: --url https://hooks.example.com');
  const target = deploymentUrl(known || (await ask(terminal, 'URL of the deployment: ')));
  return { url: target, token: await readSecret(terminal, `Operator token for ${target}: `) };
}

/** `login`: writes a profile after a look whether the token works. */
export function addLogin(program: Command, open: OpenSession): void {
  program
    .command('login')
    .description('save the URL of a deployment and an operator token in a profile that only you can read')
    .option('--url <url>', 'the URL of the deployment (default: HOOKLATCH_URL, or ask)')
    .option('--token-stdin', 'read the operator token from stdin')
    .addHelpText(
      'after',
      examples(
        'hooklatch login',
        'hooklatch login --profile prod --url https://hooks.example.com',
        'hooklatch login --url http://127.0.0.1:3000 --token-stdin < token.txt',
      ),
    )
    .action(async (options: LoginOptions, command: Command) => {
      const session = open(command);
      const { fetch, wait, now, profileFolder } = session.terminal;
      const profile = await credentials(session, options);
      const me = await apiClient({ ...profile, fetch, wait, now }).call('GET /v1/me');
      const path = writeProfile(profileFolder, session.profile, profile);
      session.print(
        { url: profile.url, name: me.name, role: me.role, profile: path },
        `Logged in at ${profile.url} as ${me.name} (${me.role}). The token is in ${path}.`,
      );
      const variables = variablesBefore(session.terminal, session.profile);
      if (variables.length === 0) return;
      const come = variables.length === 1 ? 'is set, and comes' : 'are set, and come';
      session.tell(`${variables.join(' and ')} ${come} before this profile. To use it: unset ${variables.join(' ')}`);
    });
}
