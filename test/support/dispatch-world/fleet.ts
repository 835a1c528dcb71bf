/**
 * The functions: instances that serve one invocation at a time, keep their memory, are frozen in between, and may end at any call. What
 * an instance waits for when it ends never comes.
 */
import { second, type VirtualTime } from './virtual-time.ts';

/** How often something goes wrong in one call, as probabilities. */
export interface Faults {
  /** The instance ends. */
  crash: number;
  /** The call takes up to 150 s longer. */
  stall: number;
  throttle: number;
  /** The call has an effect, but its answer does not come, and the client repeats it. */
  lost: number;
  /** A queue does not take a message. */
  refuse: number;
  duplicate: number;
}

export const noFaults: Faults = { crash: 0, stall: 0, throttle: 0, lost: 0, refuse: 0, duplicate: 0 };

/** What the world does to the calls, and until when. */
export class Trouble {
  isOver = false;
  readonly #roughness: number;
  readonly #time: VirtualTime;
  readonly #faults: Faults;

  constructor(time: VirtualTime, faults: Faults) {
    this.#time = time;
    this.#faults = faults;
    this.#roughness = time.pick([0.3, 1, 1, 4]);
  }

  has(kind: keyof Faults): boolean {
    const probability = this.#faults[kind];
    return probability > 0 && !this.isOver && this.#time.chance(probability * this.#roughness);
  }
}

/** A fault of a service. */
export class Throttled extends Error {
  override name = 'ThrottlingException';
}

export class Instance {
  isAlive = true;
  /** When the present invocation began. */
  began = 0;
  /** How long the chain of invocations is that ends with the present one. One that no queue has woken begins a chain. */
  chainLength = 1;
  readonly name: string;
  readonly time: VirtualTime;
  readonly trouble: Trouble;
  /** Calls under way. */
  pending = 0;
  #thaw: (() => void)[] | undefined;
  #over: (() => void) | undefined;

  constructor(name: string, time: VirtualTime, trouble: Trouble) {
    this.name = name;
    this.time = time;
    this.trouble = trouble;
  }

  /** Begins an invocation. @returns what ends it */
  start(whenEnded: () => void): () => void {
    this.began = this.time.now;
    this.#over = whenEnded;
    for (const settle of this.#thaw ?? []) this.time.at(this.time.now, () => this.#continue(settle));
    this.#thaw = undefined;
    return () => {
      this.#over = undefined;
      this.#thaw = [];
    };
  }

  /** The process ends: whatever it waits for never comes. */
  kill(): void {
    if (!this.isAlive) return;
    this.isAlive = false;
    const over = this.#over;
    this.#over = undefined;
    over?.();
  }

  #continue(settle: () => void): void {
    if (!this.isAlive) return;
    if (this.#thaw) {
      this.#thaw.push(settle);
      return;
    }
    this.pending -= 1;
    settle();
    this.time.hasContinued();
  }

  /** How long a step takes. The instance may end in its midst. */
  #lasts(ms: number): number {
    if (this.trouble.has('crash')) this.time.in(this.time.random() * ms, () => this.kill());
    return this.trouble.has('stall') ? ms + this.time.between(second, 150 * second) : ms;
  }

  wait(ms: number): Promise<void> {
    this.pending += 1;
    return new Promise((resolve) => this.time.in(this.#lasts(ms), () => this.#continue(resolve)));
  }

  /** Calls a service. `effect` happens there, whether the answer comes or not, and again if the client repeats it. */
  call<T>(effect: () => T, { mayThrottle = true } = {}): Promise<T> {
    const { time, trouble } = this;
    this.pending += 1;
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) => time.in(time.between(1, 15), () => this.#continue(settle));
      const arrive = () => {
        if (!this.isAlive) return;
        if (mayThrottle && trouble.has('throttle')) return answer(() => reject(new Throttled()));
        let result: T;
        try {
          result = effect();
        } catch (error) {
          if (!(error instanceof Throttled)) throw error;
          return answer(() => reject(error));
        }
        if (!trouble.has('lost')) return answer(() => resolve(result));
        time.in(second, () => {
          if (!this.isAlive) return;
          const repeated = effect();
          answer(() => resolve(repeated));
        });
      };
      time.in(this.#lasts(time.between(1, 15)), arrive);
    });
  }
}

/** What became of an invocation. */
export type Ending<T> = { value: T } | { error: unknown } | 'crashed';

/** The instances of one function. */
export class Fleet {
  readonly #name: string;
  readonly #time: VirtualTime;
  readonly #trouble: Trouble;
  readonly #onLeftRunning: (name: string) => void;
  #idle: Instance[] = [];
  #made = 0;

  constructor(name: string, time: VirtualTime, trouble: Trouble, onLeftRunning: (name: string) => void) {
    this.#name = name;
    this.#time = time;
    this.#trouble = trouble;
    this.#onLeftRunning = onLeftRunning;
  }

  /** An idle instance, or a new one. Now and then the idle ones are gone, and one may have ended in a call that its invocation left running. */
  #instance(): Instance {
    this.#idle = this.#idle.filter(({ isAlive }) => isAlive);
    if (this.#time.chance(0.05)) for (const instance of this.#idle.splice(0)) instance.kill();
    const [idle] = this.#idle.splice(this.#time.below(this.#idle.length), 1);
    if (idle) return idle;
    this.#made += 1;
    return new Instance(`${this.#name}-${this.#made}`, this.#time, this.#trouble);
  }

  invoke<T>(work: (instance: Instance) => Promise<T>, timeoutMs: number, done: (ending: Ending<T>) => void): void {
    const instance = this.#instance();
    let isOver = false;
    const end = (ending: Ending<T>) => {
      if (isOver) return;
      isOver = true;
      done(ending);
    };
    const stop = instance.start(() => end('crashed'));
    const returned = (ending: Ending<T>) => {
      if (isOver) return;
      if (instance.pending > 0 && 'value' in (ending as object)) this.#onLeftRunning(instance.name);
      stop();
      this.#idle.push(instance);
      end(ending);
    };
    this.#time.in(timeoutMs, () => {
      if (!isOver) instance.kill();
    });
    work(instance).then(
      (value) => returned({ value }),
      (error: unknown) => returned({ error }),
    );
    this.#time.hasContinued();
  }
}
