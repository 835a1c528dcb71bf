/** docs/mcp.md, followed word for word in an empty folder, with the official client in the place of an agent. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { called } from '../clients/mcp/given-agent.ts';
import { blocksOf, codeInText, commandsOf, hooklatchWords } from '../docs/given-pages.ts';
import { anActiveEndpoint, bearer, deliver } from '../support/given.ts';
import { aFolderFor, type FollowedPage } from './given-app.ts';

const page = 'docs/mcp.md';
const [settings = '{}'] = blocksOf(page, 'json');
const { command, args } = JSON.parse(settings).mcpServers.hooklatch as { command: string; args: string[] };

let followed: FollowedPage;
beforeAll(async () => {
  followed = await aFolderFor(page);
});
afterAll(() => followed.end());

const profiles = () => ({ XDG_CONFIG_HOME: join(followed.app.folder, 'config') });

/** The agent as the page's settings start the server. */
async function agentOf(program: string, words: string[], cwd: string): Promise<Client> {
  const env = { PATH: process.env['PATH'] ?? '', ...profiles() };
  const client = new Client({ name: 'agent', version: '1' });
  await client.connect(new StdioClientTransport({ command: program, args: words, cwd, env, stderr: 'ignore' }));
  return client;
}

test('an operator of its own, a profile, the settings: the agent reads webhooks', async () => {
  const { app, local } = followed;
  const [, create, login, ...others] = commandsOf(page).map(({ words: [program = '', ...words] }) => ({
    program,
    words,
  }));
  expect(others).toEqual([]);
  const asAdmin = { HOOKLATCH_URL: local.url, HOOKLATCH_TOKEN: local.admin };
  const made = app.run(create?.program ?? '', create?.words ?? [], { ...asAdmin, ...profiles() });
  const [token = ''] = /hlo_\w+/.exec(made) ?? [];
  // The command asks; without a terminal it reads what is piped into it.
  const piped = `printf %s ${token} | ${login?.program} ${login?.words.join(' ')} --url ${local.url} --token-stdin`;
  expect(app.run('sh', ['-c', piped], profiles())).toContain('as agent (flow_designer)');

  const { name, url, token: secret } = await anActiveEndpoint(local);
  await deliver(url, { headers: bearer(secret), body: '{"order": 1}' });
  app.write('.mcp.json', settings);
  const agent = await agentOf(command, args, app.folder);
  const { tools } = await agent.listTools();
  const named = codeInText(page).filter((code) => /^[a-z]+(_[a-z]+)+$/.test(code));
  const writes = [
    'activate_endpoint',
    'deactivate_endpoint',
    'hold_endpoint',
    'release_endpoint',
    'replay_events',
    'send_test',
    'set_routes',
  ];
  const reads = tools.map((tool) => tool.name);
  expect([...new Set(named)].sort()).toEqual([...reads, ...writes, 'flow_designer'].sort());
  expect((await called(agent, 'list_events', { connection: name })).answer?.['items']).toMatchObject([{ size: 12 }]);
  await agent.close();

  // As Claude Desktop starts it: by its whole path, in another folder.
  const [, path = ''] = /"command": "\/home\/zoe\/hooks\/([^"]+)"/.exec(codeInText(page).join('\n')) ?? [];
  const words = args.filter((word) => !['--no', 'hooklatch'].includes(word));
  const other = await agentOf(join(app.folder, path), words, '/');
  expect((await called(other, 'list_connections')).answer?.['items']).toMatchObject([{ name }]);
  await other.close();
});

test('the page names each flag of the command', () => {
  const flags = codeInText(page).flatMap((code) => code.match(/--(?:allow-\w+|no-bodies|connection)/g) ?? []);
  expect([...new Set(flags)].sort()).toEqual(['--allow-hold', '--allow-write', '--connection', '--no-bodies']);
  expect(hooklatchWords({ words: [command, ...args] })).toEqual(['mcp', '--profile', 'agent']);
});
