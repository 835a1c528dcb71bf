/** Where a file takes a secret from. A file is in a repository, so it never has the secret itself. */
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { maxTokenRef } from '../endpoint/managed-by.ts';

/** A text that leads to a value: a variable of the environment, a file, or a secret of Secrets Manager and maybe a field of its JSON. */
const valueForms = 'env:[A-Za-z_][A-Za-z0-9_]*|file:[!-~]+|secretsmanager:[\\w/+=.@:!-]+(#[\\w.-]+)?';
const valueForm = new RegExp(`^(${valueForms})$`);
/** `generate`: Hooklatch makes it. `keep`: what is there stays. */
const anyForm = new RegExp(`^(generate|keep|${valueForms})$`);

/** Whether a text leads to a value. */
export const isValueReference = (text: string): boolean => text.length <= maxTokenRef && valueForm.test(text);

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
