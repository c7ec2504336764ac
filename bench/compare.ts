/** Loads on two servers in turn, so that whatever else the machine does meets both. */
import { readFileSync } from 'node:fs';
import { type Load, load, type Measured } from './loader.ts';
import { median } from './table.ts';

export interface Side extends Pick<Load, 'port' | 'requests' | 'check'> {
  readonly pid: number;
}

export interface Sided {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server for one request, in microseconds. */
  readonly cpu: number;
}

export interface Compared {
  readonly ours: Sided;
  readonly theirs: Sided;
  /** Medians of the rounds' ratios, ours to theirs. */
  readonly ratio: number;
  readonly cpuRatio: number;
}

export interface Rounds {
  readonly rounds: number;
  readonly milliseconds: number;
  readonly connections: number;
}

const TICK = 10_000;

/** User and system time of a process, in microseconds. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

async function measure(side: Side, { milliseconds, connections }: Rounds): Promise<Measured & { cpu: number }> {
  const before = processorTime(side.pid);
  const measured = await load({ ...side, milliseconds, connections });
  return { ...measured, cpu: (processorTime(side.pid) - before) / measured.count };
}

const inTheMiddle = (rounds: readonly Sided[]): Sided => ({
  perSecond: median(rounds.map((round) => round.perSecond)),
  p50: median(rounds.map((round) => round.p50)),
  p99: median(rounds.map((round) => round.p99)),
  cpu: median(rounds.map((round) => round.cpu)),
});

/** The first, shorter round warms up and does not count. */
export async function compare(ours: Side, theirs: Side, how: Rounds): Promise<Compared> {
  const a: Sided[] = [];
  const b: Sided[] = [];
  for (let round = 0; round <= how.rounds; round++) {
    const milliseconds = round === 0 ? Math.max(300, how.milliseconds / 2) : how.milliseconds;
    const both = [
      () => measure(ours, { ...how, milliseconds }).then((m) => a.push(m)),
      () => measure(theirs, { ...how, milliseconds }).then((m) => b.push(m)),
    ];
    for (const one of round % 2 === 0 ? both : both.reverse()) await one();
  }
  const counted = { ours: a.slice(1), theirs: b.slice(1) };
  return {
    ours: inTheMiddle(counted.ours),
    theirs: inTheMiddle(counted.theirs),
    ratio: median(counted.ours.map((round, index) => round.perSecond / counted.theirs[index]!.perSecond)),
    cpuRatio: median(counted.ours.map((round, index) => counted.theirs[index]!.cpu / round.cpu)),
  };
}
