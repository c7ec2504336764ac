/** Tables for terminals: columns as wide as their text, cut where the terminal ends. */
import { isShownTime } from './time.ts';
import { cutTo, displayWidth, padTo } from './width.ts';

const GAP = '  ';
const NARROWEST = 8;

/** Text of others must not steer the terminal. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
export const printable = (text: string) => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Column {
  readonly title: string;
  readonly cells: readonly string[];
  readonly width: number;
  /** Ids and times are of no use when they are cut. */
  readonly isWhole: boolean;
  /** Whether it tells rows apart. */
  readonly differs: boolean;
}

function columnsOf(titles: readonly string[], rows: readonly (readonly string[])[]): Column[] {
  return titles.map((title, index) => {
    const cells = rows.map((row) => printable(row[index] ?? ''));
    const width = cells.reduce((widest, cell) => Math.max(widest, displayWidth(cell)), displayWidth(title));
    const isWhole = cells.some((cell) => ID.test(cell) || isShownTime(cell));
    const filled = cells.filter((cell) => cell !== '');
    return { title, cells, width, isWhole, differs: filled.length < 2 || new Set(filled).size > 1 };
  });
}

const excessOf = (columns: readonly { readonly width: number }[], available: number) =>
  columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1) - available;

/** Where the terminal is too narrow: empty columns go first, then ids that are the same everywhere, then the widest ones are cut until all fit, ids excepted. */
function fit(columns: readonly Column[], available: number): Column[] {
  if (excessOf(columns, available) <= 0) return [...columns];
  const filled = columns.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const fitted = excessOf(filled, available) > 0 ? filled.filter(({ isWhole, differs }) => !isWhole || differs) : filled;
  let excess = excessOf(fitted, available);
  while (excess > 0) {
    const widths = fitted.map(({ width, isWhole }) => (isWhole ? 0 : width));
    const widest = Math.max(...widths);
    if (widest <= NARROWEST) break;
    const next = Math.max(NARROWEST, ...widths.filter((width) => width < widest));
    // Of several that are as wide, each gives a little, the last ones first: names stand in front.
    const index = widths.lastIndexOf(widest);
    const taken = widths.indexOf(widest) === index ? Math.min(excess, widest - Math.min(next, widest - 1)) : 1;
    fitted[index] = { ...fitted[index]!, width: widest - taken };
    excess -= taken;
  }
  return fitted;
}

export interface TableStyle {
  readonly width: number;
  readonly title: (text: string) => string;
  readonly cell: (text: string) => string;
}

export function tableLines(titles: readonly string[], rows: readonly (readonly string[])[], style: TableStyle): string[] {
  const columns = fit(columnsOf(titles, rows), style.width);
  const line = (cellOf: (column: Column) => string, paint: (text: string) => string) =>
    columns
      .map((column, index) => {
        const cell = cutTo(cellOf(column), column.width);
        return paint(index === columns.length - 1 ? cell : padTo(cell, column.width));
      })
      .join(GAP);
  return [line(({ title }) => title, style.title), ...rows.map((_, row) => line(({ cells }) => cells[row] ?? '', style.cell))];
}

/** For pipes: everything, uncut, one row a line. */
export const tabbed = (row: readonly string[]) => row.map(printable).join('\t');
