import { UsageError } from './command-error.ts';

/** @returns what an error of AWS or of its client means for whoever typed the command, or the error if it is another one */
export function explainedAwsError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UsageError) return error;
  const { name, message } = error;
  if (message === 'Region is missing')
    return new UsageError('No AWS region is set: set AWS_REGION, or the region in your AWS configuration.', {
      cause: error,
    });
  const isOfAws = '$metadata' in error || name === 'CredentialsProviderError' || /^Region not accepted/.test(message);
  return isOfAws
    ? new UsageError(`AWS refused this, or can't be asked (${name}): ${message}`, { cause: error })
    : error;
}
