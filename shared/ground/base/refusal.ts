/** Why something that an operator asks for is refused: a code for programs, a sentence for people, and facts. */

import type { Advice, SecretAdvice } from './advice-schema.ts';

type NoFacts = Record<never, never>;

/** A step to what was refused. `shared/endpoints/endpoint/step.ts` has the verbs and the reasons. */
interface StepFact {
  verb: string;
  reason?: string;
}

/** What makes the refused verb possible, in order, and other ways to it. */
interface StepFacts {
  steps: readonly StepFact[];
  alternatives?: readonly (readonly StepFact[])[];
}

/** What the lifecycle tells about the endpoint. */
interface EndpointFacts extends StepFacts {
  /** Why an action is not allowed. `shared/endpoints/endpoint/conflict-reason.ts` has the causes. */
  cause?: string;
  endpointStatus: string;
  allowedActions: readonly string[];
}

/** What is wrong with each field. A field of the body has its JSON pointer. */
interface FieldFacts {
  errors: readonly { path: string; pointer?: string; message: string; facts?: readonly Advice[] }[];
}

/** Each code, with the facts that clients get beside the text. None of them is a secret. */
export interface RefusalFacts {
  action_not_allowed: EndpointFacts | NoFacts;
  body_missing: NoFacts;
  body_withheld: NoFacts;
  connection_exists: NoFacts;
  connection_not_found: NoFacts;
  delivery_ended: NoFacts;
  delivery_expired: NoFacts;
  delivery_id_not_signed: FieldFacts;
  delivery_not_ended: NoFacts;
  delivery_not_found: NoFacts;
  destination_exists: NoFacts;
  destination_in_use: { connections: readonly string[] };
  destination_not_found: NoFacts;
  destination_paused: NoFacts;
  event_not_found: NoFacts;
  expiry_too_late: FieldFacts & { latestExpiry: string };
  held: EndpointFacts | ({ heldSince: string; count: number; complete: boolean } & StepFacts) | NoFacts;
  invalid_range: NoFacts;
  invalid_request: FieldFacts | NoFacts;
  invalid_scheme: FieldFacts;
  last_admin: NoFacts;
  managed_by_other: NoFacts;
  nothing_delivered: EndpointFacts;
  oidc_operators_not_allowed: NoFacts;
  operator_exists: NoFacts;
  operator_not_found: NoFacts;
  operator_revoked: NoFacts;
  provider_not_found: { facts?: readonly Advice[] };
  range_empty: FieldFacts;
  range_in_future: FieldFacts;
  rate_too_high: FieldFacts & { ceiling: number };
  raw_with_split: FieldFacts;
  record_too_large: NoFacts;
  redelivery_in_progress: { id: string };
  redelivery_not_found: NoFacts;
  release_not_cancellable: NoFacts;
  replay_guard: FieldFacts;
  replay_in_progress: { id: string };
  replay_not_found: NoFacts;
  rotation_in_progress: EndpointFacts | NoFacts;
  secret_made_by_sender: { secret?: SecretAdvice };
  split_unknown: NoFacts;
  superseded: EndpointFacts | NoFacts;
  token_exists: EndpointFacts;
  token_not_usable: NoFacts;
  token_required: EndpointFacts;
  too_many_asked: NoFacts;
  too_many_operators: NoFacts;
  version_mismatch: { version: number; wanted: number };
  window_closed: EndpointFacts;
}
export type RefusalCode = keyof RefusalFacts;

type FactsArgument<C extends RefusalCode> = NoFacts extends RefusalFacts[C]
  ? [facts?: RefusalFacts[C]]
  : [facts: RefusalFacts[C]];

/** A refusal. The message says what to do. Neither the message nor a fact is a secret. */
export class Refusal<C extends RefusalCode = RefusalCode> extends Error {
  readonly code: C;
  readonly facts: object;

  constructor(code: C, detail: string, ...facts: FactsArgument<C>) {
    super(detail);
    this.code = code;
    this.facts = facts[0] ?? {};
  }
}

/** What is wrong with a field of the body, as a fact. */
export const faultAt = (path: string, message: string): FieldFacts => ({
  errors: [{ path, pointer: `/${path}`, message }],
});
