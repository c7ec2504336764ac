/** Where the program begins: the build makes `dist/frame.cjs` of it and of oclif. The commands are beside it, in `dist/commands.cjs`. */
import { Errors, run, settings } from '@oclif/core';
import pjson from '../../../package.json' with { type: 'json' };
import type { tell } from '../failure/tell.ts';

/** `root` is the folder that holds package.json; `commands` loads what every command needs. */
export async function main(root: string, commands: () => { readonly tell: typeof tell }): Promise<void> {
  const argv = asFlags(process.argv.slice(2));
  // oclif would look for TypeScript sources under NODE_ENV=test.
  settings.enableAutoTranspile = false;
  watchStreams();
  try {
    await run(argv, { root, pjson: pjson as never });
  } catch (error) {
    process.exitCode = error instanceof Errors.ExitError ? (error.oclif.exit ?? 1) : await commands().tell(error, argv);
    // What failed half-way may have left something open that would keep the process.
    setTimeout(() => process.exit(), 250).unref();
  }
}

/** `compass help app list` and `compass version` are what the flags of these names do; some help has a page of its own. */
function asFlags(argv: string[]): string[] {
  const [first, ...others] = argv;
  if (first === 'help' && others[0] !== 'exit-codes') return [...others, '--help'];
  return first === 'version' && others.length === 0 ? ['--version'] : argv;
}

/** Whoever reads the answer may stop reading; what cannot be written for another reason is told, before oclif throws. */
function watchStreams(): void {
  // Nobody is left to be told.
  process.stderr.on('error', () => {});
  process.stdout.prependListener('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`error: The answer can't be written: ${error.message}\n`);
    process.exit(1);
  });
}
