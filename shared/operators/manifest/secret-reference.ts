/** Where a file takes a secret from. A file is in a repository, so it never has the secret itself. */
import * as z from 'zod/mini';
import { isOwnSecret, secretRoot } from '../../endpoints/credential/secret-name.ts';
import { maxTokenRef } from '../../endpoints/endpoint/managed-by.ts';
import { schema } from '../../ground/base/schema.ts';

/** A text that leads to a value: a variable of the environment, a file, or a secret of Secrets Manager and maybe a field of its JSON. */
const valueForms = 'env:[A-Za-z_][A-Za-z0-9_]*|file:[!-~]+|secretsmanager:[\\w/+=.@:!-]+(#[\\w.-]+)?';
const valueForm = new RegExp(`^(${valueForms})$`);
/** `generate`: Hooklatch makes it. `keep`: what is there stays. */
const anyForm = new RegExp(`^(generate|keep|${valueForms})$`);

/** Whether a text leads to a value. */
export const isValueReference = (text: string): boolean => text.length <= maxTokenRef && valueForm.test(text);

/** Windows does not tell capitals in the names of variables. */
const isOwnVariable = (name: string): boolean => /^HOOKLATCH_/i.test(name);

/** Whether a path could lead out of a folder, on any system. A symbolic link is seen only when the file is read. */
const canLeadOut = (path: string): boolean => {
  const parts = path.split(/[/\\]/);
  return parts[0] === '' || /^[A-Za-z]:/.test(path) || parts.includes('..');
};

/**
 * Why no file may have a reference: whoever writes the file could send what only whoever applies it has. Undefined if it may. The sentence
 * does not quote the reference.
 */
export function whyRefused(reference: string): string | undefined {
  const [scheme, rest] = splitReference(reference);
  if (scheme === 'env' && isOwnVariable(rest))
    return 'must not name a variable that begins with HOOKLATCH_: it is for hooklatch itself';
  if (scheme === 'secretsmanager' && isOwnSecret(rest))
    return `must not name a secret that begins with ${secretRoot}/: it is Hooklatch's own`;
  if (scheme === 'file' && canLeadOut(rest))
    return 'must lead to a file below the folder of this file: by a relative path, without ".."';
  return undefined;
}

/** The scheme of a reference, and what follows its colon. */
export const splitReference = (reference: string): [scheme: string, rest: string] => {
  const colon = reference.indexOf(':');
  return [reference.slice(0, colon), reference.slice(colon + 1)];
};

/** No message quotes the text, because it may be the secret. */
const notASecret = (forms: string) =>
  `must be a reference, and never the secret itself: ${forms}env:NAME, file:PATH or secretsmanager:NAME, of at most ${maxTokenRef} characters`;

const referenceSchema = (form: RegExp, message: string) =>
  z.string().check(z.regex(form, message), z.maxLength(maxTokenRef, message));

/** The secret of an endpoint, or a signing secret. */
export const secretReferenceSchema = /* @__PURE__ */ schema(() =>
  referenceSchema(anyForm, notASecret('generate, keep, ')),
);

/** A credential, which nobody but its owner can make. */
export const valueReferenceSchema = /* @__PURE__ */ schema(() => referenceSchema(valueForm, notASecret('')));
