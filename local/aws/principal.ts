import { randomBytes } from 'node:crypto';
import type { AwsService, RequiredPermission } from './aws-service.ts';
import { evaluatePolicies, type PolicyDecision, type PolicyStatement } from './policy-evaluation.ts';
import { readSignatureClaim, SignatureError, type SignedRequest, verifySignatureV4 } from './sigv4.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** A caller: a function in its role, or the laptop's user. */
export interface Principal extends Credentials {
  name: string;
  arn: string;
  /** Its policies' statements as they are now. */
  statements: () => readonly PolicyStatement[];
}

/** The principals of one account, by their access keys. The keys are new at each start. */
export class Principals {
  readonly #byKey = new Map<string, Principal>();
  readonly #place: { region: string; accountId: string; now: () => Date };

  constructor(place: { region: string; accountId: string; now: () => Date }) {
    this.#place = place;
  }

  add(name: string, role: string, statements: Principal['statements']): Credentials {
    const credentials = newCredentials();
    const arn = `arn:aws:sts::${this.#place.accountId}:assumed-role/${role}/${name}`;
    this.#byKey.set(credentials.accessKeyId, { ...credentials, name, arn, statements });
    return credentials;
  }

  /**
   * The principal whose key signed the request. Throws a SignatureError if the key is unknown or the request was signed
   * for another service.
   */
  authenticate(service: AwsService, request: SignedRequest): Principal {
    const claim = readSignatureClaim(request);
    const principal = this.#byKey.get(claim.accessKeyId);
    if (!principal) {
      throw new SignatureError('UnrecognizedClientException', 'The security token included in the request is invalid.');
    }
    const { region, now } = this.#place;
    verifySignatureV4(request, claim, {
      secretAccessKey: principal.secretAccessKey,
      region,
      service: service.name,
      now: now(),
    });
    return principal;
  }
}

/**
 * Throws the service's error for a denial, in AWS's words, unless the principal's policies allow everything that the
 * call requires.
 */
export function assertAllowed(
  service: AwsService,
  { arn, statements }: Principal,
  needs: readonly RequiredPermission[],
): void {
  const refuse = (message: string) => service.commonError('AccessDeniedException', message);
  if (needs.length === 0) throw refuse(`User: ${arn} requested something that no policy can allow.`);
  const current = statements();
  for (const need of needs) {
    const { allowed, reason } = evaluateOrDeny(current, need);
    if (allowed) continue;
    throw refuse(`User: ${arn} is not authorized to perform: ${need.action} on resource: ${need.resource} ${reason}`);
  }
}

/** Evaluates the policies. A policy that can't be evaluated denies, and the reason says why. */
export function evaluateOrDeny(statements: readonly PolicyStatement[], need: RequiredPermission): PolicyDecision {
  try {
    return evaluatePolicies(statements, need);
  } catch (error) {
    return { allowed: false, reason: `because its policy can't be evaluated here: ${(error as Error).message}` };
  }
}

/** Key ids look like those of a role's temporary credentials. */
function newCredentials(): Credentials {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const id = Array.from(randomBytes(16), (byte) => letters[byte % letters.length]).join('');
  return { accessKeyId: `ASIA${id}`, secretAccessKey: randomBytes(30).toString('base64') };
}
