/** Checks every answer of the API in the tests against the OpenAPI document. */
import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Received } from '../local/http-client.ts';
import type { Described, Response } from './answer-validators.ts';
import { pointer } from './json-pointer.ts';

/** The compiled validators. Undefined in a program that isn't a run of the tests: it doesn't check answers. */
const file = process.env['HOOKLATCH_TEST_ANSWERS'];

type Compiled = { document: Described } & Record<string, ValidateFunction>;
const none = { document: { paths: {}, components: { responses: {} } } };
const { document, ...validators } = (file ? createRequire(import.meta.url)(file) : none) as Compiled;

/** The longest template that matches: `/v1/operators/history` before `/v1/operators/{id}`. */
const templates = Object.keys(document.paths)
  .sort((one, other) => one.split('{').length - other.split('{').length)
  .map((template) => ({ template, form: new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`) }));

/** Where the document describes an answer. A path or method that it lacks is answered with one of the common problems. */
function placeOf(method: string, path: string, status: number): { at: string; response: Response | undefined } {
  const template = templates.find(({ form }) => form.test(path))?.template ?? '';
  const operation = document.paths[template]?.[method.toLowerCase()];
  const own = operation?.responses[status];
  const common = operation ? own?.$ref?.split('/').at(-1) : `Problem${status}`;
  if (common !== undefined)
    return { at: pointer('components', 'responses', common), response: document.components.responses[common] };
  return { at: pointer('paths', template, method.toLowerCase(), 'responses', String(status)), response: own };
}

/** The validator of an answer. Undefined if the answer has no body, or is a file. */
function validatorOf(method: string, path: string, { status, headers, text }: Received): ValidateFunction | undefined {
  const { at, response } = placeOf(method, path, status);
  const mediaType = String(headers['content-type'] ?? '').replace(/;.*/, '');
  const { content = {} } = response ?? {};
  if (content[mediaType] !== undefined) return validators[`document#${at}${pointer('content', mediaType)}/schema`];
  // API Gateway adds a media type to an answer without a body.
  if (response && (text === '' || content['*/*'] !== undefined)) return undefined;
  throw new Error(`The document has no answer ${status} ${mediaType} for ${method} ${path}.`);
}

const textOf = (errors: ErrorObject[] | null | undefined): string =>
  (errors ?? []).map(({ instancePath, message }) => `data${instancePath} ${message}`).join(', ');

/**
 * Returns the answer if it is as the document says.
 * @throws an error that says what differs
 */
export function asDocumented(method: string, path: string, answer: Received): Received {
  const [plain = ''] = path.split('?');
  if (!file || (!plain.startsWith('/v1/') && plain !== '/healthz')) return answer;
  const validate = validatorOf(method, plain, answer);
  // A download has the media type of the sender's body, which can be JSON too.
  if (!validate || path.includes('?raw')) return answer;
  if (!validate(JSON.parse(answer.text)))
    throw new Error(`${method} ${plain} ${answer.status}: ${textOf(validate.errors)}`);
  return answer;
}
