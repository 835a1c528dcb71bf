/**
 * The properties of a managed connection, as CloudFormation sends them. CloudFormation turns every number and boolean into
 * text, so the settings are one property of JSON.
 */

import * as z from 'zod/mini';
import { parse } from '../../ground/base/parse.ts';
import { parseJson } from '../../ground/base/parse-json.ts';
import { schema } from '../../ground/base/schema.ts';
import { changedSettings, settingsChangeSchema } from '../settings/settings.ts';
import { newConnectionSchema } from './connection-request.ts';
import type { ManagedProperties, ManagedToken } from './managed-connection.ts';

const generated = 'generate';

/** The properties in the template. */
export interface ConnectionProperties {
  Name: string;
  Provider: string;
  Description?: string;
  /** A settings object as JSON. */
  Settings: string;
  Status: 'active' | 'inactive';
  /** `generate`, or the ARN of the secret that has the value. */
  Token?: string;
  /** The rules that route its events, as JSON. */
  Routes?: string;
  /** The ids of the destinations of these rules that are in the same stack. */
  RouteDestinations?: string[];
  Adopt: 'true' | 'false';
}

/** Whether the endpoint accepts webhooks, as a template says it. */
export const managedStatusSchema = /* @__PURE__ */ schema(() => z.enum(['active', 'inactive']));

const propertiesSchema = /* @__PURE__ */ schema(() =>
  z.object({
    Name: newConnectionSchema.shape.name,
    Provider: newConnectionSchema.shape.provider,
    Description: newConnectionSchema.shape.description,
    Settings: z._default(z.string(), '{}'),
    Status: managedStatusSchema,
    Token: z.optional(
      z
        .string()
        .check(
          z.regex(/^(generate|arn:[\w-]+:secretsmanager:.*)$/, 'must be generate, or the complete ARN of a secret'),
        ),
    ),
    Routes: z.optional(z.string()),
    RouteDestinations: z._default(z.array(z.string()), []),
    Adopt: z.optional(z.enum(['true', 'false'])),
  }),
);

const tokenOf = (text: string): ManagedToken => (text === generated ? generated : { secretArn: text });

/**
 * Parses the properties.
 * @throws a refusal that says which one is wrong
 */
export function managedPropertiesOf(properties: Record<string, unknown>): ManagedProperties {
  const parsed = parse(propertiesSchema, properties, 'properties');
  const { Name, Provider, Description, Settings, Status, Token, Routes, RouteDestinations, Adopt } = parsed;
  const change = parse(settingsChangeSchema, parseJson(Settings), 'settings');
  return {
    name: Name,
    provider: Provider,
    description: Description,
    settings: changedSettings({}, change),
    status: Status,
    ...(Token !== undefined && { token: tokenOf(Token) }),
    ...(Routes !== undefined && { routes: { list: Routes, destinationIds: RouteDestinations } }),
    adopt: Adopt === 'true',
  };
}

/** The name in properties that may be wrong otherwise. */
export const nameIn = ({ Name }: Record<string, unknown>): string => (typeof Name === 'string' ? Name : '');
