/** What the package exports as `hooklatch/consumer/github`: GitHub's payloads, with the types of `@octokit/openapi-webhooks-types`. */
import type { operations } from '@octokit/openapi-webhooks-types';
import type { Webhook } from './webhook.ts';
type Snake<Text extends string> = Text extends `${infer Head}-${infer Tail}` ? `${Head}_${Snake<Tail>}` : Text;
/** The event of an operation such as `pull-request/opened`, as the header `X-GitHub-Event` has it. */
type EventIn<Operation extends string> = Snake<Operation extends `${infer Event}/${string}` ? Event : Operation>;
type BodyOf<Operation> = Operation extends {
    requestBody?: {
        content: {
            'application/json': infer Body;
        };
    };
} ? Body : never;
/** The name of one of GitHub's events, such as `pull_request`. A webhook has it as its `type`. */
export type GitHubEventName = EventIn<keyof operations>;
/** The payload of an event. That of an event with actions is a union, which `action` tells apart. */
export type GitHubPayload<Name extends GitHubEventName> = {
    [Operation in keyof operations]: EventIn<Operation> extends Name ? BodyOf<operations[Operation]> : never;
}[keyof operations];
/** A webhook is of another event than the code expects. */
export declare class WrongEvent extends Error {
    name: string;
}
/**
 * The payload of a webhook of GitHub. GitHub has to send JSON.
 * @throws WrongProvider if the webhook is not of GitHub
 * @throws WrongEvent if it is of another event
 */
export declare function githubPayload<Name extends GitHubEventName>(webhook: Webhook, name: Name): Promise<GitHubPayload<Name>>;
export {};
