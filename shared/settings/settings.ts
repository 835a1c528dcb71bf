/** The settings of an endpoint: who is let in, how, and what the sender is answered. */
import * as z from 'zod/mini';
import { addressRangeSchema } from '../base/address-range.ts';
import { pointerSchema } from '../base/json-pointer.ts';
import { headerNameSchema } from '../credential/token-placement.ts';
import { authSchema } from './auth.ts';
import { splitSchema } from './split.ts';

const hasNoDuplicates = z.refine<string[]>((list) => new Set(list).size === list.length, {
  error: 'has an entry twice; leave one out',
});

export const methodSchema = z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

const isValidJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** What the sender is answered once its webhook is stored. */
export const answerSchema = z
  .strictObject({
    status: z.int().check(z.minimum(200), z.maximum(299)),
    body: z.optional(z.string().check(z.maxLength(1024))),
    contentType: z.optional(z.enum(['application/json', 'text/plain', 'application/xml'])),
  })
  .check(
    z.refine(({ status, body }) => !body || (status !== 204 && status !== 205), {
      error: 'must be left out: an answer with status 204 or 205 has no body',
      path: ['body'],
    }),
    z.refine(
      ({ body, contentType = 'application/json' }) => !body || contentType !== 'application/json' || isValidJson(body),
      {
        error: 'is not valid JSON; correct it, or send a contentType such as text/plain',
        path: ['body'],
      },
    ),
  );
export type Answer = z.infer<typeof answerSchema>;

/** What makes two deliveries the same. `content` is never the default: identical events are legitimate. */
export const dedupeSchema = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('header'), name: headerNameSchema }),
  z.strictObject({ by: z.literal('body'), path: pointerSchema }),
  z.strictObject({ by: z.literal('content') }),
  z.strictObject({ by: z.literal('none') }),
]);
export type Dedupe = z.infer<typeof dedupeSchema>;

/** Where the type of an event stands. */
export const typeLocationSchema = z.discriminatedUnion('in', [
  z.strictObject({ in: z.literal('header'), name: headerNameSchema }),
  z.strictObject({ in: z.literal('body'), path: pointerSchema }),
]);

/** When the bus is told that an endpoint refuses its sender, or hears nothing from it. */
export const alertsSchema = z
  .strictObject({
    /** Told from so many refused webhooks in so many minutes on. */
    rejections: z.optional(
      z.strictObject({
        count: z.int().check(z.minimum(1), z.maximum(1_000_000)),
        minutes: z.int().check(z.minimum(1), z.maximum(60)),
      }),
    ),
    /** Told after so many minutes without an event. */
    silence: z.optional(z.strictObject({ minutes: z.int().check(z.minimum(5), z.maximum(10_080)) })),
  })
  .check(
    z.refine(({ rejections, silence }) => rejections !== undefined || silence !== undefined, {
      error: 'has neither rejections nor silence; send one of them, or null for no alerts',
    }),
  );
export type Alerts = z.infer<typeof alertsSchema>;

/** The settings of an endpoint as operators name them. What is not named is the provider's, see `settings-in-force.ts`. */
export const settingsSchema = z.strictObject({
  auth: authSchema,
  answer: z.nullable(answerSchema),
  dedupe: dedupeSchema,
  allowFrom: z.nullable(z.array(addressRangeSchema).check(z.minLength(1), z.maxLength(64), hasNoDuplicates)),
  methods: z.array(methodSchema).check(z.minLength(1), hasNoDuplicates),
  retentionDays: z.int().check(z.minimum(1), z.maximum(365)),
  secretFrom: z.enum(['operator', 'sender', 'handshake']),
  alerts: z.nullable(alertsSchema),
  /** Whether the bus gets an event for each item of a delivery. */
  split: splitSchema,
  /** Null for where the provider's preset says. */
  type: z.nullable(typeLocationSchema),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What an operator named, as the record keeps it. */
export type NamedSettings = Partial<Settings>;

const { shape } = settingsSchema;

/** A change of settings: what is not named keeps its value, null puts the default back. */
export const settingsChangeSchema = z.strictObject({
  auth: z.optional(z.nullable(shape.auth)),
  answer: z.optional(shape.answer),
  dedupe: z.optional(z.nullable(shape.dedupe)),
  allowFrom: z.optional(shape.allowFrom),
  methods: z.optional(z.nullable(shape.methods)),
  retentionDays: z.optional(z.nullable(shape.retentionDays)),
  secretFrom: z.optional(z.nullable(shape.secretFrom)),
  alerts: z.optional(shape.alerts),
  split: z.optional(z.nullable(shape.split)),
  type: z.optional(shape.type),
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** Settings after a change. An absent one is the default, so that a better default reaches whoever did not choose. */
export const changedSettings = (settings: NamedSettings, change: SettingsChange): NamedSettings =>
  Object.fromEntries(
    Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null && value !== undefined),
  );
