/**
 * The texts of an answer in the words of a client. The API says each text in English too. Its own text is used for an advice that the
 * client does not know, because the deployment is newer, and for a problem without facts.
 */

import type { RejectionView } from '../../events/arrival/rejection-view.ts';
import { adviceText, type Words, worded } from '../../ground/base/advice.ts';
import type { Advice } from '../../ground/base/advice-schema.ts';
import { refusalTexts } from '../../ground/base/advice-text.ts';
import type { ApiError } from './api-error.ts';

export interface Advised {
  facts?: readonly Advice[] | undefined;
}
/** The text of advice: in the words of the client, or this one. */
export type Said = (advised: Advised, text: string) => string;

/**
 * @param name the connection's name
 * @param refusalText words a refusal of the lifecycle, or what is wrong with a field. Undefined for every other problem
 */
export function answerTexts(
  words: Words,
  name: string,
  refusalText: (problem: ApiError['problem'], said: Said) => string | undefined,
) {
  const said = ({ facts = [] }: Advised, text = ''): string => {
    const known = facts.map((each) => adviceText(each, words, name)).join(' ');
    return known === '' || /\{\w+\}/.test(known) ? text : known;
  };
  return {
    said,
    /** A sentence of a sender's guide. */
    guide: (text: string): string => worded(text, words),
    /** Why webhooks were rejected. */
    rejection: (rejection: Pick<RejectionView, 'explanation' | 'facts'>): string =>
      said(rejection, rejection.explanation),
    /** What to do about one cause of a rejection. Empty if nothing more is known. */
    sample: (sample: NonNullable<RejectionView['sample']>): string => said(sample, sample.advice),
    /** What a step of a test found. */
    step: (step: Advised & { detail?: string | undefined }): string => said(step, step.detail),
    notes: (noted: Advised & { note?: string | undefined }): string => said(noted, noted.note),
    problem({ problem, code, detail }: ApiError): string {
      const itself = Object.hasOwn(refusalTexts, code) ? { facts: [problem as unknown as Advice] } : {};
      return refusalText(problem, said) ?? said({ ...itself, ...problem }, detail);
    },
  };
}
