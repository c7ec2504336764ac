/** `--jq`: the part of an answer that is printed. */
import { Failure } from '../failure/failure.ts';
import { content, type Text } from './view.ts';

/** A filter has the answer and nothing else: no variable, not even those that jq makes up, and no name of a file. */
const ALONE = '{} as $ENV | def env: $ENV; def input_filename: null; ';
/** The filter is no flag, whatever it begins with; a value takes one line. */
const FLAGS = ['-c', '--'];

export interface Picked {
  readonly values: readonly unknown[];
  /** What the filter had to say beside them (`debug`). */
  readonly said: string;
}

export type Pick = (value: unknown) => Picked;

/**
 * What a filter of jq leads to, in whatever it is given.
 * @throws Failure usage where the filter is none, and later failed where it does not fit what it is given
 */
export async function picking(filter: string): Promise<Pick> {
  const { loadJq } = await import('./jq.ts');
  const jq = await loadJq();
  // Without any input jq reads the filter and runs nothing.
  const fault = [filter, ALONE + filter].map((program) => said(jq.raw('', program, FLAGS).stderr)).find((words) => words !== '');
  if (fault !== undefined)
    throw new Failure('usage', `--jq: ${fault}`, {
      hint: `A filter is written as for jq: '.[].name', '.[] | select(.name == "shop")'.`,
    });
  return (value) => {
    const ran = running(() => jq.raw(JSON.stringify(value ?? null), ALONE + filter, FLAGS));
    if (ran.exitCode !== 0) throw unfit(said(ran.stderr) || `ended with ${ran.exitCode}.`);
    return { values: ran.stdout === '' ? [] : ran.stdout.split('\n').map((line): unknown => JSON.parse(line)), said: ran.stderr };
  };
}

function running<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw unfit('the filter takes more memory than there is.', cause);
  }
}

const unfit = (reason: string, cause?: unknown) =>
  new Failure('failed', `--jq: ${reason}`, {
    hint: 'The command itself has done its work; only its answer does not fit the filter.',
    cause,
  });

/** jq's own words, without what tells who speaks and where the filter stands: it has but one line of command. */
const said = (stderr: string): string =>
  stderr
    .replaceAll(/^jq: (?:parse )?error(?: \(at [^)]*\))?(?: \(not a string\))?: /gm, '')
    .replaceAll(' at <top-level>, line', ', line')
    .replace(/\n*^jq: \d+ compile errors?$/m, '')
    .trim();

/** For people each value on lines of its own, texts without their quotes; for programs the value, or all of them. */
export function pickedView({ values }: Picked): Text {
  const lines = values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`);
  return content(values.length === 1 ? values[0] : values, lines.join(''));
}
