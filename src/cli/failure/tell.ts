import { failureOf } from './failure-of.ts';
import { formatOf } from '../output/format.ts';
import { Output } from '../output/output.ts';

/** Tells what ended the program, in the format that was asked for. @returns its exit code */
export async function tell(error: unknown, argv: readonly string[]): Promise<number> {
  const failure = failureOf(error);
  await new Output({ host: process, format: formatOf(argv, process.env), verbose: argv.includes('--verbose') }).fail(failure);
  return failure.exit;
}
