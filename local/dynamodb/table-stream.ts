import { EventEmitter } from 'node:events';
import type { Store, TableRecord } from 'dynalite/db/index.js';
import { type DynamoDbStreamRecord, eventNameOf, type ItemChange, streamRecord } from './dynamodb-stream-record.ts';
import { streamArn } from './table-properties.ts';

/** A write to the store, its value as JSON. */
export type StoreWrite = { type: 'put'; key: string; value: string } | { type: 'del'; key: string };

/** A record as it is read, with the bytes of its JSON. */
export interface ReadRecord {
  record: DynamoDbStreamRecord;
  bytes: number;
}

/** A stream keeps its records for a day, taken or not. */
const retention = 24 * 60 * 60;
const sweepInterval = 60 * 60 * 1000;

/**
 * The changes of one table's items in the order in which they were committed: one shard, kept in the store of the items as
 * `stream~<table>~<sequence number>`. Beside it stand how far each consumer came (`stream-passed~<table>~<consumer>`) and up
 * to where it was trimmed (`stream-trimmed~<table>`), from which the numbers go on when no record is left.
 */
export class TableStream {
  readonly arn: string;
  /** Tells that `newest` may have grown. */
  readonly arrivals = new EventEmitter<{ record: [] }>().setMaxListeners(0);
  readonly #store: Store;
  readonly #table: TableRecord;
  readonly #now: () => Date;
  /** The last number that was given out. */
  #last: number;
  /** The numbers of the writes that are under way, the lowest first. */
  readonly #writing = new Set<number>();
  #trimmed: string;
  readonly #passed = new Map<string, string>();
  /** Ends when the last change of what is trimmed and passed has ended: they must reach the disk in their order. */
  #turn: Promise<void> = Promise.resolve();
  readonly #sweeping: NodeJS.Timeout;

  private constructor(store: Store, table: TableRecord, now: () => Date, place: { last: number; trimmed: string }) {
    this.arn = streamArn(table.TableArn);
    this.#store = store;
    this.#table = table;
    this.#now = now;
    this.#last = place.last;
    this.#trimmed = place.trimmed;
    // A store that fails says so to those who write; what is not swept now is swept later.
    this.#sweeping = setInterval(() => void this.#sweep().catch(() => {}), sweepInterval).unref();
  }

  /** Opens the stream of a table, which goes on where it ended. Rejects if the store can't be read. */
  static async open(store: Store, table: TableRecord, now: () => Date): Promise<TableStream> {
    const { TableName } = table;
    const trimmed = (await placeAt(store, `stream-trimmed~${TableName}`)) ?? textOf(0);
    const newest = (await lastName(store, `stream~${TableName}~`)) ?? trimmed;
    const last = Math.max(numberOf(newest), numberOf(trimmed));
    const stream = new TableStream(store, table, now, { last, trimmed });
    // A crash may have left what was trimmed before it.
    await stream.#remove(textOf(0), trimmed);
    // What nobody ever consumed need not wait for the hour: there is no one who could still take it.
    if (!(await lastName(store, `stream-passed~${TableName}~`))) await stream.#sweep();
    return stream;
  }

  /** The place of the newest record that can be read: all before it are committed, or failed. */
  get newest(): string {
    const [lowest] = this.#writing;
    return textOf(lowest === undefined ? this.#last : lowest - 1);
  }

  /** The place that `newest` has when the writes that are under way are done. */
  get last(): string {
    return textOf(this.#last);
  }

  /** The place before which nothing is kept. */
  get trimHorizon(): string {
    return this.#trimmed;
  }

  /**
   * Commits the write of an item and the record of its change together, by a function that does all writes or none. The
   * caller has the item to itself meanwhile, so the order of its records is that of its changes.
   */
  async commit(write: StoreWrite, change: ItemChange, batch: (writes: StoreWrite[]) => Promise<void>): Promise<void> {
    const eventName = eventNameOf(change);
    if (!eventName) return batch([write]);
    this.#last += 1;
    const number = this.#last;
    this.#writing.add(number);
    try {
      const record = streamRecord(this.#table, eventName, change, textOf(number), this.#now());
      await batch([write, { type: 'put', key: this.#keyOf(textOf(number)), value: JSON.stringify(record) }]);
    } finally {
      this.#writing.delete(number);
      this.arrivals.emit('record');
    }
  }

  /** The records after one place up to another, oldest first. */
  async *read(after: string, upTo: string): AsyncGenerator<ReadRecord> {
    const range = { gt: this.#keyOf(after), lte: this.#keyOf(upTo), valueEncoding: 'utf8' };
    for await (const json of this.#store.db.values<string, string>(range)) {
      yield { record: JSON.parse(json), bytes: Buffer.byteLength(json) };
    }
  }

  /** Makes a consumer known, for whom records are kept, and returns where it goes on; a new one begins with the oldest. */
  async register(consumer: string): Promise<string> {
    const passed = (await placeAt(this.#store, this.#passedKey(consumer))) ?? this.#trimmed;
    this.#passed.set(consumer, passed);
    return passed;
  }

  /** Remembers, on the disk, that a consumer is done with all records up to a place. What all are done with is trimmed. */
  async checkpoint(consumer: string, place: string): Promise<void> {
    await this.#inTurn(async () => {
      const lowest = [...this.#passed].map(([each, passed]) => (each === consumer ? place : passed)).sort()[0] ?? place;
      await this.#trim(lowest, [{ type: 'put', key: this.#passedKey(consumer), value: JSON.stringify(place) }]);
      this.#passed.set(consumer, place);
    });
  }

  /** Ends what it does by itself. */
  close(): void {
    clearInterval(this.#sweeping);
  }

  /** Trims what is older than a day. */
  async #sweep(): Promise<void> {
    const oldest = this.#now().getTime() / 1000 - retention;
    let place = this.#trimmed;
    for await (const { record } of this.read(this.#trimmed, this.newest)) {
      if (record.dynamodb.ApproximateCreationDateTime >= oldest) break;
      place = record.dynamodb.SequenceNumber;
    }
    await this.#inTurn(() => this.#trim(place, []));
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    await turn;
  }

  /** The number is on the disk before the records go, so that none is given out twice. */
  async #trim(place: string, writes: StoreWrite[]): Promise<void> {
    const before = this.#trimmed;
    const grows = place > before;
    const trimmed: StoreWrite = {
      type: 'put',
      key: `stream-trimmed~${this.#table.TableName}`,
      value: JSON.stringify(place),
    };
    const all = grows ? [...writes, trimmed] : writes;
    if (all.length > 0) await this.#store.db.batch(all.map((write) => ({ ...write, valueEncoding: 'utf8' })));
    if (!grows) return;
    this.#trimmed = place;
    await this.#remove(before, place);
  }

  async #remove(after: string, upTo: string): Promise<void> {
    if (upTo > after) await this.#store.db.clear({ gt: this.#keyOf(after), lte: this.#keyOf(upTo) });
  }

  #keyOf(place: string): string {
    return `stream~${this.#table.TableName}~${place}`;
  }

  #passedKey(consumer: string): string {
    return `stream-passed~${this.#table.TableName}~${consumer}`;
  }
}

/** All have as many digits, as text they have the order of the numbers. */
function textOf(number: number): string {
  return `1${String(number).padStart(20, '0')}`;
}

function numberOf(place: string): number {
  return Number(place.slice(1));
}

async function placeAt(store: Store, key: string): Promise<string | undefined> {
  return (await store.db.get(key)) as string | undefined;
}

/** The last of the keys with a prefix, without it. */
async function lastName(store: Store, prefix: string): Promise<string | undefined> {
  const [key] = await store.db.keys({ gte: prefix, lt: `${prefix}\x7f`, reverse: true, limit: 1 }).all();
  return key?.slice(prefix.length);
}
