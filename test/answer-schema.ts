/** Checks every answer of the API in the tests against the OpenAPI document. */
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import { openApiDocument } from '../shared/api/openapi-document.ts';
import type { Received } from './local/http-client.ts';

// These packages are CommonJS. A named import of their default export has another type in each module system.
const require = createRequire(import.meta.url);
const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
const addFormats = require('ajv-formats') as typeof import('ajv-formats').default;

interface Response {
  $ref?: string;
  content?: Record<string, object>;
}
type Operations = Record<string, { responses: Record<string, Response> } | undefined>;

const document = openApiDocument({ version: '0.0.0', url: 'https://hooks.acme.test' }) as unknown as {
  paths: Record<string, Operations>;
  components: { responses: Record<string, Response> };
};
// Each test file compiles its validators again. Without inlining and optimizing, that takes a fifth of the time.
const ajv = new Ajv2020({ strict: false, allErrors: true, inlineRefs: false, code: { optimize: false } });
addFormats(ajv);
ajv.addSchema(document, 'document');

const pointer = (...keys: string[]): string =>
  keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

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
  if (content[mediaType] !== undefined) return ajv.getSchema(`document#${at}${pointer('content', mediaType)}/schema`);
  // API Gateway adds a media type to an answer without a body.
  if (response && (text === '' || content['*/*'] !== undefined)) return undefined;
  throw new Error(`The document has no answer ${status} ${mediaType} for ${method} ${path}.`);
}

/**
 * Returns the answer if it is as the document says.
 * @throws an error that says what differs
 */
export function asDocumented(method: string, path: string, answer: Received): Received {
  const [plain = ''] = path.split('?');
  if (!plain.startsWith('/v1/') && plain !== '/healthz') return answer;
  const validate = validatorOf(method, plain, answer);
  // A download has the media type of the sender's body, which can be JSON too.
  if (!validate || path.includes('?raw')) return answer;
  if (!validate(JSON.parse(answer.text)))
    throw new Error(`${method} ${plain} ${answer.status}: ${ajv.errorsText(validate.errors)}`);
  return answer;
}
