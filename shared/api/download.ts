/** A file that an operator's request is answered with: bytes as a sender sent them, which no browser may render. */
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';

/** A media type that can stand in a header. What a sender called its body may be anything. */
const mediaTypeForm = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+[\x20-\x7e]*$/;

export class Download {
  private readonly bytes: Buffer;
  private readonly filename: string;
  private readonly contentType: string;

  /**
   * @param filename letters, digits, `_`, `-` and `.`
   * @param contentType as the sender said it; what can not stand in a header becomes `application/octet-stream`
   */
  constructor(bytes: Buffer, filename: string, contentType: string | undefined) {
    this.bytes = bytes;
    this.filename = filename;
    this.contentType = mediaTypeForm.test(contentType ?? '') ? String(contentType) : 'application/octet-stream';
  }

  /** API Gateway decodes it, so that the bytes arrive as they are. */
  toResult(): Result {
    return {
      statusCode: 200,
      headers: {
        'content-type': this.contentType,
        'content-disposition': `attachment; filename="${this.filename}"`,
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
      body: this.bytes.toString('base64'),
      isBase64Encoded: true,
    };
  }
}
