/** Reads a body that is too large for the bus from the bodies bucket. */
/** Where a body is. */
export interface BodyLocation {
    bucket: string;
    key: string;
}
/** Reads a body from its bucket. Undefined if it is there no more. */
export type ReadBody = (location: BodyLocation) => Promise<Uint8Array | undefined>;
/**
 * Reads a body with S3's client. Few bodies are large, so the client is loaded with the first of them. Lambda's Node.js has it.
 */
export declare const readFromBucket: ReadBody;
