/** The problems of refused requests of a stack. CloudFormation shows the message as the reason of the failure. */
import { Refusal } from '../../ground/base/refusal.ts';
import type { ManagedRefusal } from './managed-connection.ts';

const reasons: Record<ManagedRefusal, (name: string) => string> = {
  exists: (name) =>
    `A connection named ${name} exists already, and this resource did not create it. Choose another name. Or set adopt to true, and the stack manages the existing connection with its URL and its token.`,
  gone: (name) =>
    `The connection ${name} was deleted outside of this stack. Remove this resource from the template. To create the connection again, give the resource another construct id.`,
  not_managed: (name) =>
    `The connection ${name} is not managed by this resource any more: somebody created it again, or another stack adopted it. To take it over, set adopt to true.`,
  managed_by_file: (name) =>
    `A file manages the connection ${name}, so no stack can take it over. First leave it out of the file, and detach it: hooklatch connections detach ${name}.`,
  provider_fixed: (name) =>
    `The connection ${name} has another provider, and a connection can't change its provider. Choose another name, and the stack makes a new connection with another URL.`,
  held: (name) =>
    `The connection ${name} is held, so deleting it would lose the held events. First release it (hooklatch endpoint release ${name}, or the button in the console), wait until its events are published, then delete it again.`,
};

const codes = {
  exists: 'connection_exists',
  gone: 'connection_not_found',
  not_managed: 'connection_exists',
  managed_by_file: 'managed_by_other',
  provider_fixed: 'action_not_allowed',
  held: 'held',
} as const;

export function managedRefusal(refusal: ManagedRefusal, name: string): Refusal {
  return new Refusal(codes[refusal], reasons[refusal](name));
}
