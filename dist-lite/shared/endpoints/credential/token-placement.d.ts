/**
 * Placements: where a sender may put its token, and how to read it from a request. See `delivery-url.ts` for the URLs
 * to paste and `redaction.ts` for what is removed before storage.
 */
import * as z from 'zod/mini';
/** The name of a header that API Gateway passes on unchanged. */
export declare const headerNameSchema: z.ZodMiniString<string>;
/** A place in a request where a token is accepted. */
export declare const placementSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    in: z.ZodMiniLiteral<"query">;
    name: z.ZodMiniString<string>;
}, z.core.$strict>, z.ZodMiniObject<{
    in: z.ZodMiniLiteral<"path">;
}, z.core.$strict>, z.ZodMiniObject<{
    in: z.ZodMiniLiteral<"header">;
    name: z.ZodMiniString<string>;
    scheme: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>, z.ZodMiniObject<{
    in: z.ZodMiniLiteral<"basic">;
    username: z.ZodMiniString<string>;
}, z.core.$strict>, z.ZodMiniObject<{
    in: z.ZodMiniLiteral<"body">;
    path: z.ZodMiniString<string>;
}, z.core.$strict>], "in">;
export type Placement = z.infer<typeof placementSchema>;
/** The parts of a request, except the body, that can carry a token. Compatible with API Gateway's payload 2.0. */
export interface RequestHead {
    headers: Record<string, string | undefined>;
    rawQueryString: string;
    /** The path after the endpoint id, decoded, without a leading slash. */
    rest: string | undefined;
}
/** A credential found in a request. `value` is null if it can't be valid: wrong user, broken base64, or given twice. */
export interface PresentedCredential {
    in: Placement['in'];
    /** The placement's name, as in `placementName`. */
    place: string;
    value: string | null;
}
/** A placement's name for operators, such as `query token`. Never contains a value. */
export declare function placementName(placement: Placement): string;
/**
 * Every credential at an accepted placement of a request, except the body. A header with another scheme (such as Basic
 * where Bearer is accepted) presents no credential.
 */
export declare function credentialsIn(accept: readonly Placement[], carrier: RequestHead): PresentedCredential[];
/** The credentials in a JSON or form-encoded body. Empty if the body can't be parsed. */
export declare function credentialsInBody(accept: readonly Placement[], body: Buffer, contentType: string): PresentedCredential[];
/** Whether a credential can be a live token. Checked before any secret is read. */
export declare const isPlausible: (presented: PresentedCredential) => boolean;
/**
 * The reason why this placement can't carry this token, or undefined if it can. API Gateway decodes a path before
 * splitting it, so a slash would end the segment.
 */
export declare function whyCannotCarry(placement: Placement, value: string): string | undefined;
