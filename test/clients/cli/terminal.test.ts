/** The surroundings of a real process. Every other test of the command line has stand-ins for them. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { processTerminal } from '../../../clients/cli/terminal.ts';

const names = ['XDG_CONFIG_HOME', 'XDG_STATE_HOME'] as const;
const before = names.map((name) => [name, process.env[name]] as const);
afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

const [ownConfig, ownState] = [join(homedir(), '.config'), join(homedir(), '.local', 'state')];

// An empty variable counts as none, as the XDG Base Directory Specification says.
test.each([
  [{}, ownConfig, ownState],
  [{ XDG_CONFIG_HOME: '/config' }, '/config', ownState],
  [{ XDG_STATE_HOME: '/state' }, ownConfig, '/state'],
  [{ XDG_CONFIG_HOME: '/config', XDG_STATE_HOME: '/state' }, '/config', '/state'],
  [{ XDG_CONFIG_HOME: '', XDG_STATE_HOME: '' }, ownConfig, ownState],
])('with %j, profiles and cursors have these folders', (variables, config, state) => {
  for (const name of names) delete process.env[name];
  Object.assign(process.env, variables);
  const { profileFolder, stateFolder } = processTerminal();
  expect({ profileFolder, stateFolder }).toEqual({
    profileFolder: join(config, 'hooklatch'),
    stateFolder: join(state, 'hooklatch'),
  });
});

test('each stream is the one of its name', () => {
  const { stdin, stdout, stderr } = processTerminal();
  expect([stdin === process.stdin, stdout === process.stdout, stderr === process.stderr]).toEqual([true, true, true]);
});

test('a wait ends in time, and at once if its signal aborts before or meanwhile', async () => {
  const { wait } = processTerminal();
  const aborted = AbortSignal.abort();
  const aborting = new AbortController();
  const waits = [
    wait(1),
    wait(1, new AbortController().signal),
    wait(2 ** 30, aborted),
    wait(2 ** 30, aborting.signal),
  ];
  aborting.abort();
  expect(await Promise.all(waits)).toEqual([undefined, undefined, undefined, undefined]);
});

test('Ctrl-C and the end of a service both interrupt', () => {
  const listener = () => undefined;
  processTerminal().onInterrupt(listener);
  const heard = (['SIGINT', 'SIGTERM'] as const).map((signal) => process.listeners(signal).includes(listener));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, listener);
  expect(heard).toEqual([true, true]);
});
