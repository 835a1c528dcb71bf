/**
 * Explains why the public URL refused a test's sample. Reads the record and applies the rules of the public functions.
 */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { Endpoint } from '../../endpoints/endpoint/endpoint-record.ts';
import { advised, type TestStep } from '../../endpoints/endpoint/self-test-view.ts';
import { settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import { type VerificationDeps, verifyProofs } from '../../events/arrival/arrival-verification.ts';
import type { RejectionOrChallenge } from '../../events/arrival/handover.ts';
import type { ProvenArrival } from '../../events/arrival/proven-arrival.ts';
import { rejectionAdvice } from '../../events/arrival/rejection-advice.ts';
import { authorizeRequest } from '../../events/arrival/request-authorization.ts';

export interface SelfTestRejectionPorts
  extends Pick<VerificationDeps, 'readSigningSecret' | 'certificate' | 'publicUrl'> {
  readDigest(secret: string, tokenId: string): Promise<Buffer>;
  /** Whether the authorizers refuse requests that do not come through CloudFront. */
  checksOrigin: boolean;
}

/** How the public URL answered. */
export interface RefusingAnswer {
  status: number;
  /** CloudFront adds this id to each answer. */
  cloudFrontId: string | null;
}

/** A connection whose endpoint is tested. Only an active endpoint can be tested. */
export interface TestedConnection extends Connection {
  endpoint: Endpoint;
}

/** The step that refuses a sample. The reason is absent if no step refuses the sample here. */
interface Finding {
  step: 'authorized' | 'verified';
  reason?: RejectionOrChallenge;
}

/**
 * Checks a sample here, by the same rules. The caller's address is not known here, so the address list is left out of
 * the checks. If no check fails and there is an address list, the list is the reason.
 */
async function findRejection(
  connection: TestedConnection,
  { request }: ProvenArrival,
  at: Date,
  ports: SelfTestRejectionPorts,
): Promise<Finding> {
  const { endpoint, name } = connection;
  const { search, pathname } = new URL(request.url);
  const rest = decodeURIComponent(pathname).split(`/${endpoint.id}/`)[1];
  const delivery = {
    headers: request.headers,
    rawQueryString: search.slice(1),
    rest,
    method: request.method,
    sourceIp: '',
  };
  const anywhere = { ...endpoint, settings: { ...endpoint.settings, allowFrom: null } };
  const readConnection = async () => ({ ...connection, endpoint: anywhere });
  const now = () => at;
  const senderRequest = { ...delivery, connection: name, endpointId: endpoint.id };
  const verdict = await authorizeRequest(senderRequest, { readConnection, readDigest: ports.readDigest, now });
  if (!verdict.admitted) return { step: 'authorized', reason: verdict.reason };
  const arrived = { ...delivery, requestId: '', body: request.body };
  const proof = await verifyProofs(verdict.handover, settingsOf(connection), arrived, { ...ports, now });
  if ('reason' in proof) return { step: 'verified', reason: proof.reason };
  return endpoint.settings.allowFrom ? { step: 'authorized', reason: 'address_not_allowed' } : { step: 'verified' };
}

/** The reasons that follow from the status alone. */
const reasonByStatus: Record<number, RejectionOrChallenge> = { 405: 'method_not_allowed', 413: 'body_too_large' };

function explain({ reason }: Finding, status: number, connection: Connection) {
  const known = reasonByStatus[status] ?? reason;
  if (known === undefined || known === 'challenged') return advised({ code: 'unexplained', status });
  const { secret } = rejectionAdvice(known, connection);
  return advised({ code: 'rejected', status, reason: known, secret });
}

/** The steps of a sample that got an answer and was refused. */
export async function rejectedSteps(
  connection: TestedConnection,
  sample: ProvenArrival,
  { status, cloudFrontId }: RefusingAnswer,
  at: Date,
  ports: SelfTestRejectionPorts,
): Promise<TestStep[]> {
  if (sample.unsigned && connection.endpoint.tokens.length > 0)
    return [{ step: 'authorized', outcome: 'skipped', ...advised({ code: 'only_sender_signs' }) }];
  const notAuthorized = (code: 'past_cloudfront' | 'other_origin'): TestStep[] => [
    { step: 'authorized', outcome: 'failed', ...advised({ code, status }) },
  ];
  // The authorizer checks the origin before it reads anything.
  const checkedOrigin = ports.checksOrigin && status === 403;
  if (checkedOrigin && cloudFrontId === null) return notAuthorized('past_cloudfront');
  const finding = await findRejection(connection, sample, at, ports);
  if (checkedOrigin && finding.reason === undefined) return notAuthorized('other_origin');
  const failed: TestStep = { step: finding.step, outcome: 'failed', ...explain(finding, status, connection) };
  return finding.step === 'verified' ? [{ step: 'authorized', outcome: 'passed' }, failed] : [failed];
}
