/** What every part of the benchmark is given. */
import type { Table } from './table.ts';

export interface Bench {
  readonly table: Table;
  /** Short rounds, few of them, smaller landscapes: to see whether all works, not to believe the figures. */
  readonly quick: boolean;
  /** Numbers of applications, the smaller one first. */
  readonly sizes: readonly number[];
}

export type Part = (bench: Bench) => Promise<void>;

export const roundsOf = ({ quick }: Bench, connections: number) => ({
  connections,
  rounds: quick ? 1 : 5,
  milliseconds: quick ? 300 : 1_000,
});

export const count = (value: number) => value.toLocaleString('en-US');
