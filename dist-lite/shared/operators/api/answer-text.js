/**
 * The texts of an answer in the words of a client. The API says each text in English too. Its own text is used for an advice that the
 * client does not know, because the deployment is newer, and for a problem without facts.
 */
import { adviceText, worded } from "../../ground/base/advice.js";
import { refusalTexts } from "../../ground/base/advice-text.js";
/**
 * @param name the connection's name
 * @param refusalText words a refusal of the lifecycle, or what is wrong with a field. Undefined for every other problem
 */
export function answerTexts(words, name, refusalText) {
    const said = ({ facts = [] }, text = '') => {
        const known = facts.map((each) => adviceText(each, words, name)).join(' ');
        return known === '' || /\{\w+\}/.test(known) ? text : known;
    };
    return {
        said,
        /** A sentence of a sender's guide. */
        guide: (text) => worded(text, words),
        /** Why webhooks were rejected. */
        rejection: (rejection) => said(rejection, rejection.explanation),
        /** What to do about one cause of a rejection. Empty if nothing more is known. */
        sample: (sample) => said(sample, sample.advice),
        /** What a step of a test found. */
        step: (step) => said(step, step.detail),
        notes: (noted) => said(noted, noted.note),
        problem({ problem, code, detail }) {
            const itself = Object.hasOwn(refusalTexts, code) ? { facts: [problem] } : {};
            return refusalText(problem, said) ?? said({ ...itself, ...problem }, detail);
        },
    };
}
