/** A webhook of 1 KB as GitHub sends it, and the record of its endpoint. */
import type { APIGatewayProxyEventV2WithLambdaAuthorizer, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import type { Placement } from '../../shared/endpoints/credential/token-placement.ts';
import type { Connection } from '../../shared/endpoints/endpoint/connection.ts';

const now = '2026-01-01T00:00:00.000Z';
const name = 'github-orders';
const endpointId = 'AAAAAAAAAAAAAAAAAAAAAA';
const tokenId = '0b6a1f6e-6c0c-4d3f-9a7a-3f1f8a1f0c11';

const accept: Placement[] = [
  { in: 'header', name: 'authorization', scheme: 'Bearer' },
  { in: 'query', name: 'token' },
  { in: 'path' },
];

/** The record of a connection whose previous token is in its grace. An authorizer never compares more than these two tokens. */
export const connection: Connection = {
  name,
  id: 'con_1a2b3c4d5e6f7g8h9j0k',
  provider: 'generic',
  description: 'Orders of the shop',
  version: 9,
  createdAt: now,
  updatedAt: now,
  updatedBy: 'bootstrap',
  endpoint: {
    id: endpointId,
    status: 'active',
    settings: { auth: { kind: 'token', accept }, retentionDays: 60 },
    guard: { kind: 'token', accept, secretFrom: 'operator', handshakes: [] },
    secret: 'arn:aws:secretsmanager:eu-central-1:111111111111:secret:hooklatch/dev/endpoint/github-orders/x-AbCdEf',
    tokens: [
      { id: tokenId, createdAt: now, createdBy: 'bootstrap', holds: 'bearer' },
      {
        id: '5f0f2a57-98f6-4a39-8cc7-1f5f0f0c9a22',
        createdAt: now,
        createdBy: 'bootstrap',
        holds: 'bearer',
        expiresAt: '2999-01-01T00:00:00.000Z',
      },
    ],
  },
  entry: { verb: 'rotateToken', by: 'bootstrap', at: now, from: 'active', to: 'active' },
};

/**
 * The same connection with an endpoint that verifies GitHub's signature. Ingest tries the previous secret too, because
 * its grace has not ended.
 */
export const signedConnection: Connection = {
  ...connection,
  provider: 'github',
  endpoint: connection.endpoint && {
    ...connection.endpoint,
    settings: { retentionDays: 60 },
    guard: { kind: 'signature', accept: [], secretFrom: 'operator', handshakes: [] },
    tokens: connection.endpoint.tokens.map((token) => ({ ...token, holds: 'secret' })),
  },
};

/** The headers that GitHub sends and API Gateway adds. */
export const headersOf = (token: string) => ({
  accept: '*/*',
  authorization: `Bearer ${token}`,
  'content-length': '1024',
  'content-type': 'application/json',
  host: 'abcdefghij.execute-api.eu-central-1.amazonaws.com',
  'user-agent': 'GitHub-Hookshot/6dc9f22',
  'x-amzn-trace-id': 'Root=1-65a1b2c3-0123456789abcdef01234567',
  'x-forwarded-for': '192.0.2.10',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
  'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
  'x-github-event': 'push',
  'x-github-hook-id': '292430182',
});

const http = {
  method: 'POST',
  path: `/hooks/${name}/${endpointId}`,
  protocol: 'HTTP/1.1',
  sourceIp: '192.0.2.10',
  userAgent: 'GitHub-Hookshot/6dc9f22',
};
const requestContext = { http, requestId: 'JKJaXmPLvHcESHA=', stage: '$default' };
const pathParameters = { connection: name, endpointId };

/**
 * The request that API Gateway gives to the authorizer.
 * @param more more headers
 */
export const knockWith = (token: string, more: Record<string, string> = {}) =>
  ({
    version: '2.0',
    rawPath: http.path,
    rawQueryString: '',
    headers: { ...headersOf(token), ...more },
    pathParameters,
    requestContext,
  }) as unknown as APIGatewayRequestAuthorizerEventV2;

/**
 * The request that API Gateway gives to ingest.
 * @param handover the authorizer's context
 */
export const deliveryWith = (token: string, body: string, handover: unknown, more: Record<string, string> = {}) =>
  ({
    ...knockWith(token, more),
    requestContext: { ...requestContext, authorizer: { lambda: handover } },
    body,
    isBase64Encoded: false,
  }) as unknown as APIGatewayProxyEventV2WithLambdaAuthorizer<unknown>;
