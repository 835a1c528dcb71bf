/** The destinations of a world: their receivers, and the operators who change them and the routes. They write down what happens. */
import { setTimeout as sleep } from 'node:timers/promises';
import { aReceiver, type Got, isSigned, type Manner, type Receiver } from '../e2e/given-receiver.ts';
import { digest, type Target } from './actors.ts';
import type { Delivery, Entry, RouteList } from './check-deliveries.ts';
import {
  type DeliveryPlan,
  type DeliveryStep,
  type KillMoment,
  kindHeader,
  type PlannedList,
} from './delivery-plan.ts';
import { deliveriesIn } from './observe-deliveries.ts';
import type { World } from './world.ts';

/** What the transform of a rule makes of every webhook. */
export const made = '{"of":"event"}';
const transform = '{ "of": "event" }';

/** Not found, and conflict: what a request gets that was done before. */
const repeated = [404, 409];

/** About as long as it takes to write down what was answered, in milliseconds. */
const recordingMs = 60;

const hourMs = 3_600_000;
const hasEnded = ({ status }: Delivery): boolean => status !== 'waiting' && status !== 'parked';

/** The destinations differ: one is given up soon, and one always has a lane, because it has a rate. */
const settings = [{}, { giveUpAfterHours: 1 }, { rate: { perSecond: 100 } }];

/** Nobody listens there: no system gives this port by itself. */
const nowhere = 'http://127.0.0.1:20001';

/** The steps of the clock in which everything ends, in seconds. Whatever waits longest does so for the half of a day. */
const stepsToTheEnd = [60, 60, 400, 1_000, ...Array(4).fill(4_000), ...Array(6).fill(50_000)] as number[];

const statusOf: Partial<Record<Manner, number>> = {
  well: 200,
  'half a body': 200,
  failing: 500,
  limiting: 429,
  gone: 410,
  redirecting: 302,
};

interface Place {
  name: string;
  id: string;
  path: string;
  secret: string;
  isPaused: boolean;
  isAway: boolean;
}

export class Destinations {
  readonly history: Entry[];
  readonly patience = new Map<string, number>();
  readonly #world: World;
  readonly #targets: readonly Target[];
  readonly #receiver: Receiver;
  readonly #places: Place[] = [];
  /** The secret of each path. */
  readonly #secrets = new Map<string, string>();
  #paths = 0;
  #killWhen: KillMoment | undefined;

  private constructor(world: World, targets: readonly Target[], receiver: Receiver, history: Entry[]) {
    this.#world = world;
    this.#targets = targets;
    this.#receiver = receiver;
    this.history = history;
    receiver.onRequest = (got) => {
      this.history.push(this.#requestOf(got));
      this.#killIf('asked');
    };
    receiver.onAnswered = () => {
      this.#killIf('answered');
      setTimeout(() => this.#killIf('recorded'), recordingMs);
    };
  }

  /** Makes the destinations, and a list of routes for each endpoint. */
  static async open(world: World, targets: readonly Target[], history: Entry[], { lists, manners }: DeliveryPlan) {
    const opened = new Destinations(world, targets, await aReceiver(), history);
    for (const [at, manner] of manners.entries()) {
      opened.#places.push(await opened.#make(at));
      await opened.perform({ do: 'be', at, manner });
    }
    for (const [endpoint, list] of lists.entries()) await opened.#route(endpoint, list);
    return opened;
  }

  close(): void {
    this.#receiver.close();
  }

  async perform(step: DeliveryStep): Promise<void> {
    switch (step.do) {
      case 'be':
        this.#receiver.manner[this.#place(step.at).path] = step.manner;
        return;
      case 'change':
        return this.#change(step.at, step.what);
      case 'route':
        return this.#route(step.endpoint, step.list);
      case 'kill at a request':
        this.#killWhen = step.when;
        return;
      case 'break service':
        for (const kind of ['error-before', 'lost-answer'] as const)
          this.#world.command({ do: 'fault', service: step.service, kind, calls: step.calls });
        return;
      case 'redeliver':
        return this.#redeliver();
      case 'sweep':
        return this.#sweep(step.seconds);
      case 'rest':
        return this.#rest();
    }
  }

  /** Performs steps when each webhook has been attempted, and waits until each was attempted again that is due. */
  async performLate(steps: readonly DeliveryStep[]): Promise<void> {
    await this.#rest();
    for (const step of steps) await this.perform(step);
    await this.#rest();
  }

  /** Ends all faults. */
  heal(): void {
    this.#killWhen = undefined;
    this.#receiver.manner = {};
  }

  /** Nobody is paused or away any more. Waits until each delivery has ended, or should have. */
  async finish(): Promise<void> {
    for (const [at, { isPaused, isAway }] of this.#places.entries()) {
      if (isPaused) await this.#change(at, 'resume');
      if (isAway) await this.#change(at, 'move');
    }
    for (const seconds of stepsToTheEnd) {
      await this.#rest();
      const last = this.history.at(-1);
      if (last?.what === 'rest' && last.deliveries.every(hasEnded)) break;
      await this.#sweep(seconds);
    }
    // What is given up is told by the lanes.
    await this.#sweep(1_000);
    await this.#rest();
  }

  #place(at: number): Place {
    const place = this.#places[at];
    if (!place) throw new Error('a plan names the destinations that there are');
    return place;
  }

  #requestOf({ path, headers, body, manner }: Got): Entry {
    const delivery = String(headers['webhook-id']);
    const isRight = isSigned(this.#secrets.get(path) ?? '', { path, headers, body, manner });
    return { what: 'request', delivery, path, sha256: digest(body), isSigned: isRight, status: statusOf[manner] };
  }

  #killIf(when: KillMoment): void {
    if (this.#killWhen !== when) return;
    this.#killWhen = undefined;
    this.#world.kill();
  }

  /** Repeats an operator's request until it is answered, because its answer may be lost. Then the second one finds it done. */
  async #insist(method: string, path: string, body?: unknown) {
    for (;;) {
      const answer = await this.#world.api(method, path, body).catch(() => undefined);
      if (answer && (answer.status < 300 || repeated.includes(answer.status))) return answer;
      if (answer && answer.status < 500 && answer.status !== 429)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      await sleep(50);
    }
  }

  /** Leads a destination to a new path. */
  #lead(destination: string, path: string, secret: string): void {
    this.#secrets.set(path, secret);
    this.history.push({ what: 'leads', destination, path });
  }

  #newPath(name: string): string {
    this.#paths += 1;
    return `/${name}/${this.#paths}`;
  }

  async #make(at: number): Promise<Place> {
    const name = `destination-${at}`;
    const path = this.#newPath(name);
    const more = settings[at];
    const url = `${this.#receiver.origin}${path}`;
    await this.#insist('POST', '/v1/destinations', { name, url, timeoutSeconds: 1, ...more });
    const { id } = (await this.#insist('GET', `/v1/destinations/${name}`)).json() as { id: string };
    const { secret } = (await this.#insist('GET', `/v1/destinations/${name}/secret`)).json() as { secret: string };
    this.patience.set(id, (more && 'giveUpAfterHours' in more ? 1 : 72) * hourMs);
    this.#lead(id, path, secret);
    return { name, id, path, secret, isPaused: false, isAway: false };
  }

  async #change(at: number, what: (DeliveryStep & { do: 'change' })['what']): Promise<void> {
    const place = this.#place(at);
    const { id, name } = place;
    const url = `/v1/destinations/${name}`;
    switch (what) {
      case 'move':
      case 'leave':
        place.path = this.#newPath(name);
        place.isAway = what === 'leave';
        this.#lead(id, place.path, place.secret);
        await this.#insist('PATCH', url, { url: `${place.isAway ? nowhere : this.#receiver.origin}${place.path}` });
        return;
      case 'pause':
        await this.#insist('POST', `${url}/pause`, {});
        place.isPaused = true;
        this.history.push({ what: 'paused', destination: id });
        // What had begun ends, and what is due then must not be sent.
        await this.#rest();
        return this.#sweep(600);
      case 'resume':
        this.history.push({ what: 'resuming', destination: id });
        await this.#insist('POST', `${url}/resume`, {});
        place.isPaused = false;
        return;
      case 'replace':
        await this.#insist('DELETE', `${url}?force=true`);
        this.history.push({ what: 'removed', destination: id });
        this.#places[at] = await this.#make(at);
    }
  }

  async #route(endpoint: number, { mode, rules: planned }: PlannedList): Promise<void> {
    const rules = planned.map(({ kind, isMade, at }, place) => ({
      id: `r${place}`,
      ...(kind && { when: { headers: { [kindHeader]: [kind] } } }),
      ...(isMade && { transform }),
      to: this.#place(at).name,
    }));
    const list: RouteList = {
      mode,
      rules: planned.map(({ kind, isMade, at }, place) => ({
        id: `r${place}`,
        ...(kind && { kind }),
        isMade,
        to: this.#place(at).id,
      })),
    };
    this.history.push({ what: 'routing', endpoint, list });
    await this.#insist('PUT', `/v1/connections/${this.#targets[endpoint]?.name}/routes`, { mode, rules });
    this.history.push({ what: 'routed', endpoint, list });
  }

  /** Has the first delivery that had ended at the last rest sent again. */
  async #redeliver(): Promise<void> {
    const rest = this.history.findLast((entry) => entry.what === 'rest');
    const again = rest?.deliveries.find(hasEnded);
    if (!again) return;
    this.history.push({ what: 'redelivering', delivery: again.id });
    await this.#insist('POST', `/v1/deliveries/${again.id}/redeliver`, {});
  }

  async #sweep(seconds: number): Promise<void> {
    this.#world.command({ do: 'step clock', seconds });
    await this.#world.wake('sweepdeliveries');
  }

  /** Waits until nothing runs: from the stream to the queues, and from one queue to the next. */
  async #rest(): Promise<void> {
    for (let hop = 0; hop < 4; hop += 1) await this.#world.settle();
    const latest = Date.now() + this.#world.furthestSkew;
    this.history.push({ what: 'rest', latest, deliveries: await deliveriesIn(this.#world) });
  }
}
