/** The JSON Schemas of the OpenAPI document, made from the schemas that parse requests and answers. */
import * as z from 'zod/mini';
import { redeliveryViewSchema } from '../../deliveries/dispatch/redelivery-view.ts';
import { deliveryUrlSchema } from '../../endpoints/credential/delivery-url.ts';
import { placementSchema } from '../../endpoints/credential/token-placement.ts';
import { connectionViewSchema } from '../../endpoints/endpoint/connection-view.ts';
import { selfTestSchema } from '../../endpoints/endpoint/self-test-view.ts';
import { providerSummarySchema, providerViewSchema } from '../../endpoints/provider/provider-view.ts';
import { authInForceSchema, authSchema, schemeChoiceSchema, schemeNameSchema } from '../../endpoints/settings/auth.ts';
import { schemeSchema } from '../../endpoints/signature/scheme.ts';
import { rejectionViewSchema } from '../../events/arrival/rejection-view.ts';
import { listedConnectionSchema } from '../../events/arrival/usage.ts';
import { replayViewSchema } from '../../events/event/replay-job-view.ts';
import { adviceSchema } from '../../ground/base/advice-schema.ts';
import { historyItemSchema } from '../journal/history-item.ts';
import { operatorHistoryLineSchema } from '../journal/operator-history.ts';
import { operatorViewSchema } from '../operator/operator-view.ts';
import { eventViewSchema, listedEventSchema } from './event-view.ts';

export type JsonSchema = Record<string, unknown>;

/** The schemas that several routes share, or that a reader looks for, by their names in the document. */
const named: Record<string, z.ZodMiniType> = {
  Advice: adviceSchema,
  Auth: authSchema,
  AuthInForce: authInForceSchema,
  Connection: connectionViewSchema,
  DeliveryUrl: deliveryUrlSchema,
  Event: eventViewSchema,
  HistoryEntry: historyItemSchema,
  ListedConnection: listedConnectionSchema,
  ListedEvent: listedEventSchema,
  Operator: operatorViewSchema,
  OperatorHistoryEntry: operatorHistoryLineSchema,
  Placement: placementSchema,
  Provider: providerViewSchema,
  ProviderSummary: providerSummarySchema,
  Rejection: rejectionViewSchema,
  Redelivery: redeliveryViewSchema,
  Replay: replayViewSchema,
  Scheme: schemeSchema,
  SelfTest: selfTestSchema,
};

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });

/** A request may leave out a field that has a default. An answer may have new fields in a later version. */
export type Direction = 'input' | 'output';

/** The name of a shared schema in the document. */
const componentName = (id: string, io: Direction): string => (io === 'input' ? `${id}Input` : id);

/**
 * The JSON Schema of a request or an answer. Shared schemas in it become references.
 * @param components receives the shared schemas
 */
export function jsonSchemaOf(schema: z.ZodMiniType, io: Direction, components: Record<string, JsonSchema>): JsonSchema {
  let hasScheme = false;
  const made = z.toJSONSchema(schema, {
    io,
    metadata: registry,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: ({ zodSchema, jsonSchema }) => {
      // This schema calls one of two other schemas. JSON Schema can say so.
      if ((zodSchema as unknown) === schemeChoiceSchema) {
        hasScheme = true;
        Object.assign(jsonSchema, {
          anyOf: [jsonSchemaOf(schemeNameSchema, io, components), { $ref: '#/$defs/Scheme' }],
        });
      }
      if (io === 'output') delete jsonSchema.additionalProperties;
    },
  });
  const {
    $defs = {},
    $schema: _,
    ...rest
  } = withReferences(made, io) as JsonSchema & {
    $defs?: Record<string, JsonSchema>;
  };
  for (const [id, { id: __, ...definition }] of Object.entries($defs)) components[componentName(id, io)] = definition;
  // The call adds the schema to the components.
  if (hasScheme && !components[componentName('Scheme', io)]) jsonSchemaOf(schemeSchema, io, components);
  return rest;
}

/** Moves the references from a schema's own definitions to those of the document. */
function withReferences(value: unknown, io: Direction): unknown {
  if (Array.isArray(value)) return value.map((each) => withReferences(each, io));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => {
    const id = key === '$ref' ? /^#\/\$defs\/(\w+)$/.exec(String(each))?.[1] : undefined;
    return [key, id === undefined ? withReferences(each, io) : `#/components/schemas/${componentName(id, io)}`];
  });
  return Object.fromEntries(entries);
}
