import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type HttpApiServer, startHttpApiServer } from '../../../local/api-gateway/http-server.ts';
import { send } from '../http-client.ts';

let server: HttpApiServer;

beforeAll(async () => {
  server = await startHttpApiServer({
    host: '127.0.0.1',
    port: 0,
    command: 'npm start',
    now: () => new Date('2026-03-12T19:03:58Z'),
    answer: async ({ body }) => ({ status: 200, headers: [], body: Buffer.from(`${body.length} bytes`) }),
    onFault: (error) => {
      throw error;
    },
  });
});

afterAll(() => server.close(0));

test.each([
  [10_485_760, [200, '10485760 bytes']],
  [10_485_761, [413, '{"message":"Request Entity Too Large"}']],
])('a body of %d bytes is accepted up to 10 MiB, with or without content-length', async (size, wanted) => {
  const body = Buffer.alloc(size);
  const announced = await send(server.url, { method: 'POST', headers: { 'content-length': `${size}` }, body });
  const chunked = await send(server.url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' }, body });
  expect([announced.status, announced.text]).toEqual(wanted);
  expect([chunked.status, chunked.text]).toEqual(wanted);
});
