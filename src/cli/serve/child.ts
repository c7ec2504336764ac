/** A plane in a process of its own, followed until it is ready. */
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../failure/failure.ts';

export interface Told {
  readonly pid: number;
  readonly gateway: string;
  readonly mtls: string;
  readonly token: string;
  readonly tenant: string;
  readonly caFile: string;
}

const PAUSE = 20;

/** What the plane wrote when every system answered. @throws Failure failed with what it said, where it ended before */
export async function untilReady(plane: ChildProcess, readyFile: string, said: () => string): Promise<Told> {
  while (!existsSync(readyFile)) {
    if (plane.exitCode !== null || plane.signalCode !== null) throw new Failure('failed', `The plane did not start.\n${said().trim()}`);
    await sleep(PAUSE);
  }
  return JSON.parse(readFileSync(readyFile, 'utf8')) as Told;
}
