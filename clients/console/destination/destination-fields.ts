/** The fields of the form for a destination, and the request that they make. */

import { waitsIn, waitsText } from '../../../shared/deliveries/destination/retry-settings.ts';
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { nameError, nameTaken } from '../connections/new-name.ts';
import type { FormRules, FormState } from '../shell/form-fields.ts';
import { refusedAt } from '../shell/refused-fields.ts';
import { destinationFormText } from '../text/destination-settings.ts';
import type { DestinationAnswer } from './destination-record.ts';

type NewBody = ApiBody<'POST /v1/destinations'>;
type ChangeBody = Omit<ApiBody<'PATCH /v1/destinations/{name}'>, 'managedBy'>;
type Auth = NonNullable<NewBody['auth']>;
export type AuthKind = Auth['kind'];

/** The fields of a new destination, as text where a person types. Empty ones leave the setting to the API. */
export const newFields = {
  name: '',
  description: '',
  /** Empty in the form of a destination that exists: nobody is shown what it is. */
  url: '',
  /** `kept` leaves the credentials as they are. */
  authKind: 'none' as AuthKind | 'kept',
  token: '',
  username: '',
  password: '',
  headerName: '',
  headerValue: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  scope: '',
  clientAuthentication: 'basic' as 'basic' | 'body',
  method: 'POST' as DestinationAnswer['method'],
  /** Whether the headers stay as they are. */
  areHeadersKept: false,
  /** One header a line. */
  headers: '',
  timeoutSeconds: '',
  rate: '',
  rateUnit: 'perSecond' as 'perSecond' | 'perMinute',
  concurrency: '',
  giveUpAfterHours: '',
  /** Waits such as `30s, 5m`, and statuses such as `408, 5xx`. Empty: the usual. */
  schedule: '',
  retryOn: '',
  /** Names of headers, between commas. */
  forwardHeaders: '',
  /** Only in the form of a new destination. */
  signingSecret: '',
};

export type DestinationFields = typeof newFields;
export type DestinationForm = FormState<DestinationFields>;
type DestinationErrors = DestinationForm['errors'];

/** The fields of a destination as it is. What is never shown is empty. */
export function destinationFieldsOf({ rate, ...record }: DestinationAnswer): DestinationFields {
  const perMinute = rate && 'perMinute' in rate;
  return {
    ...newFields,
    name: record.name,
    description: record.description,
    authKind: 'kept',
    method: record.method,
    areHeadersKept: record.headerNames.length > 0,
    timeoutSeconds: `${record.timeoutSeconds}`,
    rate: rate ? `${perMinute ? rate.perMinute : rate.perSecond}` : '',
    rateUnit: perMinute ? 'perMinute' : 'perSecond',
    concurrency: record.concurrency === undefined ? '' : `${record.concurrency}`,
    giveUpAfterHours: `${record.giveUpAfterHours}`,
    schedule: waitsText(record.schedule ?? []),
    retryOn: (record.retryOn ?? []).join(', '),
    forwardHeaders: (record.forwardHeaders ?? []).join(', '),
  };
}

/** The fields of each kind of credentials. */
const fieldsOfAuth = {
  none: [],
  bearer: ['token'],
  basic: ['username', 'password'],
  header: ['headerName', 'headerValue'],
  oauth2: ['tokenUrl', 'clientId', 'clientSecret', 'scope'],
} as const satisfies Record<AuthKind, readonly (keyof DestinationFields)[]>;

/** What may be left empty. */
const optional: readonly string[] = ['username', 'scope'];

const authFieldsOf = ({ authKind }: DestinationFields): readonly (keyof DestinationFields)[] =>
  authKind === 'kept' ? [] : fieldsOfAuth[authKind];

/** The fields in the section “More settings”. */
const folded = new Set<string>([
  ...(['method', 'headers', 'timeoutSeconds', 'rate', 'concurrency', 'giveUpAfterHours'] as const),
  ...(['schedule', 'retryOn', 'forwardHeaders', 'signingSecret'] as const),
] satisfies (keyof DestinationFields)[]);
export const isFolded = (field: string): boolean => folded.has(field);

const headerLine = /^([^\s:]+):\s*(.+)$/;
const linesOf = (headers: string): string[] => headers.split('\n').map((line) => line.trim());

/** The headers of a text with one a line. Undefined if a line is none. */
function headersIn(headers: string): Record<string, string> | undefined {
  const entries: [string, string][] = [];
  for (const line of linesOf(headers).filter(Boolean)) {
    const [, name, value] = headerLine.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

function headersError({ headers, areHeadersKept }: DestinationFields): string | undefined {
  if (areHeadersKept || headersIn(headers)) return undefined;
  const wrong = linesOf(headers).findIndex((line) => line !== '' && !headerLine.test(line));
  return destinationFormText.headersError(wrong + 1);
}

const isCount = (typed: string): boolean => /^[1-9]\d{0,8}$/.test(typed.trim());

/** What is wrong with a number. @param isNeeded whether it can't be taken away */
function numberError(typed: string, isNeeded: boolean): string | undefined {
  if (typed.trim() === '') return isNeeded ? destinationFormText.numberMissing : undefined;
  return isCount(typed) ? undefined : destinationFormText.numberError;
}

/** The parts of a list, between commas. */
const partsOf = (typed: string): string[] =>
  typed
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function errorsOf(before: DestinationFields, after: DestinationFields): DestinationErrors {
  const isNew = before.name === '';
  const missing = authFieldsOf(after).filter((field) => !optional.includes(field) && `${after[field]}`.trim() === '');
  const found: { [Field in keyof DestinationErrors]: string | undefined } = {
    name: isNew ? nameError(after.name) : undefined,
    url: isNew && after.url.trim() === '' ? destinationFormText.urlMissing : undefined,
    ...Object.fromEntries(missing.map((field) => [field, destinationFormText.missing])),
    headers: headersError(after),
    timeoutSeconds: numberError(after.timeoutSeconds, !isNew),
    rate: numberError(after.rate, false),
    concurrency: numberError(after.concurrency, false),
    giveUpAfterHours: numberError(after.giveUpAfterHours, !isNew),
    schedule: after.schedule.trim() === '' || waitsIn(after.schedule) ? undefined : destinationFormText.scheduleError,
  };
  return Object.fromEntries(Object.entries(found).filter(([, error]) => error !== undefined)) as DestinationErrors;
}

/** The credentials of the fields. A user name, a password or a secret may begin with a space, so nothing of them is cut. */
function authOf(fields: DestinationFields): Auth | undefined {
  const { authKind: kind, token, username, password, clientSecret, clientAuthentication } = fields;
  switch (kind) {
    case 'kept':
      return undefined;
    case 'none':
      return { kind };
    case 'bearer':
      return { kind, token };
    case 'basic':
      return { kind, username, password };
    case 'header':
      return { kind, name: fields.headerName.trim(), value: fields.headerValue };
    case 'oauth2': {
      const scope = fields.scope.trim();
      const [tokenUrl, clientId] = [fields.tokenUrl.trim(), fields.clientId.trim()];
      return { kind, tokenUrl, clientId, clientSecret, clientAuthentication, ...(scope !== '' && { scope }) };
    }
  }
}

const limitOf = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));

/** The settings that differ from those at the beginning. What nobody touched is not sent. An emptied limit is taken away. */
export function destinationBody(before: DestinationFields, after: DestinationFields): ChangeBody {
  const isChanged = (...fields: (keyof DestinationFields)[]) => fields.some((field) => before[field] !== after[field]);
  const auth = isChanged('authKind', ...authFieldsOf(after)) ? authOf(after) : undefined;
  const rate = limitOf(after.rate);
  const { rateUnit } = after;
  const retryOn = partsOf(after.retryOn);
  const forwardHeaders = partsOf(after.forwardHeaders);
  return {
    ...(isChanged('description') && { description: after.description }),
    ...(after.url.trim() !== '' && { url: after.url.trim() }),
    ...(isChanged('method') && { method: after.method }),
    ...(auth && { auth }),
    ...(!after.areHeadersKept && isChanged('headers', 'areHeadersKept') && { headers: headersIn(after.headers) ?? {} }),
    ...(isChanged('timeoutSeconds') && { timeoutSeconds: Number(after.timeoutSeconds) }),
    ...(isChanged('rate', ...(rate === null ? [] : (['rateUnit'] as const))) && {
      rate: rate === null ? null : rateUnit === 'perSecond' ? { perSecond: rate } : { perMinute: rate },
    }),
    ...(isChanged('concurrency') && { concurrency: limitOf(after.concurrency) }),
    ...(isChanged('giveUpAfterHours') && { giveUpAfterHours: Number(after.giveUpAfterHours) }),
    ...(isChanged('schedule') && { schedule: waitsIn(after.schedule) ?? null }),
    ...(isChanged('retryOn') && { retryOn: retryOn.length > 0 ? retryOn : null }),
    ...(isChanged('forwardHeaders') && { forwardHeaders: forwardHeaders.length > 0 ? forwardHeaders : null }),
  };
}

/** The request of a new destination. */
export function newDestinationBody(fields: DestinationFields): NewBody {
  const { url = '', ...settings } = destinationBody(newFields, fields);
  const signingSecret = fields.signingSecret.trim();
  return { name: fields.name, url, ...settings, ...(signingSecret !== '' && { signingSecret }) };
}

/** The field that has a setting of the request, such as `/auth/token`. Undefined if none has it. */
function fieldAt(pointer: string, { authKind }: DestinationFields): keyof DestinationFields | undefined {
  const [, setting = '', inside = ''] = pointer.split('/');
  if (setting !== 'auth') return Object.hasOwn(newFields, setting) ? (setting as keyof DestinationFields) : undefined;
  if (authKind === 'header') return inside === 'name' ? 'headerName' : 'headerValue';
  return Object.hasOwn(newFields, inside) ? (inside as keyof DestinationFields) : undefined;
}

/** What the API finds wrong with settings, each at the field that has it. */
function refusedFields(error: unknown, fields: DestinationFields): DestinationErrors {
  const name = nameTaken(error);
  const refused = refusedAt(error, ({ pointer }) => {
    const field = pointer === undefined ? undefined : fieldAt(pointer, fields);
    return field && { field, subject: destinationFormText.it };
  });
  return { ...refused, ...(name !== undefined && { name }) };
}

export const destinationRules: FormRules<DestinationFields> = {
  errorsOf,
  refusedFields,
  // The URL and a header may have a token.
  secrets: ['url', 'token', 'password', 'headerValue', 'clientSecret', 'headers', 'signingSecret'],
};
