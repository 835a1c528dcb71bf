import { ApiError } from '../../../shared/operators/api/api-error.ts';

/** Whether the API refused the operator token itself, and not a right of the operator's role. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 403 && error.code === 'forbidden';

/** Why a session ended, other than by a sign-out in this tab: the API refused its token, or the person signed out in another tab. */
export type End = 'refused' | 'elsewhere';
