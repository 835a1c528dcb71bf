/** Parses the parts of an operator's request. */
import type { MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import type * as z from 'zod/mini';
import { parse } from '../../ground/base/parse.ts';
import { Problem, problemOf } from './problem.ts';

/** The largest body of an operator's request, in bytes, unless its route takes more. */
const usualRequestBytes = 64 * 1024;

function textOf(event: Event<unknown>, maxRequestBytes: number): string | undefined {
  if (event.body === undefined) return undefined;
  const bytes = event.isBase64Encoded ? Buffer.from(event.body, 'base64') : Buffer.from(event.body);
  if (bytes.length > maxRequestBytes) {
    throw new Problem('body_too_large', `Send at most ${maxRequestBytes} bytes; these are ${bytes.length}.`);
  }
  return bytes.length === 0 ? undefined : bytes.toString('utf8');
}

/**
 * Parses the body, which must be a JSON object or absent.
 * @param limitOf the limit of the route that a request asks for
 */
export function jsonBody(
  limitOf: (event: Event<unknown>) => number | undefined,
): MiddlewareObj<Event<unknown>, Result> {
  return {
    before: ({ event }) => {
      const text = textOf(event, limitOf(event) ?? usualRequestBytes);
      if (text === undefined) {
        Object.assign(event, { body: {} });
        return;
      }
      if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(event.headers['content-type'] ?? '')) {
        throw new Problem('unsupported_media_type', 'Send the body as JSON, with Content-Type: application/json.');
      }
      Object.assign(event, { body: objectOf(text) });
    },
  };
}

function objectOf(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Problem('invalid_json', 'The body is not valid JSON. Check quotes, commas and brackets.');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Problem('invalid_request', 'The body must be a JSON object, such as {}.');
}

/** Parses the query. What is wrong with it is answered with a 400. */
export function parseQuery(schema: z.ZodMiniType | undefined, query: object): unknown {
  try {
    return parsePart(schema, query, 'query');
  } catch (error) {
    const { code, message, more } = problemOf(error) as Problem;
    throw new Problem(code, message, { status: 400, more });
  }
}

/** Parses a part of the request, which must be empty if there is no schema. */
export function parsePart(schema: z.ZodMiniType | undefined, value: unknown, what: 'query' | 'body'): unknown {
  if (schema !== undefined) return parse(schema, value, what);
  const [key] = Object.keys(value ?? {});
  const other = key === 'include' ? ' The list takes include=stats: GET /v1/connections.' : '';
  if (key === undefined) return undefined;
  throw new Problem('invalid_request', `This request takes no ${what}; leave it out.${other}`);
}

/** The version in If-Match. Undefined if any version is accepted. */
export function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new Problem('invalid_if_match', 'Send If-Match as the version in quotes, such as "3".');
}
