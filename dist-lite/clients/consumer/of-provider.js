/** A webhook is of another provider than the code expects. */
export class WrongProvider extends Error {
    name = 'WrongProvider';
}
/** @throws WrongProvider if the webhook is of another provider */
export function ofProvider(webhook, provider) {
    if (webhook.provider === provider)
        return webhook;
    throw new WrongProvider(`${webhook.id} is a webhook of the provider ${webhook.provider}, and not of ${provider}.`);
}
