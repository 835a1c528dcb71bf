/** Parses the parts of an operator's request. */
import type { MiddlewareObj } from '@middy/core';
import type {
  APIGatewayProxyEventV2WithLambdaAuthorizer as Event,
  APIGatewayProxyStructuredResultV2 as Result,
} from 'aws-lambda';
import type * as z from 'zod/mini';
import { Problem } from '../base/problem.ts';

/** The largest body of an operator's request, in bytes. */
const maxRequestBytes = 64 * 1024;

function textOf(event: Event<unknown>): string | undefined {
  if (event.body === undefined) return undefined;
  const bytes = event.isBase64Encoded ? Buffer.from(event.body, 'base64') : Buffer.from(event.body);
  if (bytes.length > maxRequestBytes) {
    throw new Problem(413, 'body_too_large', `Send at most ${maxRequestBytes} bytes; these are ${bytes.length}.`);
  }
  return bytes.length === 0 ? undefined : bytes.toString('utf8');
}

/** Parses the body, which must be a JSON object or absent. */
export function jsonBody(): MiddlewareObj<Event<unknown>, Result> {
  return {
    before: ({ event }) => {
      const text = textOf(event);
      if (text === undefined) {
        Object.assign(event, { body: {} });
        return;
      }
      if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(event.headers['content-type'] ?? '')) {
        throw new Problem(415, 'unsupported_media_type', 'Send the body as JSON, with Content-Type: application/json.');
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
    throw new Problem(400, 'invalid_json', 'The body is not valid JSON. Check quotes, commas and brackets.');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Problem(422, 'invalid_request', 'The body must be a JSON object, such as {}.');
}

/** Parses a part of the request. @throws a problem with this status; its detail says what is wrong */
export function parseAs(schema: z.ZodMiniType | undefined, value: unknown, status: 400 | 422, what: string): unknown {
  if (schema === undefined) return requireNothing(value, status, what);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  const [{ path, message }] = errors as [(typeof errors)[number]];
  const subject = path ? `${path} in the ${what}` : `The ${what}`;
  const detail = `${subject} ${message}${message.endsWith('?') ? '' : '.'}`;
  throw new Problem(status, 'invalid_request', detail, { errors });
}

function requireNothing(value: unknown, status: 400 | 422, what: string): undefined {
  const [key] = Object.keys(value ?? {});
  const other = key === 'include' ? ' The list takes include=stats: GET /v1/connections.' : '';
  if (key !== undefined)
    throw new Problem(status, 'invalid_request', `This request takes no ${what}; leave it out.${other}`);
  return undefined;
}

/** The version in If-Match. Undefined if any version is accepted. */
export function ifMatchOf(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new Problem(400, 'invalid_if_match', 'Send If-Match as the version in quotes, such as "3".');
}
