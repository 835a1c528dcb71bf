/** The JSON Schema of an error, for the OpenAPI document. */
import { causes } from '../../endpoints/endpoint/conflict-reason.ts';
import { statuses, verbs } from '../../endpoints/endpoint/lifecycle.ts';
import { stepReasons } from '../../endpoints/endpoint/step.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import { problemCodes } from './problem.ts';

const requestIdSchema: JsonSchema = { type: 'string', description: 'The id of the request. The logs have it.' };

/** The steps of one way to what was refused. */
const waySchema: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['verb'],
    properties: { verb: { type: 'string', enum: verbs }, reason: { type: 'string', enum: stepReasons } },
  },
};

const adviceSchemas: JsonSchema = { type: 'array', items: { $ref: '#/components/schemas/Advice' } };

/** All codes, each under the statuses that it comes with. */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'An error, by RFC 9457. Some codes have more members, such as `allowedActions` of a 409.',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: [...new Set(Object.values(problemCodes).flat())].sort() },
    detail: { type: 'string', description: 'What to do, for people.' },
    requestId: requestIdSchema,
    endpointStatus: { type: 'string', enum: statuses },
    cause: { type: 'string', enum: Object.keys(causes), description: 'Why an action is not allowed.' },
    allowedActions: { type: 'array', items: { type: 'string', enum: verbs } },
    steps: {
      ...waySchema,
      description:
        'What makes it possible, in order. If the last step is what was refused, repeat the request. Empty if no step makes it possible.',
    },
    errors: {
      type: 'array',
      description: 'What is wrong with each field. A field of the body has its JSON pointer.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          ...{ path: { type: 'string' }, pointer: { type: 'string' }, message: { type: 'string' } },
          facts: adviceSchemas,
        },
      },
    },
    facts: adviceSchemas,
    alternatives: { type: 'array', items: waySchema, description: 'Other ways to it, each in order.' },
  },
};
