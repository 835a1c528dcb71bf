/** DynamoDB's client. Apart from the tables, so that a bundle holds the code of those alone that it uses. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** The client, made once for each instance. @param maxAttempts how often a call is sent at most; 3 when unsaid */
export const dynamodb = (maxAttempts?: number): DynamoDBClient =>
  new DynamoDBClient(maxAttempts === undefined ? {} : { maxAttempts });
