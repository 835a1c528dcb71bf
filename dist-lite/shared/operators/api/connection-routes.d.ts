/** The routes for connections and for providers. */
import * as z from 'zod/mini';
export declare const connectionRoutes: {
    readonly 'GET /healthz': {
        readonly function: "api-connections";
        readonly role: "nobody";
        readonly summary: "Version and status.";
        readonly answer: z.ZodMiniObject<{
            status: z.ZodMiniLiteral<"ok">;
            version: z.ZodMiniString<string>;
        }, z.core.$strip>;
    };
    readonly 'GET /openapi.json': {
        readonly function: "api-connections";
        readonly role: "nobody";
        readonly summary: "Describes this API as an OpenAPI 3.1 document.";
        readonly answer: z.ZodMiniObject<{
            openapi: z.ZodMiniString<string>;
        }, z.core.$loose>;
    };
    readonly 'GET /v1/providers': {
        readonly function: "api-connections";
        readonly role: "flow_designer";
        readonly summary: "Lists the known senders.";
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                id: z.ZodMiniString<string>;
                name: z.ZodMiniString<string>;
                docs: z.ZodMiniURL;
                kind: z.ZodMiniEnum<{
                    token: "token";
                    signature: "signature";
                    both: "both";
                }>;
                coversBody: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                secretFrom: z.ZodMiniEnum<{
                    operator: "operator";
                    sender: "sender";
                    handshake: "handshake";
                }>;
                confidence: z.ZodMiniEnum<{
                    stated: "stated";
                    known: "known";
                }>;
            }, z.core.$strip>>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/providers/{id}': {
        readonly function: "api-connections";
        readonly role: "flow_designer";
        readonly summary: "Reads what is known of a sender and how to set it up.";
        readonly answer: z.ZodMiniObject<{
            url: z.ZodMiniString<string>;
            secret: z.ZodMiniString<string>;
            guide: z.ZodMiniObject<{
                url: z.ZodMiniString<string>;
                secret: z.ZodMiniString<string>;
                contentType: z.ZodMiniOptional<z.ZodMiniString<string>>;
                test: z.ZodMiniOptional<z.ZodMiniString<string>>;
            }, z.core.$strip>;
            secretPrefix: z.ZodMiniOptional<z.ZodMiniString<string>>;
            contentType: z.ZodMiniOptional<z.ZodMiniString<string>>;
            test: z.ZodMiniOptional<z.ZodMiniString<string>>;
            deadlineSeconds: z.ZodMiniOptional<z.ZodMiniNumber<number>>;
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
            scheme: z.ZodMiniOptional<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
            }, z.core.$strict>], "kind">>;
            older: z.ZodMiniArray<z.ZodMiniString<string>>;
            dedupe: z.ZodMiniOptional<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                by: z.ZodMiniLiteral<"header">;
                name: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                by: z.ZodMiniLiteral<"body">;
                path: z.ZodMiniString<string>;
            }, z.core.$strict>, z.ZodMiniObject<{
                by: z.ZodMiniLiteral<"content">;
            }, z.core.$strict>, z.ZodMiniObject<{
                by: z.ZodMiniLiteral<"none">;
            }, z.core.$strict>], "by">>;
            otherIds: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
            unsignedId: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            type: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniCustom<import("../../endpoints/settings/value-location.ts").ValueLocation, import("../../endpoints/settings/value-location.ts").ValueLocation>>>;
            batch: z.ZodMiniOptional<z.ZodMiniCustom<import("../../endpoints/settings/split.ts").Batch, import("../../endpoints/settings/split.ts").Batch>>;
            handshakes: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniCustom<import("../../endpoints/provider/preset.ts").Handshake, import("../../endpoints/provider/preset.ts").Handshake>>>;
            answer: z.ZodMiniOptional<z.ZodMiniObject<{
                status: z.ZodMiniInt;
                body: z.ZodMiniOptional<z.ZodMiniString<string>>;
                contentType: z.ZodMiniOptional<z.ZodMiniEnum<{
                    "application/json": "application/json";
                    "text/plain": "text/plain";
                    "application/xml": "application/xml";
                }>>;
            }, z.core.$strict>>;
            rejectionStatus: z.ZodMiniOptional<z.ZodMiniInt>;
            id: z.ZodMiniString<string>;
            name: z.ZodMiniString<string>;
            docs: z.ZodMiniURL;
            kind: z.ZodMiniEnum<{
                token: "token";
                signature: "signature";
                both: "both";
            }>;
            coversBody: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
            secretFrom: z.ZodMiniEnum<{
                operator: "operator";
                sender: "sender";
                handshake: "handshake";
            }>;
            confidence: z.ZodMiniEnum<{
                stated: "stated";
                known: "known";
            }>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/connections': {
        readonly function: "api-connections";
        readonly role: "flow_designer";
        readonly summary: "Lists connections by name. With include=stats it also counts the events and rejections of the last hour. A schedule sums them up once a minute: they are complete up to asOf.";
        readonly query: z.ZodMiniObject<{
            include: z.ZodMiniOptional<z.ZodMiniLiteral<"stats">>;
            limit: z.ZodMiniOptional<z.ZodMiniString<string>>;
            cursor: z.ZodMiniOptional<z.ZodMiniString<string>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            items: z.ZodMiniArray<z.ZodMiniObject<{
                status: z.ZodMiniEnum<{
                    configured: "configured";
                    active: "active";
                    inactive: "inactive";
                    unconfigured: "unconfigured";
                }>;
                allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                    test: "test";
                    generateToken: "generateToken";
                    rotateToken: "rotateToken";
                    changeAuth: "changeAuth";
                    openHandshake: "openHandshake";
                    hold: "hold";
                    edit: "edit";
                    delete: "delete";
                    configure: "configure";
                    revealToken: "revealToken";
                    endGrace: "endGrace";
                    removeToken: "removeToken";
                    activate: "activate";
                    deactivate: "deactivate";
                    release: "release";
                    confirmHandshake: "confirmHandshake";
                    closeHandshake: "closeHandshake";
                    deconfigure: "deconfigure";
                }>>;
                note: z.ZodMiniOptional<z.ZodMiniString<string>>;
                facts: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
                    code: z.ZodMiniEnum<{
                        signature_unsupported: "signature_unsupported";
                        message_incomplete: "message_incomplete";
                        endpoint_unknown: "endpoint_unknown";
                        endpoint_inactive: "endpoint_inactive";
                        address_not_allowed: "address_not_allowed";
                        secret_missing: "secret_missing";
                        token_missing: "token_missing";
                        token_malformed: "token_malformed";
                        token_unknown: "token_unknown";
                        token_expired: "token_expired";
                        secret_malformed: "secret_malformed";
                        signature_missing: "signature_missing";
                        signature_malformed: "signature_malformed";
                        signature_mismatch: "signature_mismatch";
                        timestamp_missing: "timestamp_missing";
                        timestamp_malformed: "timestamp_malformed";
                        timestamp_too_old: "timestamp_too_old";
                        timestamp_in_future: "timestamp_in_future";
                        message_ambiguous: "message_ambiguous";
                        scheme_unsafe: "scheme_unsafe";
                        body_not_json_object: "body_not_json_object";
                        body_not_utf8: "body_not_utf8";
                        handshake_refused: "handshake_refused";
                        claim_mismatch: "claim_mismatch";
                        topic_not_allowed: "topic_not_allowed";
                        certificate_refused: "certificate_refused";
                        certificate_unavailable: "certificate_unavailable";
                        delivery_id_reused: "delivery_id_reused";
                        method_not_allowed: "method_not_allowed";
                        body_too_large: "body_too_large";
                        handshake_window_closed: "handshake_window_closed";
                        sender_secret_missing: "sender_secret_missing";
                        adopt_secret: "adopt_secret";
                        await_secret: "await_secret";
                        no_answer: "no_answer";
                        failed_here: "failed_here";
                        destination_redirected: "destination_redirected";
                        destination_refused: "destination_refused";
                        destination_forbidden: "destination_forbidden";
                        destination_no_token: "destination_no_token";
                        destination_silent: "destination_silent";
                        redirected: "redirected";
                        past_cloudfront: "past_cloudfront";
                        other_origin: "other_origin";
                        rejected: "rejected";
                        unexplained: "unexplained";
                        only_sender_signs: "only_sender_signs";
                        not_stored: "not_stored";
                        publish_not_asked: "publish_not_asked";
                        held_back: "held_back";
                        not_on_bus: "not_on_bus";
                        delivery_known: "delivery_known";
                        event_not_named: "event_not_named";
                        published_as_usual: "published_as_usual";
                        made_with_token: "made_with_token";
                        made_with_signature: "made_with_signature";
                        made_with_both: "made_with_both";
                        secret_to_adopt: "secret_to_adopt";
                        handshake_to_open: "handshake_to_open";
                        token_removed: "token_removed";
                        no_url_yet: "no_url_yet";
                        still_inactive: "still_inactive";
                        release_runs: "release_runs";
                        not_observed: "not_observed";
                        last_check: "last_check";
                        next_pass: "next_pass";
                        provider_mistyped: "provider_mistyped";
                        unknown_provider: "unknown_provider";
                        mistyped_provider: "mistyped_provider";
                        connection_not_found: "connection_not_found";
                        last_admin: "last_admin";
                        operator_not_found: "operator_not_found";
                        provider_not_found: "provider_not_found";
                        secret_made_by_sender: "secret_made_by_sender";
                        version_mismatch: "version_mismatch";
                        scheme_missing: "scheme_missing";
                        scheme_unexpected: "scheme_unexpected";
                        spaces_around: "spaces_around";
                        secret_spaces: "secret_spaces";
                        sender_spaces: "sender_spaces";
                        secret_form: "secret_form";
                        hex_for_base64: "hex_for_base64";
                        hex_for_base64url: "hex_for_base64url";
                        base64_for_hex: "base64_for_hex";
                        base64_for_base64url: "base64_for_base64url";
                        base64url_for_hex: "base64url_for_hex";
                        base64url_for_base64: "base64url_for_base64";
                        prefix_missing: "prefix_missing";
                        prefix_other: "prefix_other";
                        body_line_break: "body_line_break";
                        body_rewritten: "body_rewritten";
                        url_other: "url_other";
                        older_scheme: "older_scheme";
                        body_is_form: "body_is_form";
                        body_is_no_form: "body_is_no_form";
                        time_unit: "time_unit";
                        minutes_off: "minutes_off";
                        hours_off: "hours_off";
                        days_off: "days_off";
                    }>;
                    secret: z.ZodMiniOptional<z.ZodMiniObject<{
                        code: z.ZodMiniEnum<{
                            adopt_secret: "adopt_secret";
                            await_secret: "await_secret";
                        }>;
                        where: z.ZodMiniString<string>;
                        field: z.ZodMiniEnum<{
                            value: "value";
                            signingSecret: "signingSecret";
                        }>;
                        verb: z.ZodMiniEnum<{
                            generateToken: "generateToken";
                            rotateToken: "rotateToken";
                            changeAuth: "changeAuth";
                        }>;
                    }, z.core.$strip>>;
                    status: z.ZodMiniOptional<z.ZodMiniInt>;
                    reason: z.ZodMiniOptional<z.ZodMiniEnum<{
                        signature_unsupported: "signature_unsupported";
                        message_incomplete: "message_incomplete";
                        endpoint_unknown: "endpoint_unknown";
                        endpoint_inactive: "endpoint_inactive";
                        address_not_allowed: "address_not_allowed";
                        secret_missing: "secret_missing";
                        token_missing: "token_missing";
                        token_malformed: "token_malformed";
                        token_unknown: "token_unknown";
                        token_expired: "token_expired";
                        secret_malformed: "secret_malformed";
                        signature_missing: "signature_missing";
                        signature_malformed: "signature_malformed";
                        signature_mismatch: "signature_mismatch";
                        timestamp_missing: "timestamp_missing";
                        timestamp_malformed: "timestamp_malformed";
                        timestamp_too_old: "timestamp_too_old";
                        timestamp_in_future: "timestamp_in_future";
                        message_ambiguous: "message_ambiguous";
                        scheme_unsafe: "scheme_unsafe";
                        body_not_json_object: "body_not_json_object";
                        body_not_utf8: "body_not_utf8";
                        handshake_refused: "handshake_refused";
                        claim_mismatch: "claim_mismatch";
                        topic_not_allowed: "topic_not_allowed";
                        certificate_refused: "certificate_refused";
                        certificate_unavailable: "certificate_unavailable";
                        delivery_id_reused: "delivery_id_reused";
                        method_not_allowed: "method_not_allowed";
                        body_too_large: "body_too_large";
                        handshake_window_closed: "handshake_window_closed";
                        sender_secret_missing: "sender_secret_missing";
                        adopt_secret: "adopt_secret";
                        await_secret: "await_secret";
                        no_answer: "no_answer";
                        failed_here: "failed_here";
                        destination_redirected: "destination_redirected";
                        destination_refused: "destination_refused";
                        destination_forbidden: "destination_forbidden";
                        destination_no_token: "destination_no_token";
                        destination_silent: "destination_silent";
                        redirected: "redirected";
                        past_cloudfront: "past_cloudfront";
                        other_origin: "other_origin";
                        rejected: "rejected";
                        unexplained: "unexplained";
                        only_sender_signs: "only_sender_signs";
                        not_stored: "not_stored";
                        publish_not_asked: "publish_not_asked";
                        held_back: "held_back";
                        not_on_bus: "not_on_bus";
                        delivery_known: "delivery_known";
                        event_not_named: "event_not_named";
                        published_as_usual: "published_as_usual";
                        made_with_token: "made_with_token";
                        made_with_signature: "made_with_signature";
                        made_with_both: "made_with_both";
                        secret_to_adopt: "secret_to_adopt";
                        handshake_to_open: "handshake_to_open";
                        token_removed: "token_removed";
                        no_url_yet: "no_url_yet";
                        still_inactive: "still_inactive";
                        release_runs: "release_runs";
                        not_observed: "not_observed";
                        last_check: "last_check";
                        next_pass: "next_pass";
                        provider_mistyped: "provider_mistyped";
                        unknown_provider: "unknown_provider";
                        mistyped_provider: "mistyped_provider";
                        connection_not_found: "connection_not_found";
                        last_admin: "last_admin";
                        operator_not_found: "operator_not_found";
                        provider_not_found: "provider_not_found";
                        secret_made_by_sender: "secret_made_by_sender";
                        version_mismatch: "version_mismatch";
                        scheme_missing: "scheme_missing";
                        scheme_unexpected: "scheme_unexpected";
                        spaces_around: "spaces_around";
                        secret_spaces: "secret_spaces";
                        sender_spaces: "sender_spaces";
                        secret_form: "secret_form";
                        hex_for_base64: "hex_for_base64";
                        hex_for_base64url: "hex_for_base64url";
                        base64_for_hex: "base64_for_hex";
                        base64_for_base64url: "base64_for_base64url";
                        base64url_for_hex: "base64url_for_hex";
                        base64url_for_base64: "base64url_for_base64";
                        prefix_missing: "prefix_missing";
                        prefix_other: "prefix_other";
                        body_line_break: "body_line_break";
                        body_rewritten: "body_rewritten";
                        url_other: "url_other";
                        older_scheme: "older_scheme";
                        body_is_form: "body_is_form";
                        body_is_no_form: "body_is_no_form";
                        time_unit: "time_unit";
                        minutes_off: "minutes_off";
                        hours_off: "hours_off";
                        days_off: "days_off";
                    }>>;
                    fault: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    at: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    replayId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    nearest: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    version: z.ZodMiniOptional<z.ZodMiniInt>;
                    wanted: z.ZodMiniOptional<z.ZodMiniInt>;
                }, z.core.$strip>>>;
                endpoint: z.ZodMiniNullable<z.ZodMiniObject<{
                    auth: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                        kind: z.ZodMiniLiteral<"token">;
                        accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                    }, z.core.$strip>, z.ZodMiniObject<{
                        kind: z.ZodMiniLiteral<"signature">;
                        scheme: z.ZodMiniCustom<string | {
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
                        }>;
                    }, z.core.$strip>, z.ZodMiniObject<{
                        kind: z.ZodMiniLiteral<"both">;
                        accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                        scheme: z.ZodMiniCustom<string | {
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
                        }>;
                    }, z.core.$strip>], "kind">;
                    tokens: z.ZodMiniArray<z.ZodMiniObject<{
                        kind: z.ZodMiniOptional<z.ZodMiniEnum<{
                            token: "token";
                            signature: "signature";
                            both: "both";
                        }>>;
                        lastUsedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                        id: z.ZodMiniString<string>;
                        createdAt: z.iso.ZodMiniISODateTime;
                        createdBy: z.ZodMiniString<string>;
                        expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    }, z.core.$strip>>;
                    handshake: z.ZodMiniOptional<z.ZodMiniObject<{
                        verifyToken: z.ZodMiniOptional<z.ZodMiniString<string>>;
                        openUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                        delivered: z.ZodMiniOptional<z.ZodMiniObject<{
                            at: z.iso.ZodMiniISODateTime;
                            sourceIp: z.ZodMiniString<string>;
                        }, z.core.$strip>>;
                        count: z.ZodMiniOptional<z.ZodMiniInt>;
                        lastAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    }, z.core.$strip>>;
                    allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                        test: "test";
                        generateToken: "generateToken";
                        rotateToken: "rotateToken";
                        changeAuth: "changeAuth";
                        openHandshake: "openHandshake";
                        hold: "hold";
                        edit: "edit";
                        delete: "delete";
                        configure: "configure";
                        revealToken: "revealToken";
                        endGrace: "endGrace";
                        removeToken: "removeToken";
                        activate: "activate";
                        deactivate: "deactivate";
                        release: "release";
                        confirmHandshake: "confirmHandshake";
                        closeHandshake: "closeHandshake";
                        deconfigure: "deconfigure";
                    }>>;
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
                    id: z.ZodMiniString<string>;
                    status: z.ZodMiniEnum<{
                        configured: "configured";
                        active: "active";
                        inactive: "inactive";
                        unconfigured: "unconfigured";
                    }>;
                    held: z.ZodMiniBoolean<boolean>;
                    heldSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    heldCount: z.ZodMiniOptional<z.ZodMiniInt>;
                    heldCountComplete: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                    url: z.ZodMiniNullable<z.ZodMiniURL>;
                }, z.core.$strip>>;
                id: z.ZodMiniString<string>;
                name: z.ZodMiniString<string>;
                provider: z.ZodMiniString<string>;
                description: z.ZodMiniString<string>;
                version: z.ZodMiniInt;
                createdAt: z.iso.ZodMiniISODateTime;
                updatedAt: z.iso.ZodMiniISODateTime;
                updatedBy: z.ZodMiniString<string>;
                managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"file">;
                    name: z.ZodMiniString<string>;
                    adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                    tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                    stackId: z.ZodMiniString<string>;
                    logicalId: z.ZodMiniString<string>;
                    adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                }, z.core.$strip>]>>;
                alerts: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
                    kind: z.ZodMiniString<string>;
                    since: z.iso.ZodMiniISODateTime;
                    threshold: z.ZodMiniObject<{
                        count: z.ZodMiniOptional<z.ZodMiniInt>;
                        minutes: z.ZodMiniOptional<z.ZodMiniInt>;
                        days: z.ZodMiniOptional<z.ZodMiniInt>;
                    }, z.core.$strip>;
                }, z.core.$strip>>>;
                stats: z.ZodMiniOptional<z.ZodMiniObject<{
                    lastHour: z.ZodMiniObject<{
                        events: z.ZodMiniInt;
                        rejections: z.ZodMiniInt;
                        eventsByMinute: z.ZodMiniArray<z.ZodMiniInt>;
                        rejectionsByMinute: z.ZodMiniArray<z.ZodMiniInt>;
                        refused: z.ZodMiniRecord<z.ZodMiniString<string>, z.ZodMiniInt>;
                        upTo: z.iso.ZodMiniISODateTime;
                    }, z.core.$strip>;
                    lastEventAt: z.ZodMiniNullable<z.iso.ZodMiniISODateTime>;
                    asOf: z.iso.ZodMiniISODateTime;
                    complete: z.ZodMiniBoolean<boolean>;
                }, z.core.$strip>>;
            }, z.core.$strip>>;
            nextCursor: z.ZodMiniNullable<z.ZodMiniString<string>>;
        }, z.core.$strip>;
    };
    readonly 'POST /v1/connections': {
        readonly function: "api-connections";
        readonly role: "connection_admin";
        readonly statuses: readonly [201];
        readonly summary: "Opens a connection.";
        readonly body: z.ZodMiniObject<{
            name: z.ZodMiniString<string>;
            provider: z.ZodMiniDefault<z.ZodMiniString<string>>;
            description: z.ZodMiniDefault<z.ZodMiniString<string>>;
            managedBy: z.ZodMiniOptional<z.ZodMiniObject<{
                name: z.ZodMiniString<string>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                kind: z.ZodMiniLiteral<"file">;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strict>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            status: z.ZodMiniEnum<{
                configured: "configured";
                active: "active";
                inactive: "inactive";
                unconfigured: "unconfigured";
            }>;
            allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                test: "test";
                generateToken: "generateToken";
                rotateToken: "rotateToken";
                changeAuth: "changeAuth";
                openHandshake: "openHandshake";
                hold: "hold";
                edit: "edit";
                delete: "delete";
                configure: "configure";
                revealToken: "revealToken";
                endGrace: "endGrace";
                removeToken: "removeToken";
                activate: "activate";
                deactivate: "deactivate";
                release: "release";
                confirmHandshake: "confirmHandshake";
                closeHandshake: "closeHandshake";
                deconfigure: "deconfigure";
            }>>;
            note: z.ZodMiniOptional<z.ZodMiniString<string>>;
            facts: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
                code: z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>;
                secret: z.ZodMiniOptional<z.ZodMiniObject<{
                    code: z.ZodMiniEnum<{
                        adopt_secret: "adopt_secret";
                        await_secret: "await_secret";
                    }>;
                    where: z.ZodMiniString<string>;
                    field: z.ZodMiniEnum<{
                        value: "value";
                        signingSecret: "signingSecret";
                    }>;
                    verb: z.ZodMiniEnum<{
                        generateToken: "generateToken";
                        rotateToken: "rotateToken";
                        changeAuth: "changeAuth";
                    }>;
                }, z.core.$strip>>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                reason: z.ZodMiniOptional<z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>>;
                fault: z.ZodMiniOptional<z.ZodMiniString<string>>;
                at: z.ZodMiniOptional<z.ZodMiniString<string>>;
                replayId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                nearest: z.ZodMiniOptional<z.ZodMiniString<string>>;
                version: z.ZodMiniOptional<z.ZodMiniInt>;
                wanted: z.ZodMiniOptional<z.ZodMiniInt>;
            }, z.core.$strip>>>;
            endpoint: z.ZodMiniNullable<z.ZodMiniObject<{
                auth: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"token">;
                    accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"signature">;
                    scheme: z.ZodMiniCustom<string | {
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
                    }>;
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"both">;
                    accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                    scheme: z.ZodMiniCustom<string | {
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
                    }>;
                }, z.core.$strip>], "kind">;
                tokens: z.ZodMiniArray<z.ZodMiniObject<{
                    kind: z.ZodMiniOptional<z.ZodMiniEnum<{
                        token: "token";
                        signature: "signature";
                        both: "both";
                    }>>;
                    lastUsedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    id: z.ZodMiniString<string>;
                    createdAt: z.iso.ZodMiniISODateTime;
                    createdBy: z.ZodMiniString<string>;
                    expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                }, z.core.$strip>>;
                handshake: z.ZodMiniOptional<z.ZodMiniObject<{
                    verifyToken: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    openUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    delivered: z.ZodMiniOptional<z.ZodMiniObject<{
                        at: z.iso.ZodMiniISODateTime;
                        sourceIp: z.ZodMiniString<string>;
                    }, z.core.$strip>>;
                    count: z.ZodMiniOptional<z.ZodMiniInt>;
                    lastAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                }, z.core.$strip>>;
                allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                    test: "test";
                    generateToken: "generateToken";
                    rotateToken: "rotateToken";
                    changeAuth: "changeAuth";
                    openHandshake: "openHandshake";
                    hold: "hold";
                    edit: "edit";
                    delete: "delete";
                    configure: "configure";
                    revealToken: "revealToken";
                    endGrace: "endGrace";
                    removeToken: "removeToken";
                    activate: "activate";
                    deactivate: "deactivate";
                    release: "release";
                    confirmHandshake: "confirmHandshake";
                    closeHandshake: "closeHandshake";
                    deconfigure: "deconfigure";
                }>>;
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
                id: z.ZodMiniString<string>;
                status: z.ZodMiniEnum<{
                    configured: "configured";
                    active: "active";
                    inactive: "inactive";
                    unconfigured: "unconfigured";
                }>;
                held: z.ZodMiniBoolean<boolean>;
                heldSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                heldCount: z.ZodMiniOptional<z.ZodMiniInt>;
                heldCountComplete: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                url: z.ZodMiniNullable<z.ZodMiniURL>;
            }, z.core.$strip>>;
            id: z.ZodMiniString<string>;
            name: z.ZodMiniString<string>;
            provider: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
        }, z.core.$strip>;
    };
    readonly 'GET /v1/connections/{name}': {
        readonly function: "api-connections";
        readonly role: "flow_designer";
        readonly summary: "Reads a connection.";
        readonly answer: z.ZodMiniObject<{
            status: z.ZodMiniEnum<{
                configured: "configured";
                active: "active";
                inactive: "inactive";
                unconfigured: "unconfigured";
            }>;
            allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                test: "test";
                generateToken: "generateToken";
                rotateToken: "rotateToken";
                changeAuth: "changeAuth";
                openHandshake: "openHandshake";
                hold: "hold";
                edit: "edit";
                delete: "delete";
                configure: "configure";
                revealToken: "revealToken";
                endGrace: "endGrace";
                removeToken: "removeToken";
                activate: "activate";
                deactivate: "deactivate";
                release: "release";
                confirmHandshake: "confirmHandshake";
                closeHandshake: "closeHandshake";
                deconfigure: "deconfigure";
            }>>;
            note: z.ZodMiniOptional<z.ZodMiniString<string>>;
            facts: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
                code: z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>;
                secret: z.ZodMiniOptional<z.ZodMiniObject<{
                    code: z.ZodMiniEnum<{
                        adopt_secret: "adopt_secret";
                        await_secret: "await_secret";
                    }>;
                    where: z.ZodMiniString<string>;
                    field: z.ZodMiniEnum<{
                        value: "value";
                        signingSecret: "signingSecret";
                    }>;
                    verb: z.ZodMiniEnum<{
                        generateToken: "generateToken";
                        rotateToken: "rotateToken";
                        changeAuth: "changeAuth";
                    }>;
                }, z.core.$strip>>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                reason: z.ZodMiniOptional<z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>>;
                fault: z.ZodMiniOptional<z.ZodMiniString<string>>;
                at: z.ZodMiniOptional<z.ZodMiniString<string>>;
                replayId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                nearest: z.ZodMiniOptional<z.ZodMiniString<string>>;
                version: z.ZodMiniOptional<z.ZodMiniInt>;
                wanted: z.ZodMiniOptional<z.ZodMiniInt>;
            }, z.core.$strip>>>;
            endpoint: z.ZodMiniNullable<z.ZodMiniObject<{
                auth: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"token">;
                    accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"signature">;
                    scheme: z.ZodMiniCustom<string | {
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
                    }>;
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"both">;
                    accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                    scheme: z.ZodMiniCustom<string | {
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
                    }>;
                }, z.core.$strip>], "kind">;
                tokens: z.ZodMiniArray<z.ZodMiniObject<{
                    kind: z.ZodMiniOptional<z.ZodMiniEnum<{
                        token: "token";
                        signature: "signature";
                        both: "both";
                    }>>;
                    lastUsedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    id: z.ZodMiniString<string>;
                    createdAt: z.iso.ZodMiniISODateTime;
                    createdBy: z.ZodMiniString<string>;
                    expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                }, z.core.$strip>>;
                handshake: z.ZodMiniOptional<z.ZodMiniObject<{
                    verifyToken: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    openUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    delivered: z.ZodMiniOptional<z.ZodMiniObject<{
                        at: z.iso.ZodMiniISODateTime;
                        sourceIp: z.ZodMiniString<string>;
                    }, z.core.$strip>>;
                    count: z.ZodMiniOptional<z.ZodMiniInt>;
                    lastAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                }, z.core.$strip>>;
                allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                    test: "test";
                    generateToken: "generateToken";
                    rotateToken: "rotateToken";
                    changeAuth: "changeAuth";
                    openHandshake: "openHandshake";
                    hold: "hold";
                    edit: "edit";
                    delete: "delete";
                    configure: "configure";
                    revealToken: "revealToken";
                    endGrace: "endGrace";
                    removeToken: "removeToken";
                    activate: "activate";
                    deactivate: "deactivate";
                    release: "release";
                    confirmHandshake: "confirmHandshake";
                    closeHandshake: "closeHandshake";
                    deconfigure: "deconfigure";
                }>>;
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
                id: z.ZodMiniString<string>;
                status: z.ZodMiniEnum<{
                    configured: "configured";
                    active: "active";
                    inactive: "inactive";
                    unconfigured: "unconfigured";
                }>;
                held: z.ZodMiniBoolean<boolean>;
                heldSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                heldCount: z.ZodMiniOptional<z.ZodMiniInt>;
                heldCountComplete: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                url: z.ZodMiniNullable<z.ZodMiniURL>;
            }, z.core.$strip>>;
            id: z.ZodMiniString<string>;
            name: z.ZodMiniString<string>;
            provider: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
        }, z.core.$strip>;
    };
    readonly 'PATCH /v1/connections/{name}': {
        readonly function: "api-connections";
        readonly role: "connection_admin";
        readonly summary: "Edits a connection. The provider can change only while the connection is unconfigured.";
        readonly body: z.ZodMiniObject<{
            provider: z.ZodMiniOptional<z.ZodMiniString<string>>;
            description: z.ZodMiniOptional<z.ZodMiniString<string>>;
            managedBy: z.ZodMiniOptional<z.ZodMiniNullable<z.ZodMiniObject<{
                name: z.ZodMiniString<string>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                kind: z.ZodMiniLiteral<"file">;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strict>>>;
        }, z.core.$strict>;
        readonly answer: z.ZodMiniObject<{
            status: z.ZodMiniEnum<{
                configured: "configured";
                active: "active";
                inactive: "inactive";
                unconfigured: "unconfigured";
            }>;
            allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                test: "test";
                generateToken: "generateToken";
                rotateToken: "rotateToken";
                changeAuth: "changeAuth";
                openHandshake: "openHandshake";
                hold: "hold";
                edit: "edit";
                delete: "delete";
                configure: "configure";
                revealToken: "revealToken";
                endGrace: "endGrace";
                removeToken: "removeToken";
                activate: "activate";
                deactivate: "deactivate";
                release: "release";
                confirmHandshake: "confirmHandshake";
                closeHandshake: "closeHandshake";
                deconfigure: "deconfigure";
            }>>;
            note: z.ZodMiniOptional<z.ZodMiniString<string>>;
            facts: z.ZodMiniOptional<z.ZodMiniArray<z.ZodMiniObject<{
                code: z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>;
                secret: z.ZodMiniOptional<z.ZodMiniObject<{
                    code: z.ZodMiniEnum<{
                        adopt_secret: "adopt_secret";
                        await_secret: "await_secret";
                    }>;
                    where: z.ZodMiniString<string>;
                    field: z.ZodMiniEnum<{
                        value: "value";
                        signingSecret: "signingSecret";
                    }>;
                    verb: z.ZodMiniEnum<{
                        generateToken: "generateToken";
                        rotateToken: "rotateToken";
                        changeAuth: "changeAuth";
                    }>;
                }, z.core.$strip>>;
                status: z.ZodMiniOptional<z.ZodMiniInt>;
                reason: z.ZodMiniOptional<z.ZodMiniEnum<{
                    signature_unsupported: "signature_unsupported";
                    message_incomplete: "message_incomplete";
                    endpoint_unknown: "endpoint_unknown";
                    endpoint_inactive: "endpoint_inactive";
                    address_not_allowed: "address_not_allowed";
                    secret_missing: "secret_missing";
                    token_missing: "token_missing";
                    token_malformed: "token_malformed";
                    token_unknown: "token_unknown";
                    token_expired: "token_expired";
                    secret_malformed: "secret_malformed";
                    signature_missing: "signature_missing";
                    signature_malformed: "signature_malformed";
                    signature_mismatch: "signature_mismatch";
                    timestamp_missing: "timestamp_missing";
                    timestamp_malformed: "timestamp_malformed";
                    timestamp_too_old: "timestamp_too_old";
                    timestamp_in_future: "timestamp_in_future";
                    message_ambiguous: "message_ambiguous";
                    scheme_unsafe: "scheme_unsafe";
                    body_not_json_object: "body_not_json_object";
                    body_not_utf8: "body_not_utf8";
                    handshake_refused: "handshake_refused";
                    claim_mismatch: "claim_mismatch";
                    topic_not_allowed: "topic_not_allowed";
                    certificate_refused: "certificate_refused";
                    certificate_unavailable: "certificate_unavailable";
                    delivery_id_reused: "delivery_id_reused";
                    method_not_allowed: "method_not_allowed";
                    body_too_large: "body_too_large";
                    handshake_window_closed: "handshake_window_closed";
                    sender_secret_missing: "sender_secret_missing";
                    adopt_secret: "adopt_secret";
                    await_secret: "await_secret";
                    no_answer: "no_answer";
                    failed_here: "failed_here";
                    destination_redirected: "destination_redirected";
                    destination_refused: "destination_refused";
                    destination_forbidden: "destination_forbidden";
                    destination_no_token: "destination_no_token";
                    destination_silent: "destination_silent";
                    redirected: "redirected";
                    past_cloudfront: "past_cloudfront";
                    other_origin: "other_origin";
                    rejected: "rejected";
                    unexplained: "unexplained";
                    only_sender_signs: "only_sender_signs";
                    not_stored: "not_stored";
                    publish_not_asked: "publish_not_asked";
                    held_back: "held_back";
                    not_on_bus: "not_on_bus";
                    delivery_known: "delivery_known";
                    event_not_named: "event_not_named";
                    published_as_usual: "published_as_usual";
                    made_with_token: "made_with_token";
                    made_with_signature: "made_with_signature";
                    made_with_both: "made_with_both";
                    secret_to_adopt: "secret_to_adopt";
                    handshake_to_open: "handshake_to_open";
                    token_removed: "token_removed";
                    no_url_yet: "no_url_yet";
                    still_inactive: "still_inactive";
                    release_runs: "release_runs";
                    not_observed: "not_observed";
                    last_check: "last_check";
                    next_pass: "next_pass";
                    provider_mistyped: "provider_mistyped";
                    unknown_provider: "unknown_provider";
                    mistyped_provider: "mistyped_provider";
                    connection_not_found: "connection_not_found";
                    last_admin: "last_admin";
                    operator_not_found: "operator_not_found";
                    provider_not_found: "provider_not_found";
                    secret_made_by_sender: "secret_made_by_sender";
                    version_mismatch: "version_mismatch";
                    scheme_missing: "scheme_missing";
                    scheme_unexpected: "scheme_unexpected";
                    spaces_around: "spaces_around";
                    secret_spaces: "secret_spaces";
                    sender_spaces: "sender_spaces";
                    secret_form: "secret_form";
                    hex_for_base64: "hex_for_base64";
                    hex_for_base64url: "hex_for_base64url";
                    base64_for_hex: "base64_for_hex";
                    base64_for_base64url: "base64_for_base64url";
                    base64url_for_hex: "base64url_for_hex";
                    base64url_for_base64: "base64url_for_base64";
                    prefix_missing: "prefix_missing";
                    prefix_other: "prefix_other";
                    body_line_break: "body_line_break";
                    body_rewritten: "body_rewritten";
                    url_other: "url_other";
                    older_scheme: "older_scheme";
                    body_is_form: "body_is_form";
                    body_is_no_form: "body_is_no_form";
                    time_unit: "time_unit";
                    minutes_off: "minutes_off";
                    hours_off: "hours_off";
                    days_off: "days_off";
                }>>;
                fault: z.ZodMiniOptional<z.ZodMiniString<string>>;
                at: z.ZodMiniOptional<z.ZodMiniString<string>>;
                replayId: z.ZodMiniOptional<z.ZodMiniString<string>>;
                nearest: z.ZodMiniOptional<z.ZodMiniString<string>>;
                version: z.ZodMiniOptional<z.ZodMiniInt>;
                wanted: z.ZodMiniOptional<z.ZodMiniInt>;
            }, z.core.$strip>>>;
            endpoint: z.ZodMiniNullable<z.ZodMiniObject<{
                auth: z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"token">;
                    accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"signature">;
                    scheme: z.ZodMiniCustom<string | {
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
                    }>;
                }, z.core.$strip>, z.ZodMiniObject<{
                    kind: z.ZodMiniLiteral<"both">;
                    accept: z.ZodMiniReadonly<z.ZodMiniArray<z.ZodMiniDiscriminatedUnion<[z.ZodMiniObject<{
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
                    scheme: z.ZodMiniCustom<string | {
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
                    }>;
                }, z.core.$strip>], "kind">;
                tokens: z.ZodMiniArray<z.ZodMiniObject<{
                    kind: z.ZodMiniOptional<z.ZodMiniEnum<{
                        token: "token";
                        signature: "signature";
                        both: "both";
                    }>>;
                    lastUsedAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    id: z.ZodMiniString<string>;
                    createdAt: z.iso.ZodMiniISODateTime;
                    createdBy: z.ZodMiniString<string>;
                    expiresAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                }, z.core.$strip>>;
                handshake: z.ZodMiniOptional<z.ZodMiniObject<{
                    verifyToken: z.ZodMiniOptional<z.ZodMiniString<string>>;
                    openUntil: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                    delivered: z.ZodMiniOptional<z.ZodMiniObject<{
                        at: z.iso.ZodMiniISODateTime;
                        sourceIp: z.ZodMiniString<string>;
                    }, z.core.$strip>>;
                    count: z.ZodMiniOptional<z.ZodMiniInt>;
                    lastAt: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                }, z.core.$strip>>;
                allowedActions: z.ZodMiniArray<z.ZodMiniEnum<{
                    test: "test";
                    generateToken: "generateToken";
                    rotateToken: "rotateToken";
                    changeAuth: "changeAuth";
                    openHandshake: "openHandshake";
                    hold: "hold";
                    edit: "edit";
                    delete: "delete";
                    configure: "configure";
                    revealToken: "revealToken";
                    endGrace: "endGrace";
                    removeToken: "removeToken";
                    activate: "activate";
                    deactivate: "deactivate";
                    release: "release";
                    confirmHandshake: "confirmHandshake";
                    closeHandshake: "closeHandshake";
                    deconfigure: "deconfigure";
                }>>;
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
                id: z.ZodMiniString<string>;
                status: z.ZodMiniEnum<{
                    configured: "configured";
                    active: "active";
                    inactive: "inactive";
                    unconfigured: "unconfigured";
                }>;
                held: z.ZodMiniBoolean<boolean>;
                heldSince: z.ZodMiniOptional<z.iso.ZodMiniISODateTime>;
                heldCount: z.ZodMiniOptional<z.ZodMiniInt>;
                heldCountComplete: z.ZodMiniOptional<z.ZodMiniBoolean<boolean>>;
                url: z.ZodMiniNullable<z.ZodMiniURL>;
            }, z.core.$strip>>;
            id: z.ZodMiniString<string>;
            name: z.ZodMiniString<string>;
            provider: z.ZodMiniString<string>;
            description: z.ZodMiniString<string>;
            version: z.ZodMiniInt;
            createdAt: z.iso.ZodMiniISODateTime;
            updatedAt: z.iso.ZodMiniISODateTime;
            updatedBy: z.ZodMiniString<string>;
            managedBy: z.ZodMiniOptional<z.ZodMiniUnion<readonly [z.ZodMiniObject<{
                kind: z.ZodMiniLiteral<"file">;
                name: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
                tokenRef: z.ZodMiniOptional<z.ZodMiniString<string>>;
                closed: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>, z.ZodMiniObject<{
                kind: z.ZodMiniDefault<z.ZodMiniLiteral<"stack">>;
                stackId: z.ZodMiniString<string>;
                logicalId: z.ZodMiniString<string>;
                adopted: z.ZodMiniOptional<z.ZodMiniLiteral<true>>;
            }, z.core.$strip>]>>;
        }, z.core.$strip>;
    };
    readonly 'DELETE /v1/connections/{name}': {
        readonly function: "api-connections";
        readonly role: "connection_admin";
        readonly statuses: readonly [204];
        readonly summary: "Deletes a connection. The connection must be unconfigured.";
        readonly answer: z.ZodMiniNull;
    };
};
