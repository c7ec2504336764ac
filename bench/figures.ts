/** Rows of the table from what rounds of load showed. */
import { type Bench, count } from './bench.ts';
import type { Compared, Sided } from './compare.ts';
import type { Budget } from './table.ts';

/** How much dearer anything may be in the largest landscape than in the smallest. */
const GROWTH: Budget = { atMost: 1.3 };

export const told = ({ perSecond, p50, p99, cpu }: Sided): string =>
  `${count(perSecond)}/s, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${cpu.toFixed(0)} µs of processor`;

/** Rows for planes of the bench's sizes (sides 1, 2, …) beside a plain server (side 0). */
export function besidePlain({ table, sizes }: Bench, what: string, compared: Compared, budget?: Budget): void {
  sizes.forEach((size, index) =>
    table.add({
      what: `${what} (${count(size)})`,
      measured: told(compared.of(index + 1)),
      ratio: compared.ratio(index + 1, 0, 'perSecond'),
      against: `${count(compared.best(0, 'perSecond'))}/s plain (by processor ${compared.ratio(0, index + 1, 'cpu').toFixed(2)})`,
      ...(budget && { budget }),
    }),
  );
  growth({ table, sizes }, compared, 1);
}

/** A row for the largest of the bench's sizes against the smallest; the sides of the sizes begin at `first`. `whose` tells it from others of its group. */
export function growth({ table, sizes }: Pick<Bench, 'table' | 'sizes'>, compared: Compared, first: number, whose = ''): void {
  if (sizes.length < 2) return;
  const last = first + sizes.length - 1;
  table.add({
    what: `… ${whose}${count(sizes.at(-1)!)} against ${count(sizes[0]!)}`,
    measured: `${compared.best(last, 'cpu').toFixed(0)} µs`,
    ratio: compared.ratio(last, first, 'cpu'),
    against: `${compared.best(first, 'cpu').toFixed(0)} µs`,
    budget: GROWTH,
  });
}
