/** The URL of a destination, as far as it can be judged without the settings of the deployment. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';

/** The longest URL, in characters. */
const maxUrl = 2048;

/** A credential before the host would be sent nowhere, and would be shown wherever the origin is shown. */
const hasNoCredential = (text: string): boolean => {
  const { username, password } = new URL(text);
  return username === '' && password === '';
};

/** No message quotes the URL, because a part of it may be a secret. */
export const destinationUrlSchema = /* @__PURE__ */ schema(() =>
  z.string().check(
    z.maxLength(maxUrl),
    z.refine((text) => URL.canParse(text) && !/\s/.test(text), {
      error: 'must be a URL, such as https://example.com/webhooks',
      abort: true,
    }),
    z.refine(hasNoCredential, { error: 'must have no user name or password. Send them as auth, of the kind basic' }),
    z.refine((text) => !text.includes('#'), { error: 'must have no fragment: it is never sent' }),
  ),
);

/** What may be shown of a URL. The rest of it may be a secret, as that of Slack is. */
export const originOf = (url: string): string => new URL(url).origin;
