/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const adyen = { file: 'shared/endpoints/signature/adyen.ts' };
const certificate = { file: 'shared/endpoints/signature/certificate.ts' };
const contentful = { file: 'shared/endpoints/signature/contentful.ts' };
const jwt = { file: 'shared/endpoints/signature/jwt.ts' };
const key = { file: 'shared/endpoints/signature/key.ts' };
const paypal = { file: 'shared/endpoints/signature/paypal.ts' };
const reader = { file: 'shared/endpoints/signature/certificate-reader.ts' };
const sns = { file: 'shared/endpoints/signature/sns.ts' };
const twilio = { file: 'shared/endpoints/signature/twilio.ts' };
const boundary = { file: 'shared/endpoints/signature/message-boundary.ts' };
const check = { file: 'shared/endpoints/signature/scheme-check.ts' };
const hint = { file: 'shared/endpoints/signature/hint.ts' };
const message = { file: 'shared/endpoints/signature/signed-message.ts' };

const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };
const noForm = 'neither text is the content type of a form, so the text is read as JSON';
const utf8 = 'without a form, a secret is decoded as UTF-8 too';
const sha256 = 'an RSA signature is verified with SHA-256 unless the algorithm is rsa-sha1';
const onlyNext = 'a side is only compared with `next`';
const ofOneField = 'a form without `only` was refused before, and no other part has `only`; only the type needs both';

export const equivalentMutants: EquivalentMutant[] = [
  { ...adyen, original: "'null'", replacement: '""', reason: 'neither text has a field' },
  { ...certificate, ...aText, line: 'const snsField', reason: 'neither text is a URL, a topic, a token or a type' },
  { ...reader, ...aList, line: 'return []', reason: 'a text has no dates, so it is no valid certificate' },
  { ...reader, ...aList, line: 'spent.get(host)', reason: 'a text is no time, so it is left out at the next URL' },
  {
    ...contentful,
    ...aText,
    line: "const [path = ''",
    reason: 'a split has a first part; only the type needs a default',
  },
  { ...contentful, ...aList, line: 'const names =', reason: 'neither list names the headers that must be signed' },
  { ...contentful, original: "{ form: 'utf8' }", replacement: '{}', reason: utf8 },
  { ...twilio, original: "{ form: 'utf8' }", replacement: '{}', reason: utf8 },
  { ...jwt, original: "'application/json'", replacement: '""', reason: noForm },
  { ...jwt, original: "'rsa-sha256'", replacement: '""', reason: sha256 },
  { ...paypal, original: "'rsa-sha256'", replacement: '""', reason: sha256 },
  { ...sns, original: "'rsa-sha256'", replacement: '""', reason: sha256 },
  { ...sns, original: "'application/json'", replacement: '""', reason: noForm },
  {
    ...key,
    original: 'bytes === undefined',
    line: 'if (bytes',
    replacement: 'false',
    reason: 'without bytes, Node throws, and the error means that the secret is no key',
  },
  {
    ...key,
    original: '{ // OpenSSL gives no further details. return undefined; }',
    replacement: '{}',
    reason: 'a function without a return gives undefined',
  },
  {
    ...boundary,
    original: "part.part === 'sortedForm' && part.only !== undefined",
    replacement: "part.part === 'sortedForm' || part.only !== undefined",
    reason: ofOneField,
  },
  {
    ...boundary,
    original: "part.part === 'sortedForm'",
    line: "part.part === 'sortedForm' && part.only !== undefined",
    replacement: 'true',
    reason: ofOneField,
  },
  { ...boundary, original: 'part.only !== undefined', replacement: 'true', reason: ofOneField },
  {
    ...boundary,
    original: 'scheme.timestamp?.unit',
    line: 'return { at, length',
    replacement: 'scheme.timestamp.unit',
    reason: 'only a time that is a number needs a length, so the scheme has a timestamp; only the type needs it',
  },
  {
    ...boundary,
    original: 'open >= 0',
    replacement: 'open > 0',
    reason: 'a body at the first place is tried first, and no other part may be the open one beside a body',
  },
  {
    ...boundary,
    original: 'index < open',
    replacement: 'index <= open',
    reason: 'the part at `open` has no condition, so its side does not count',
  },
  { ...boundary, original: "'previous'", line: 'const side =', replacement: '""', reason: onlyNext },
  {
    ...boundary,
    original: 'boundariesByScheme.set(scheme, found);',
    replacement: ';',
    reason: 'the same conditions are found again, only more slowly',
  },
  {
    ...check,
    original: 'scheme.message.at(-1)?.part',
    replacement: 'scheme.message.at(-1).part',
    reason: 'a message has at least one part; only the type needs it',
  },
  {
    ...check,
    original: "'sample'",
    line: 'new URLSearchParams',
    replacement: '""',
    reason: 'Twilio signs a field of any name',
  },
  { ...check, original: "'1'", replacement: '""', reason: 'a field of any value is signed' },
  {
    ...hint,
    original: "{ form: 'utf8' }",
    line: "['secret_form', { key: { form: 'utf8' } }]",
    replacement: '{}',
    reason: utf8,
  },
  {
    ...message,
    original: "'application/json'",
    replacement: '""',
    reason: noForm,
  },
  {
    ...message,
    original: 'readers.set(request, read);',
    replacement: ';',
    reason: 'the body is parsed again for the next field, only more slowly',
  },
];
