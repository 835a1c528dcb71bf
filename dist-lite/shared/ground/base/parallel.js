/**
 * Calls `work` for each item. Starts the calls in order, with at most `atOnce` at a time.
 * @returns the results in the order of the items
 * @throws what the first failing call throws. No further call starts then; those that run end unobserved.
 */
export async function inParallel(items, atOnce, work) {
    const results = [];
    // A generator, because an error in one loop ends it for all loops. An iterator of an array would go on.
    const rest = (function* () {
        yield* items.entries();
    })();
    await Promise.all(Array.from({ length: atOnce }, async () => {
        for (const [at, item] of rest)
            results[at] = await work(item);
    }));
    return results;
}
