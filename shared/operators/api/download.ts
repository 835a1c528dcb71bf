/** An answer that is a file: the bytes that a sender sent. No browser may render them. */
import type { APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';

/** The form of a media type that can go into a header. The sender's content type can be any text. */
const mediaTypeForm = /^[\w!#$&^.+-]+\/[\w!#$&^.+-][\x20-\x7e]*$/;

export class Download {
  private readonly bytes: Buffer;
  private readonly filename: string;
  private readonly contentType: string;

  /**
   * @param filename letters, digits, `_`, `-` and `.`
   * @param contentType from the sender; if it can't go into a header, it becomes `application/octet-stream`
   */
  constructor(bytes: Buffer, filename: string, contentType: string | undefined) {
    this.bytes = bytes;
    this.filename = filename;
    this.contentType = mediaTypeForm.test(contentType ?? '') ? String(contentType) : 'application/octet-stream';
  }

  /** API Gateway decodes the base64, so the client gets the exact bytes. */
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
