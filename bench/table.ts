/** What was measured, as a table: absolute figures, what they are compared with, and whether the budget holds. */
import { cpus, loadavg } from 'node:os';

export interface Budget {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Of the absolute value, in its unit, in place of the ratio. */
  readonly absolute?: boolean;
}

export interface Row {
  readonly what: string;
  /** With its unit, as it is shown. */
  readonly measured: string;
  readonly ratio?: number;
  /** What the ratio is against. */
  readonly against?: string;
  readonly budget?: Budget;
  /** What the budget is about: the ratio unless given. */
  readonly value?: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

export function holds({ budget, ratio, value = ratio }: Row): boolean | undefined {
  if (!budget || value === undefined) return undefined;
  return (budget.atLeast === undefined || value >= budget.atLeast) && (budget.atMost === undefined || value <= budget.atMost);
}

const short = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
const budgetText = ({ atLeast, atMost }: Budget) => (atLeast === undefined ? `<= ${atMost}` : `>= ${atLeast}`);

const cells = (row: Row) => [
  row.what,
  row.measured,
  row.ratio === undefined ? '' : `${short(row.ratio)} of ${row.against}`,
  row.budget ? budgetText(row.budget) : '',
  { true: 'holds', false: 'MISSED', undefined: '' }[String(holds(row)) as 'true'],
];

export class Table {
  readonly rows: Row[] = [];

  add(row: Row): void {
    this.rows.push(row);
    process.stderr.write(`  ${cells(row).filter(Boolean).join('  |  ')}\n`);
  }

  /** Markdown. */
  toString(): string {
    const lines = [['what', 'measured', 'ratio', 'budget', ''], ...this.rows.map(cells)];
    const widths = lines[0]!.map((_, column) => Math.max(3, ...lines.map((line) => line[column]!.length)));
    const text = (line: readonly string[]) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
    return [text(lines[0]!), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1).map(text)].join('\n');
  }
}

/** One line about where this was measured. */
export const machine = () =>
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`;

export { short };
