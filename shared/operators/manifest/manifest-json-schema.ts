/** The JSON Schema of a file of `hooklatch apply`, with which an editor completes and checks it. */
import * as z from 'zod/mini';
import { manifestSchema } from './manifest.ts';

/** The forms of a reference: the rules of zod that are code are no part of a JSON Schema. */
export const manifestJsonSchema = (): object => ({
  ...z.toJSONSchema(manifestSchema, { io: 'input', unrepresentable: 'any' }),
  title: 'Connections and destinations of Hooklatch',
  description: 'docs/endpoints-in-a-file.md explains each field.',
});
