/** Tables for terminals: columns as wide as their text, cut where the terminal ends. */

const GAP = '  ';
const NARROWEST = 8;

/** Text of others must not steer the terminal. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
export const printable = (text: string) => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');

const length = (text: string) => [...text].length;
const cut = (text: string, width: number) => (length(text) <= width ? text : `${[...text].slice(0, width - 1).join('')}…`);
const pad = (text: string, width: number) => text + ' '.repeat(Math.max(0, width - length(text)));

/** Takes from the widest column until all of them fit. */
function fit(widths: readonly number[], available: number): number[] {
  const fitted = [...widths];
  let excess = fitted.reduce((sum, width) => sum + width, 0) + GAP.length * (fitted.length - 1) - available;
  while (excess > 0) {
    const widest = Math.max(...fitted);
    if (widest <= NARROWEST) return fitted;
    const next = Math.max(NARROWEST, ...fitted.filter((width) => width < widest));
    const index = fitted.indexOf(widest);
    const taken = Math.min(excess, widest - Math.min(next, widest - 1));
    fitted[index] = widest - taken;
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
  const cells = rows.map((row) => row.map(printable));
  const widths = fit(
    titles.map((title, column) => Math.max(length(title), ...cells.map((row) => length(row[column] ?? '')))),
    style.width,
  );
  const line = (row: readonly string[], paint: (text: string) => string) =>
    row
      .map((cell, column) =>
        column === row.length - 1 ? paint(cut(cell, widths[column] ?? 0)) : paint(pad(cut(cell, widths[column] ?? 0), widths[column] ?? 0)),
      )
      .join(GAP);
  return [line(titles, style.title), ...cells.map((row) => line(row, style.cell))];
}

/** For pipes: everything, uncut, one row a line. */
export const tabbed = (row: readonly string[]) => row.map(printable).join('\t');
