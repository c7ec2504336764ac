/** What is wrong with a template, and where. */
import { lineAndColumn } from '../text/fault.ts';

export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  constructor(
    /** What is wrong, without the place. */
    readonly reason: string,
    /** From 1. */
    readonly line: number,
    /** From 1. */
    readonly column: number,
  ) {
    super(`line ${line}, column ${column}: ${reason}`);
  }
}

/** The error for a place in the text. */
export function errorAt(text: string, offset: number, reason: string): TemplateError {
  const { line, column } = lineAndColumn(text, offset);
  return new TemplateError(reason, line, column);
}

/** A fault of a function or an operation that does not know its place; the evaluator adds it. */
export class Fault extends Error {
  override readonly name = 'Fault';
}
