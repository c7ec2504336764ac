/** Hook of oclif: an unknown command names those that are near. */
import type { Command, Hook } from '@oclif/core';
import { Errors } from '@oclif/core';
import { Failure } from '../failure/failure.ts';
import { formatOf } from '../output/format.ts';
import { hostOf } from './host.ts';
import { Output } from '../output/output.ts';
import { inOurWords } from './other-words.ts';
import { nearest } from './suggest.ts';

export const commandNotFound: Hook.CommandNotFound = async ({ config, id, argv }) => {
  const host = hostOf(config);
  const asked = id.replaceAll(':', ' ');
  const known = [...config.commandIDs, ...config.topics.map(({ name }) => name)].map((name) => name.replaceAll(':', ' '));
  const ours = inOurWords(asked.split(' '), known);
  const meant = (ours.length > 0 ? ours : nearest(asked, [...new Set(known)])).map((name) => `compass ${name}`);
  const hint = asked.startsWith('-')
    ? 'Flags stand behind the command: `compass app list --url URL`.'
    : meant.length === 0
      ? 'Run `compass --help` for all of them.'
      : `Did you mean \`${meant.join('` or `')}\`?`;
  const command = config.commands.find((one) => asked.startsWith(`${one.id.replaceAll(':', ' ')} `));
  if (command !== undefined && (ours.length === 0 || ours.includes(command.id.replaceAll(':', ' '))))
    return tooMuch(command, asked, new Output({ host, format: formatOf(argv ?? [], host.env) }));
  const failure = new Failure('usage', `There is no command \`compass ${asked}\`.`, { hint, details: { suggestions: meant } });
  await new Output({ host, format: formatOf(argv ?? [], host.env) }).fail(failure);
  throw new Errors.ExitError(failure.exit);
};

/** Words behind a command that takes none. */
async function tooMuch({ id, usage }: Command.Loadable, asked: string, output: Output): Promise<never> {
  const words = id.replaceAll(':', ' ');
  const failure = new Failure('usage', `\`compass ${words}\` takes no ${JSON.stringify(asked.slice(words.length + 1))}.`, {
    hint: 'It is told by flags: run the command with --help.',
    details: { usage: `compass ${String(usage)}` },
  });
  await output.fail(failure);
  throw new Errors.ExitError(failure.exit);
}
