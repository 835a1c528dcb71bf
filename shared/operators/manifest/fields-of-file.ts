/** Which fields of a connection or a destination its file has: what its next plan compares. All else is the operators'. Pure. */
import type { FileManager } from '../../endpoints/endpoint/managed-by.ts';

export type FieldOfFile = 'description' | 'settings' | 'status' | 'routes' | 'url' | 'headers' | 'auth';

/**
 * The fields of a connection. What an operator closed or holds stays so, and so does a token that an operator rotated. But what the file closed, it
 * closes again.
 */
export const connectionFieldsOfFile = ({ routes, closed }: FileManager): FieldOfFile[] => [
  ...(['description', 'settings'] as const),
  ...(closed ? (['status'] as const) : []),
  // Undefined in a record of an earlier release: the file may have them.
  ...(routes === false ? [] : (['routes'] as const)),
];

/**
 * The fields of a destination. What no answer shows may be the operators', if it was adopted. To whoever may not see where secrets come from, and in
 * a record of an earlier release, the file may have each.
 */
export const destinationFieldsOfFile = ({ adopted, said }: FileManager): FieldOfFile[] => [
  'settings',
  ...(['url', 'headers', 'auth'] as const).filter(
    (name) => !adopted || !said || Object.keys(said).some((place) => place.split('.')[0] === name),
  ),
];
