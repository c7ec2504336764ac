/** Hook of oclif: an unknown command names those that are near. */
import type { Hook } from '@oclif/core';
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
  const failure = new Failure('usage', `There is no command \`compass ${asked}\`.`, { hint, details: { suggestions: meant } });
  await new Output({ host, format: formatOf(argv ?? [], host.env) }).fail(failure);
  throw new Errors.ExitError(failure.exit);
};
