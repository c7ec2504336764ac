/**
 * The language of notification templates: Go's text/template with the functions that webhooks use.
 * A text is parsed once (`parseTemplate`) and rendered any number of times (`renderTemplate`).
 */
import { type Functions, DEFAULT_LIMITS, evaluate, type Limits } from './evaluator.ts';
import { BUILTIN } from './functions/builtin.ts';
import { COLLECTIONS } from './functions/collections.ts';
import { DATES } from './functions/dates.ts';
import { ENCODING } from './functions/encoding.ts';
import { NUMBERS } from './functions/numbers.ts';
import { OWN } from './functions/own.ts';
import { STRINGS } from './functions/strings.ts';
import { parseTemplate as parse } from './parser.ts';
import type { Template } from './tree.ts';

export { TemplateError } from './error.ts';
export { GoMap, NamedText, RawJson, textMap, Time } from './values.ts';
export type { Template } from './tree.ts';

/** What every template may call: a closed list, without anything that reaches files, the environment or the network. */
export const FUNCTIONS: Functions = { ...STRINGS, ...NUMBERS, ...COLLECTIONS, ...ENCODING, ...DATES, ...BUILTIN, ...OWN };

/** @throws TemplateError with line, column and what was expected */
export const parseTemplate = (text: string): Template => parse(text, (name) => Object.hasOwn(FUNCTIONS, name));

/** The text that a template gives for these data. @throws TemplateError where the data do not have what it asks for, or a limit is reached */
export const renderTemplate = (template: Template, data: unknown, limits: Limits = DEFAULT_LIMITS): string =>
  evaluate(template, data, FUNCTIONS, limits);
