import { runInNewContext } from 'node:vm';

/** The global object of a realm. */
type Realm = typeof globalThis;

/**
 * Freezes all objects of the language itself, such as `Object.prototype` and `Math`, so that nothing which one call does to them is
 * there for the next one. What is frozen already stays as it is.
 * @param realm the global object; its own properties stay as they are
 */
export function freezeIntrinsics(realm: Realm): void {
  if (Object.isFrozen(realm.Object.prototype)) return;
  const intrinsics = reachableFrom(rootsOf(realm), realm);
  for (const prototype of assignedOver(realm)) keepAssignable(prototype);
  for (const intrinsic of intrinsics) Object.freeze(intrinsic);
}

/** The names that the language defines, and not Node: those of an empty realm. The `console` there is not that of Node. */
const languageNames = (): string[] =>
  Object.getOwnPropertyNames(runInNewContext('globalThis')).filter((name) => name !== 'console');

const globalNamed = (realm: Realm, name: string): unknown => Reflect.get(realm, name);

/** Values whose prototypes have no name, as syntax. */
const unnamed = "[async () => {}, function* () {}, async function* () {}, [].values(), ''.matchAll(/a/g)]";

const rootsOf = (realm: Realm): unknown[] => [
  ...languageNames().map((name) => globalNamed(realm, name)),
  ...new realm.Function(`return ${unnamed}`)(),
];

function reachableFrom(roots: unknown[], realm: Realm): Set<object> {
  const found = new Set<object>();
  const add = (value: unknown): void => {
    if (isObject(value) && value !== realm) found.add(value);
  };
  roots.forEach(add);
  // The loop also goes over what is added meanwhile.
  for (const object of found) {
    add(Object.getPrototypeOf(object));
    for (const key of Reflect.ownKeys(object)) {
      const { value, get, set } = Object.getOwnPropertyDescriptor(object, key) ?? {};
      for (const part of [value, get, set]) add(part);
    }
  }
  return found;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null);

/** The prototypes of what programs assign over: the `push` of an array, the `name` of an error, the `constructor` of an object. */
function assignedOver(realm: Realm): object[] {
  const errors = languageNames().filter((name) => name.endsWith('Error'));
  return ['Object', 'Function', 'Array', ...errors].map(
    (name) => (globalNamed(realm, name) as { prototype: object }).prototype,
  );
}

/**
 * Turns the properties of a prototype into accessors, which a child can still assign over after the prototype is frozen. By the rules
 * of the language it could not: an assignment to a name that a frozen prototype has is an error.
 */
function keepAssignable(prototype: object): void {
  for (const [name, { value, configurable }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (value === undefined || !configurable) continue;
    Object.defineProperty(prototype, name, {
      get: () => value,
      // For the prototype itself this is an error, because it is frozen.
      set(this: object, own: unknown) {
        Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
      },
    });
  }
}
