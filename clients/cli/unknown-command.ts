/** What a group of commands says of one that it does not have, such as `hooklatch endpoint show`. */
import type { Command } from 'commander';
import { connectionNameForm } from '../../shared/endpoints/endpoint/connection-name.ts';
import { nearest } from '../../shared/ground/base/nearest.ts';

/** What these groups change is shown with its connection. */
const ofConnections = ['endpoint', 'token', 'handshake'];

/** The words for looking at something. */
const looks = ['show', 'get', 'list', 'status', 'describe'];

function suggestion(group: Command, typed: string, subject = ''): string {
  const names = group.commands.map((command) => command.name());
  if (ofConnections.includes(group.name()) && looks.includes(typed))
    return `To see it: hooklatch connections show ${connectionNameForm.test(subject) ? subject : 'NAME'}`;
  const meant = nearest(typed, names);
  return meant === undefined ? `There is: ${names.join(', ')}` : `Did you mean ${meant}?`;
}

/** Lets a group of commands name what it has, or what was meant. */
export function suggestCommands(group: Command): void {
  if (group.commands.length === 0) return;
  group.on('command:*', ([typed = '', subject]: string[]) => {
    const text = `error: unknown command '${typed}'\n(${suggestion(group, typed, subject)})`;
    group.error(text, { code: 'commander.unknownCommand' });
  });
}
