/** What a file of `hooklatch apply` says: its name, and the connections and destinations that are to be there. */
import * as z from 'zod/mini';
import { newDestinationSchema } from '../../deliveries/destination/destination-request.ts';
import { routesRequestSchema } from '../../deliveries/route/routes-request.ts';
import { newConnectionSchema } from '../../endpoints/endpoint/connection-request.ts';
import { fileNameSchema } from '../../endpoints/endpoint/managed-by.ts';
import { settingsChangeSchema } from '../../endpoints/settings/settings.ts';
import { schema } from '../../ground/base/schema.ts';
import { validationMessage } from '../../ground/base/validation-message.ts';
import { credentialNames, type HiddenSettings, placedReferences, withStandIns } from './destination-secrets.ts';
import { secretReferenceSchema, valueReferenceSchema, whyRefused } from './secret-reference.ts';

/** Whether a connection or destination of this name that exists is taken over. */
const adopt = /* @__PURE__ */ schema(() => z._default(z.boolean(), false));

const { provider, description } = newConnectionSchema.shape;

const connectionSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    provider,
    description,
    /** Where the token comes from. Absent: from an operator, the sender, or nobody. */
    token: z.optional(
      secretReferenceSchema.check(
        z.check(({ value, issues }) => {
          const message = whyRefused(value);
          if (message !== undefined) issues.push({ code: 'custom', input: value, message });
        }),
      ),
    ),
    status: z._default(z.enum(['active', 'inactive']), 'active'),
    adopt,
    /** Absent: operators set the rules. */
    routes: z.optional(routesRequestSchema),
    ...settingsChangeSchema.shape,
  }),
);
export type WantedConnection = z.output<typeof connectionSchema>;

const ownFields = ['provider', 'description', 'token', 'status', 'adopt', 'routes'] as const;

/** The settings of an endpoint in a connection of a file. */
export function settingsIn(wanted: WantedConnection): z.output<typeof settingsChangeSchema> {
  const rest: Record<string, unknown> = { ...wanted };
  for (const name of ownFields) delete rest[name];
  return rest;
}

/** A destination, whose secrets are references. `auth` and `headers` are checked with something in their place. */
const destinationSchema = /* @__PURE__ */ schema(() => {
  const { name: _, managedBy: __, url, headers, auth, ...shape } = newDestinationSchema.shape;
  return z
    .strictObject({
      ...shape,
      adopt,
      signingSecret: z.optional(secretReferenceSchema),
      /** May be absent if the destination is adopted: then operators set it. */
      url: z.optional(z.string()),
      headers: z.optional(z.record(z.string(), z.string())),
      auth: z.optional(z.looseObject({ kind: z.string() })),
    })
    .check(
      z.check(({ value, issues }) => {
        const fault = (path: (string | number)[], message: string) =>
          issues.push({ code: 'custom', input: value, path, message });
        if (value.url === undefined && !value.adopt) fault(['url'], 'is missing; send a string');
        for (const name of credentialNames) {
          const credential = value.auth?.[name];
          const { error } = valueReferenceSchema.safeParse(credential);
          if (credential !== undefined && error) fault(['auth', name], error.issues[0]?.message ?? '');
        }
        for (const { reference, place } of placedReferences(hiddenSettingsIn(value))) {
          const why = whyRefused(reference);
          if (why !== undefined) fault([...place], why);
        }
        const standIns = withStandIns(hiddenSettingsIn(value));
        for (const [name, part] of Object.entries({ url, headers, auth })) {
          const said = standIns[name as keyof HiddenSettings];
          const parsed = said === undefined ? undefined : part.safeParse(said, { error: validationMessage });
          for (const { path, message } of parsed?.error?.issues ?? [])
            fault([name, ...(path as (string | number)[])], message);
        }
      }),
    );
});
export type WantedDestination = z.output<typeof destinationSchema>;

/** What a destination of a file says of the settings that no answer shows. */
export const hiddenSettingsIn = ({
  url,
  headers,
  auth,
  signingSecret,
}: Pick<WantedDestination, 'url' | 'headers' | 'auth' | 'signingSecret'>): HiddenSettings => ({
  ...(url !== undefined && { url }),
  ...(headers !== undefined && { headers }),
  ...(auth !== undefined && { auth }),
  ...(signingSecret !== undefined && { signingSecret }),
});

/** The most connections, and the most destinations, of a file. */
const maxItems = 500;
const named = <S extends z.ZodMiniType>(each: S) =>
  z
    ._default(z.record(newConnectionSchema.shape.name, each), {})
    .check(z.refine((items) => Object.keys(items).length <= maxItems, { error: `can be at most ${maxItems}` }));

/** The file. */
export const manifestSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    /** For editors. */
    $schema: z.optional(z.string()),
    name: fileNameSchema,
    connections: named(connectionSchema),
    destinations: named(destinationSchema),
  }),
);
export type Manifest = z.output<typeof manifestSchema>;
