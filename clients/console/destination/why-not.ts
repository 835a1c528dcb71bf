/** Why a button that changes a destination is disabled. The API says who may. */
import { useSession } from '../session/session.tsx';
import { text } from '../text.ts';

/** Undefined for who may change destinations. */
export const useWhyNot = (): string | undefined =>
  useSession().me.allowedActions.includes('changeDestination') ? undefined : text.destination.notAllowed;
