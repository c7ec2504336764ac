/** Where something is wrong in a text, and what. */
export interface Fault {
  /** Index into the text. */
  readonly at: number;
  readonly reason: string;
}

/** `line:column`, both from 1. */
export function placeIn(text: string, at: number): string {
  const before = text.slice(0, at);
  return `${before.split('\n').length}:${at - before.lastIndexOf('\n')}`;
}
