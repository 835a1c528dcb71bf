/** Runs Hooklatch on this machine, and then the server with the secret of its destination. */
import { spawn } from 'node:child_process';
import { hooklatchClient } from 'hooklatch/client';

const local = spawn('hooklatch', ['local', ...process.argv.slice(2)], { stdio: ['ignore', 'pipe', 'inherit'] });
local.once('close', (code) => process.exit(code ?? 1));
process.on('exit', () => local.kill());
// Ctrl+C reaches Hooklatch too. It ends what it has begun, and then this ends.
process.on('SIGINT', () => undefined);

/** What Hooklatch prints, until it is ready. The rest is only shown. */
async function announcement() {
  let printed = '';
  local.stdout.setEncoding('utf8').pipe(process.stdout);
  for await (const text of local.stdout.iterator({ destroyOnReturn: false })) {
    printed += text;
    if (printed.includes('Press Ctrl+C to stop.')) return printed;
  }
  throw new Error('Hooklatch did not start.');
}

const printed = await announcement();
const [, url = ''] = /ready at (\S+)/.exec(printed) ?? [];
const [, token = ''] = /Operator token +(\S+)/.exec(printed) ?? [];
const client = hooklatchClient({ url, token });
const { secret } = await client.call('GET /v1/destinations/{name}/secret', { params: { name: 'server' } });
process.env['SERVER_SECRET'] = secret;
await import('./server.js');
