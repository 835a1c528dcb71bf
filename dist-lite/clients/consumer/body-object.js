/** Reads a body that is too large for the bus from the bodies bucket. */
/**
 * Reads a body with S3's client. Few bodies are large, so the client is loaded with the first of them. Lambda's Node.js has it.
 */
export const readFromBucket = async ({ bucket, key }) => {
    const { GetObjectCommand, NoSuchKey, S3Client } = await import('@aws-sdk/client-s3');
    try {
        const { Body } = await new S3Client({}).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToByteArray();
    }
    catch (error) {
        if (error instanceof NoSuchKey)
            return undefined;
        throw error;
    }
};
