import type { WebhookConnection } from './webhook-connection.ts';
import type { WebhookTarget } from './webhook-target.ts';

/** Which webhooks go from the bus to which code. `docs/bus-or-destination.md` helps to choose the target. */
export interface OnWebhookProps {
  /** The connection whose webhooks are wanted: one of the app, or the name of one that operators made. */
  readonly connection: WebhookConnection | string;
  /**
   * The type of the webhooks, such as `invoice.paid`, or several. An asterisk stands for any characters: `invoice.*`.
   * @default webhooks of every type
   */
  readonly type?: string | readonly string[];
  /**
   * An event pattern, as EventBridge has them, for the fields of the event, such as `headers` and `data`. A body over about 180 KB is not in
   * the event, so a pattern for `data` does not match it.
   * @default every event
   */
  readonly pattern?: Readonly<Record<string, unknown>>;
  /** What gets the webhooks. */
  readonly target: WebhookTarget;
}

export interface ReadBodiesOptions {
  /**
   * The connection whose bodies may be read: one of the app, or the id of one that operators made. The keys of bodies have the id and not the
   * name: `hooklatch connections show` prints it.
   * @default every connection
   */
  readonly connection?: WebhookConnection | { readonly connectionId: string };
}
