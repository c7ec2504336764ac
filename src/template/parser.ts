/** Reads a template into its tree. @throws TemplateError with line, column and what was expected */
import { errorAt } from './error.ts';
import { lex, type Token, unquote } from './lexer.ts';
import type { Command, Node, Operand, Pipeline, Template } from './tree.ts';

const MAX_SOURCE = 1_000_000;
const MAX_NESTING = 200;

/** `known` tells which functions there are; an unknown one is an error of the text, not of its use. */
export function parseTemplate(source: string, known: (name: string) => boolean): Template {
  if (source.length > MAX_SOURCE) throw errorAt(source, 0, `the template is longer than ${MAX_SOURCE} characters`);
  return new Parser(source, known).parse();
}

interface List {
  readonly nodes: Node[];
  /** The keyword that ended the list, and whether `if` or `with` followed an `else`. */
  readonly ended: 'end' | 'else' | 'text';
  readonly chained?: 'if' | 'with';
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #defined = new Map<string, readonly Node[]>();
  #next = 0;
  #variables: string[] = ['$'];
  #loops = 0;
  #nesting = 0;

  constructor(
    readonly source: string,
    readonly known: (name: string) => boolean,
  ) {
    this.#tokens = lex(source);
  }

  parse(): Template {
    const list = this.#list();
    if (list.ended !== 'text') {
      const keyword = this.#tokens[this.#next - (list.chained ? 1 : 2)]!;
      throw this.#fail(keyword, `unexpected {{${list.ended}}}`);
    }
    return { source: this.source, body: list.nodes, defined: this.#defined };
  }

  #fail = (token: { at: number }, reason: string) => errorAt(this.source, token.at, reason);
  #peek = () => this.#tokens[this.#next]!;
  #take = () => this.#tokens[this.#next++]!;

  #expect(kind: Token['kind'], context: string): Token {
    const token = this.#take();
    if (token.kind !== kind)
      throw this.#fail(token, `unexpected ${this.#describe(token)} in ${context}, expected ${kind === 'close' ? '"}}"' : `a ${kind}`}`);
    return token;
  }

  #describe = (token: Token) =>
    token.kind === 'end' ? 'end of the template' : token.kind === 'close' ? '"}}"' : JSON.stringify(token.value);

  #list(): List {
    if (++this.#nesting > MAX_NESTING) throw this.#fail(this.#peek(), `more than ${MAX_NESTING} levels of nesting`);
    const nodes: Node[] = [];
    for (;;) {
      const token = this.#take();
      if (token.kind === 'end') {
        this.#nesting--;
        return { nodes, ended: 'text' };
      }
      if (token.kind === 'text') {
        nodes.push({ kind: 'text', text: token.value, at: token.at });
        continue;
      }
      const keyword = this.#peek().kind === 'name' ? this.#peek().value : '';
      if (keyword === 'end' || keyword === 'else') {
        this.#take();
        const chained =
          keyword === 'else' && this.#peek().kind === 'name' && (this.#peek().value === 'if' || this.#peek().value === 'with')
            ? (this.#peek().value as 'if' | 'with')
            : undefined;
        if (!chained) this.#expect('close', keyword);
        this.#nesting--;
        return { nodes, ended: keyword, ...(chained ? { chained } : {}) };
      }
      const node = this.#action(token);
      if (node) nodes.push(node);
    }
  }

  #action(open: Token): Node | undefined {
    const token = this.#peek();
    const keyword = token.kind === 'name' ? token.value : '';
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
        this.#take();
        return this.#control(keyword, open.at);
      case 'define':
        if (this.#nesting > 1) throw this.#fail(token, 'unexpected {{define}}: it stands outside of everything else');
        this.#take();
        this.#define();
        return undefined;
      case 'block':
        this.#take();
        return this.#block(open.at);
      case 'template':
        this.#take();
        return this.#template(open.at);
      case 'break':
      case 'continue':
        this.#take();
        if (this.#loops === 0) throw this.#fail(token, `{{${keyword}}} outside {{range}}`);
        this.#expect('close', keyword);
        return { kind: keyword, at: open.at };
      default: {
        const pipeline = this.#pipeline('command');
        this.#expect('close', 'command');
        return { kind: 'action', pipeline, at: open.at };
      }
    }
  }

  #control(kind: 'if' | 'with' | 'range', at: number): Node {
    const depth = this.#variables.length;
    const pipeline = this.#pipeline(kind);
    this.#expect('close', kind);
    if (kind === 'range') this.#loops++;
    const body = this.#list();
    if (kind === 'range') this.#loops--;
    let otherwise: readonly Node[] = [];
    if (body.ended === 'else' && body.chained) {
      if (kind !== body.chained) throw this.#fail({ at }, `unexpected {{else ${body.chained}}} in ${kind}`);
      this.#take();
      otherwise = [this.#control(body.chained, at)];
    } else if (body.ended === 'else') {
      const rest = this.#list();
      if (rest.ended !== 'end')
        throw this.#fail({ at }, `expected end; found ${rest.ended === 'else' ? '{{else}}' : 'end of the template'}`);
      otherwise = rest.nodes;
    } else if (body.ended === 'text') throw this.#fail({ at }, `unexpected end of the template: {{${kind}}} is not closed by {{end}}`);
    this.#variables.length = depth;
    return { kind, pipeline, body: body.nodes, otherwise, at };
  }

  #name(context: string): string {
    const token = this.#expect('string', context);
    const name = unquote(token.value);
    if (name === undefined) throw this.#fail(token, 'invalid syntax in a quoted text');
    return name;
  }

  #body(name: string): void {
    const [variables, loops] = [this.#variables, this.#loops];
    this.#variables = ['$'];
    this.#loops = 0;
    const at = this.#peek();
    const body = this.#list();
    if (body.ended !== 'end') throw this.#fail(at, `the template ${JSON.stringify(name)} is not closed by {{end}}`);
    if (this.#defined.has(name)) throw this.#fail(at, `multiple definition of template ${JSON.stringify(name)}`);
    this.#defined.set(name, body.nodes);
    [this.#variables, this.#loops] = [variables, loops];
  }

  #define(): void {
    const name = this.#name('define clause');
    this.#expect('close', 'define clause');
    this.#body(name);
  }

  #block(at: number): Node {
    const name = this.#name('block clause');
    const pipeline = this.#pipeline('block clause');
    this.#expect('close', 'block clause');
    this.#body(name);
    return { kind: 'template', name, pipeline, at };
  }

  #template(at: number): Node {
    const name = this.#name('template clause');
    const pipeline = this.#peek().kind === 'close' ? undefined : this.#pipeline('template clause');
    this.#expect('close', 'template clause');
    return { kind: 'template', name, pipeline, at };
  }

  #pipeline(context: string): Pipeline {
    const start = this.#peek();
    const { declares, assigns } = this.#declaration(context);
    const commands: Command[] = [this.#command(context)];
    while (this.#peek().kind === 'symbol' && this.#peek().value === '|') {
      this.#take();
      const command = this.#command(context);
      const [first] = command.operands;
      if (first!.kind === 'literal' || first!.kind === 'dot') throw this.#fail(first!, 'non executable command in pipeline stage 2');
      commands.push(command);
    }
    return { declares, assigns, commands, at: start.at };
  }

  #declaration(context: string): { declares: string[]; assigns: boolean } {
    const names: string[] = [];
    let look = this.#next;
    while (this.#tokens[look]!.kind === 'variable') {
      names.push(this.#tokens[look]!.value);
      const after = this.#tokens[look + 1]!;
      if (after.kind === 'symbol' && after.value === ',' && context === 'range' && names.length < 2) {
        look += 2;
        continue;
      }
      if (after.kind === 'symbol' && (after.value === ':=' || after.value === '=')) {
        this.#next = look + 2;
        if (after.value === ':=') this.#variables.push(...names);
        else for (const name of names) this.#checkVariable(this.#tokens[look]!, name);
        return { declares: names, assigns: after.value === '=' };
      }
      break;
    }
    return { declares: [], assigns: false };
  }

  #checkVariable(token: { at: number }, name: string): void {
    if (!this.#variables.includes(name)) throw this.#fail(token, `undefined variable "${name}"`);
  }

  #command(context: string): Command {
    const start = this.#peek();
    const operands: Operand[] = [];
    for (;;) {
      const operand = this.#operand();
      if (!operand) break;
      operands.push(operand);
      const next = this.#peek();
      if (next.kind === 'close' || (next.kind === 'symbol' && (next.value === '|' || next.value === ')'))) break;
      if (!next.spaced && next.kind !== 'end') throw this.#fail(next, `unexpected ${this.#describe(next)} in operand`);
    }
    if (operands.length === 0)
      throw this.#fail(
        start,
        start.kind === 'close' ? `missing value for ${context}` : `unexpected ${this.#describe(start)} in ${context}`,
      );
    const [first] = operands;
    if (operands.length > 1 && (first!.kind === 'literal' || first!.kind === 'dot'))
      throw this.#fail(first!, "can't give argument to non-function");
    return { operands, at: start.at };
  }

  #operand(): Operand | undefined {
    let term = this.#term();
    if (!term) return undefined;
    const names: string[] = [];
    const at = this.#peek().at;
    while (this.#peek().kind === 'field' && !this.#peek().spaced) names.push(this.#take().value.slice(1));
    if (names.length > 0) {
      if (term.kind === 'literal') throw this.#fail(term, `unexpected . after term ${JSON.stringify(String(term.value))}`);
      term = { kind: 'fields', of: term, names, at };
    }
    return term;
  }

  #term(): Operand | undefined {
    const token = this.#peek();
    const { at } = token;
    switch (token.kind) {
      case 'field': {
        this.#take();
        const names = [token.value.slice(1)];
        while (this.#peek().kind === 'field' && !this.#peek().spaced) names.push(this.#take().value.slice(1));
        return { kind: 'fields', of: { kind: 'dot', at }, names, at };
      }
      case 'variable':
        this.#take();
        this.#checkVariable(token, token.value);
        return { kind: 'variable', name: token.value, at };
      case 'string':
      case 'char':
        return { kind: 'literal', value: this.#quoted(this.#take()), at };
      case 'number':
        return { kind: 'literal', value: this.#number(this.#take()), at };
      case 'name':
        return this.#named(this.#take());
      case 'symbol':
        if (token.value === '(') return this.#parenthesized(this.#take());
        if (token.value !== '.') return undefined;
        this.#take();
        return { kind: 'dot', at };
      default:
        return undefined;
    }
  }

  #parenthesized(open: Token): Operand {
    if (++this.#nesting > MAX_NESTING) throw this.#fail(open, `more than ${MAX_NESTING} levels of nesting`);
    const pipeline = this.#pipeline('parenthesized pipeline');
    const close = this.#take();
    if (close.value !== ')') throw this.#fail(open, 'unclosed left paren');
    this.#nesting--;
    return { kind: 'pipeline', pipeline, at: open.at };
  }

  /** A function, or a constant that has a name. */
  #named(token: Token): Operand {
    const { value: name, at } = token;
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', at };
    if (name === 'nil') return { kind: 'literal', value: undefined, at };
    if (!this.known(name)) throw this.#fail(token, `function ${JSON.stringify(name)} not defined`);
    return { kind: 'function', name, at };
  }

  /** A text; of a character constant its number. */
  #quoted(token: Token): unknown {
    const value = unquote(token.value);
    if (value === undefined) throw this.#fail(token, 'invalid syntax in a quoted text');
    if (token.kind !== 'char') return value;
    if ([...value].length !== 1) throw this.#fail(token, `malformed character constant: ${token.value}`);
    return BigInt(value.codePointAt(0) ?? 0);
  }

  #number(token: Token): unknown {
    const text = token.value.replaceAll('_', '');
    if (/^[+-]?(\d+|0[xX].*|0[bB].*|0[oO].*)$/.test(text)) {
      const negative = text.startsWith('-');
      const digits = text.replace(/^[+-]/, '');
      if (/^0\d*[89]/.test(digits)) throw this.#fail(token, `bad number syntax: ${JSON.stringify(token.value)}`);
      const size = BigInt(/^0\d+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
      const value = negative ? -size : size;
      if (BigInt.asIntN(64, value) !== value) throw this.#fail(token, `${token.value} overflows int`);
      return value;
    }
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.#fail(token, `bad number syntax: ${JSON.stringify(token.value)}`);
    return value;
  }
}
