/** Serves one client, over two streams. */
import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';

/** What the client writes, and where the protocol answers. */
export interface Wires {
  stdin: Readable;
  wire: Writable;
}

/** Serves until the client closes stdin. */
export async function serveClient(
  server: () => McpServer,
  { stdin, wire }: Wires,
  note: (line: string) => void,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) stdin.once(event, () => resolve());
    wire.once('error', () => resolve());
  });
  const served = serveStdio(server, {
    transport: new StdioServerTransport(stdin, wire),
    // The message can quote what the client sent.
    onerror: ({ name }) => note(`mcp protocol failed: ${name}`),
  });
  await ended;
  await served.close();
}
