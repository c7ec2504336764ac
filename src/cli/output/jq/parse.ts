/** From the words of a filter to what it does. The language is jq's, as much of it as answers of a Compass need. */
import { FUNCTIONS } from './functions.ts';
import { type Token, tokensOf } from './tokens.ts';
import { COMPARISONS, constant, itself, otherwise, pairs, piped, quiet, slice } from './combine.ts';
import { at, each, field, type Filter, FORMATS, isTrue, plus, text } from './values.ts';

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/** `refused` makes what is thrown where the words make no filter. */
export const parse = (path: string, refused: (at: number) => Error): Filter => new Parser(path, refused).whole();

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #refused: (at: number) => Error;
  #next = 0;

  constructor(path: string, refused: (at: number) => Error) {
    this.#tokens = tokensOf(path, refused);
    this.#end = path.length;
    this.#refused = refused;
  }

  whole(): Filter {
    const filter = this.#tokens.length === 0 ? itself : this.#pipe();
    if (this.#next < this.#tokens.length) throw this.#amiss();
    return filter;
  }

  #pipe(): Filter {
    const first = this.#comma();
    return this.#take('|') ? piped(first, this.#pipe()) : first;
  }

  #comma(): Filter {
    const first = this.#alternative();
    if (!this.#take(',')) return first;
    const others = this.#comma();
    return (value) => [...first(value), ...others(value)];
  }

  #alternative(): Filter {
    const first = this.#or();
    return this.#take('//') ? otherwise(first, this.#alternative()) : first;
  }

  #or(): Filter {
    const first = this.#and();
    return this.#takeName('or') ? pairs(first, this.#or(), (one, other) => isTrue(one) || isTrue(other)) : first;
  }

  #and(): Filter {
    const first = this.#comparison();
    return this.#takeName('and') ? pairs(first, this.#and(), (one, other) => isTrue(one) && isTrue(other)) : first;
  }

  #comparison(): Filter {
    const first = this.#sum();
    const { kind, text: sign } = this.#peek() ?? {};
    const compare = kind === 'sign' ? COMPARISONS[sign!] : undefined;
    if (compare === undefined) return first;
    this.#next++;
    return pairs(first, this.#sum(), compare);
  }

  #sum(): Filter {
    let sum = this.#postfix();
    while (this.#take('+')) sum = pairs(sum, this.#postfix(), plus);
    return sum;
  }

  #postfix(): Filter {
    let filter = this.#primary();
    for (;;) {
      const token = this.#peek();
      if (token?.kind === 'field') filter = piped(filter, this.#field());
      else if (this.#take('?')) filter = quiet(filter);
      else if (token?.text === '[' && token.kind === 'sign') filter = this.#bracket(filter);
      else if (token?.text === '.' && token.kind === 'sign') filter = this.#dotted(filter);
      else return filter;
    }
  }

  /** `.["a"]`, `."a"` behind something. */
  #dotted(filter: Filter): Filter {
    this.#next++;
    const token = this.#peek();
    if (token?.kind === 'text') return piped(filter, this.#quotedField());
    if (token?.text === '[') return this.#bracket(filter);
    throw this.#amiss();
  }

  #field(): Filter {
    const name = this.#tokens[this.#next++]!.text;
    return (value) => [field(value, name)];
  }

  #quotedField(): Filter {
    const name = this.#text();
    return (value) => name(value).map((one) => field(value, text(one)));
  }

  /** `[]`, `[0]`, `["a"]`, `[1:3]` behind something. */
  #bracket(filter: Filter): Filter {
    this.#expect('[');
    if (this.#take(']')) return piped(filter, each);
    const from = this.#take(':') ? undefined : this.#pipe();
    if (from !== undefined && !this.#take(':')) {
      this.#expect(']');
      return (value) => from(value).flatMap((index) => filter(value).map((item) => at(item, index)));
    }
    const to = this.#isAt(']') ? constant(undefined) : this.#pipe();
    this.#expect(']');
    return (value) => filter(value).map((item) => slice(item, (from ?? constant(0))(value)[0], to(value)[0]));
  }

  #primary(): Filter {
    const token = this.#peek();
    if (token === undefined) throw this.#amiss();
    switch (token.kind) {
      case 'field':
        return this.#field();
      case 'text':
        return this.#text();
      case 'number':
        this.#next++;
        return constant(Number(token.text));
      case 'format':
        return this.#format();
      case 'name':
        return this.#call();
      case 'sign':
        return this.#sign(token.text);
    }
  }

  #sign(sign: string): Filter {
    if (sign === '.') return this.#start();
    if (sign === '(') return this.#within(')');
    if (sign === '{') return this.#object();
    if (this.#take('-')) return piped(this.#postfix(), (value) => [-Number(value)]);
    if (sign !== '[') throw this.#amiss();
    this.#next++;
    if (this.#take(']')) return constant([]);
    const items = this.#pipe();
    this.#expect(']');
    return (value) => [items(value)];
  }

  /** A dot by itself, or before `"a"`. */
  #start(): Filter {
    this.#next++;
    return this.#peek()?.kind === 'text' ? this.#quotedField() : itself;
  }

  #within(end: string): Filter {
    this.#next++;
    const filter = this.#pipe();
    this.#expect(end);
    return filter;
  }

  #format(): Filter {
    const format = FORMATS[this.#tokens[this.#next]!.text];
    if (format === undefined) throw this.#amiss();
    this.#next++;
    return (value) => [format(value)];
  }

  #call(): Filter {
    const { text: name } = this.#tokens[this.#next]!;
    if (Object.hasOwn(WORDS, name)) return (this.#next++, constant(WORDS[name]));
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name]! : undefined;
    if (known === undefined) throw this.#amiss();
    this.#next++;
    const given = this.#isAt('(') ? [this.#within(')')] : [];
    const fitting = known.find(({ takes }) => takes === given.length);
    if (fitting === undefined) throw this.#amiss();
    return (value) => fitting.run(value, ...given);
  }

  /** `{name, id: .x, "a b": 1, (.k): .v}` */
  #object(): Filter {
    this.#expect('{');
    let made: Filter = constant({});
    while (!this.#take('}')) {
      const [key, item] = this.#entry();
      const before = made;
      made = (value) =>
        before(value).flatMap((object) =>
          key(value).flatMap((name) => item(value).map((one) => ({ ...(object as object), [text(name)]: one }))),
        );
      if (!this.#isAt('}')) this.#expect(',');
    }
    return made;
  }

  #entry(): [Filter, Filter] {
    const key = this.#key();
    if (this.#take(':')) return [key, this.#alternative()];
    return [key, (value) => key(value).map((name) => field(value, text(name)))];
  }

  #key(): Filter {
    const token = this.#peek();
    if (token?.kind === 'text') return this.#text();
    if (this.#isAt('(')) return this.#within(')');
    if (token?.kind !== 'name') throw this.#amiss();
    this.#next++;
    return constant(token.text);
  }

  /** `"a \(.b) c"` */
  #text(): Filter {
    const token = this.#tokens[this.#next++]!;
    const parts = token.text.split(/\\\(((?:[^()]|\([^()]*\))*)\)/);
    const refused = () => this.#refused(token.at);
    const filters = parts.map((part, index) => (index % 2 === 0 ? constant(unescaped(part, refused)) : parse(part, refused)));
    return (value) =>
      filters.reduce<unknown[]>(
        (made, filter) => made.flatMap((before) => filter(value).map((part) => `${before as string}${text(part)}`)),
        [''],
      );
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #isAt(sign: string): boolean {
    const token = this.#peek();
    return token?.kind === 'sign' && token.text === sign;
  }

  #take(sign: string): boolean {
    if (!this.#isAt(sign)) return false;
    this.#next++;
    return true;
  }

  #takeName(name: string): boolean {
    const token = this.#peek();
    if (token?.kind !== 'name' || token.text !== name) return false;
    this.#next++;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#amiss();
  }

  #amiss(): Error {
    return this.#refused(this.#peek()?.at ?? this.#end);
  }
}

function unescaped(part: string, refused: () => Error): string {
  try {
    return JSON.parse(`"${part}"`) as string;
  } catch {
    throw refused();
  }
}
