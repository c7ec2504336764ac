/** The one place that writes: answers to stdout in the format asked for, everything else to stderr. */
import { Chalk, type ChalkInstance } from 'chalk';
import type { Failure } from '../failure/failure.ts';
import { coloured, type Format } from './format.ts';
import type { Host } from '../frame/host.ts';
import { printable, tabbed, tableLines } from './table.ts';
import { shownTime } from './time.ts';
import { wrapTo } from './width.ts';
import type { Card, Table, View } from './view.ts';

export interface OutputOptions {
  readonly host: Host;
  readonly format: Format;
  readonly noColor?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Columns that a value has at least before it is broken. */
const NARROWEST = 20;
const GOOD = /^(?:READY|CONNECTED|SUCCEEDED|Succeeded|CREATE_SUCCEEDED|COMPLETED)$/;
const BAD = /^(?:\S*ERROR|\S*FAILED|Failed)$/;

export class Output {
  readonly format: Format;
  readonly #host: Host;
  readonly #quiet: boolean;
  readonly #verbose: boolean;
  readonly #out: ChalkInstance;
  readonly #err: ChalkInstance;

  constructor(options: OutputOptions) {
    const { host } = options;
    this.format = options.format;
    this.#host = host;
    this.#quiet = options.quiet === true;
    this.#verbose = options.verbose === true;
    this.#out = new Chalk({ level: coloured(host.stdout, host.env, options.noColor === true) ? 1 : 0 });
    this.#err = new Chalk({ level: coloured(host.stderr, host.env, options.noColor === true) ? 1 : 0 });
  }

  /** Whether the answer is for a program. */
  get machine(): boolean {
    return this.format !== 'text';
  }

  async show(view: View): Promise<void> {
    if (view.kind === 'silence') return;
    switch (this.format) {
      case 'json':
        return this.#write(JSON.stringify(view.value, null, 2));
      case 'ndjson':
        return (Array.isArray(view.value) ? view.value : [view.value]).forEach((item) => this.#write(JSON.stringify(item)));
      case 'yaml': {
        const { stringify } = await import('./yaml.ts');
        return this.#write(stringify(view.value).trimEnd());
      }
      case 'name':
        return (Array.isArray(view.value) ? view.value : [view.value]).forEach((item) => this.#write(nameOf(item)));
      default:
        return this.#showText(view);
    }
  }

  /** For people, on stderr; dropped by --quiet. */
  note(text: string): void {
    if (!this.#quiet) this.#host.stderr.write(`${text}\n`);
  }

  warn(text: string): void {
    this.#host.stderr.write(`${this.#err.yellow('warning:')} ${text}\n`);
  }

  /** What --verbose adds. */
  trace(text: string): void {
    if (this.#verbose) this.#host.stderr.write(`${this.#err.dim(text)}\n`);
  }

  /** A failure: on stdout for programs, on stderr for people. */
  async fail(failure: Failure): Promise<void> {
    if (this.format === 'json' || this.format === 'ndjson')
      this.#write(JSON.stringify(failure, null, this.format === 'json' ? 2 : undefined));
    else if (this.format === 'yaml') this.#write((await import('./yaml.ts')).stringify(failure.toJSON()).trimEnd());
    else {
      const [what, ...more] = failure.message.split('\n');
      const lines = [`${this.#err.red('error:')} ${what}`, ...more.map((line) => `       ${line}`)];
      if (failure.details?.usage !== undefined) lines.push(`${this.#err.cyan('usage:')} ${String(failure.details.usage)}`);
      if (failure.hint !== undefined) lines.push(`${this.#err.cyan(' hint:')} ${failure.hint}`);
      this.#host.stderr.write(`${lines.join('\n')}\n`);
    }
    if (failure.cause instanceof Error) this.trace(failure.cause.stack ?? '');
  }

  #showText(view: Exclude<View, { kind: 'silence' }>): void {
    if (view.kind === 'text') return view.exact ? void this.#host.stdout.write(view.text) : this.#write(view.text);
    if (view.kind === 'card') return this.#showCard(view);
    return this.#showTable(view);
  }

  #showTable(view: Table): void {
    if (view.cells.length === 0) return this.note(view.empty);
    if (this.#host.stdout.isTTY !== true) return view.cells.forEach((row) => this.#write(tabbed(row)));
    const style = {
      width: this.#host.stdout.columns ?? 80,
      title: (text: string) => this.#out.bold(text),
      cell: (text: string) => this.#paint(text),
    };
    const now = new Date();
    const cells = view.cells.map((row) => row.map((cell) => shownTime(cell, now)));
    tableLines(view.titles, cells, style).forEach((line) => this.#write(line.trimEnd()));
  }

  #showCard({ fields, headline }: Card): void {
    if (this.#host.stdout.isTTY !== true) return fields.forEach(([title, field]) => this.#write(tabbed([title, field])));
    if (headline !== undefined) this.note(headline);
    const width = Math.max(...fields.map(([title]) => title.length)) + 1;
    const room = Math.max(NARROWEST, (this.#host.stdout.columns ?? 80) - width - 1);
    for (const [title, field] of fields) {
      const [first = '', ...others] = wrapTo(printable(field), room);
      this.#write(`${this.#out.bold(`${title}:`.padEnd(width))} ${this.#paint(first)}`.trimEnd());
      for (const line of others) this.#write(`${' '.repeat(width)} ${line}`);
    }
  }

  /** States in colour; the word itself stays what tells them. */
  #paint(text: string): string {
    const word = text.trim();
    if (GOOD.test(word)) return this.#out.green(text);
    return BAD.test(word) ? this.#out.red(text) : text;
  }

  #write(line: string): void {
    this.#host.stdout.write(`${line}\n`);
  }
}

/** What `-o name` prints: the id, which every command takes. */
function nameOf(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item ?? '');
  const { id, key, name } = item as { id?: unknown; key?: unknown; name?: unknown };
  return String(id ?? key ?? name ?? '');
}
