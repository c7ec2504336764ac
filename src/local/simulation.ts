/** The configuration of simulated clusters: JSON, or a file that holds it (`docs/provisioner.md`). */
import { readFile } from 'node:fs/promises';
import { ruleOf, scheduleOf, type Rule, type Schedule } from '../provisioner/providers/faults.ts';

export interface SimulationSettings {
  readonly stages: Partial<Schedule>;
  readonly faults: readonly Rule[];
}

const NONE: SimulationSettings = { stages: {}, faults: [] };

/** @throws Error that names the variable, and what is wrong */
export async function readSimulation(given: string | undefined): Promise<SimulationSettings> {
  if (given === undefined || given.trim() === '') return NONE;
  try {
    const text = given.trimStart().startsWith('{') ? given : await readFile(given, 'utf8');
    const { stages = {}, faults = [], ...others } = JSON.parse(text) as { stages?: unknown; faults?: unknown };
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new Error(`${JSON.stringify(unknown)} is not known (known: stages, faults)`);
    if (!Array.isArray(faults)) throw new Error('faults must be a list');
    return { stages: scheduleOf(stages), faults: faults.map(ruleOf) };
  } catch (error) {
    throw new Error(`COMPASS_SIMULATION: ${(error as Error).message}`, { cause: error });
  }
}
