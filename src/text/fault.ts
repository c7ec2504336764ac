/** Where something is wrong in a text, and what. */
export interface Fault {
  /** Index into the text. */
  readonly at: number;
  readonly reason: string;
}

/** Both from 1. */
export function lineAndColumn(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

/** `line:column`. */
export function placeIn(text: string, at: number): string {
  const { line, column } = lineAndColumn(text, at);
  return `${line}:${column}`;
}
