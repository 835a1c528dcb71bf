/** A message that can be received. Without a group it belongs to the group of all that have none. */
export interface Waiting {
  group?: string | undefined;
  visibleAt: number;
}

/**
 * Chooses the next messages so that no group keeps another one waiting: groups take turns, and each gives the message that
 * has waited longest. So until a group gets its turn, each other group gets at most one. AWS promises no order: it prefers
 * the groups that have few messages in flight.
 */
export class FairOrder {
  /** The turn in which each group was last chosen, or had a message for the first time. */
  #lastTurn = new Map<string | undefined, number>();
  #turn = 0;

  /** Chooses at most `limit` of the messages. */
  choose<T extends Waiting>(messages: Iterable<T>, limit: number): T[] {
    const groups = byGroup(messages);
    // A group that is new waits behind the others: else a row of new groups could keep an old one waiting for ever. A group
    // without messages is forgotten, and new when it comes back.
    this.#lastTurn = new Map([...groups.keys()].map((name) => [name, this.#lastTurn.get(name) ?? this.#turn]));
    const chosen: T[] = [];
    while (chosen.length < limit) {
      const next = this.#nextGroup(groups);
      if (!next) break;
      chosen.push(next.messages[next.taken++] as T);
      this.#lastTurn.set(next.name, ++this.#turn);
    }
    return chosen;
  }

  /** The group that has waited for its turn longest. Among those of the same turn, the one with the oldest message. */
  #nextGroup<T extends Waiting>(groups: ReadonlyMap<string | undefined, Group<T>>): Group<T> | undefined {
    let next: Group<T> | undefined;
    for (const group of groups.values()) {
      if (group.taken < group.messages.length && (!next || this.#compare(group, next) < 0)) next = group;
    }
    return next;
  }

  #compare<T extends Waiting>(one: Group<T>, other: Group<T>): number {
    const turnOf = ({ name }: Group<T>): number => this.#lastTurn.get(name) ?? 0;
    return turnOf(one) - turnOf(other) || headOf(one) - headOf(other);
  }
}

interface Group<T> {
  name: string | undefined;
  /** The message that has waited longest first. */
  messages: T[];
  taken: number;
}

const headOf = ({ messages, taken }: Group<Waiting>): number => messages[taken]?.visibleAt ?? Number.POSITIVE_INFINITY;

function byGroup<T extends Waiting>(messages: Iterable<T>): Map<string | undefined, Group<T>> {
  const groups = new Map<string | undefined, Group<T>>();
  for (const message of messages) {
    const group = groups.get(message.group) ?? { name: message.group, messages: [], taken: 0 };
    group.messages.push(message);
    groups.set(message.group, group);
  }
  for (const { messages: ofGroup } of groups.values()) ofGroup.sort((one, other) => one.visibleAt - other.visibleAt);
  return groups;
}
