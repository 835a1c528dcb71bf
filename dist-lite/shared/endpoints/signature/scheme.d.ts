/**
 * The way in which a webhook sender signs its requests, as data. A scheme says where the signature and the time are,
 * what is signed, with which algorithm, and in which form the secret is written. `verify-signature.ts` verifies
 * requests by their scheme.
 *
 * Five senders need their own code, because their signed message depends on the request: `twilio`, `adyen`,
 * `contentful`, `sns`, `paypal`. The last two sign with a certificate, which `certificate.ts` finds.
 */
import * as z from 'zod/mini';
export declare const valueSourceSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    separator: z.ZodMiniOptional<z.ZodMiniEnum<{
        ",": ",";
        " ": " ";
        ";": ";";
    }>>;
    prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    in: z.ZodMiniLiteral<"header">;
    name: z.ZodMiniString<string>;
}, z.core.$strict>, z.ZodMiniObject<{
    separator: z.ZodMiniOptional<z.ZodMiniEnum<{
        ",": ",";
        " ": " ";
        ";": ";";
    }>>;
    prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    in: z.ZodMiniLiteral<"numberedHeaders">;
    name: z.ZodMiniString<string>;
}, z.core.$strict>, z.ZodMiniObject<{
    separator: z.ZodMiniOptional<z.ZodMiniEnum<{
        ",": ",";
        " ": " ";
        ";": ";";
    }>>;
    prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    in: z.ZodMiniLiteral<"body">;
    path: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>], "in">;
export type ValueSource = z.infer<typeof valueSourceSchema>;
/** A part of the signed message. Parts are joined without separators; see `message-boundary.ts`. */
export declare const messagePartSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"body">;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"bodyCrc32">;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"sortedForm">;
    only: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"timestamp">;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"value">;
    source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"numberedHeaders">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>], "in">;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"url">;
    decoded: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"method">;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"secret">;
}, z.core.$strict>, z.ZodMiniObject<{
    part: z.ZodMiniLiteral<"literal">;
    text: z.ZodMiniString<string>;
}, z.core.$strict>], "part">;
export type MessagePart = z.infer<typeof messagePartSchema>;
/** The location of the time of signing. A request more than `tolerance` seconds in the past or future is rejected. */
export declare const timestampSchema: z.ZodMiniObject<{
    source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"numberedHeaders">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>], "in">;
    unit: z.ZodMiniEnum<{
        s: "s";
        ms: "ms";
        rfc3339: "rfc3339";
        imf: "imf";
    }>;
    tolerance: z.ZodMiniOptional<z.ZodMiniInt>;
}, z.core.$strict>;
export type Timestamp = z.infer<typeof timestampSchema>;
/** The form in which the sender's console shows a shared secret. A `prefix` is removed if present. */
export declare const secretFormSchema: z.ZodMiniObject<{
    form: z.ZodMiniEnum<{
        base64: "base64";
        utf8: "utf8";
        hex: "hex";
    }>;
    prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>;
export type SecretForm = z.infer<typeof secretFormSchema>;
/** The form of a public key: PEM (also a certificate), base64 of SPKI, or the 32 bytes of an Ed25519 key. */
export declare const publicKeyFormSchema: z.ZodMiniObject<{
    form: z.ZodMiniEnum<{
        pem: "pem";
        spki: "spki";
        rawHex: "rawHex";
        rawBase64: "rawBase64";
    }>;
    prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
}, z.core.$strict>;
export type PublicKeyForm = z.infer<typeof publicKeyFormSchema>;
export declare const schemeSchema: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    encoding: z.ZodMiniEnum<{
        base64: "base64";
        base64url: "base64url";
        hex: "hex";
    }>;
    signatures: z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"numberedHeaders">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>], "in">>;
    message: z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"body">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"bodyCrc32">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"sortedForm">;
        only: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"timestamp">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"value">;
        source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"header">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"numberedHeaders">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"body">;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>], "in">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"url">;
        decoded: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"method">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"secret">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"literal">;
        text: z.ZodMiniString<string>;
    }, z.core.$strict>], "part">>;
    timestamp: z.ZodMiniOptional<z.ZodMiniObject<{
        source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"header">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"numberedHeaders">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"body">;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>], "in">;
        unit: z.ZodMiniEnum<{
            s: "s";
            ms: "ms";
            rfc3339: "rfc3339";
            imf: "imf";
        }>;
        tolerance: z.ZodMiniOptional<z.ZodMiniInt>;
    }, z.core.$strict>>;
    requires: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
        header: z.ZodMiniString<string>;
        equals: z.ZodMiniString<string>;
    }, z.core.$strict>>>;
    kind: z.ZodMiniLiteral<"hmac">;
    algorithm: z.ZodMiniEnum<{
        sha256: "sha256";
        sha1: "sha1";
        sha512: "sha512";
    }>;
    key: z.ZodMiniObject<{
        form: z.ZodMiniEnum<{
            base64: "base64";
            utf8: "utf8";
            hex: "hex";
        }>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>;
}, z.core.$strict>, z.ZodMiniObject<{
    encoding: z.ZodMiniEnum<{
        base64: "base64";
        base64url: "base64url";
        hex: "hex";
    }>;
    signatures: z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"numberedHeaders">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>], "in">>;
    message: z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"body">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"bodyCrc32">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"sortedForm">;
        only: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"timestamp">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"value">;
        source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"header">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"numberedHeaders">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"body">;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>], "in">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"url">;
        decoded: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"method">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"secret">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"literal">;
        text: z.ZodMiniString<string>;
    }, z.core.$strict>], "part">>;
    timestamp: z.ZodMiniOptional<z.ZodMiniObject<{
        source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"header">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"numberedHeaders">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"body">;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>], "in">;
        unit: z.ZodMiniEnum<{
            s: "s";
            ms: "ms";
            rfc3339: "rfc3339";
            imf: "imf";
        }>;
        tolerance: z.ZodMiniOptional<z.ZodMiniInt>;
    }, z.core.$strict>>;
    requires: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
        header: z.ZodMiniString<string>;
        equals: z.ZodMiniString<string>;
    }, z.core.$strict>>>;
    kind: z.ZodMiniLiteral<"digest">;
    algorithm: z.ZodMiniEnum<{
        sha256: "sha256";
        sha1: "sha1";
        sha512: "sha512";
    }>;
    key: z.ZodMiniObject<{
        form: z.ZodMiniEnum<{
            base64: "base64";
            utf8: "utf8";
            hex: "hex";
        }>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>;
}, z.core.$strict>, z.ZodMiniObject<{
    encoding: z.ZodMiniEnum<{
        base64: "base64";
        base64url: "base64url";
        hex: "hex";
    }>;
    signatures: z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"numberedHeaders">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>], "in">>;
    message: z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"body">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"bodyCrc32">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"sortedForm">;
        only: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"timestamp">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"value">;
        source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"header">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"numberedHeaders">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"body">;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>], "in">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"url">;
        decoded: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"method">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"secret">;
    }, z.core.$strict>, z.ZodMiniObject<{
        part: z.ZodMiniLiteral<"literal">;
        text: z.ZodMiniString<string>;
    }, z.core.$strict>], "part">>;
    timestamp: z.ZodMiniOptional<z.ZodMiniObject<{
        source: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"header">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"numberedHeaders">;
            name: z.ZodMiniString<string>;
        }, z.core.$strict>, z.ZodMiniObject<{
            separator: z.ZodMiniOptional<z.ZodMiniEnum<{
                ",": ",";
                " ": " ";
                ";": ";";
            }>>;
            prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            in: z.ZodMiniLiteral<"body">;
            path: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>], "in">;
        unit: z.ZodMiniEnum<{
            s: "s";
            ms: "ms";
            rfc3339: "rfc3339";
            imf: "imf";
        }>;
        tolerance: z.ZodMiniOptional<z.ZodMiniInt>;
    }, z.core.$strict>>;
    requires: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
        header: z.ZodMiniString<string>;
        equals: z.ZodMiniString<string>;
    }, z.core.$strict>>>;
    kind: z.ZodMiniLiteral<"publicKey">;
    algorithm: z.ZodMiniEnum<{
        ed25519: "ed25519";
        "ecdsa-p256": "ecdsa-p256";
        "rsa-sha256": "rsa-sha256";
    }>;
    key: z.ZodMiniObject<{
        form: z.ZodMiniEnum<{
            pem: "pem";
            spki: "spki";
            rawHex: "rawHex";
            rawBase64: "rawBase64";
        }>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>;
}, z.core.$strict>, z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
    kind: z.ZodMiniLiteral<"jwt">;
    token: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"numberedHeaders">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>], "in">;
    tolerance: z.ZodMiniInt;
    aud: z.ZodMiniOptional<z.ZodMiniString<string>>;
    iss: z.ZodMiniOptional<z.ZodMiniString<string>>;
    algorithm: z.ZodMiniLiteral<"HS256">;
    key: z.ZodMiniObject<{
        form: z.ZodMiniEnum<{
            base64: "base64";
            utf8: "utf8";
            hex: "hex";
        }>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>;
}, z.core.$strict>, z.ZodMiniObject<{
    kind: z.ZodMiniLiteral<"jwt">;
    token: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"header">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"numberedHeaders">;
        name: z.ZodMiniString<string>;
    }, z.core.$strict>, z.ZodMiniObject<{
        separator: z.ZodMiniOptional<z.ZodMiniEnum<{
            ",": ",";
            " ": " ";
            ";": ";";
        }>>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
        bare: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
        in: z.ZodMiniLiteral<"body">;
        path: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>], "in">;
    tolerance: z.ZodMiniInt;
    aud: z.ZodMiniOptional<z.ZodMiniString<string>>;
    iss: z.ZodMiniOptional<z.ZodMiniString<string>>;
    algorithm: z.ZodMiniLiteral<"RS256">;
    key: z.ZodMiniObject<{
        form: z.ZodMiniEnum<{
            pem: "pem";
            spki: "spki";
            rawHex: "rawHex";
            rawBase64: "rawBase64";
        }>;
        prefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
    }, z.core.$strict>;
}, z.core.$strict>], "algorithm">, z.ZodMiniObject<{
    kind: z.ZodMiniLiteral<"twilio">;
}, z.core.$strict>, z.ZodMiniObject<{
    kind: z.ZodMiniLiteral<"adyen">;
}, z.core.$strict>, z.ZodMiniObject<{
    kind: z.ZodMiniLiteral<"contentful">;
    tolerance: z.ZodMiniInt;
}, z.core.$strict>, z.ZodMiniObject<{
    kind: z.ZodMiniLiteral<"sns">;
    topicArns: z.ZodMiniArray<z.ZodMiniString<string>>;
}, z.core.$strict>, z.ZodMiniObject<{
    kind: z.ZodMiniLiteral<"paypal">;
    webhookId: z.ZodMiniString<string>;
    toleranceDays: z.ZodMiniOptional<z.ZodMiniInt>;
}, z.core.$strict>], "kind">;
export type Scheme = z.infer<typeof schemeSchema>;
/** Schemes that are completely described by data. */
export type TemplateScheme = Extract<Scheme, {
    message: unknown;
}>;
/** Schemes that need the sender's own code; see `sender-scheme.ts`. */
export type SenderScheme = Extract<Scheme, {
    kind: 'twilio' | 'adyen' | 'contentful' | 'sns' | 'paypal';
}>;
export type JwtScheme = Extract<Scheme, {
    kind: 'jwt';
}>;
