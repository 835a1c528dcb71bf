/** The fields of the form for an endpoint's settings, and the request that they make. */
import type { ApiBody } from '../../shared/api/api-client.ts';
import { ApiError } from '../../shared/api/api-error.ts';
import { faultSentence, faultsOf } from '../../shared/api/field-name.ts';
import { placementText } from '../../shared/api/settings-text.ts';
import { defaultAccept } from '../../shared/provider/common-placements.ts';
import { texts } from '../shell/answer-words.ts';
import { text } from '../text.ts';
import type { Endpoint } from './connection-record.ts';
import type { Provider } from './provider.ts';

export type SettingsBody = ApiBody<'PUT /v1/connections/{name}/endpoint'>;
type Placement = NonNullable<Extract<NonNullable<SettingsBody['auth']>, { kind: 'token' }>['accept']>[number];

/** The form's fields, as text where a person types. */
export interface SettingsFields {
  kind: 'token' | 'signature' | 'both';
  /** How the sender signs. Undefined if it does not, and before there is an endpoint. */
  scheme?: unknown;
  /** Each placement as JSON. Undefined if deliveries carry no token. */
  accept: readonly string[] | undefined;
  /** One address or range a line. */
  allowFrom: string;
  retentionDays: string;
  methods: readonly string[];
  /** The header with the delivery id. Empty if something else recognizes repeats. */
  dedupeHeader: string;
  /** Whether events on the bus have the bytes of JSON too. */
  raw: boolean;
  /** Any other settings, as a JSON object. */
  json: string;
}

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** The places where senders commonly put a token. */
const commonPlacements: readonly Placement[] = [
  { in: 'header', name: 'authorization', scheme: 'Bearer' },
  { in: 'query', name: 'token' },
  { in: 'path' },
  { in: 'basic', username: 'hooklatch' },
  { in: 'header', name: 'x-webhook-token' },
];

/** The placements to choose from: the common ones, and those that are accepted now. */
export function placementOptions(accept: readonly string[]): { value: string; label: string }[] {
  const values = new Set([...accept, ...commonPlacements.map((placement) => JSON.stringify(placement))]);
  return [...values].map((value) => ({ value, label: placementText(JSON.parse(value) as Placement) }));
}

const placementsOf = (accept: readonly string[]): Placement[] => accept.map((placement) => JSON.parse(placement));

/** The fields of an endpoint as it is. */
export const fieldsOf = ({
  auth,
  allowFrom,
  retentionDays,
  methods: allowed,
  dedupe,
  raw,
}: Endpoint): SettingsFields => ({
  kind: auth.kind,
  ...('scheme' in auth && { scheme: auth.scheme }),
  accept: 'accept' in auth ? auth.accept.map((placement) => JSON.stringify(placement)) : undefined,
  allowFrom: (allowFrom ?? []).join('\n'),
  retentionDays: String(retentionDays),
  methods: allowed,
  dedupeHeader: dedupe.by === 'header' ? dedupe.name : '',
  raw,
  json: '',
});

/** The fields before there is an endpoint. Empty ones leave the setting to the provider. */
export const defaultFieldsOf = ({ kind, accept }: Provider): SettingsFields => ({
  kind,
  accept: kind === 'signature' ? undefined : (accept ?? defaultAccept).map((placement) => JSON.stringify(placement)),
  allowFrom: '',
  retentionDays: '',
  methods: [],
  dedupeHeader: '',
  raw: false,
  json: '',
});

export type FieldErrors = Partial<Record<keyof SettingsFields, string>>;

const linesOf = (lines: string): string[] =>
  lines
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

function objectIn(json: string): SettingsBody | undefined {
  if (json.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SettingsBody) : undefined;
  } catch {
    return undefined;
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The field of the form for each setting that has one. */
const fieldOf = {
  auth: 'accept',
  allowFrom: 'allowFrom',
  retentionDays: 'retentionDays',
  methods: 'methods',
  dedupe: 'dedupeHeader',
  raw: 'raw',
} as const satisfies Record<string, keyof SettingsFields>;
type SettingWithField = keyof typeof fieldOf;

const hasField = (setting: string): setting is SettingWithField => Object.hasOwn(fieldOf, setting);

/** The settings of which JSON can say more than the field. */
const sayMoreInJson: readonly SettingWithField[] = ['auth', 'dedupe'];

/** Whether the JSON says where the token may be. Without it, the field does. */
const hasPlaces = ({ auth }: SettingsBody): boolean => !auth || auth.kind === 'signature' || auth.accept !== undefined;

/** What is wrong with the JSON. No setting may have a value there and another one in its field: nobody would see which one counts. */
function jsonErrorOf(before: SettingsFields, after: SettingsFields): string | undefined {
  const settings = objectIn(after.json);
  if (!settings) return text.configure.jsonError;
  for (const setting of Object.keys(settings).filter(hasField)) {
    const field = fieldOf[setting];
    const label = text.configure[field];
    if (!sayMoreInJson.includes(setting)) return text.configure.jsonHasField(setting, label);
    const isTwice = !isSame(before[field], after[field]) && (setting !== 'auth' || hasPlaces(settings));
    if (isTwice) return text.configure.jsonTwice(setting, label);
  }
  return undefined;
}

/** What is wrong with the fields, apart from what only the API can tell. */
export function errorsOf(before: SettingsFields, after: SettingsFields): FieldErrors {
  const { retentionDays } = after;
  const days = Number(retentionDays);
  const isDays = retentionDays.trim() === '' || (Number.isInteger(days) && days >= 1 && days <= 365);
  const json = jsonErrorOf(before, after);
  return { ...(isDays ? {} : { retentionDays: text.configure.retentionError }), ...(json && { json }) };
}

/** What the API finds wrong with settings, each at the field that has it. Empty if the error is about something else. */
export function refusedFields(error: unknown, fields: SettingsFields): FieldErrors {
  if (!(error instanceof ApiError)) return {};
  const json = objectIn(fields.json) ?? {};
  const refused: FieldErrors = {};
  for (const fault of faultsOf(error.problem)) {
    const [, setting = '', index] = fault.pointer?.split('/') ?? [];
    // The form itself sends no unknown field. A fault of the whole body is of what a person wrote.
    const isInJson = fault.path === '' ? fields.json.trim() !== '' : Object.hasOwn(json, setting);
    const field = isInJson ? 'json' : hasField(setting) ? fieldOf[setting] : undefined;
    if (!field || refused[field] !== undefined) continue;
    // A list has a line for each address, and JSON has its own names.
    const line = field === 'allowFrom' ? linesOf(fields.allowFrom)[Number(index)] : undefined;
    const subject = field === 'json' ? fault.path || text.configure.thisJson : (line ?? text.configure.it);
    refused[field] = faultSentence(fault, subject, error.code, texts.said);
  }
  return refused;
}

/** The fields that a person changed. */
export function enteredFields(before: SettingsFields, after: SettingsFields): Partial<SettingsFields> {
  const entered = Object.entries(after).filter(([key, value]) => !isSame(before[key as keyof SettingsFields], value));
  return Object.fromEntries(entered);
}

/**
 * The settings that differ from those at the beginning. An emptied field restores the default. Settings that nobody touched are
 * not sent, so they keep following the provider.
 */
export function changedSettings(before: SettingsFields, after: SettingsFields): SettingsBody {
  const change: Record<string, unknown> = {};
  if (!isSame(before.accept, after.accept) && after.accept) {
    const { kind, scheme } = after;
    change['auth'] = after.accept.length
      ? { kind, accept: placementsOf(after.accept), ...(scheme !== undefined && { scheme }) }
      : null;
  }
  const addresses = linesOf(after.allowFrom);
  if (!isSame(linesOf(before.allowFrom), addresses)) change['allowFrom'] = addresses.length ? addresses : null;
  if (before.retentionDays.trim() !== after.retentionDays.trim())
    change['retentionDays'] = after.retentionDays.trim() === '' ? null : Number(after.retentionDays);
  if (!isSame(before.methods, after.methods)) change['methods'] = after.methods.length ? after.methods : null;
  const header = after.dedupeHeader.trim().toLowerCase();
  if (before.dedupeHeader !== header) change['dedupe'] = header === '' ? null : { by: 'header', name: header };
  if (before.raw !== after.raw) change['raw'] = after.raw || null;
  const json = objectIn(after.json) ?? {};
  // The places that the form shows stay, unless the JSON says others.
  const places = after.accept?.length && !hasPlaces({ auth: null, ...json }) && placementsOf(after.accept);
  return { ...change, ...json, ...(places && { auth: { ...json.auth, accept: places } }) } as SettingsBody;
}
