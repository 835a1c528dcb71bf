/** Refuses props of a destination that the API would refuse during the deployment: both have the same schemas. */
import type { Construct } from 'constructs';
import { type ManagedSettings, settingFaultsOf } from '../shared/deliveries/destination/managed-settings.ts';
import { validationMessage } from '../shared/ground/base/validation-message.ts';
import { isUnknown } from './unknown-value.ts';

/** What stands in for a setting that each destination needs, and that only CloudFormation knows. */
const anyUrl = 'https://example.com/';

/**
 * Checks the settings of a destination. Leaves out what only CloudFormation knows.
 * @throws an error that begins with the path of the destination, and names the prop and what is wrong with it
 */
export function checkDestination({ node: { path } }: Construct, name: string, settings: ManagedSettings): void {
  const known = Object.entries(settings).filter(([, value]) => !isUnknown(value));
  const url = isUnknown(settings['url']) ? { url: anyUrl } : {};
  const named = isUnknown(name) ? 'any' : name;
  const [fault] = settingFaultsOf({ ...Object.fromEntries(known), ...url }, named, validationMessage);
  if (fault) throw new Error(`${path}: ${fault.place} ${fault.message}`);
}
