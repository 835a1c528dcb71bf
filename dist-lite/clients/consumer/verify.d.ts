import type { Scheme } from '../../shared/endpoints/signature/scheme.ts';
import type { SignatureRejection } from '../../shared/endpoints/signature/signed-message.ts';
import type { Webhook } from './webhook.ts';
import { type NotExactReason } from './webhook-body.ts';
/**
 * Why no verdict is possible. `url`: the sender signs the URL, which an event does not have. `redacted`: a part of the request that the
 * verification needs had a token. `certificate`: the sender signs with a certificate, which would have to be fetched. Otherwise it is the
 * reason why the exact bytes can't be had.
 */
export type NotVerifiableCause = 'url' | 'redacted' | 'certificate' | NotExactReason;
export type WebhookVerdict = {
    verified: true;
} | {
    verified: false;
    reason: 'not_verifiable';
    cause: NotVerifiableCause;
} | {
    verified: false;
    reason: SignatureRejection;
};
export interface VerifyOptions {
    /** The sender's secret, or each secret that is valid now. */
    secret: string | readonly string[];
    /** By default that of the webhook's provider. The name of an older scheme of the provider, or a scheme of your own. */
    scheme?: string | Scheme | undefined;
}
/**
 * Verifies the sender's signature by Hooklatch's own schemes, as of the time when the webhook was received: one that is handled or replayed
 * days later is as good as on its first day.
 * @throws Error if there is no such scheme
 * @throws BodyMissing if the body is no longer in its bucket
 */
export declare function verify(webhook: Webhook, { secret, scheme: choice }: VerifyOptions): Promise<WebhookVerdict>;
