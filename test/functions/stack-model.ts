/**
 * A model of what a stack makes of one resource: what becomes of each record after deployments, failed deployments, removals and
 * operators' edits. It knows what a template asks for, but no steps.
 */
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from './given-stack.ts';

/** What a template says. */
interface Template {
  name: string;
  adopt: boolean;
}

/** For each request of a deployment, after how many calls the function is killed. Null: it is not. */
export type Kills = (number | null)[];

/** @param calls the most that a request takes */
export const anyKillsWithin = (calls: number): fc.Arbitrary<Kills> =>
  fc.array(fc.option(fc.nat({ max: calls }), { freq: 2 }), { maxLength: 3 });

/** A record in the model. */
interface Owned {
  id: string;
  owner: 'stack' | 'adopted' | 'operator';
}
export type Records<R> = Partial<Record<string, R>>;

/** An id that the model does not know. */
export const anyId = 'any';

/** What the model knows of a kind of resource. */
export interface Kind<T extends Template, R extends Owned> {
  /** A record that the stack has made, before its template is applied. */
  created: R;
  /** The record after the template changed from `before` to `after`. Without `before`, what the template names is set. */
  between(one: R, before: T | undefined, after: T): R;
  /** The record of the earlier name after a rollback returned to it. */
  returned(one: R, left: T, to: T): R;
  /** Whether a stack sees that it has nothing to change, also in a record that is not its own. */
  isUnchanged(one: R, before: T, after: T): boolean;
}

/** A stack with the resource, and the records of the table. */
export interface World<T, R> {
  stack: {
    deploy(properties: Record<string, unknown>, othersFail: boolean): Promise<Answer | undefined>;
    deployed(): { physicalId: string } | undefined;
    removeResource(): Promise<unknown>;
  };
  propertiesOf(template: T): Record<string, unknown>;
  observe(): Promise<Records<R>>;
}

/** What the stack has deployed. */
export interface Known<T> {
  id: string;
  wanted: T;
}

const isOwn = <R extends Owned>(one: R | undefined): one is R => one !== undefined && one.owner !== 'operator';

/** The record after the resource is removed from a template. */
function removed<R extends Owned>(one: R | undefined, id: string): R | undefined {
  if (!one || one.id !== id || !isOwn(one)) return one;
  return one.owner === 'adopted' ? { ...one, owner: 'operator' } : undefined;
}

/** The records to compare with. */
const matching = (records: object): unknown =>
  JSON.parse(JSON.stringify(records), (key, value) => (key === 'id' && value === anyId ? expect.any(String) : value));

const stuck = (error: Error): 'stuck' => {
  if (error.message.startsWith('UPDATE_ROLLBACK_FAILED')) return 'stuck';
  throw error;
};

export function stackModel<T extends Template, R extends Owned>({
  created,
  between,
  returned,
  isUnchanged,
}: Kind<T, R>) {
  const adopted = (one: R, wanted: T): R => ({ ...between(one, undefined, wanted), owner: 'adopted' });

  /** The record of the wanted name after the stack applied its template, or why it can't. */
  function applied(records: Records<R>, known: Known<T> | undefined, wanted: T): R | 'refused' {
    const one = records[wanted.name];
    const isSameName = known?.wanted.name === wanted.name;
    if (!one) return isSameName ? 'refused' : between(created, undefined, wanted);
    if (isSameName && isOwn(one) && one.id === known.id) return between(one, known.wanted, wanted);
    if (wanted.adopt) return adopted(one, wanted);
    return isSameName && isUnchanged(one, known.wanted, wanted) ? one : 'refused';
  }

  /** The records after a deployment was rolled back that had applied its template. */
  function undone(records: Records<R>, known: Known<T> | undefined, wanted: T, next: R): Records<R> {
    const { name } = wanted;
    const before = known && records[known.wanted.name];
    if (!known || !before) return { ...records, [name]: removed(next, next.id) };
    if (known.wanted.name === name) return { ...records, [name]: between(next, wanted, known.wanted) };
    return { ...records, [name]: removed(next, next.id), [known.wanted.name]: returned(before, wanted, known.wanted) };
  }

  /**
   * The record of the earlier name after the rollback of a refused name, if an operator deleted it meanwhile. It is made again; or the
   * operator's own is adopted, if the template says so.
   */
  function backHome(one: R | undefined, { wanted }: Known<T>): R {
    if (!one) return between(created, undefined, wanted);
    return wanted.adopt ? adopted(one, wanted) : one;
  }

  /** What the rollback of a refused template changes if the stack's record is gone. The earlier template may adopt another. */
  function broughtHome(records: Records<R>, was: Known<T>, refused: T): Records<R> {
    const { name } = was.wanted;
    if (name !== refused.name) return { [name]: backHome(records[name], was) };
    const one = applied(records, { id: was.id, wanted: refused }, was.wanted);
    return one === 'refused' ? {} : { [name]: one };
  }

  /** What a deployment must lead to: an answer, and the records. */
  function expectedOf(before: Records<R>, was: Known<T> | undefined, wanted: T, othersFail: boolean, isHome: boolean) {
    const next = applied(before, was, wanted);
    const isRenamed = was && was.wanted.name !== wanted.name;
    if (next === 'refused') {
      if (!was || isHome) return { answers: ['FAILED'], records: before };
      return { answers: ['FAILED', 'stuck'], records: { ...before, ...broughtHome(before, was, wanted) } };
    }
    if (othersFail) return { answers: ['SUCCESS'], records: undone(before, was, wanted, next) };
    const left = isRenamed ? { [was.wanted.name]: removed(before[was.wanted.name], was.id) } : {};
    return { answers: ['SUCCESS'], records: { ...before, [wanted.name]: next, ...left } };
  }

  return {
    /** Deploys a template that differs, and compares. @returns what the stack has then */
    async deploy(
      { stack, observe, propertiesOf }: World<T, R>,
      wanted: T,
      othersFail: boolean,
      was: Known<T> | undefined,
    ): Promise<Known<T> | undefined> {
      const before = await observe();
      const home = was && before[was.wanted.name];
      // Without its record, a stack can't be rolled back.
      const isHome = !was || (home?.id === was.id && isOwn(home));
      const isFailing = othersFail && isHome;
      const { answers, records } = expectedOf(before, was, wanted, isFailing, isHome);
      const answer = await stack.deploy(propertiesOf(wanted), isFailing).then((each) => each?.Status, stuck);
      expect(answers).toContain(answer);
      expect(await observe()).toEqual(matching(records));
      const deployed = stack.deployed();
      const now = answer === 'SUCCESS' && !isFailing ? wanted : was?.wanted;
      return deployed && now && { id: deployed.physicalId, wanted: now };
    },

    /** Removes the resource from the template, and compares. */
    async remove({ stack, observe }: World<T, R>, was: Known<T> | undefined): Promise<void> {
      const before = await observe();
      await stack.removeResource();
      const expected = was ? { [was.wanted.name]: removed(before[was.wanted.name], was.id) } : {};
      expect(await observe()).toEqual(matching({ ...before, ...expected }));
    },
  };
}
