/** What a waiter says when the time is up: what came instead. Nothing of a body is in it, because logs of pipelines have it. */
import { printable } from "../../ground/base/printable.js";
const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;
function differenceText(miss) {
    switch (miss.why) {
        case 'differs':
            return `differs at ${miss.at}`;
        case 'together':
            return 'meets each condition, but not by one element of a list';
        case 'withheld':
            return 'its body holds a token, and this role does not get it';
        case 'gone':
            return 'is no longer there';
        case 'unread':
            return 'could not be read in time';
        case 'overBudget':
            return 'is too large to compare';
    }
}
/** The sender chose the type, and the log of a pipeline may be a terminal. */
const missLine = (miss) => printable(`  ${miss.id} ${miss.receivedAt} ${miss.type}: ${differenceText(miss)}`);
function rejectionLines(rejection, words) {
    const { minute, reason, count, atLeast, sample, otherSamples = [] } = rejection;
    const advice = [...(sample ? [sample] : []), ...otherSamples].map(words.sample).filter((text) => text !== '');
    const line = `  ${minute} ${atLeast ? 'at least ' : ''}${count} × ${reason}: ${words.rejection(rejection)}`;
    return [line, ...[...new Set(advice)].map((text) => `    ${text}`)];
}
/**
 * The lines for a result that misses events.
 * @param wanted how many events were waited for
 */
export function missedLines({ events, missed }, { connection, count, timeoutMs }, words) {
    const { others, nearMisses, rejections, fault } = missed;
    const found = count === 1 ? 'The event' : `Only ${events.length} of ${count} events`;
    const came = count === 1 ? 'did not come' : 'came';
    return [
        `${found} of ${connection} ${came} within ${timeoutMs / 1_000} s.`,
        ...(fault === undefined ? [] : [`At the end the API did not answer: ${fault}`]),
        ...(others === 0
            ? ['No other event came.']
            : [
                `${counted(others, 'other event', 'other events')} came${others > nearMisses.length ? ', the nearest' : ''}:`,
            ]),
        ...nearMisses.map(missLine),
        ...(rejections === undefined
            ? ['Whether webhooks were refused could not be read.']
            : rejections.length === 0
                ? ['No webhook was refused.']
                : ['Webhooks were refused:', ...rejections.flatMap((each) => rejectionLines(each, words))]),
    ];
}
