/** The settings of an endpoint: who may deliver, how arrivals are authenticated, and the answer to the sender. */
import * as z from 'zod/mini';
export declare const methodSchema: z.ZodMiniEnum<{
    GET: "GET";
    HEAD: "HEAD";
    POST: "POST";
    PUT: "PUT";
    PATCH: "PATCH";
    DELETE: "DELETE";
    OPTIONS: "OPTIONS";
}>;
/** The answer to the sender after its webhook is stored. */
export declare const answerSchema: z.ZodMiniObject<{
    status: z.ZodMiniInt;
    body: z.ZodMiniOptional<z.ZodMiniString<string>>;
    contentType: z.ZodMiniOptional<z.ZodMiniEnum<{
        "application/json": "application/json";
        "text/plain": "text/plain";
        "application/xml": "application/xml";
    }>>;
}, z.core.$strict>;
export type Answer = z.infer<typeof answerSchema>;
/**
 * The way in which repeats of an arrival are recognized. `content` is never the default, because identical events are
 * legitimate.
 */
export declare const dedupeSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    by: z.ZodMiniLiteral<"header">;
    name: z.ZodMiniString<string>;
}, z.core.$strict>, z.ZodMiniObject<{
    by: z.ZodMiniLiteral<"body">;
    path: z.ZodMiniString<string>;
}, z.core.$strict>, z.ZodMiniObject<{
    by: z.ZodMiniLiteral<"content">;
}, z.core.$strict>, z.ZodMiniObject<{
    by: z.ZodMiniLiteral<"none">;
}, z.core.$strict>], "by">;
export type Dedupe = z.infer<typeof dedupeSchema>;
/** The location of an event's type. */
export declare const typeLocationSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    in: z.ZodMiniLiteral<"header">;
    name: z.ZodMiniString<string>;
}, z.core.$strict>, z.ZodMiniObject<{
    in: z.ZodMiniLiteral<"body">;
    path: z.ZodMiniString<string>;
}, z.core.$strict>], "in">;
/** The conditions for an alert: the endpoint rejects many arrivals, or receives none. */
export declare const alertsSchema: z.ZodMiniObject<{
    rejections: z.ZodMiniOptional<z.ZodMiniObject<{
        count: z.ZodMiniInt;
        minutes: z.ZodMiniInt;
    }, z.core.$strict>>;
    silence: z.ZodMiniOptional<z.ZodMiniObject<{
        minutes: z.ZodMiniInt;
    }, z.core.$strict>>;
}, z.core.$strict>;
export type Alerts = z.infer<typeof alertsSchema>;
/** The settings of an endpoint that operators can set. `settings-in-force.ts` fills in the others. */
export declare const settingsSchema: z.ZodMiniObject<{
    auth: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        kind: z.ZodMiniLiteral<"token">;
        accept: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
        }, z.core.$strict>], "in">>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        kind: z.ZodMiniLiteral<"signature">;
        scheme: z.ZodMiniOptional<z.ZodMiniCustom<string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }, string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        kind: z.ZodMiniLiteral<"both">;
        accept: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
        }, z.core.$strict>], "in">>>;
        scheme: z.ZodMiniOptional<z.ZodMiniCustom<string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }, string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }>>;
    }, z.core.$strict>], "kind">;
    answer: z.ZodMiniNullable<z.ZodMiniObject<{
        status: z.ZodMiniInt;
        body: z.ZodMiniOptional<z.ZodMiniString<string>>;
        contentType: z.ZodMiniOptional<z.ZodMiniEnum<{
            "application/json": "application/json";
            "text/plain": "text/plain";
            "application/xml": "application/xml";
        }>>;
    }, z.core.$strict>>;
    dedupe: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"content">;
    }, z.core.$strict>, z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"none">;
    }, z.core.$strict>], "by">;
    allowFrom: z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniString<string>>>;
    methods: z.ZodMiniArray<z.ZodMiniEnum<{
        GET: "GET";
        HEAD: "HEAD";
        POST: "POST";
        PUT: "PUT";
        PATCH: "PATCH";
        DELETE: "DELETE";
        OPTIONS: "OPTIONS";
    }>>;
    retentionDays: z.ZodMiniInt;
    secretFrom: z.ZodMiniEnum<{
        operator: "operator";
        sender: "sender";
        handshake: "handshake";
    }>;
    alerts: z.ZodMiniNullable<z.ZodMiniObject<{
        rejections: z.ZodMiniOptional<z.ZodMiniObject<{
            count: z.ZodMiniInt;
            minutes: z.ZodMiniInt;
        }, z.core.$strict>>;
        silence: z.ZodMiniOptional<z.ZodMiniObject<{
            minutes: z.ZodMiniInt;
        }, z.core.$strict>>;
    }, z.core.$strict>>;
    split: z.ZodMiniUnion<readonly [z.ZodMiniBoolean<boolean>, z.ZodMiniObject<{
        items: z.ZodMiniUnion<readonly [z.ZodMiniLiteral<"">, z.ZodMiniString<string>]>;
        id: z.ZodMiniOptional<z.ZodMiniString<string>>;
        type: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>]>;
    raw: z.ZodMiniBoolean<boolean>;
    type: z.ZodMiniNullable<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniString<string>;
    }, z.core.$strict>], "in">>;
}, z.core.$strict>;
export type Settings = z.infer<typeof settingsSchema>;
/** The settings that an operator set, as the record keeps them. */
export type NamedSettings = Partial<Settings>;
/** The settings as somebody writes them: what is absent has its default. */
export type ConnectionSettings = {
    readonly [Name in keyof Settings]?: Settings[Name] | undefined;
};
/** A change of settings. An absent field keeps its value, null restores the default. */
export declare const settingsChangeSchema: z.ZodMiniObject<{
    auth: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        kind: z.ZodMiniLiteral<"token">;
        accept: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
        }, z.core.$strict>], "in">>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        kind: z.ZodMiniLiteral<"signature">;
        scheme: z.ZodMiniOptional<z.ZodMiniCustom<string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }, string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        kind: z.ZodMiniLiteral<"both">;
        accept: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
        }, z.core.$strict>], "in">>>;
        scheme: z.ZodMiniOptional<z.ZodMiniCustom<string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }, string | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "digest";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "HS256";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            kind: "jwt";
            token: {
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            };
            tolerance: number;
            algorithm: "RS256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            aud?: string | undefined;
            iss?: string | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "hmac";
            algorithm: "sha256" | "sha1" | "sha512";
            key: {
                form: "base64" | "utf8" | "hex";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            encoding: "base64" | "base64url" | "hex";
            signatures: ({
                in: "header";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "numberedHeaders";
                name: string;
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
            } | {
                in: "body";
                separator?: "," | " " | ";" | undefined;
                prefix?: string | undefined;
                bare?: true | undefined;
                path?: string | undefined;
            })[];
            message: ({
                part: "body";
            } | {
                part: "bodyCrc32";
            } | {
                part: "sortedForm";
                only?: string | undefined;
            } | {
                part: "timestamp";
            } | {
                part: "value";
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
            } | {
                part: "url";
                decoded?: true | undefined;
            } | {
                part: "method";
            } | {
                part: "secret";
            } | {
                part: "literal";
                text: string;
            })[];
            kind: "publicKey";
            algorithm: "ed25519" | "ecdsa-p256" | "rsa-sha256";
            key: {
                form: "pem" | "spki" | "rawHex" | "rawBase64";
                prefix?: string | undefined;
            };
            timestamp?: {
                source: {
                    in: "header";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "numberedHeaders";
                    name: string;
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                } | {
                    in: "body";
                    separator?: "," | " " | ";" | undefined;
                    prefix?: string | undefined;
                    bare?: true | undefined;
                    path?: string | undefined;
                };
                unit: "s" | "ms" | "rfc3339" | "imf";
                tolerance?: number | undefined;
            } | undefined;
            requires?: {
                header: string;
                equals: string;
            }[] | undefined;
        } | {
            kind: "twilio";
        } | {
            kind: "adyen";
        } | {
            kind: "contentful";
            tolerance: number;
        } | {
            kind: "sns";
            topicArns: string[];
        } | {
            kind: "paypal";
            webhookId: string;
            toleranceDays?: number | undefined;
        }>>;
    }, z.core.$strict>], "kind">>>;
    answer: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
        status: z.ZodMiniInt;
        body: z.ZodMiniOptional<z.ZodMiniString<string>>;
        contentType: z.ZodMiniOptional<z.ZodMiniEnum<{
            "application/json": "application/json";
            "text/plain": "text/plain";
            "application/xml": "application/xml";
        }>>;
    }, z.core.$strict>>>;
    dedupe: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"content">;
    }, z.core.$strict>, z.ZodMiniObject<{
        by: z.ZodMiniLiteral<"none">;
    }, z.core.$strict>], "by">>>;
    allowFrom: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniString<string>>>>;
    methods: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniArray<z.ZodMiniEnum<{
        GET: "GET";
        HEAD: "HEAD";
        POST: "POST";
        PUT: "PUT";
        PATCH: "PATCH";
        DELETE: "DELETE";
        OPTIONS: "OPTIONS";
    }>>>>;
    retentionDays: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniInt>>;
    secretFrom: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniEnum<{
        operator: "operator";
        sender: "sender";
        handshake: "handshake";
    }>>>;
    alerts: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
        rejections: z.ZodMiniOptional<z.ZodMiniObject<{
            count: z.ZodMiniInt;
            minutes: z.ZodMiniInt;
        }, z.core.$strict>>;
        silence: z.ZodMiniOptional<z.ZodMiniObject<{
            minutes: z.ZodMiniInt;
        }, z.core.$strict>>;
    }, z.core.$strict>>>;
    split: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniUnion<readonly [z.ZodMiniBoolean<boolean>, z.ZodMiniObject<{
        items: z.ZodMiniUnion<readonly [z.ZodMiniLiteral<"">, z.ZodMiniString<string>]>;
        id: z.ZodMiniOptional<z.ZodMiniString<string>>;
        type: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>]>>>;
    raw: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniBoolean<boolean>>>;
    type: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniString<string>;
    }, z.core.$strict>], "in">>>;
}, z.core.$strict>;
export type SettingsChange = z.infer<typeof settingsChangeSchema>;
/** The settings after a change. An absent setting uses the default, so later releases can improve it. */
export declare const changedSettings: (settings: NamedSettings, change: SettingsChange) => NamedSettings;
