/** A small HTTP server that stands in for an AWS service. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';

export interface ReceivedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface GivenAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/**
 * Starts the server before the tests of a file and stops it after them.
 * @returns `received` with the requests of the running test, `answer`, which sets the answers of the next requests (the
 * last one is repeated), and `settings` for a client of the AWS SDK
 */
export function givenHttpServer() {
  const received: ReceivedRequest[] = [];
  let answers: GivenAnswer[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const body = Buffer.concat(chunks).toString();
    received.push({ method: request.method ?? '', path: request.url ?? '', headers, body });
    const {
      status = 200,
      headers: own = {},
      body: text = '',
    } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
    response.writeHead(status, own).end(text);
  });
  const portOf = () => (server.address() as AddressInfo).port;
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    received.length = 0;
    answers = [];
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return {
    received,
    answer(...next: GivenAnswer[]) {
      answers = next;
    },
    url: () => `http://127.0.0.1:${portOf()}`,
    settings: {
      endpoint: async () => ({ protocol: 'http:', hostname: '127.0.0.1', port: portOf(), path: '/' }),
      region: 'eu-central-1',
      credentials: { accessKeyId: 'fake', secretAccessKey: 'fake' },
    },
  };
}
