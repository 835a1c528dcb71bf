/** Which custom resources of a starting stack are as its template has them. What depends on them waits for that. */
export class MadeResources {
  readonly #waits = new Map<string, PromiseWithResolvers<void>>();
  #isEnded = false;

  /** A custom resource is as the template has it. */
  note(logicalId: string): void {
    this.#waitFor(logicalId).resolve();
  }

  /** The update has ended, and makes no other resource. After a failure, some may be missing. */
  end(): void {
    this.#isEnded = true;
    for (const { resolve } of this.#waits.values()) resolve();
  }

  /** Resolves when all of these are made, or the update has ended without them. */
  async all(logicalIds: readonly string[]): Promise<void> {
    await Promise.all(logicalIds.map((id) => this.#waitFor(id).promise));
  }

  #waitFor(logicalId: string): PromiseWithResolvers<void> {
    const wait = this.#waits.get(logicalId) ?? Promise.withResolvers<void>();
    if (this.#isEnded) wait.resolve();
    this.#waits.set(logicalId, wait);
    return wait;
  }
}
