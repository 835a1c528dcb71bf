/** A network between a client and the runtime that can forget its connections, as one does while a machine sleeps. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Relay {
  /** The URL of the runtime by this way. */
  url: string;
  /** From now on, nothing goes through the connections that are there, and neither side is told. Later ones work. */
  forget(): void;
  end(): Promise<void>;
}

/** @param target the URL of the runtime */
export async function aRelay(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const open: Socket[] = [];
  const sides: Socket[] = [];
  const server = createServer((client) => {
    const runtime = connect(Number(port), hostname);
    open.push(client);
    sides.push(client, runtime);
    for (const side of [client, runtime]) side.on('error', () => {});
    client.pipe(runtime).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forget() {
      for (const client of open.splice(0)) client.unpipe().pause();
    },
    async end() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const side of sides) side.destroy();
      await closed;
    },
  };
}
