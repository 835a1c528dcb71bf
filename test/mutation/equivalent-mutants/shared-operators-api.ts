/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const client = { file: 'shared/operators/api/api-client.ts' };
const aText = { original: "''", replacement: '"Stryker was here!"' };
const document = { file: 'shared/operators/api/openapi-document.ts' };
const schemas = { file: 'shared/operators/api/openapi-schemas.ts' };
const everyReference = 'each reference that zod makes has this form';
const staticFile = { file: 'shared/operators/api/static-file.ts' };

export const equivalentMutants: EquivalentMutant[] = [
  { ...document, ...aText, line: '[...path.matchAll(', reason: 'the expression has this group whenever it matches' },
  {
    ...document,
    line: 'required = []',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'no parameter has this name',
  },
  {
    ...document,
    original: "resource === 'connections'",
    replacement: 'true',
    reason: 'only paths of connections have a fourth part',
  },
  { ...document, original: 'name in tags', replacement: 'true', reason: 'each path of today has a group' },
  {
    ...document,
    original: `throw new Error(\`the path \${path} belongs to no group: add one to tags\`);`,
    replacement: ';',
    reason: 'each path of today has a group',
  },
  { ...document, original: 'end < 0', replacement: 'end <= 0', reason: 'no summary begins with the end of a sentence' },
  {
    ...schemas,
    original: "'any'",
    replacement: '""',
    reason: 'zod throws only for `throw`',
  },
  {
    ...schemas,
    line: "componentName('Scheme', io)]",
    original: "'Scheme'",
    replacement: '""',
    reason: 'the schema is then made again, and is the same',
  },
  {
    ...schemas,
    original: '/^#\\/\\$defs\\/(\\w+)$/.exec(String(each))?.[1]',
    replacement: '/^#\\/\\$defs\\/(\\w+)$/.exec(String(each))[1]',
    reason: everyReference,
  },
  {
    ...schemas,
    original: '/^#\\/\\$defs\\/(\\w+)$/',
    replacement: '/#\\/\\$defs\\/(\\w+)$/',
    reason: everyReference,
  },
  {
    ...schemas,
    original: '/^#\\/\\$defs\\/(\\w+)$/',
    replacement: '/^#\\/\\$defs\\/(\\w+)/',
    reason: everyReference,
  },
  {
    file: 'shared/operators/api/request-log.ts',
    original: 'statusCode < 300',
    replacement: 'statusCode <= 300',
    reason: 'no answer has the status 300',
  },
  {
    file: 'shared/operators/api/request-log.ts',
    line: 'status: response',
    original: 'response?.statusCode',
    replacement: 'response.statusCode',
    reason: 'there is an answer before the line is written; only the type needs it',
  },
  {
    file: 'shared/operators/api/request-log.ts',
    ...aText,
    line: "error?.stack ?? ''",
    reason: 'neither text has a line of a stack',
  },
  {
    file: 'shared/operators/api/request-parsing.ts',
    ...aText,
    line: "event.headers['content-type'] ?? ''",
    reason: 'neither text is the content type of JSON',
  },
  {
    file: 'shared/operators/api/download.ts',
    ...aText,
    line: "contentType ?? ''",
    reason: 'neither text has the form of a media type',
  },
  {
    ...client,
    ...aText,
    line: "params[name] ?? ''",
    reason: 'the type of a request demands each parameter of the path; only the type of `params` needs a default',
  },
  { ...staticFile, ...aText, line: 'const endingOf', reason: 'neither text is the ending of a known type' },
  { ...staticFile, ...aText, line: "const [name = ''", reason: 'a split text has at least one part' },
  { ...staticFile, ...aText, line: "accept ?? ''", reason: 'neither text is a coding' },
];
