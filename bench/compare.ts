/** Loads on several servers in turn, round after round, so that whatever else the machine does meets all of them. */
import { type Load, load } from './loader.ts';
import { processorTime } from './processes.ts';
import { median } from './table.ts';

export interface Side extends Pick<Load, 'port' | 'requests' | 'check'> {
  readonly pid: number;
  /** Differs from the others where one server is loaded in several ways. */
  readonly connections?: number;
}

export interface Sided {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server for one request, in microseconds. */
  readonly cpu: number;
}

export interface Rounds {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly connections: number;
}

async function measure(side: Side, { milliseconds, connections }: Rounds): Promise<Sided> {
  const before = processorTime(side.pid);
  const { count, ...measured } = await load({ connections, ...side, milliseconds });
  return { ...measured, cpu: (processorTime(side.pid) - before) / count };
}

export type Figure = keyof Sided;

/** What the rounds showed of each side; sides are told by their place. */
export class Compared {
  readonly #rounds: readonly (readonly Sided[])[];

  constructor(rounds: readonly (readonly Sided[])[]) {
    this.#rounds = rounds;
  }

  #all = (side: number, figure: Figure) => this.#rounds.map((round) => round[side]![figure]);

  /** The median of each figure. */
  of(side: number): Sided {
    const one = (figure: Figure) => median(this.#all(side, figure));
    return { perSecond: one('perSecond'), p50: one('p50'), p99: one('p99'), cpu: one('cpu') };
  }

  /** The round that was disturbed least: on a machine that others use as well it tells more of the program than the median. */
  best(side: number, figure: Figure): number {
    return figure === 'perSecond' ? Math.max(...this.#all(side, figure)) : Math.min(...this.#all(side, figure));
  }

  /** Best against best. */
  ratio(side: number, against: number, figure: Figure): number {
    return this.best(side, figure) / this.best(against, figure);
  }
}

/** Milliseconds that a side is loaded before it counts: what is run often gets compiled meanwhile. */
const WARM_UP = 1_000;

export async function compare(sides: readonly Side[], how: Rounds): Promise<Compared> {
  for (const side of sides) await measure(side, { ...how, milliseconds: WARM_UP });
  const rounds: Sided[][] = [];
  for (let round = 0; round < how.rounds; round++) {
    const measured: Sided[] = [];
    for (let turn = 0; turn < sides.length; turn++) {
      const side = (turn + round) % sides.length;
      measured[side] = await measure(sides[side]!, how);
    }
    rounds.push(measured);
  }
  return new Compared(rounds);
}
