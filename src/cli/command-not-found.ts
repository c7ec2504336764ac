/** Hook of oclif: an unknown command names those that are near. */
import type { Hook } from '@oclif/core';
import { Errors } from '@oclif/core';
import { Failure } from './failure.ts';
import { formatOf } from './format.ts';
import { hostOf } from './host.ts';
import { Output } from './output.ts';
import { nearest } from './suggest.ts';

export const commandNotFound: Hook.CommandNotFound = async ({ config, id, argv }) => {
  const host = hostOf(config);
  const asked = id.replaceAll(':', ' ');
  const known = [...config.commandIDs, ...config.topics.map(({ name }) => name)].map((name) => name.replaceAll(':', ' '));
  const meant = nearest(asked, [...new Set(known)]).map((name) => `compass ${name}`);
  const failure = new Failure('usage', `There is no command \`compass ${asked}\`.`, {
    hint: meant.length === 0 ? 'Run `compass --help` for all of them.' : `Did you mean \`${meant.join('` or `')}\`?`,
    details: { suggestions: meant },
  });
  await new Output({ host, format: formatOf(argv ?? [], host.env) }).fail(failure);
  throw new Errors.ExitError(failure.exit);
};
