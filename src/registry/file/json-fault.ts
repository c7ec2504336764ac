/** Finds where a text stops being JSON: Node's own message often names no place. */

export interface JsonFault {
  /** Index into the text. */
  readonly at: number;
  readonly reason: string;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex
const STRING_PART = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Undefined if the text is JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let at = 0;
  const match = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const fault = (expected: string): JsonFault => ({
    at,
    reason: at >= text.length ? `the file ends here, expected ${expected}` : `expected ${expected}`,
  });
  const string = (): JsonFault | undefined => {
    at++;
    while (match(STRING_PART));
    if (text[at] !== '"') return fault('the end of a string without raw line ends or unknown escapes');
    at++;
    return undefined;
  };
  /** A member's name and colon. */
  const name = (): JsonFault | undefined => {
    match(SPACE);
    if (text[at] !== '"') return fault('a name in double quotes');
    const wrong = string();
    if (wrong) return wrong;
    match(SPACE);
    if (text[at] !== ':') return fault('a colon');
    at++;
    return undefined;
  };
  for (;;) {
    match(SPACE);
    const opening = text[at];
    let wrong: JsonFault | undefined;
    if (opening === '{' || opening === '[') {
      at++;
      match(SPACE);
      if (text[at] !== (opening === '{' ? '}' : ']')) {
        open.push(opening);
        wrong = opening === '{' ? name() : undefined;
        if (wrong) return wrong;
        continue;
      }
      at++;
    } else if (opening === '"') wrong = string();
    else if (!match(SCALAR)) wrong = fault('a value');
    if (wrong) return wrong;
    for (;;) {
      match(SPACE);
      const within = open.at(-1);
      if (!within) return at < text.length ? { at, reason: 'expected the end of the file' } : undefined;
      if (text[at] === (within === '{' ? '}' : ']')) {
        at++;
        open.pop();
        continue;
      }
      if (text[at] !== ',') return fault(`a comma or the closing ${within === '{' ? 'brace' : 'bracket'}`);
      at++;
      wrong = within === '{' ? name() : undefined;
      if (wrong) return wrong;
      break;
    }
  }
}
