import type { Command } from 'commander';
import { removeProfile } from '../profile.ts';
import type { OpenSession } from '../session.ts';
import { examples } from './examples.ts';

/** `logout`: removes a profile with its token. */
export function addLogout(program: Command, open: OpenSession): void {
  program
    .command('logout')
    .description('remove a profile with its token from this machine; the token itself stays valid')
    .addHelpText('after', examples('hooklatch logout', 'hooklatch logout --profile prod'))
    .action((_options: object, command: Command) => {
      const { terminal, profile, print } = open(command);
      const { path, wasThere } = removeProfile(terminal, profile);
      print({ profile: path, removed: wasThere }, wasThere ? `Removed ${path}.` : `There is no ${path}.`);
    });
}
