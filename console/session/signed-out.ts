import { ApiError } from '../../shared/api/api-error.ts';

/** Whether the API refused the operator token itself, and not a right of the operator's role. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 403 && error.code === 'forbidden';
