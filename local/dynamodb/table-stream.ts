import { EventEmitter } from 'node:events';
import type { Store, TableRecord } from 'dynalite/db/index.js';
import { type DynamoDbStreamRecord, eventNameOf, type ItemChange, streamRecord } from './dynamodb-stream-record.ts';
import { streamArn } from './table-properties.ts';

/** A write to the store. The written value is JSON. */
export type StoreWrite = { type: 'put'; key: string; value: string } | { type: 'del'; key: string };

/** A record with the size of its JSON. */
export interface ReadRecord {
  record: DynamoDbStreamRecord;
  bytes: number;
}

/** A stream keeps its records for a day, processed or not. */
const retentionSeconds = 24 * 60 * 60;
const sweepIntervalMs = 60 * 60 * 1000;

/**
 * The stream of one table: its items' changes in the order of their commits, as one shard. The store of the items keeps
 * the records as `stream~<table>~<sequence number>`, each consumer's checkpoint as `stream-passed~<table>~<consumer>`,
 * and the trim horizon as `stream-trimmed~<table>`. If no record is left, the numbers continue from the trim horizon.
 */
export class TableStream {
  readonly arn: string;
  /** Emits `record` when `newest` may have grown. */
  readonly arrivals = new EventEmitter<{ record: [] }>().setMaxListeners(0);
  readonly #store: Store;
  readonly #table: TableRecord;
  readonly #now: () => Date;
  /** The last sequence number that was assigned. */
  #last: number;
  /** The sequence numbers of the running writes, lowest first. */
  readonly #writing = new Set<number>();
  #trimmed: string;
  readonly #passed = new Map<string, string>();
  /** Resolves after the last change of the trim horizon or a checkpoint. These changes must reach the disk in order. */
  #turn: Promise<void> = Promise.resolve();
  readonly #sweeping: NodeJS.Timeout;

  private constructor(store: Store, table: TableRecord, now: () => Date, start: { last: number; trimmed: string }) {
    this.arn = streamArn(table.TableArn);
    this.#store = store;
    this.#table = table;
    this.#now = now;
    this.#last = start.last;
    this.#trimmed = start.trimmed;
    // A failing store reports its errors to its writers. A failed sweep is repeated at the next interval.
    this.#sweeping = setInterval(() => void this.#sweep().catch(() => {}), sweepIntervalMs).unref();
  }

  /** Opens the stream of a table, which continues where it ended. Rejects if the store can't be read. */
  static async open(store: Store, table: TableRecord, now: () => Date): Promise<TableStream> {
    const { TableName } = table;
    const trimmed = (await readSequenceNumber(store, `stream-trimmed~${TableName}`)) ?? sequenceNumberOf(0);
    const newest = (await lastKey(store, `stream~${TableName}~`)) ?? trimmed;
    const last = Math.max(numberIn(newest), numberIn(trimmed));
    const stream = new TableStream(store, table, now, { last, trimmed });
    // A crash may have left records before the trim horizon.
    await stream.#remove(sequenceNumberOf(0), trimmed);
    // A stream without consumers is swept at once, because nobody can still need its old records.
    if (!(await lastKey(store, `stream-passed~${TableName}~`))) await stream.#sweep();
    return stream;
  }

  /** The sequence number of the newest readable record. All earlier writes have committed or failed. */
  get newest(): string {
    const [lowest] = this.#writing;
    return sequenceNumberOf(lowest === undefined ? this.#last : lowest - 1);
  }

  /** The value of `newest` once the running writes have ended. */
  get lastAssigned(): string {
    return sequenceNumberOf(this.#last);
  }

  /** The trim horizon: records up to this sequence number are gone. */
  get trimHorizon(): string {
    return this.#trimmed;
  }

  /**
   * Commits the write of an item together with its stream record. `batch` does all writes or none. The caller has
   * locked the item, so the order of an item's records is the order of its changes.
   */
  async commit(write: StoreWrite, change: ItemChange, batch: (writes: StoreWrite[]) => Promise<void>): Promise<void> {
    const eventName = eventNameOf(change);
    if (!eventName) return batch([write]);
    this.#last += 1;
    const number = this.#last;
    this.#writing.add(number);
    try {
      const record = streamRecord(this.#table, eventName, change, sequenceNumberOf(number), this.#now());
      await batch([write, { type: 'put', key: this.#keyOf(sequenceNumberOf(number)), value: JSON.stringify(record) }]);
    } finally {
      this.#writing.delete(number);
      this.arrivals.emit('record');
    }
  }

  /** Reads the records after one sequence number, up to another, oldest first. */
  async *read(after: string, upTo: string): AsyncGenerator<ReadRecord> {
    const range = { gt: this.#keyOf(after), lte: this.#keyOf(upTo), valueEncoding: 'utf8' };
    for await (const json of this.#store.db.values<string, string>(range)) {
      yield { record: JSON.parse(json), bytes: Buffer.byteLength(json) };
    }
  }

  /**
   * Registers a consumer, so that records are kept for it, and returns its checkpoint. A new consumer starts at the
   * trim horizon.
   */
  async register(consumer: string): Promise<string> {
    const passed = (await readSequenceNumber(this.#store, this.#passedKey(consumer))) ?? this.#trimmed;
    this.#passed.set(consumer, passed);
    return passed;
  }

  /**
   * Stores on the disk that a consumer has processed all records up to a sequence number. Records that all consumers
   * have processed are trimmed.
   */
  async checkpoint(consumer: string, sequenceNumber: string): Promise<void> {
    await this.#inTurn(async () => {
      const lowest =
        [...this.#passed].map(([each, passed]) => (each === consumer ? sequenceNumber : passed)).sort()[0] ??
        sequenceNumber;
      await this.#trim(lowest, [
        { type: 'put', key: this.#passedKey(consumer), value: JSON.stringify(sequenceNumber) },
      ]);
      this.#passed.set(consumer, sequenceNumber);
    });
  }

  /** Stops the hourly sweep. */
  close(): void {
    clearInterval(this.#sweeping);
  }

  /** Trims the records that are older than a day. */
  async #sweep(): Promise<void> {
    const oldest = this.#now().getTime() / 1000 - retentionSeconds;
    let sequenceNumber = this.#trimmed;
    for await (const { record } of this.read(this.#trimmed, this.newest)) {
      if (record.dynamodb.ApproximateCreationDateTime >= oldest) break;
      sequenceNumber = record.dynamodb.SequenceNumber;
    }
    await this.#inTurn(() => this.#trim(sequenceNumber, []));
  }

  async #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => {});
    await turn;
  }

  /** Stores the trim horizon before it removes records, so that no sequence number is assigned twice. */
  async #trim(sequenceNumber: string, writes: StoreWrite[]): Promise<void> {
    const before = this.#trimmed;
    const grows = sequenceNumber > before;
    const trimmed: StoreWrite = {
      type: 'put',
      key: `stream-trimmed~${this.#table.TableName}`,
      value: JSON.stringify(sequenceNumber),
    };
    const all = grows ? [...writes, trimmed] : writes;
    if (all.length > 0) await this.#store.db.batch(all.map((write) => ({ ...write, valueEncoding: 'utf8' })));
    if (!grows) return;
    this.#trimmed = sequenceNumber;
    await this.#remove(before, sequenceNumber);
  }

  async #remove(after: string, upTo: string): Promise<void> {
    if (upTo > after) await this.#store.db.clear({ gt: this.#keyOf(after), lte: this.#keyOf(upTo) });
  }

  #keyOf(sequenceNumber: string): string {
    return `stream~${this.#table.TableName}~${sequenceNumber}`;
  }

  #passedKey(consumer: string): string {
    return `stream-passed~${this.#table.TableName}~${consumer}`;
  }
}

/** Sequence numbers have the same number of digits, so they sort as texts in the order of the numbers. */
function sequenceNumberOf(number: number): string {
  return `1${String(number).padStart(20, '0')}`;
}

function numberIn(sequenceNumber: string): number {
  return Number(sequenceNumber.slice(1));
}

async function readSequenceNumber(store: Store, key: string): Promise<string | undefined> {
  return (await store.db.get(key)) as string | undefined;
}

/** The last key with this prefix, without the prefix. */
async function lastKey(store: Store, prefix: string): Promise<string | undefined> {
  const [key] = await store.db.keys({ gte: prefix, lt: `${prefix}\x7f`, reverse: true, limit: 1 }).all();
  return key?.slice(prefix.length);
}
