/** Runs a parsed template on data, within limits. No way to code, files or the network: a template reaches its data and the given functions alone. */
import { errorAt, Fault, type TemplateError } from './error.ts';
import { VARIADIC } from './functions/variadic.ts';
import type { Command, Node, Operand, Pipeline, Template } from './tree.ts';
import { GoMap, isStructure, isTrue, NamedText, printed, RawJson, sortedKeys, Time, typeOf } from './values.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- each function knows the kinds of its arguments
export type TemplateFunction = (...args: any[]) => unknown;
export type Functions = Readonly<Record<string, TemplateFunction>>;

export interface Limits {
  /** Characters of the result. */
  readonly output: number;
  /** Nodes and calls that may be run. */
  readonly steps: number;
  /** Milliseconds. */
  readonly time: number;
}

export const DEFAULT_LIMITS: Limits = { output: 4_000_000, steps: 1_000_000, time: 2_000 };
const MAX_DEPTH = 100;

type Variables = { name: string; value: unknown }[];
class Break extends Error {}
class Continue extends Error {}

export function evaluate(template: Template, data: unknown, functions: Functions, limits: Limits = DEFAULT_LIMITS): string {
  return new Evaluation(template, functions, limits).run(data);
}

class Evaluation {
  #output: string[] = [];
  #size = 0;
  #steps = 0;
  #depth = 0;
  readonly #deadline: number;
  /** Of no data at all every field is nothing, too. */
  #hasNoData = false;

  constructor(
    readonly template: Template,
    readonly functions: Functions,
    readonly limits: Limits,
  ) {
    this.#deadline = Date.now() + limits.time;
  }

  run(data: unknown): string {
    this.#hasNoData = data === undefined;
    this.#nodes(this.template.body, data, [{ name: '$', value: data }]);
    return this.#output.join('');
  }

  #fail(at: number, reason: string): TemplateError {
    return errorAt(this.template.source, at, reason);
  }

  #step(at: number): void {
    if (++this.#steps > this.limits.steps) throw this.#fail(at, `the template takes more than ${this.limits.steps} steps`);
    if (this.#steps % 256 === 0) this.#checkTime(at);
  }

  #checkTime(at: number): void {
    if (Date.now() > this.#deadline) throw this.#fail(at, `the template takes longer than ${this.limits.time} ms`);
  }

  #write(at: number, text: string): void {
    this.#size += text.length;
    if (this.#size > this.limits.output) throw this.#fail(at, `the result is longer than ${this.limits.output} characters`);
    this.#output.push(text);
  }

  #nodes(nodes: readonly Node[], dot: unknown, variables: Variables): void {
    for (const node of nodes) this.#node(node, dot, variables);
  }

  #node(node: Node, dot: unknown, variables: Variables): void {
    this.#step(node.at);
    switch (node.kind) {
      case 'text':
        return this.#write(node.at, node.text);
      case 'action': {
        const value = this.#pipeline(node.pipeline, dot, variables);
        if (node.pipeline.declares.length === 0) this.#write(node.at, printed(value));
        return;
      }
      case 'if':
      case 'with': {
        const depth = variables.length;
        const value = this.#pipeline(node.pipeline, dot, variables);
        if (isTrue(value)) this.#nodes(node.body, node.kind === 'with' ? value : dot, variables);
        else this.#nodes(node.otherwise, dot, variables);
        variables.length = depth;
        return;
      }
      case 'range':
        return this.#range(node, dot, variables);
      case 'template': {
        const body = this.template.defined.get(node.name);
        if (!body) throw this.#fail(node.at, `template ${JSON.stringify(node.name)} not defined`);
        if (++this.#depth > MAX_DEPTH) throw this.#fail(node.at, `exceeded maximum template depth (${MAX_DEPTH})`);
        const inner = node.pipeline ? this.#pipeline(node.pipeline, dot, variables) : undefined;
        this.#nodes(body, inner, [{ name: '$', value: inner }]);
        this.#depth--;
        return;
      }
      case 'break':
        throw new Break();
      case 'continue':
        throw new Continue();
    }
  }

  #range(node: Extract<Node, { kind: 'if' | 'with' | 'range' }>, dot: unknown, variables: Variables): void {
    const depth = variables.length;
    const { declares, assigns } = node.pipeline;
    const value = this.#pipeline({ ...node.pipeline, declares: [] }, dot, variables);
    if (typeof value === 'bigint' && declares.length > 1)
      throw this.#fail(node.at, `can't use ${value} to iterate over more than one variable`);
    const entries = this.#entries(node.at, value);
    if (entries.length === 0) this.#nodes(node.otherwise, dot, variables);
    for (const [index, item] of entries) {
      this.#step(node.at);
      variables.length = depth;
      const bound: [string, unknown][] =
        declares.length === 2
          ? [
              [declares[0]!, index],
              [declares[1]!, item],
            ]
          : declares.length === 1
            ? [[declares[0]!, item]]
            : [];
      for (const [name, given] of bound) {
        if (assigns) this.#assign(name, given, variables);
        else variables.push({ name, value: given });
      }
      try {
        this.#nodes(node.body, item, variables);
      } catch (error) {
        if (error instanceof Break) break;
        if (!(error instanceof Continue)) throw error;
      }
    }
    variables.length = depth;
  }

  #entries(at: number, value: unknown): [unknown, unknown][] {
    if (value === undefined) return [];
    if (value instanceof RawJson) return [...Buffer.from(value.text)].map((byte, index) => [BigInt(index), BigInt(byte)]);
    if (Array.isArray(value)) return value.map((item, index) => [BigInt(index), item]);
    if (value instanceof GoMap) return sortedKeys(value).map((key) => [key, value.get(key)]);
    if (typeof value === 'bigint') {
      if (value > BigInt(this.limits.steps)) throw this.#fail(at, `range over ${value} takes more than ${this.limits.steps} steps`);
      return Array.from({ length: Number(value) }, (_, index) => [BigInt(index), BigInt(index)]);
    }
    throw this.#fail(at, `range can't iterate over ${printed(value)}`);
  }

  #assign(name: string, value: unknown, variables: Variables): void {
    variables.findLast((variable) => variable.name === name)!.value = value;
  }

  #pipeline(pipeline: Pipeline, dot: unknown, variables: Variables): unknown {
    let value: unknown;
    pipeline.commands.forEach((command, index) => {
      value = this.#command(command, dot, variables, index > 0 ? [value] : []);
    });
    for (const name of pipeline.declares) {
      if (pipeline.assigns) this.#assign(name, value, variables);
      else variables.push({ name, value });
    }
    return value;
  }

  #command({ operands, at }: Command, dot: unknown, variables: Variables, final: readonly unknown[]): unknown {
    this.#step(at);
    const [first, ...rest] = operands as [Operand, ...Operand[]];
    const args = () => [...rest.map((operand) => this.#value(operand, dot, variables)), ...final];
    if (first.kind === 'function') {
      if (first.name === 'and' || first.name === 'or') return this.#shortCircuit(first.name, rest, final, dot, variables, first.at);
      return this.#call(first.name, args(), first.at);
    }
    if (first.kind === 'fields') return this.#fields(first, dot, variables, args());
    if (rest.length > 0 || final.length > 0) {
      if (first.kind === 'pipeline' || first.kind === 'variable')
        throw this.#fail(first.at, `can't give argument to non-function ${first.kind === 'variable' ? first.name : ''}`.trim());
    }
    if (first.kind === 'literal' && first.value === undefined) throw this.#fail(first.at, 'nil is not a command');
    return this.#value(first, dot, variables);
  }

  #shortCircuit(
    name: 'and' | 'or',
    operands: readonly Operand[],
    final: readonly unknown[],
    dot: unknown,
    variables: Variables,
    at: number,
  ): unknown {
    if (operands.length + final.length === 0) throw this.#fail(at, `wrong number of args for ${name}: want at least 1 got 0`);
    let value: unknown;
    for (const operand of operands) {
      value = this.#value(operand, dot, variables);
      if (isTrue(value) === (name === 'or')) return value;
    }
    return final.length > 0 ? final[0] : value;
  }

  #call(name: string, args: readonly unknown[], at: number): unknown {
    const callee = this.functions[name]!;
    const isVariadic = VARIADIC.has(name);
    if (args.length < callee.length || (!isVariadic && args.length > callee.length))
      throw this.#fail(at, `wrong number of args for ${name}: want ${isVariadic ? 'at least ' : ''}${callee.length} got ${args.length}`);
    let value: unknown;
    try {
      const result = callee(...args);
      if (typeof result === 'string' && result.length > this.limits.output)
        throw new Fault(`the result is longer than ${this.limits.output} characters`);
      value = result;
    } catch (error) {
      throw this.#fail(at, `error calling ${name}: ${(error as Error).message}`);
    }
    this.#checkTime(at);
    return value;
  }

  #value(operand: Operand, dot: unknown, variables: Variables): unknown {
    switch (operand.kind) {
      case 'literal':
        return operand.value;
      case 'dot':
        return dot;
      case 'variable':
        return variables.findLast((variable) => variable.name === operand.name)?.value;
      case 'function':
        if (operand.name === 'and' || operand.name === 'or')
          throw this.#fail(operand.at, `wrong number of args for ${operand.name}: want at least 1 got 0`);
        return this.#call(operand.name, [], operand.at);
      case 'pipeline':
        return this.#pipeline(operand.pipeline, dot, variables);
      case 'fields':
        return this.#fields(operand, dot, variables, []);
    }
  }

  #fields({ of, names, at }: Extract<Operand, { kind: 'fields' }>, dot: unknown, variables: Variables, args: readonly unknown[]): unknown {
    let value = this.#value(of, dot, variables);
    names.forEach((name, index) => {
      value = this.#field(value, name, at, index === names.length - 1 ? args : []);
    });
    return value;
  }

  #field(value: unknown, name: string, at: number, args: readonly unknown[]): unknown {
    if (value instanceof GoMap) {
      if (args.length > 0) throw this.#fail(at, `${name} is not a method but has arguments`);
      return value.has(name) ? value.get(name) : value.zero;
    }
    if (value === null) throw this.#fail(at, `nil pointer evaluating ${name}`);
    if (value === undefined && this.#hasNoData) return undefined;
    if (value === undefined) throw this.#fail(at, `nil data; no entry for key ${JSON.stringify(name)}`);
    if (
      !isStructure(value) ||
      value instanceof NamedText ||
      value instanceof RawJson ||
      value instanceof Time ||
      !Object.hasOwn(value, name)
    )
      throw this.#fail(at, `can't evaluate field ${name} in type ${typeOf(value)}`);
    const field = value[name];
    if (typeof field === 'function') return (field as TemplateFunction)(...args);
    if (args.length > 0) throw this.#fail(at, `${name} is not a method but has arguments`);
    return field;
  }
}
