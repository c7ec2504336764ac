/** How many calls are under way at once: in all, and to one receiver, so that one that hangs holds up nobody but those who wait for it. */

/** Generous: a call that waits costs a socket, and most of its time nothing is done. */
const SLOTS = { receiver: 16, all: 256 } as const;

/** Lets so many in at a time; the others wait in the order of their coming. */
class Turnstile {
  #inside = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(readonly limit: number) {}

  get isIdle(): boolean {
    return this.#inside === 0 && this.#waiting.length === 0;
  }

  async enter(): Promise<void> {
    if (this.#inside < this.limit) {
      this.#inside++;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** The place goes to the next at once. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inside--;
  }
}

export class Slots {
  readonly #all: Turnstile;
  readonly #receivers = new Map<string, Turnstile>();

  constructor(readonly limits: { readonly receiver: number; readonly all: number } = SLOTS) {
    this.#all = new Turnstile(limits.all);
  }

  /** Runs the call when it is its turn. Whoever waits for a receiver takes no place from calls to others. */
  async run<T>(url: string, call: () => Promise<T>): Promise<T> {
    const receiver = receiverOf(url);
    const own = this.#receivers.get(receiver) ?? new Turnstile(this.limits.receiver);
    this.#receivers.set(receiver, own);
    await own.enter();
    await this.#all.enter();
    try {
      return await call();
    } finally {
      this.#all.leave();
      own.leave();
      if (own.isIdle) this.#receivers.delete(receiver);
    }
  }
}

/** Scheme, host and port; what is no address fails at once and needs no place of its own. */
const receiverOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

const ofDirectors = new WeakMap<object, Slots>();

/** Those of a Director, shared by all that it sends. */
export function slotsOf(director: object): Slots {
  const slots = ofDirectors.get(director) ?? new Slots();
  ofDirectors.set(director, slots);
  return slots;
}
