import { ofProvider } from "./of-provider.js";
/** A webhook is of another event than the code expects. */
export class WrongEvent extends Error {
    name = 'WrongEvent';
}
/**
 * The payload of a webhook of GitHub. GitHub has to send JSON.
 * @throws WrongProvider if the webhook is not of GitHub
 * @throws WrongEvent if it is of another event
 */
export async function githubPayload(webhook, name) {
    const { id, type, json } = ofProvider(webhook, 'github');
    if (type !== name)
        throw new WrongEvent(`${id} is the event ${type}, and not ${name}.`);
    return json();
}
