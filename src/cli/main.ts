/** Where the program begins: the build makes `dist/frame.cjs` of it and of all commands. */
import { Errors, run, settings } from '@oclif/core';
import pjson from '../../package.json' with { type: 'json' };
import { failureOf } from './failure-of.ts';
import { formatOf } from './format.ts';
import { Output } from './output.ts';

/** `root` is the folder that holds package.json. */
export async function main(root: string, argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  // oclif would look for TypeScript sources under NODE_ENV=test.
  settings.enableAutoTranspile = false;
  try {
    await run([...argv], { root, pjson: pjson as never });
  } catch (error) {
    process.exitCode = error instanceof Errors.ExitError ? (error.oclif.exit ?? 1) : await tell(error, argv);
    // What failed half-way may have left something open that would keep the process.
    setTimeout(() => process.exit(), 250).unref();
  }
}

async function tell(error: unknown, argv: readonly string[]): Promise<number> {
  const failure = failureOf(error);
  await new Output({ host: process, format: formatOf(argv, process.env), verbose: argv.includes('--verbose') }).fail(failure);
  return failure.exit;
}
