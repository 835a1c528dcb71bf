/** A destination as operators read it: no URL beyond its origin, no value of a header, no proof. */
import * as z from 'zod/mini';
import { managerShown } from '../../endpoints/endpoint/managed-by.ts';
import type { Role } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { type Destination, destinationFields, hasSigningGrace } from './destination.ts';

/** The answer's schema. It drops every field that it does not name. */
export const destinationViewSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    ...destinationFields,
    signing: z.object({
      createdAt: timeSchema,
      createdBy: z.string(),
      /** Until when requests are signed with the previous secret too. Only during a grace. */
      previousUntil: z.optional(timeSchema),
    }),
  }),
);
export type DestinationView = z.infer<typeof destinationViewSchema>;

/** A destination as an operator with this role reads it now. */
export function destinationViewOf(destination: Destination, role: Role, now: Date): DestinationView {
  const { secret: _secret, valueId: _valueId, pausedMs: _pausedMs, generation: _generation, ...more } = destination;
  const { entry: _entry, signing, ...shown } = more;
  const { previousUntil: _until, ...current } = signing;
  return {
    ...shown,
    ...managerShown(destination, role),
    signing: hasSigningGrace(destination, now) ? signing : current,
  };
}
