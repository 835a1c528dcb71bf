/** The fields of the form for an endpoint's settings, and the request that they make. */

import { defaultAccept } from '../../../shared/endpoints/provider/common-placements.ts';
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { placementText } from '../../../shared/operators/api/settings-text.ts';
import type { FormRules, FormState } from '../shell/form-fields.ts';
import { jsonObjectIn } from '../shell/json-object.ts';
import { refusedAt } from '../shell/refused-fields.ts';
import { text } from '../text.ts';
import type { EndpointAnswer } from './connection-record.ts';
import type { ProviderAnswer } from './provider.ts';

type SettingsBody = ApiBody<'PUT /v1/connections/{name}/endpoint'>;
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
export const settingsFieldsOf = ({
  auth,
  allowFrom,
  retentionDays,
  methods: allowed,
  dedupe,
  raw,
}: EndpointAnswer): SettingsFields => ({
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
export const defaultFieldsOf = ({ kind, accept }: ProviderAnswer): SettingsFields => ({
  kind,
  accept: kind === 'signature' ? undefined : (accept ?? defaultAccept).map((placement) => JSON.stringify(placement)),
  allowFrom: '',
  retentionDays: '',
  methods: [],
  dedupeHeader: '',
  raw: false,
  json: '',
});

export type SettingsForm = FormState<SettingsFields>;
type SettingsErrors = SettingsForm['errors'];

const linesOf = (lines: string): string[] =>
  lines
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

const objectIn = (json: string): SettingsBody | undefined => (json.trim() === '' ? {} : jsonObjectIn(json));

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

function errorsOf(before: SettingsFields, after: SettingsFields): SettingsErrors {
  const { retentionDays } = after;
  const days = Number(retentionDays);
  const isDays = retentionDays.trim() === '' || (Number.isInteger(days) && days >= 1 && days <= 365);
  const json = jsonErrorOf(before, after);
  return { ...(isDays ? {} : { retentionDays: text.configure.retentionError }), ...(json && { json }) };
}

/** What the API finds wrong with settings, each at the field that has it. */
function refusedFields(error: unknown, fields: SettingsFields): SettingsErrors {
  const json = objectIn(fields.json) ?? {};
  return refusedAt(error, ({ path, pointer }) => {
    const [, setting = '', index] = pointer?.split('/') ?? [];
    // The form itself sends no unknown field. A fault of the whole body is of what a person wrote.
    const isInJson = path === '' ? fields.json.trim() !== '' : Object.hasOwn(json, setting);
    // JSON has its own names.
    if (isInJson) return { field: 'json', subject: path || text.configure.thisJson };
    if (!hasField(setting)) return undefined;
    // A list has a line for each address.
    const line = setting === 'allowFrom' ? linesOf(fields.allowFrom)[Number(index)] : undefined;
    return { field: fieldOf[setting], subject: line ?? text.configure.it };
  });
}

export const settingsRules: FormRules<SettingsFields> = { errorsOf, refusedFields };

/**
 * The settings that differ from those at the beginning. An emptied field restores the default. Settings that nobody touched are
 * not sent, so they keep following the provider.
 */
export function settingsBody(before: SettingsFields, after: SettingsFields): SettingsBody {
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
