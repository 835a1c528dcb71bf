/**
 * The code of the validators of every answer in the OpenAPI document. `synthesize.ts` writes it once for a run of the tests: a test
 * file loads it in a twentieth of the time that it would need to make the document and compile its schemas.
 */
import { createRequire } from 'node:module';
import { openApiDocument } from '../../shared/operators/api/openapi-document.ts';
import { pointer } from './json-pointer.ts';

// These packages are CommonJS. A named import of their default export has another type in each module system.
const require = createRequire(import.meta.url);

export interface Response {
  $ref?: string;
  content?: Record<string, object>;
}

/** The part of the document that describes answers. */
export interface Described {
  paths: Record<string, Record<string, { responses: Record<string, Response> } | undefined>>;
  components: { responses: Record<string, Response> };
}

/** The places of all schemas of answers. */
function placesIn({ paths, components }: Described): string[] {
  const common = Object.entries(components.responses).map(([name, response]) => ({
    at: pointer('components', 'responses', name),
    response,
  }));
  const own = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, operation]) =>
      Object.entries(operation?.responses ?? {}).map(([status, response]) => ({
        at: pointer('paths', path, method, 'responses', status),
        response,
      })),
    ),
  );
  return [...common, ...own].flatMap(({ at, response: { content = {} } }) =>
    Object.keys(content).map((mediaType) => `document#${at}${pointer('content', mediaType)}/schema`),
  );
}

/** @returns the code of a CommonJS module: a validator for each place, and the document. It may be stored in any folder. */
export function answerValidators(): string {
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  const addFormats = require('ajv-formats') as typeof import('ajv-formats').default;
  const { default: standaloneCode } =
    require('ajv/dist/standalone/index.js') as typeof import('ajv/dist/standalone/index.js');
  const document = openApiDocument({ version: '0.0.0', url: 'https://hooks.acme.test' }) as unknown as Described;
  const code = { source: true, optimize: false };
  const ajv = new Ajv2020({ strict: false, allErrors: true, inlineRefs: false, code });
  addFormats(ajv);
  ajv.addSchema(document, 'document');
  const places = placesIn(document);
  const validators = standaloneCode(ajv, Object.fromEntries(places.map((place) => [place, place])));
  const resolved = validators.replaceAll(
    /require\("([^"]+)"\)/g,
    (_: string, name: string) => `require(${JSON.stringify(require.resolve(name))})`,
  );
  return `${resolved}\nexports.document = ${JSON.stringify(document)};\n`;
}
