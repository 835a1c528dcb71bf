import { z } from 'zod';
import type { Setting } from './setting.ts';

/** An https URL with a host and perhaps a path, but no user, query, fragment or slash at its end. */
const form = /^https:\/\/[^/?#\s@]+(\/[^/?#\s]+)*$/;

/** Any other form would make broken webhook URLs. Without it, senders use the API's own endpoint. */
export const publicUrl = {
  schema: z.string().regex(form).describe('Where senders reach the API, such as https://hooks.example.com.'),
  advice: 'write it like https://hooks.example.com, without a slash at its end',
} satisfies Setting;
