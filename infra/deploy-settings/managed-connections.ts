import { z } from 'zod';
import { unusable } from './setting-error.ts';

export const managedConnectionsSchema = z
  .boolean()
  .default(false)
  .describe('Whether stacks can have connections of this deployment, by a function with the rights of an admin.');

/**
 * Reads `managedConnections`: whether other stacks can have connections (`WebhookConnection`). `-c` gives a text.
 * @throws SettingError for anything but true and false
 */
export function managedConnectionsOf(value: unknown): boolean {
  if (value === undefined || value === false || value === 'false') return false;
  if (value === true || value === 'true') return true;
  throw unusable('managedConnections', value, 'use true or false');
}
