/** How long the program takes to be there, and what it holds in memory. */
import { setTimeout } from 'node:timers/promises';
import { type Bench, count } from '../bench.ts';
import { copied, type Landscape } from '../landscape.ts';
import { applicationsOf } from '../plants.ts';
import { bin, cpuOf, environmentIn, memoryOf, serve, temporaryFolder } from '../processes.ts';
import { type Budget, median } from '../table.ts';

interface Command {
  readonly args: readonly string[];
  readonly budget: Budget;
}

const COMMANDS: readonly Command[] = [
  { args: ['--version'], budget: { atMost: 2.2 } },
  { args: ['app', 'list'], budget: { atMost: 3 } },
];

/** In turn with the bare Node, by processor time, which is steadier than the clock. */
async function commands({ table, quick }: Bench): Promise<void> {
  const dir = copied(await applicationsOf(10, 'bare'));
  const plane = await serve(dir);
  try {
    const programs = [['-e', '0'], ...COMMANDS.map(({ args }) => [bin(), ...args])];
    const times: number[][] = programs.map(() => []);
    for (let round = 0; round < (quick ? 3 : 9); round++)
      programs.forEach((_, turn) => {
        const index = (turn + round) % programs.length;
        times[index]!.push(cpuOf(programs[index]!, environmentIn(dir)));
      });
    const bare = Math.min(...times[0]!);
    COMMANDS.forEach(({ args, budget }, index) => {
      const own = Math.min(...times[index + 1]!);
      table.add({
        what: `compass ${args.join(' ')}`,
        measured: `${own.toFixed(0)} ms of processor`,
        ratio: own / bare,
        against: `${bare.toFixed(0)} ms of node -e 0`,
        budget,
      });
    });
  } finally {
    await plane.stop();
  }
}

interface Started {
  /** Milliseconds to the ready file. */
  readonly startup: number;
  /** The processor's part of it. */
  readonly processor: number;
  /** Kilobytes, when it has come to rest. */
  readonly memory: number;
}

async function start(found: Landscape<unknown> | undefined, times: number): Promise<Started> {
  const started: Started[] = [];
  for (let round = 0; round < times; round++) {
    const plane = await serve(found ? copied(found) : temporaryFolder());
    await setTimeout(1_000);
    started.push({ startup: plane.startup, processor: plane.startupProcessor, memory: memoryOf(plane.ready.pid) });
    await plane.stop();
  }
  const best = (figure: keyof Started) => Math.min(...started.map((one) => one[figure]));
  return { startup: best('startup'), processor: best('processor'), memory: median(started.map((one) => one.memory)) };
}

const time = (what: string, { startup, processor }: Started, budget: number) => ({
  what,
  measured: `${startup.toFixed(0)} ms, ${processor.toFixed(0)} ms of processor`,
  value: startup,
  budget: { atMost: budget },
});

export async function startup(bench: Bench): Promise<void> {
  await commands(bench);
  const { table, quick, sizes } = bench;
  const empty = await start(undefined, quick ? 2 : 7);
  table.add(time('serve --local to ready, empty', empty, 500));
  const megabytes = empty.memory / 1024;
  table.add({ what: 'memory, empty', measured: `${megabytes.toFixed(0)} MB`, value: megabytes, budget: { atMost: 120 } });
  for (const size of sizes) {
    const full = await start(await applicationsOf(size, 'bare'), quick ? 1 : 3);
    table.add(time(`serve --local to ready (${count(size)})`, full, 3_000));
    const each = (full.memory - empty.memory) / size;
    const measured = `${(full.memory / 1024).toFixed(0)} MB, ${each.toFixed(1)} kB for each application`;
    table.add({ what: `memory (${count(size)})`, measured, ...(size >= 10_000 && { value: each, budget: { atMost: 6 } }) });
  }
}
