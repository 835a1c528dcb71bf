/**
 * Rejections as operators read them. This file is separate from `rejection.ts`, because the functions that refuse requests must
 * start quickly and do not need it.
 */
import * as z from 'zod/mini';
import { type Hint, hints } from '../signature/hint.ts';
import {
  faultKinds,
  type PlacementFault,
  type RejectionReason,
  type RejectionSample,
  rejectionReasons,
} from './rejection.ts';

/** For operators: what each reason means, and what to do. */
export const rejectionExplanations: Record<RejectionReason, string> = {
  endpoint_unknown:
    'The URL has another endpoint id than this connection: it was cut off, mistyped or deconfigured. A deconfigured URL never works again. Copy the present URL into the sender.',
  endpoint_inactive: 'The endpoint is not active. Activate it, or turn off the webhook at the sender.',
  address_not_allowed: "The sender's address is not in allowFrom. Compare sourceIp in the sample with the list.",
  secret_missing:
    'The endpoint had no live token, so it refused every request. Generate a token, and enter it at the sender.',
  token_missing:
    'No token was found in the accepted placements. Compare auth.accept with how the sender sends the token. A header that is accepted with a scheme, such as Bearer, needs that word before the token.',
  token_malformed:
    'The token that was sent does not have the form of a token: it is truncated, mistyped, sent twice or with another user name. Copy the whole token again.',
  token_unknown:
    'The token that was sent is not live. Either it never existed here, or a rotation or a removal ended it; Hooklatch does not store which. Enter the token of this endpoint at the sender.',
  token_expired:
    'The previous token was sent after its grace had ended. Reveal the new token, and enter it at the sender.',
  secret_malformed:
    "The secret does not have the form of this sender's secrets. Copy it again, and adopt it by a rotation.",
  signature_missing: 'No signature was found. Turn on signing at the sender, or compare auth.scheme with how it signs.',
  signature_malformed:
    'The signature does not have the form of this scheme. Compare auth.scheme with how the sender signs.',
  signature_unsupported:
    'The signature names another version or algorithm than the scheme. Compare auth.scheme with how the sender signs.',
  signature_mismatch:
    'The signature was made with another secret or for other content. Compare the secret at the sender with the one of this endpoint.',
  timestamp_missing: 'The time of signing was not found. Compare auth.scheme with how the sender signs.',
  timestamp_malformed: 'The time of signing is not a valid time. Compare auth.scheme with how the sender signs.',
  timestamp_too_old:
    'The request was signed too long ago. The sender delivers late, its clock is wrong, or somebody sent the request again.',
  timestamp_in_future: "The request was signed in the future. The sender's clock is wrong.",
  message_incomplete:
    'A part that the signature covers is missing from the request, such as a header or a field of the body. Compare auth.scheme with how the sender signs.',
  message_ambiguous:
    'The signature would be valid for another request too, because a signed value contains the separator, such as a dot in an id. If the sender is set up correctly, somebody else sent the request.',
  scheme_unsafe:
    'The scheme in auth.scheme is now known to be unsafe: somebody without the secret could make such a signature. Configure it again. The answer says what to change.',
  body_not_json_object:
    "This sender's webhooks are JSON objects, and this body was not one. Its signature may come from the answer to a handshake.",
  body_not_utf8:
    'The content type says that the body is text, but the body has bytes that are not UTF-8. API Gateway replaced these bytes before Hooklatch got them, so the signature does not fit. Make the sender write the body in UTF-8, or send it with a content type that is not text, such as application/octet-stream.',
  handshake_window_closed:
    'The sender delivered a secret, but no handshake window was open. Open the window (POST …/endpoint/handshake), then start the handshake again at the sender. If you did not ask for a handshake, somebody else knows the URL.',
  handshake_refused:
    'The sender began a handshake with another verify token, or with a challenge that cannot be answered. Compare the verify token at the sender with the one of this endpoint.',
  claim_mismatch:
    'The JWT has another audience or issuer than the scheme. Compare aud and iss in auth.scheme with those in the tokens of the sender.',
  topic_not_allowed: "The topic of the message is not in the scheme's topicArns. Compare its TopicArn with the list.",
  certificate_refused:
    'The request names a certificate that does not belong to the sender, is not valid, or has no trusted root. If the sender is set up correctly, somebody else sent the request.',
  certificate_unavailable:
    "The sender's certificate could not be fetched. Either its host failed, or requests named too many certificates that do not exist. The answer was 429, so the sender tries again. If this continues, require a token too, with auth.kind both: then a request without the token makes Hooklatch fetch nothing.",
  delivery_id_reused:
    "A delivery with the same signed id is already stored with another body. This sender's signature covers only a checksum of the body, so somebody who saw that delivery may have made this one. Nothing is lost. Compare the stored event with the sender's record of it.",
  method_not_allowed:
    "The sender used a method that is not in the endpoint's methods. Change the methods, or the method at the sender.",
  body_too_large: 'The body is too large. Make the sender send less at once, or a reference to the data.',
};

/** The advice about a fault that is more specific than its reason. */
const faultAdvice: Partial<Record<PlacementFault['fault'], string>> = {
  scheme_missing:
    'In this header the token is accepted only after a scheme word, and the word is missing. Make the sender write that word and a space before the token, such as "Bearer ", or accept the header without a scheme.',
  scheme_unexpected:
    'The header has a word such as Bearer before the token, but only the token is accepted. Make the sender write only the token, once, or accept the header with that word as its scheme.',
};

/** The advice about a sample. Undefined if the reason's explanation is enough. */
export const sampleAdviceOf = ({ hint, faults }: RejectionSample): string | undefined =>
  hint ? hints[hint] : faults.map(({ fault }) => faultAdvice[fault]).find((advice) => advice !== undefined);

const sampleSchema = z.object({
  method: z.string(),
  sourceIp: z.string(),
  userAgent: z.optional(z.string()),
  headers: z.array(z.string()),
  faults: z.array(z.object({ placement: z.string(), fault: z.enum(faultKinds) })),
  hint: z.optional(z.enum(Object.keys(hints) as Hint[])),
});

/** Reads a stored sample. */
export const rejectionSampleFrom = (json: string): RejectionSample => sampleSchema.parse(JSON.parse(json));

/** A sample, and what its hint or its faults mean. Other webhooks in the same count may have been refused for other causes. */
const advisedSampleSchema = z.object({ ...sampleSchema.shape, advice: z.optional(z.string()) });

/** The number of webhooks that were refused in a minute for one reason. */
export const rejectionViewSchema = z.object({
  minute: z.string(),
  reason: z.enum(rejectionReasons),
  count: z.int(),
  /** True if the count is a lower bound: there were so many webhooks that some are not counted yet and may never be counted. */
  atLeast: z.optional(z.literal(true)),
  explanation: z.string(),
  sample: z.optional(advisedSampleSchema),
  /** The first samples of other causes. */
  otherSamples: z.optional(z.array(advisedSampleSchema)),
});
export type RejectionView = z.infer<typeof rejectionViewSchema>;
