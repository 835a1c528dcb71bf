import { mkdirSync } from 'node:fs';
import { Level } from 'level';
import { cannotOpen, openDatabase } from '../data-folder/open-database.ts';
import { type MessageContent, type MessageState, parseContent, parseState } from './stored-message.ts';

/** A change of one message. A message that moves to another queue is removed from the first, and keeps its content. */
export type MessageChange =
  | { type: 'state'; queue: string; id: string; state: MessageState }
  | { type: 'content'; id: string; content: MessageContent }
  | { type: 'leave'; queue: string; id: string }
  | { type: 'forget'; id: string };

type Write = { type: 'put'; key: string; value: string } | { type: 'del'; key: string };

interface Addition {
  writes: Write[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * The messages of all queues on the disk: `state~<queue>~<id>` and `content~<id>`. So a receive does not write the body again.
 */
export class MessageStore {
  readonly #db: Level<string, string>;
  #waiting: Addition[] = [];
  #writing: Promise<void> | undefined;

  private constructor(db: Level<string, string>) {
    this.#db = db;
  }

  /**
   * Opens the folder, which is created (mode 0700) if it is missing. Throws an Error that names the folder if it can't be
   * read.
   */
  static async open(folder: string): Promise<MessageStore> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const db = new Level<string, string>(folder);
    await openDatabase(db, folder);
    return new MessageStore(db);
  }

  /** The states of a queue's messages, by id. Throws an Error that names the folder if one of them is damaged. */
  async states(queue: string): Promise<Map<string, MessageState>> {
    const prefix = `state~${queue}~`;
    const found = new Map<string, MessageState>();
    for await (const [key, json] of this.#db.iterator({ gte: prefix, lt: `${prefix}\x7f` })) {
      found.set(key.slice(prefix.length), this.#parsed(parseState, json));
    }
    return found;
  }

  /** Undefined if the message is gone. */
  async content(id: string): Promise<MessageContent | undefined> {
    const json = await this.#db.get(`content~${id}`);
    return json === undefined ? undefined : this.#parsed(parseContent, json);
  }

  /**
   * Makes all of these changes or none. Resolves when they are on the disk. Changes reach the disk in the order of the calls;
   * those that come while a write runs share the next one.
   */
  write(changes: readonly MessageChange[]): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#waiting.push({ writes: changes.map(writeOf), resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#db.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#db.batch(
          group.flatMap(({ writes }) => writes),
          { sync: true },
        );
        for (const addition of group) addition.resolve();
      } catch (error) {
        for (const addition of group) addition.reject(error);
      }
    }
    this.#writing = undefined;
  }

  #parsed<T>(parse: (json: string) => T, json: string): T {
    try {
      return parse(json);
    } catch {
      // The parsers' errors quote the text.
      throw cannotOpen(this.#db.location, 'a damaged message');
    }
  }
}

function writeOf(change: MessageChange): Write {
  if (change.type === 'state') {
    return { type: 'put', key: `state~${change.queue}~${change.id}`, value: JSON.stringify(change.state) };
  }
  if (change.type === 'content') {
    return { type: 'put', key: `content~${change.id}`, value: JSON.stringify(change.content) };
  }
  return { type: 'del', key: change.type === 'leave' ? `state~${change.queue}~${change.id}` : `content~${change.id}` };
}
