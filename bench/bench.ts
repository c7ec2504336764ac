/** What every part of the benchmark is given. */
import type { Rounds } from './compare.ts';
import type { Table } from './table.ts';

export interface Bench {
  readonly table: Table;
  /** Short rounds, few of them: to see whether all works, not to believe the figures. */
  readonly quick: boolean;
  /** Numbers of applications, the smallest first. */
  readonly sizes: readonly number[];
}

export type Part = (bench: Bench) => Promise<void>;

export const roundsOf = ({ quick }: Bench, connections: number): Rounds => ({
  connections,
  rounds: quick ? 3 : 6,
  milliseconds: quick ? 300 : 500,
});

export const count = (value: number) => Math.round(value).toLocaleString('en-US');
