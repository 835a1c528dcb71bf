/** The clock of a runtime, of its services and of its functions. A test moves it instead of waiting. */
export class MovableClock {
  /** In the memory that the functions' threads share. `skew` and `now` are the runtime's options of these names. */
  readonly skew = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  readonly now = (): Date => new Date(Date.now() + this.ahead);

  /** The number of milliseconds by which this clock is ahead of the machine's clock. */
  get ahead(): number {
    return this.skew[0] ?? 0;
  }

  set ahead(milliseconds: number) {
    this.skew[0] = milliseconds;
  }
}
