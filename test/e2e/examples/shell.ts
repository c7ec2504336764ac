/** As much of a shell as examples need, so that most of them run without a process of their own. */

export interface Line {
  readonly words: readonly string[];
  /** File that standard output goes to. */
  readonly into?: string;
  /** File that standard input comes from. */
  readonly from?: string;
}

/** Undefined where a real shell is needed: pipes, variables before the command. */
export function lineOf(text: string, variables: Readonly<Record<string, string>>): Line | undefined {
  const words: { text: string; quoted: boolean }[] = [];
  for (const [, single, double, plain] of text.matchAll(/((?:'[^']*')+)|("(?:[^"\\]|\\.)*")|((?:[^\s'"]|'[^']*'|"(?:[^"\\]|\\.)*")+)/g)) {
    const value =
      single !== undefined
        ? single.slice(1, -1)
        : double !== undefined
          ? double.slice(1, -1).replaceAll(/\$(\w+)/g, (_, name: string) => variables[name] ?? '')
          : (plain ?? '').replaceAll(/'([^']*)'|"([^"]*)"/g, (_, a?: string, b?: string) => a ?? b ?? '');
    words.push({ text: value, quoted: plain === undefined });
  }
  if (words.some(({ text: word, quoted }) => !quoted && word === '|') || words[0]?.text !== 'compass') return undefined;
  let line: Line = { words: [] };
  for (let index = 1; index < words.length; index++) {
    const { text: word, quoted } = words[index]!;
    const next = words[index + 1]?.text ?? '';
    if (!quoted && word === '>') line = { ...line, into: (index++, next) };
    else if (!quoted && word === '<') line = { ...line, from: (index++, next) };
    else line = { ...line, words: [...line.words, word] };
  }
  return line;
}
