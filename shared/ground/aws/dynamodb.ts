/** The DynamoDB client. The client has its own file, so that a bundle contains only the tables that it uses. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * Creates the client, once per function instance.
 * @param maxAttempts how often a call is sent at most; by default as the SDK does
 */
export const dynamodb = (maxAttempts?: number): DynamoDBClient =>
  new DynamoDBClient(maxAttempts === undefined ? {} : { maxAttempts });
