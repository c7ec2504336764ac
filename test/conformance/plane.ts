/** A fresh in-process plane for each recorded story, started as the stories ask for it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_OPTIONS, optionsFromEnvironment } from '../../src/local/options.ts';
import { startPlane } from '../../src/local/plane.ts';
// @ts-expect-error -- plain JavaScript, shared with whoever replays against a remote plane
import { makeAuthority } from './certificates.mjs';
// @ts-expect-error -- see above
import { replay } from './replay.mjs';
// @ts-expect-error -- see above
import { newSigningKey, signToken } from './tokens.mjs';

export interface Scenario {
  readonly title: string;
  readonly settings?: Record<string, string>;
  readonly steps: readonly unknown[];
}

export interface StepResult {
  readonly step: number;
  readonly title: string;
  readonly problem: string | null;
}

const folder = new URL('./scenarios/', import.meta.url);

export const readScenario = (name: string): Scenario => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Scenario;

/** Plays a story on a plane of its own and tells of each step whether the answer is as recorded. */
export async function play(name: string): Promise<StepResult[]> {
  const scenario = readScenario(name);
  const dir = mkdtempSync(join(tmpdir(), 'compass-story-'));
  try {
    const { privateJwk, jwks } = newSigningKey();
    const trustedJwks = join(dir, 'jwks.json');
    writeFileSync(trustedJwks, JSON.stringify(jwks));
    const plane = await startPlane({
      ...DEFAULT_OPTIONS,
      version: '0.0.0-test',
      dataDir: dir,
      trustedJwks,
      trustedClientCa: makeAuthority(dir) as string,
      ...optionsFromEnvironment({ COMPASS_SEED: 'reference', ...scenario.settings }),
      report: (message, details) => {
        if (process.env.COMPASS_TEST_LOG) process.stderr.write(`${message} ${JSON.stringify(details, null, 1)}\n`);
      },
    });
    try {
      return (await replay(scenario, {
        plane: plane.ready,
        mint: (claims: unknown) => signToken(privateJwk, claims) as string,
        dir,
      })) as StepResult[];
    } finally {
      await plane.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
