import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { variables } from '../../shared/ground/aws/environment.ts';
import { aForgedJwt } from '../shared/operators/operator/given-issuer.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['ORIGIN_DIGESTS'] = '';
for (const name of variables) process.env[name] ??= 'unused';
const { handler } = await import('../../functions/authorize-operator.ts');

test('in Lambda, the keys of an issuer are not fetched by https from this machine', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const jwksUri = `https://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  const roles = [{ role: 'flow_designer', claim: 'sub', value: 'ada' }];
  const issuer = 'https://id.example.com';
  process.env['OIDC'] = JSON.stringify({ issuer, jwksUri, audience: 'hooklatch', roles });
  const exp = Math.floor(Date.now() / 1000) + 300;
  const token = aForgedJwt({ alg: 'RS256', kid: 'key-1' }, { iss: issuer, aud: 'hooklatch', sub: 'ada', exp });
  const event = {
    headers: { authorization: `Bearer ${token}` },
    routeKey: 'GET /v1/me',
    requestContext: { requestId: 'request-1', http: { sourceIp: '192.0.2.1' } },
  } as unknown as Parameters<typeof handler>[0];
  try {
    await expect(handler(event)).rejects.toThrow(`${jwksUri} can't be read`);
    expect(connections).toBe(0);
  } finally {
    server.close();
  }
});
