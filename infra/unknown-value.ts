import { Token } from 'aws-cdk-lib';

/** Whether only CloudFormation knows the value or a part of it, so that no synthesis can check it. */
export const isUnknown = (value: unknown): boolean =>
  Token.isUnresolved(value) || Token.isUnresolved(JSON.stringify(value) ?? '');
