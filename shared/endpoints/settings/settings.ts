/** The settings of an endpoint: who may deliver, how arrivals are authenticated, and the answer to the sender. */
import * as z from 'zod/mini';
import { addressRangeSchema } from '../../ground/base/address-range.ts';
import { pointerSchema } from '../../ground/base/json-pointer.ts';
import { schema } from '../../ground/base/schema.ts';
import { headerNameSchema } from '../credential/token-placement.ts';
import { authSchema } from './auth.ts';
import { splitSchema } from './split.ts';

const hasNoDuplicates = () =>
  z.refine<string[]>((list) => new Set(list).size === list.length, { error: 'has an entry twice; leave one out' });

export const methodSchema = /* @__PURE__ */ schema(() =>
  z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
);

const isValidJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The longest body of a configured answer, in characters. */
const maxAnswerBody = 1024;
/** The most addresses or ranges in `allowFrom`. */
const maxAddresses = 64;
/** The longest retention of an event, in days. */
const maxRetentionDays = 365;
/** The limits of the numbers in `alerts`. */
const maxRejectionCount = 1_000_000;
const maxRejectionMinutes = 60;
const minSilenceMinutes = 5;
const maxSilenceMinutes = 7 * 24 * 60;

/** The answer to the sender after its webhook is stored. */
export const answerSchema = /* @__PURE__ */ schema(() =>
  z
    .strictObject({
      status: z.int().check(z.minimum(200), z.maximum(299)),
      body: z.optional(z.string().check(z.maxLength(maxAnswerBody))),
      contentType: z.optional(z.enum(['application/json', 'text/plain', 'application/xml'])),
    })
    .check(
      z.refine(({ status, body }) => !body || (status !== 204 && status !== 205), {
        error: 'must be left out: an answer with status 204 or 205 has no body',
        path: ['body'],
      }),
      z.refine(
        ({ body, contentType = 'application/json' }) =>
          !body || contentType !== 'application/json' || isValidJson(body),
        {
          error: 'is not valid JSON; correct it, or send a contentType such as text/plain',
          path: ['body'],
        },
      ),
    ),
);
export type Answer = z.infer<typeof answerSchema>;

/**
 * The way in which repeats of an arrival are recognized. `content` is never the default, because identical events are
 * legitimate.
 */
export const dedupeSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('header'), name: headerNameSchema }),
    z.strictObject({ by: z.literal('body'), path: pointerSchema }),
    z.strictObject({ by: z.literal('content') }),
    z.strictObject({ by: z.literal('none') }),
  ]),
);
export type Dedupe = z.infer<typeof dedupeSchema>;

/** The location of an event's type. */
export const typeLocationSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('in', [
    z.strictObject({ in: z.literal('header'), name: headerNameSchema }),
    z.strictObject({ in: z.literal('body'), path: pointerSchema }),
  ]),
);

/** The conditions for an alert: the endpoint rejects many arrivals, or receives none. */
export const alertsSchema = /* @__PURE__ */ schema(() =>
  z
    .strictObject({
      /** Alert at this many rejections within this many minutes. */
      rejections: z.optional(
        z.strictObject({
          count: z.int().check(z.minimum(1), z.maximum(maxRejectionCount)),
          minutes: z.int().check(z.minimum(1), z.maximum(maxRejectionMinutes)),
        }),
      ),
      /** Alert after this many minutes without an event. */
      silence: z.optional(
        z.strictObject({ minutes: z.int().check(z.minimum(minSilenceMinutes), z.maximum(maxSilenceMinutes)) }),
      ),
    })
    .check(
      z.refine(({ rejections, silence }) => rejections !== undefined || silence !== undefined, {
        error: 'has neither rejections nor silence; send one of them, or null for no alerts',
      }),
    ),
);
export type Alerts = z.infer<typeof alertsSchema>;

/** The settings of an endpoint that operators can set. `settings-in-force.ts` fills in the others. */
export const settingsSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    auth: authSchema,
    answer: z.nullable(answerSchema),
    dedupe: dedupeSchema,
    allowFrom: z.nullable(
      z.array(addressRangeSchema).check(z.minLength(1), z.maxLength(maxAddresses), hasNoDuplicates()),
    ),
    methods: z.array(methodSchema).check(z.minLength(1), hasNoDuplicates()),
    retentionDays: z.int().check(z.minimum(1), z.maximum(maxRetentionDays)),
    secretFrom: z.enum(['operator', 'sender', 'handshake']),
    alerts: z.nullable(alertsSchema),
    /** Whether each item of an arrival is published as its own event. */
    split: splitSchema,
    /** Whether an event on the bus has the bytes of a JSON body too. */
    raw: z.boolean(),
    /** Null uses the locations of the provider's preset. */
    type: z.nullable(typeLocationSchema),
  }),
);
export type Settings = z.infer<typeof settingsSchema>;

/** The settings that an operator set, as the record keeps them. */
export type NamedSettings = Partial<Settings>;

/** The settings as somebody writes them: what is absent has its default. */
export type ConnectionSettings = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

/** A change of settings. An absent field keeps its value, null restores the default. */
export const settingsChangeSchema = /* @__PURE__ */ schema(() => {
  const { shape } = settingsSchema;
  return z.strictObject({
    auth: z.optional(z.nullable(shape.auth)),
    answer: z.optional(shape.answer),
    dedupe: z.optional(z.nullable(shape.dedupe)),
    allowFrom: z.optional(shape.allowFrom),
    methods: z.optional(z.nullable(shape.methods)),
    retentionDays: z.optional(z.nullable(shape.retentionDays)),
    secretFrom: z.optional(z.nullable(shape.secretFrom)),
    alerts: z.optional(shape.alerts),
    split: z.optional(z.nullable(shape.split)),
    raw: z.optional(z.nullable(shape.raw)),
    type: z.optional(shape.type),
  });
});
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** The settings after a change. An absent setting uses the default, so later releases can improve it. */
export const changedSettings = (settings: NamedSettings, change: SettingsChange): NamedSettings =>
  Object.fromEntries(
    Object.entries({ ...settings, ...change }).filter(([, value]) => value !== null && value !== undefined),
  );
