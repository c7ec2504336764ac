/** Flags and arguments as all commands have them: each flag can also be given as COMPASS_<FLAG>. */
import { Args, Flags, type Interfaces } from '@oclif/core';
import { Failure } from '../failure/failure.ts';
import { duration } from '../input/duration.ts';
import { FORMATS } from '../output/format.ts';

/** The variable that stands for a flag. */
export const variableOf = (flag: string) => `COMPASS_${flag.replaceAll('-', '_').toUpperCase()}`;

/** Gives each flag its variable. */
export function named<T extends Interfaces.FlagInput>(flags: T): T {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, { ...flag, env: variableOf(name) }])) as T;
}

const GLOBAL = { helpGroup: 'GLOBAL' } as const;
const PLANE = { helpGroup: 'MANAGEMENT PLANE' } as const;

export const OUTPUT_FLAGS = named({
  output: Flags.option({ options: FORMATS, ...GLOBAL })({ char: 'o', summary: 'Format of the answer.', default: 'text' }),
  json: Flags.boolean({ summary: 'The same as --output json.', ...GLOBAL }),
  jq: Flags.string({ summary: 'Part of the answer to print, by a filter of jq.', helpValue: 'FILTER', ...GLOBAL }),
  quiet: Flags.boolean({ char: 'q', summary: 'Print the answer and errors alone.', ...GLOBAL }),
  verbose: Flags.boolean({ summary: 'Tell about each request, and where errors come from.', ...GLOBAL }),
  'no-color': Flags.boolean({ summary: 'No colours.', ...GLOBAL }),
  'no-input': Flags.boolean({ summary: 'Never ask: fail where something is missing.', ...GLOBAL }),
});

/** `--tenant "$TENANT"` of a script that forgot to set it must not act in another tenant. */
const filled = Flags.custom<string>({
  parse: async (text) => {
    if (text.trim() === '') throw new Failure('usage', 'nothing is given here.', { hint: 'Leave it out, or give it a value.' });
    return text;
  },
});

export const CONNECTION_FLAGS = named({
  context: filled({ summary: 'Context to use in place of the current one.', helpValue: 'NAME', ...PLANE }),
  url: filled({ summary: 'Address of a gateway, without a context.', helpValue: 'URL', ...PLANE }),
  token: filled({ summary: "Token to show in place of the context's; better given as COMPASS_TOKEN.", helpValue: 'TOKEN', ...PLANE }),
  tenant: filled({ char: 't', summary: 'Tenant to act in, by its external id.', helpValue: 'ID', ...PLANE }),
});

/** What lists take. */
export const LIST_FLAGS = {
  limit: Flags.integer({ char: 'n', summary: 'Show at most so many.', helpValue: 'N', min: 1 }),
};

export const labelFilter = Flags.string({
  char: 'l',
  summary: 'Only those with this label: KEY, or KEY=VALUE. May be given several times.',
  helpValue: 'KEY[=VALUE]',
  multiple: true,
});

export const yes = Flags.boolean({ char: 'y', summary: 'Do it without asking.' });

/** Parts of applications are named within theirs. */
export const ofApp = Flags.string({
  char: 'a',
  summary: 'Application that it belongs to, by name or id.',
  helpValue: 'NAME',
  required: true,
});

/** The same where an id needs no application. */
export const placeApp = Flags.string({ char: 'a', summary: 'Application, by name or id.', helpValue: 'NAME' });

/** A span of time, in milliseconds. */
export const time = Flags.custom<number>({ helpValue: 'TIME', parse: async (text) => duration(text) });

/** `KEY=VALUE`; values are JSON where they can be read as JSON, else text. */
export const labels = Flags.string({
  char: 'l',
  summary: 'Label to set; values may be JSON. May be given several times.',
  helpValue: 'KEY=VALUE',
  multiple: true,
});

/** An argument that must be there. oclif would otherwise read it from stdin. */
export const needed = (description: string) => Args.string({ description, required: true, ignoreStdin: true });
export const optional = (description: string) => Args.string({ description, ignoreStdin: true });

/** For inputs with parts that have no flag: a whole input of the API; flags go before what it holds. */
const fileFlag = {
  char: 'f',
  aliases: ['input'] as string[],
  summary: 'Input as JSON or YAML, for all that has no flag; - is standard input.',
  helpValue: 'FILE',
} as const;
export const inputFile = Flags.string(fileFlag);
/** Where a file is the only way to say what is meant. */
export const neededFile = Flags.string({ ...fileFlag, summary: 'Input as JSON or YAML; - is standard input.', required: true });
