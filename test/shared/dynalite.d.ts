/** The part of dynalite that tests use: DynamoDB in memory, behind HTTP. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** @param options `createTableMs`: how long a table is in the state CREATING, in milliseconds */
  export default function dynalite(options: { createTableMs: number }): Server;
}
